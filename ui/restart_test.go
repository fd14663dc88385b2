package ui

import (
	"cmp"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

// TestRestartInEachState kills the program while a job is in each state, and starts another over what is on disk.
func TestRestartInEachState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		provider string
		prompt   string
		fault    demo.Fault
		reach    history.State
		after    time.Duration
		says     string // at the new start
		ends     history.State
		accepted int
	}{
		{name: "never sent", prompt: "x", fault: throttled, reach: history.Creating, after: time.Second, ends: history.Stopped},
		{
			name: "sent, no answer", provider: "cometapi", prompt: "x", fault: demo.Fault{On: demo.Create, Accept: true, Hang: true, Times: 1},
			reach: history.Creating, after: time.Second, says: "1 unconfirmed: esc, then enter on its row, to decide what to do.", ends: history.Unconfirmed, accepted: 1,
		},
		{
			name: "sent, found in the list", prompt: "x", fault: demo.Fault{On: demo.Create, Accept: true, Hang: true, Times: 1},
			reach: history.Creating, after: time.Second, says: "Found at Replicate: it was bought, and is followed.", ends: history.Done, accepted: 1,
		},
		{
			name: "developing", prompt: "x [slow]", reach: history.Waiting, after: 5 * time.Second,
			says: "Picked up 1 job from last time.", ends: history.Done, accepted: 1,
		},
		{
			name: "saving", prompt: "x", fault: demo.Fault{On: demo.Output, Times: 3, Status: 500, Body: "later"},
			reach: history.Saving, ends: history.Done, accepted: 1,
		},
		{name: "done", prompt: "x", reach: history.Done, ends: history.Done, accepted: 1},
		{name: "failed", prompt: "x [fail]", reach: history.Failed, ends: history.Failed, accepted: 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{provider: c.provider, smallPictures: true})
				s.injectFaults(c.fault)
				key := s.develop(c.prompt)
				s.waitForState(key, c.reach)
				s.wait(c.after)
				dir := s.copyFolder()
				again := newApp(t, appOptions{dir: dir, server: s.server, provider: c.provider})
				if c.says != "" {
					again.waitForText(c.says)
				}
				again.waitForState(key, c.ends)
				again.wait(time.Minute)
				if row, _ := again.m.list.Row(key); row.State != c.ends || s.server.Counts().Accepted != c.accepted {
					t.Errorf("ends as %s, %d accepted", row.State, s.server.Counts().Accepted)
				}
				again.press("esc")
				if again.m.list.Cursor() != key {
					t.Errorf("the cursor is on %q", again.m.list.Cursor())
				}
			})
		})
	}
}

// TestQuitAndFollowAtTheNextStart: ctrl+c asks before it quits with a running job, and the next start follows that job.
func TestQuitAndFollowAtTheNextStart(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		key := s.develop("x [slow]")
		s.waitForState(key, history.Waiting)
		s.press("ctrl+c")
		s.expectText("1 job keeps running and will be picked up next time.", "ctrl+c quit", "esc stay")
		s.wait(time.Second)
		s.press("esc")
		if s.quit {
			t.Fatal("esc quit")
		}
		s.press("ctrl+c")
		s.wait(time.Second)
		s.press("ctrl+c")
		if !s.quit || s.m.View().Content != "" {
			t.Fatal("ctrl+c twice did not quit, or did not clear the screen")
		}
		s.close()
		again := newApp(t, appOptions{dir: s.dir, server: s.server})
		again.waitForState(key, history.Done)
	})
}

// TestModelOverride: the next start restores the model, or takes the one of the options. The other settings are restored with both.
func TestModelOverride(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.m.settings.Set(params.Format, "png")
		s.typeText(uitest.Sunrise)
		s.wait(time.Minute)
		s.close()
		for _, asked := range []string{"", "black-forest-labs/flux-dev"} {
			again := newApp(t, appOptions{dir: s.dir, server: s.server, modelOverride: asked})
			want := cmp.Or(asked, s.m.settings.ModelID())
			if got, format := again.m.settings.ModelID(), again.m.settings.Value(params.Format); got != want || format != "png" {
				t.Errorf("with the option %q, the model is %s, the format %v", asked, got, format)
			}
			again.expectText("A paper boat")
			again.close()
		}
	})
}

// TestUnconfirmedDecisions gives each answer to the question about an unconfirmed purchase.
func TestUnconfirmedDecisions(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		key      string
		ends     history.State
		accepted int
	}{{"r", history.Stopped, 1}, {"y", history.Done, 2}, {"esc", history.Unconfirmed, 1}, {"enter", history.Unconfirmed, 1}} {
		t.Run(c.key, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{provider: "cometapi", smallPictures: true})
				s.injectFaults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1})
				key := s.develop("x")
				s.waitForState(key, history.Unconfirmed)
				s.expectSentence("The connection broke after the request was sent. It may have been bought (guess $0.0024). esc, then enter: decide what to do.")
				s.press("esc", "enter", c.key) // too early: it does not reach the dialog
				s.expectText("Was this bought?")
				s.wait(time.Second)
				s.press(c.key)
				s.wait(10 * time.Second)
				s.waitForState(key, c.ends)
				if got := s.server.Counts().Accepted; got != c.accepted {
					t.Errorf("%d accepted, want %d", got, c.accepted)
				}
			})
		})
	}
}

// TestUnconfirmedNamesOnePrice: the caption, and the dialog in which y may buy again, give the price of all its pictures.
func TestUnconfirmedNamesOnePrice(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, pastPrediction{
			age: time.Minute, prompt: "x", state: history.Unconfirmed, cost: -1, input: map[string]any{"num_outputs": 4.0},
			change: func(e *history.Entry) { withoutAnswer(e); e.Price = &history.Price{Amount: 0.003, Unit: "image"} },
		})
		s.press("esc")
		s.expectSentence("It may have been bought (about $0.012).")
		s.press("enter")
		if got := s.textIn(s.m.layout.Dialog); !strings.Contains(got, "about $0.012") {
			t.Errorf("the dialog says %q", got)
		}
	})
}
