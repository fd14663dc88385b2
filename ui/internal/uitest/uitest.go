package uitest

import (
	"os"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/api/model"
	"tintype/ui/text"
)

// Key returns a key as Bubble Tea reports it, by its name ("ctrl+a", "alt+b", "enter") or the text that it types.
func Key(name string) tea.KeyPressMsg {
	var mod tea.KeyMod
	rest := name
	for prefix, m := range map[string]tea.KeyMod{"ctrl+": tea.ModCtrl, "alt+": tea.ModAlt, "shift+": tea.ModShift} {
		if strings.HasPrefix(rest, prefix) {
			rest, mod = strings.TrimPrefix(rest, prefix), m
		}
	}
	named := map[string]rune{
		"enter": tea.KeyEnter, "backspace": tea.KeyBackspace, "delete": tea.KeyDelete, "tab": tea.KeyTab, "esc": tea.KeyEscape,
		"up": tea.KeyUp, "down": tea.KeyDown, "left": tea.KeyLeft, "right": tea.KeyRight, "home": tea.KeyHome, "end": tea.KeyEnd,
		"pgup": tea.KeyPgUp, "pgdown": tea.KeyPgDown,
	}
	if code, ok := named[rest]; ok {
		return tea.KeyPressMsg{Code: code, Mod: mod}
	}
	if mod != 0 {
		return tea.KeyPressMsg{Code: []rune(rest)[0], Mod: mod}
	}
	return tea.KeyPressMsg{Code: []rune(name)[0], Text: name}
}

// Bracketed shows the marks of a sentence of package wording: "[reuse] reuses it".
func Bracketed(sentence string) string {
	return strings.NewReplacer("\ue000", "[", "\ue001", ", then ", "\ue002", "]", "\ue003", "", "\ue004", "", "\ue005", "", "\ue006k\ue007", "").Replace(sentence)
}

// Type presses the keys of a script: names in <>, else letters.
func Type(press func(tea.KeyPressMsg), script string) {
	for script != "" {
		if end := strings.IndexByte(script, '>'); script[0] == '<' && end > 0 {
			press(Key(script[1:end]))
			script = script[end+1:]
			continue
		}
		cell, _ := ansi.FirstGraphemeCluster(script, ansi.GraphemeWidth)
		press(Key(cell))
		script = script[len(cell):]
	}
}

// PlainLines returns lines without trailing blanks. It checks that each line has w cells.
func PlainLines(t *testing.T, lines []string, w int) []string {
	t.Helper()
	var plain []string
	for _, line := range lines {
		if got := text.Width(text.Safe(line)); got != w {
			t.Errorf("%d cells, want %d: %q", got, w, line)
		}
		plain = append(plain, strings.TrimRight(line, " "))
	}
	return plain
}

// CheckLines checks lines against a text.
func CheckLines(t *testing.T, got []string, want string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Trim(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Trim(want, "\n"))
	}
}

const (
	Sunrise = "A paper boat floating on calm water at sunrise."
	Dusk    = "A paper boat floating on calm water at dusk."
)

// Times returns how often a property is tried: a usual number, or a larger one with TINTYPE_LONG=1, as in CI.
func Times(usual, long int) int {
	if os.Getenv("TINTYPE_LONG") == "1" {
		return long
	}
	return usual
}

// SeedlessModel returns a model of the catalogue that takes a prompt and no seed. Without one the test is skipped.
func SeedlessModel(t *testing.T) string {
	t.Helper()
	for _, m := range model.All() {
		_, prompt := m.Parameter("prompt")
		if _, seed := m.Parameter("seed"); prompt && !seed {
			return m.ID
		}
	}
	t.Skip("every model takes a seed")
	return ""
}
