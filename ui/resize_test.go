package ui

import (
	"math/rand/v2"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/internal/uitest"
)

// TestFaultResize: each screen at extreme sizes (1×1, 0×0, 1×200, 1000×1000), around the smallest size that the program is drawn at, and at
// random sizes: it does not panic, there are no more lines than rows, and no line is wider than the screen.
func TestFaultResize(t *testing.T) {
	t.Parallel()
	m := newHostileModel(t, 50)
	for _, key := range []string{"esc", "enter", "esc", "ctrl+g", "esc", "f1", "esc", "ctrl+x", "esc", "tab", "tab", "i"} {
		for _, size := range [][2]int{{1, 1}, {0, 0}, {1, 200}, {200, 1}, {20, 5}, {30, 8}, {29, 7}, {31, 9}, {40, 12}, {80, 24}, {300, 100}} {
			expectFrameFits(t, m, size[0], size[1], key)
			key = "" // pressed once; then what it opened gets each size
		}
	}
	expectFrameFits(t, m, 1000, 1000, "")
	random := rand.New(rand.NewPCG(1, 2))
	keys := []string{"esc", "enter", "tab", "i", "f1", "ctrl+g", "ctrl+x", "down", "up", ""}
	sizes := 60
	if longTests() {
		sizes = 300
	}
	for range sizes {
		expectFrameFits(t, m, random.IntN(200), random.IntN(60), keys[random.IntN(len(keys))])
	}
}

// expectFrameFits presses a key at a size and checks the frame.
func expectFrameFits(t *testing.T, m *Model, w, h int, key string) {
	t.Helper()
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	if key != "" {
		m.Update(uitest.Key(key))
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
