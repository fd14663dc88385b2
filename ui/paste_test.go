package ui

import (
	"testing"

	tea "charm.land/bubbletea/v2"
)

// TestSecurityPasteNeverBuys: an enter right behind a paste, or with it before the session is there, buys nothing; one that
// is pressed does. Rule “a paste never confirms a purchase”; what a terminal sends is told beside the command line.
func TestSecurityPasteNeverBuys(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{small: true})
		s.send(tea.PasteMsg{Content: "a boat"})
		s.press("enter")
		s.says("That enter came with the paste. Press it again to develop.")
		bought(s, 0)
		s.wait(pasteSettles)
		s.press("enter")
		s.until("a boat")
		bought(s, 1)
	})
	story(t, func(t *testing.T) {
		s := sit(t, table{small: true, before: func(s *sitting) {
			s.send(tea.PasteMsg{Content: "a boat"})
			s.key("enter")
		}})
		bought(s, 0)
	})
}
