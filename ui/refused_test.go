package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
)

// refusals are the ways in which a provider refuses a purchase.
var refusals = map[string]demo.Fault{
	"401":                        {On: demo.Create, Status: 401, Body: `{"title":"Unauthenticated","detail":"You did not pass a valid authentication token."}`},
	"402":                        {On: demo.Create, Status: 402, Body: `{"title":"Insufficient credit","detail":"You have insufficient credit to run this model. Go to billing to purchase credit."}`},
	"402, nothing is billed":     {On: demo.Create, Status: 402, Body: `{"detail":"You have insufficient credit. Nothing is billed."}`},
	"403, you were not charged":  {On: demo.Create, Status: 403, Body: `{"detail":"Forbidden. You will not be charged."}`},
	"404":                        {On: demo.Create, Status: 404, Body: `{"detail":"The requested resource could not be found."}`},
	"404, a page":                {On: demo.Create, Status: 404, Body: `<title>Not found</title>`},
	"413":                        {On: demo.Create, Status: 413, Body: `{"detail":"Too large."}`},
	"422":                        {On: demo.Create, Status: 422, Body: `{"title":"Input validation failed","detail":"- input.prompt: ` + strings.Repeat("must be different from what it is, ", 7) + `or nothing\n","invalid_fields":[]}`},
	"422, nothing is billed too": {On: demo.Create, Status: 422, Body: `{"detail":"nothing is billed for this: it is not valid"}`},
	"429, for ever":              {On: demo.Create, Status: 429, Body: `{"detail":"You have exceeded your quota for this month."}`},
}

// TestRefusalsSayEverythingOnce: a refused purchase says once that nothing is billed, and what to do, in a caption of any size.
func TestRefusalsSayEverythingOnce(t *testing.T) {
	t.Parallel()
	for name, fault := range refusals {
		for _, at := range []terminalSize{{160, 50}, {120, 30}, {80, 24}, {60, 40}} {
			t.Run(name+"/"+at.String(), func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					s := newApp(t, appOptions{smallPictures: true, w: at.w, h: at.h, provider: "cometapi"})
					s.injectFaults(fault)
					key := s.develop("a boat")
					for range 40 { // what is asked to wait is given up after some time
						if s.stateOf(key) == history.Failed {
							break
						}
						s.wait(time.Minute)
					}
					if s.stateOf(key) != history.Failed {
						t.Fatalf("after 40 minutes it is %s", s.stateOf(key))
					}
					next := "esc, then r reuses it."
					if fault.Status == 401 {
						next = "ctrl+x K enters another key."
					}
					expectSaidOnce(s, next)
				})
			})
		}
	}
}

// expectSaidOnce checks the caption of what was refused; next is what to do.
func expectSaidOnce(s *app, next string) {
	s.t.Helper()
	caption := s.captionText()
	billing := 0
	for _, words := range []string{"othing is billed", "not be charged"} {
		billing += strings.Count(caption, words)
	}
	if billing > 1 || !strings.Contains(caption, next) {
		s.t.Errorf("the caption is %q", caption)
	}
	if s.m.terminal.W >= 160 && billing != 1 {
		s.t.Errorf("the caption says %d times what is billed: %q", billing, caption)
	}
}

// TestNotSentSaysOnceThatNothingIsBilled: so does what could not be sent.
func TestNotSentSaysOnceThatNothingIsBilled(t *testing.T) {
	t.Parallel()
	for name, e := range map[string]*history.EntryError{
		"refused connection": {Code: "unreachable", Sentence: "Replicate cannot be reached: connection refused. Nothing was sent, nothing is billed.", Detail: "connection refused"},
		"no billing":         {Code: "offline", Sentence: "No way to Replicate: the network is down, or its name is not found.", Detail: "no such host"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{w: 160, h: 50}, pastPrediction{age: time.Minute, prompt: "x", state: history.Failed, change: func(h *history.Entry) {
					h.ID, h.Error = "", e
				}})
				expectSaidOnce(s, "esc, then r reuses it.")
			})
		})
	}
}

func (at terminalSize) String() string { return fmt.Sprintf("%d×%d", at.w, at.h) }
