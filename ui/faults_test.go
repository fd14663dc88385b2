package ui

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/guard"
	"tintype/ui/runner"
)

// takeEightSeconds makes every prediction take eight seconds. By default the demo's duration varies a little.
func takeEightSeconds(k *demo.Behaviour) { k.Duration = 8 * time.Second }

// TestMoment12DiskFull: if the history cannot be written, nothing is bought, and a sentence says why.
func TestMoment12DiskFull(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		blocked := t.TempDir() + "/blocked"
		if err := os.WriteFile(blocked, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		s := newApp(t, appOptions{dir: blocked, w: 160, h: 50})
		s.expectText("nothing is bought")
		s.develop("a boat")
		s.expectSentence("Not sent: tintype buys nothing that it cannot write down. Free some room; enter tries again.")
		s.wait(time.Second)
		s.expectPurchases(0)
		if s.m.list.Total() != 0 || s.m.prompt.Value() != "a boat" {
			t.Errorf("rows %v, prompt %q", s.m.list.Keys().All(), s.m.prompt.Value())
		}
		expectCleanExit(s)
	})
}

// TestMoment12DiskRemoved: if the disk is removed between enter and the first line, nothing is bought, and the row disappears.
func TestMoment12DiskRemoved(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 160, h: 50})
		s.typeText("a boat")
		s.holdCommands()
		s.sendKey("enter")
		s.expectText("sending")
		if err := errors.Join(os.RemoveAll(s.dir), os.WriteFile(s.dir, nil, 0o600)); err != nil {
			t.Fatal(err)
		}
		s.releaseCommands()
		s.expectSentence("Not sent: tintype buys nothing that it cannot write down. Start tintype with --data-dir and a folder on this machine.")
		s.expectText("nothing is bought")
		s.expectPurchases(0)
		if s.m.list.Total() != 0 {
			t.Errorf("the list still has %v", s.m.list.Keys().All())
		}
	})
}

// TestMoment12NoKey: without an API key everything can be viewed, nothing can be bought, and one key starts the demo.
func TestMoment12NoKey(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "cometapi", noKey: true, withDemo: true, w: 160, h: 50})
		s.expectText("No key for CometAPI. Enter one:")
		s.develop("a boat")
		s.expectText("No key for CometAPI", "api.cometapi.com/console/token")
		s.press("d") // too early
		s.expectText("start the demo")
		s.wait(time.Second)
		s.press("d")
		s.wait(time.Second)
		s.expectText("DEMO · free")
		if got := s.m.prompt.Value(); got != "a boat" {
			t.Errorf("the draft became %q", got)
		}
		s.useSmallPictures()
		s.press("enter")
		s.waitForState(s.m.list.Cursor(), history.Done)
		s.expectText("free")
		s.expectNoText("price unknown", "$")
		expectCleanExit(s)
	})
}

// TestMoment12FaultSentences: the sentences of faults, word for word.
func TestMoment12FaultSentences(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, provider, prompt string
		faults                 []demo.Fault
		reach                  history.State
		after                  time.Duration
		says                   string
	}{
		{
			"asked to wait", "cometapi", "x",
			[]demo.Fault{{On: demo.Create, Status: 429, Body: `{"detail":"Request was throttled. Your rate limit resets in ~23s."}`}},
			history.Creating, 0,
			"CometAPI asks to wait: sent in 23 s. Nothing is billed yet; ctrl+x x cancels it.",
		},
		{
			"flagged", "", "x [fail]", nil, history.Failed, 0,
			"Flagged by the provider's filter (E005); may be billed. Another seed often passes: esc, then r, then enter.",
		},
		{
			"unconfirmed", "cometapi", "x",
			[]demo.Fault{{On: demo.Create, Accept: true, Reset: true, Times: 1}},
			history.Unconfirmed, 0,
			"The connection broke after the request was sent. It may have been bought (guess $0.0024). esc, then enter: decide what to do.",
		},
		{
			"answered instead", "cometapi", "x",
			[]demo.Fault{{On: demo.Create, Status: 502, Body: "<title>502 Bad Gateway</title>", Times: 1}},
			history.Unconfirmed, 0,
			"CometAPI answered 502: Bad Gateway. It may have been bought (guess $0.0024). esc, then enter: decide what to do.",
		},
		{
			"failed by its log", "", "x",
			[]demo.Fault{{On: demo.Get, Status: 200, Body: `{"status":"failed","logs":"1/4\nRuntimeError: CUDA out of memory\n"}`}},
			history.Failed, 0,
			"Failed at the provider: RuntimeError: CUDA out of memory. esc, then r reuses it.",
		},
		{
			"expired", "", "x [expired]", nil, history.Lost, 0,
			"The provider keeps pictures for an hour, and this one was not saved here in time. Prompt and seed are kept: esc, then r reuses them.",
		},
		{
			"not safe", "", "x",
			[]demo.Fault{{On: demo.Output, Status: 500, Body: "later"}},
			history.Saving, 10 * time.Second,
			"Paid, not saved yet. 59 min left; tries again in ",
		},
		{"no network", "", "x [slow]", []demo.Fault{{On: demo.Get, Reset: true}}, history.Waiting, 10 * time.Second, "Tries again in "},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{smallPictures: true, provider: c.provider, w: 160, h: 50})
				s.injectFaults(c.faults...)
				key := s.develop(c.prompt)
				s.waitForState(key, c.reach)
				s.wait(c.after)
				if c.reach == history.Creating {
					s.waitForText("retrying")
				}
				s.expectSentence(c.says)
				expectCleanExit(s)
			})
		})
	}
}

