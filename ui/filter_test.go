package ui

import (
	"testing"
)

// TestTabLeavesTheFilter: tab and shift+tab move the focus from the filter to the part after the list and to the one before it.
func TestTabLeavesTheFilter(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, sampleAlbum()...)
		for key, want := range map[string]focus{"tab": focusPrompt, "shift+tab": focusSettings} {
			s.press("ctrl+f", "d", key)
			if s.m.screens.home.focus != want || s.m.list.IsEditingFilter() {
				t.Errorf("after %s the focus is on %v, editing %v", key, s.m.screens.home.focus, s.m.list.IsEditingFilter())
			}
		}
	})
}
