package ui

import (
	"context"
	"errors"
	"testing"
	"time"

	"tintype/history"
)

// TestDemoThatDoesNotOpen: a demo that cannot be opened is said, and everything stays as it was; the next try goes through, and the
// session before it is let go of once.
func TestDemoThatDoesNotOpen(t *testing.T) {
	story(t, func(t *testing.T) {
		dir, closed := t.TempDir(), 0
		furnish(t, dir, drawer()...)
		s := sit(t, table{dir: dir, provider: "cometapi", noKey: true, openDemo: true})
		opens, close := s.m.options.OpenDemo, s.m.session.Close
		s.m.session.Close = func() { closed++; close() }
		s.m.options.OpenDemo = func(context.Context) (Session, error) { return Session{}, errors.New("The demo's port is taken.") }
		s.typeText("a boat")
		s.press("ctrl+x", "d")
		s.says("The demo's port is taken.")
		if s.quit || closed != 0 || s.m.list.Total() != len(drawer()) {
			t.Fatalf("left %v, closed %d, %d rows", s.quit, closed, s.m.list.Total())
		}
		elsewhere(t, s.dir, past{prompt: "from another terminal"})
		s.wait(3 * time.Second)
		s.shows("1 newer · all 8")
		s.m.options.OpenDemo = opens
		s.press("ctrl+x", "d")
		s.shows("DEMO · free", "Nothing made yet.")
		s.press("enter")
		s.state(s.m.list.Cursor(), history.Done)
		if closed != 1 {
			t.Errorf("the session before was closed %d times", closed)
		}
	})
}

// TestEarlyEnterIsForgotten: an enter alone, pressed before the session was there, buys nothing later: not what is written by then
// when the demo takes its place.
func TestEarlyEnterIsForgotten(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{provider: "cometapi", noKey: true, openDemo: true, before: func(s *sitting) { s.key("enter") }})
		s.typeText("a boat")
		s.press("ctrl+x", "d")
		s.shows("DEMO · free")
		s.wait(2 * time.Second)
		bought(s, 0)
	})
}
