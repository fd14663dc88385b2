package ui

import (
	"testing"

	"tintype/history"
)

// TestEarlyEnterBuysWhenTheHistoryIsOpen: what is typed and submitted before the history is open is bought once it is open. An enter alone
// buys nothing, since the user has not seen the draft that is then restored.
func TestEarlyEnterBuysWhenTheHistoryIsOpen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{before: func(s *app) {
			s.typeText("a sea at night")
			s.sendKey("enter")
		}})
		s.waitForState(s.m.list.Cursor(), history.Done)
		s.expectPurchases(1)
		s.close()
		again := newApp(t, appOptions{dir: s.dir, server: s.server, before: func(s *app) { s.sendKey("enter") }})
		if got := again.m.prompt.Value(); got != "a sea at night" {
			t.Errorf("the draft is %q", got)
		}
		s.expectPurchases(1)
	})
}
