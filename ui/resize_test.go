package ui

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/internal/uitest"
)

// TestFaultResize: each screen at each size of the row “resize 1×1, 0×0, 1×200, 1000×1000”, and around the least size that
// the program is drawn at, then some hundred sizes at random: no panic, no more lines than rows, none wider than the screen.
func TestFaultResize(t *testing.T) {
	t.Parallel()
	m := newHostileModel(t, 50)
	for _, key := range []string{"esc", "enter", "esc", "ctrl+g", "esc", "f1", "esc", "ctrl+x", "esc", "tab", "tab", "i"} {
		for _, size := range [][2]int{{1, 1}, {0, 0}, {1, 200}, {200, 1}, {20, 5}, {30, 8}, {29, 7}, {31, 9}, {40, 12}, {80, 24}, {300, 100}} {
			expectFrameFits(t, m, size[0], size[1], key)
			key = "" // once, then the sizes of what it opened
		}
	}
	expectFrameFits(t, m, 1000, 1000, "")
	dice := rand.New(rand.NewPCG(1, 2))
	keys := []string{"esc", "enter", "tab", "i", "f1", "ctrl+g", "ctrl+x", "down", "up", ""}
	for range 300 {
		expectFrameFits(t, m, dice.IntN(200), dice.IntN(60), keys[dice.IntN(len(keys))])
	}
}

// expectFrameFits presses a key at a size and looks at the frame.
func expectFrameFits(t *testing.T, m *Model, w, h int, key string) {
	t.Helper()
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	if key != "" {
		m.Update(uitest.KeyNamed(key))
	}
	content := m.View().Content
	if content == "" {
		return // nothing is drawn before the size is known
	}
	lines := strings.Split(content, "\n")
	if len(lines) > h {
		t.Fatalf("%d lines at %d×%d", len(lines), w, h)
	}
	for y, line := range lines {
		if got := ansi.StringWidth(line); got > w {
			t.Fatalf("row %d is %d columns wide at %d×%d: %q", y, got, w, h, line)
		}
	}
}
