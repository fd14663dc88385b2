package ui

import (
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// FuzzResize draws each screen at any size, one after the other: no panic, no more lines than rows, none wider than the
// screen. Row “resize”; TestFaultResize runs the sizes of the row.
func FuzzResize(f *testing.F) {
	m := openedOver(f, hostileFolder(f), hostileRows)
	for _, size := range [][2]int{{1, 1}, {0, 0}, {1, 200}, {1000, 1000}, {20, 5}, {30, 8}, {80, 24}, {-1, 7}} {
		f.Add(size[0], size[1], "tab")
	}
	f.Add(40, 12, "esc")
	f.Add(120, 40, "ctrl+g")
	f.Add(29, 40, "f1")
	f.Fuzz(func(t *testing.T, w, h int, key string) { drawn(t, m, w, h, key) })
}

// TestFaultResize: each screen at each size of the row “resize 1×1, 0×0, 1×200, 1000×1000”, and around the least size that
// the program is drawn at.
func TestFaultResize(t *testing.T) {
	m := openedOver(t, hostileFolder(t), hostileRows)
	for _, key := range []string{"esc", "enter", "esc", "ctrl+g", "esc", "f1", "esc", "ctrl+x", "esc", "tab", "tab", "i"} {
		for _, size := range [][2]int{{1, 1}, {0, 0}, {1, 200}, {200, 1}, {20, 5}, {30, 8}, {29, 7}, {31, 9}, {40, 12}, {80, 24}, {300, 100}} {
			drawn(t, m, size[0], size[1], key)
			key = "" // once, then the sizes of what it opened
		}
	}
	drawn(t, m, 1000, 1000, "")
}

// drawn presses a key at a size and looks at the frame.
func drawn(t *testing.T, m *Model, w, h int, key string) {
	t.Helper()
	if w > 2000 || h > 2000 || w*h > 1_000_000 {
		return
	}
	m.Update(tea.WindowSizeMsg{Width: w, Height: h})
	if ok := strings.Contains(" esc enter tab i f1 ctrl+g ctrl+x down up ", " "+key+" "); ok && key != "" {
		m.Update(keyNamed(key))
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
