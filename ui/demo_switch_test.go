package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	"tintype/history"
)

// TestDemoFailsToOpen: if the demo cannot be opened, that is reported and nothing else changes. The next try succeeds, and the session
// before it is closed once.
func TestDemoFailsToOpen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		dir, closed := t.TempDir(), 0
		writeHistory(t, dir, sampleHistory()...)
		s := newApp(t, appOptions{dir: dir, provider: "cometapi", noKey: true, withDemo: true})
		opens, close := s.m.options.OpenDemo, s.m.session.Close
		s.m.session.Close = func() { closed++; close() }
		s.m.options.OpenDemo = func(context.Context) (Session, error) { return Session{}, errors.New("The demo's port is taken.") }
		s.typeText("a boat")
		s.press("ctrl+x", "d")
		s.expectSentence("The demo's port is taken.")
		if s.quit || closed != 0 || s.m.list.Total() != len(sampleHistory()) {
			t.Fatalf("quit %v, closed %d, %d rows", s.quit, closed, s.m.list.Total())
		}
		addPredictionsElsewhere(t, s.dir, pastPrediction{prompt: "from another terminal"})
		s.wait(3 * time.Second)
		s.expectText("1 newer · 2 of 8")
		s.m.options.OpenDemo = opens
		s.press("ctrl+x", "d")
		s.expectText("DEMO · free", "No pictures yet.")
		s.useSmallPictures()
		s.press("enter")
		s.waitForState(s.m.list.Cursor(), history.Done)
		if closed != 1 {
			t.Errorf("the session before was closed %d times", closed)
		}
	})
}

// TestEarlyEnterDoesNotBuyInTheDemo: an enter that was pressed before the session was open buys nothing later, when the demo replaces the
// session and a prompt has been typed.
func TestEarlyEnterDoesNotBuyInTheDemo(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{provider: "cometapi", noKey: true, withDemo: true, before: func(s *app) { s.sendKey("enter") }})
		s.typeText("a boat")
		s.press("ctrl+x", "d")
		s.expectText("DEMO · free")
		s.wait(2 * time.Second)
		s.expectPurchases(0)
	})
}
