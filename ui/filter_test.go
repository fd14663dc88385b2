package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/list"
)

// Of a long history the first hits are shown at once, with "+" behind their number, and then all; unless the cursor stands
// further down, which never jumps.
func TestFirstHitsThenAll(t *testing.T) {
	for name, c := range map[string]struct {
		cursor string
		first  string
	}{
		"cursor among the first":  {"k9", "2+ of 4"},
		"cursor further down":     {"k2", "all 4"},
		"cursor on the last hit":  {"k8", "2+ of 4"},
		"no row under the cursor": {"", "2+ of 4"},
	} {
		t.Run(name, func(t *testing.T) {
			m := New(t.Context(), Options{Env: func(string) string { return "" }})
			m.list.SetKeys(history.Keys{}.With("k9", "k8", "k5", "k2"))
			m.list.Choose(c.cursor)
			count := func() string {
				label, _ := m.list.FilterTitle(40, m.look)
				return strings.TrimLeft(ansi.Strip(label), " /")
			}
			rest := func() tea.Msg {
				return foundMsg{found: list.Found{Keys: history.Keys{}.With("k9", "k8", "k2"), Total: 3}}
			}
			next := m.onFound(foundMsg{found: list.Found{Keys: history.Keys{}.With("k9", "k8"), Total: 2, Partial: true}, rest: rest})
			if got := count(); got != c.first || next == nil {
				t.Errorf("at first %q, more: %t", got, next != nil)
			}
			if m.onFound(next().(foundMsg)) != nil || count() != "3 of 4" || c.cursor != "" && m.list.Cursor() != c.cursor {
				t.Errorf("then %q, cursor on %s", count(), m.list.Cursor())
			}
		})
	}
}

// TestFilterAndTab: tab and shift+tab leave the filter for the part after the list, and the one before it.
func TestFilterAndTab(t *testing.T) {
	story(t, func(t *testing.T) {
		s := furnished(t, table{}, album()...)
		for key, want := range map[string]focus{"tab": onPrompt, "shift+tab": onSettings} {
			s.press("ctrl+f", "d", key)
			if s.m.focus != want || s.m.list.IsEditingFilter() {
				t.Errorf("after %s the keys go to %v, editing %v", key, s.m.focus, s.m.list.IsEditingFilter())
			}
		}
	})
}