// TestMoment12FewerPictures: a prediction that is done with fewer pictures than were ordered says so below them.
func TestMoment12FewerPictures(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 160, h: 50}, pastPrediction{age: time.Hour, prompt: "x", state: history.Done, change: func(e *history.Entry) {
			e.Error = &history.EntryError{Code: runner.CodePartial, Sentence: "3 of 4: one was held back by the filter."}
		}})
		s.press("esc")
		s.expectText("3 of 4: one was held back by the filter · ")
		s.press("enter")
		s.wait(time.Second)
		s.expectText("3 of 4: one was held back by the filter")
	})
}

// TestMoment12PictureExpired: a picture that was not fetched in time says when it was deleted.
func TestMoment12PictureExpired(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 160, h: 50}, pastPrediction{age: 48 * time.Hour, prompt: "x", state: history.Lost, change: func(e *history.Entry) {
			e.Error = &history.EntryError{Code: history.CodeExpired}
			e.CompletedAt = utcNow().Add(47*time.Hour - 28*time.Minute)
		}})
		s.press("esc")
		s.expectSentence("The provider keeps pictures for an hour, and this one was not saved here by 14:02. Prompt and seed are kept: r reuses them.")
	})
}

// TestMoment12TooSmallScreen: the terminal shrinks to 20×5 and grows again: the job continues, and the draft is kept.
func TestMoment12TooSmallScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		key := s.develop("x [slow]")
		s.waitForState(key, history.Waiting)
		s.typeText(" and more")
		before := s.textIn(s.m.layout.Sidebar)
		s.resize(20, 5)
		if got := s.textIn(cell.Rect{X: 0, Y: 0, W: 20, H: 5}); got != "needs 30×8, here 20×5. 1 job keeps running. ctrl+c quits" {
			t.Errorf("it says %q", got)
		}
		for _, at := range []terminalSize{{1, 200}, {200, 1}, {2, 100}, {29, 8}} {
			s.resize(at.w, at.h)
			if strings.TrimSpace(s.screenText()) == "" {
				t.Errorf("at %d×%d it says nothing", at.w, at.h)
			}
		}
		s.resize(120, 40)
		if got := s.textIn(s.m.layout.Sidebar); got != before {
			t.Errorf("the sidebar was\n%s\nand is\n%s", before, got)
		}
		s.resize(20, 5)
		s.waitForState(key, history.Done)
		expectCleanExit(s)
	})
}

// expectCleanExit quits by ctrl+c, and answers the question if there is one. It fails the test if that takes more than a second, or if
// something is left on the screen.
func expectCleanExit(s *app) {
	s.t.Helper()
	began := time.Now()
	s.press("ctrl+c")
	if !s.quit {
		s.wait(guard.Grace)
		s.press("ctrl+c")
	}
	s.close()
	if took := time.Since(began); took > guard.Grace+time.Second {
		s.t.Errorf("quitting took %v", took)
	}
	if view := s.m.View(); !s.quit || view.Content != "" || view.ProgressBar != nil {
		s.t.Errorf("quit %v, with %q", s.quit, view.Content)
	}
}
