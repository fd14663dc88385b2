package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestSecurityPasteNeverBuys: an enter right after a paste buys nothing, nor does one after a paste before the session is open. A later
// enter does. The test of the same name in ui/cli sends what terminals send.
func TestSecurityPasteNeverBuys(t *testing.T) {
	t.Parallel()
	t.Run("an enter after a paste", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			s.send(tea.PasteMsg{Content: "a boat"})
			s.press("enter")
			s.expectSentence("That enter came with the paste; enter develops.")
			s.expectPurchases(0)
			s.wait(pasteDelay)
			s.press("enter")
			s.waitForText("a boat")
			s.expectPurchases(1)
		})
	})
	t.Run("before the session is open", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true, before: func(s *app) {
				s.send(tea.PasteMsg{Content: "a boat"})
				s.sendKey("enter")
			}})
			s.expectPurchases(0)
		})
	})
}
