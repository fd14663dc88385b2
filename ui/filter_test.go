package ui

import (
	"testing"
)

// TestFilterAndTab: tab and shift+tab leave the filter for the part after the list, and the one before it.
func TestFilterAndTab(t *testing.T) {
	story(t, func(t *testing.T) {
		s := furnished(t, table{}, album()...)
		for key, want := range map[string]focus{"tab": focusPrompt, "shift+tab": focusSettings} {
			s.press("ctrl+f", "d", key)
			if s.m.screens.home.focus != want || s.m.list.IsEditingFilter() {
				t.Errorf("after %s the keys go to %v, editing %v", key, s.m.screens.home.focus, s.m.list.IsEditingFilter())
			}
		}
	})
}
