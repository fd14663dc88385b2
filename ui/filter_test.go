package ui

import (
	"testing"
)

// TestBoundKeysWorkInTheFilter: an action that works while the filter is edited does so by the key that the settings bind to it, and no
// longer by its usual key. A letter filters, whatever it is bound to.
func TestBoundKeysWorkInTheFilter(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{keys: map[string][]string{
			"down": {"ctrl+n", "d"}, "up": {"ctrl+p"}, "menu": {"ctrl+o"}, "next-part": {"ctrl+t"},
		}}, sampleAlbum()...)
		s.press("ctrl+f")
		first := s.m.list.Cursor()
		s.press("ctrl+n")
		if second := s.m.list.Cursor(); second == first || !s.m.list.IsEditingFilter() {
			t.Errorf("ctrl+n: on %s after %s, editing %v", second, first, s.m.list.IsEditingFilter())
		}
		s.press("ctrl+p", "down")
		if s.m.list.Cursor() != first {
			t.Error("ctrl+p does not move up, or down still moves")
		}
		s.press("d")
		s.expectText("Filter d")
		s.press("ctrl+t")
		if s.m.list.IsEditingFilter() || s.m.screens.home.focus != focusPrompt {
			t.Error("ctrl+t does not leave the filter")
		}
		s.press("ctrl+f", "ctrl+o")
		if s.m.list.IsEditingFilter() || !s.m.dialogs.HasMenu() {
			t.Error("ctrl+o does not open the menu")
		}
	})
}

// TestTabLeavesTheFilter: tab and shift+tab move the focus from the filter to the part after the list and to the one before it.
func TestTabLeavesTheFilter(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, sampleAlbum()...)
		for _, step := range []struct {
			key  string
			want focus
		}{{"tab", focusPrompt}, {"shift+tab", focusSettings}} {
			s.press("ctrl+f", "d", step.key)
			if s.m.screens.home.focus != step.want || s.m.list.IsEditingFilter() {
				t.Errorf("after %s the focus is on %v, editing %v", step.key, s.m.screens.home.focus, s.m.list.IsEditingFilter())
			}
		}
	})
}
