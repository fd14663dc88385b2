package impactview

import (
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/impact"
	"tintype/ui/internal/uitest"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// terminal is the program that a screen draws for.
type terminal struct {
	Program
	look theme.Look
	w, h int
}

func (t terminal) Look() theme.Look { return t.look }
func (t terminal) Size() (int, int) { return t.w, t.h }

// newScreen returns a screen that shows a prompt whose parts have impacts of all kinds.
func newScreen(prompt string, by impact.By) (*Screen, bool) {
	parts, err := impact.Parts(prompt, by)
	if err != nil {
		return nil, false
	}
	m := Measured{Of: history.Entry{Input: map[string]any{"prompt": prompt}}, By: by, Experiment: impact.Experiment{Parts: parts, Seeds: 3}}
	for i := range parts {
		m.Result.Parts = append(m.Result.Parts, impact.Impact{Impact: float64(i) / 2, Seeds: i % 4, Seen: i%3 > 0})
	}
	s := &Screen{program: terminal{look: theme.NewLook("dark", color.Black, 1<<24, false), w: 80, h: 24}, shown: &m}
	for i := range parts {
		s.order = append(s.order, i)
	}
	return s, true
}

// TestPromptLines: a prompt is drawn with the number of each part behind it.
func TestPromptLines(t *testing.T) {
	t.Parallel()
	s, _ := newScreen("a red fox in a misty forest, at dusk, (soft light)", impact.Phrase)
	var got []string
	for _, line := range s.promptLines(24) {
		got = append(got, ansi.Strip(s.styled(line, s.program.Look())))
	}
	want := "a red fox[?] in a misty\nforest[0.50], at\ndusk[1.00], (soft\nlight)[none]"
	if strings.Join(got, "\n") != want {
		t.Errorf("drawn as\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}

// TestPromptIsDrawnInFull: whatever a prompt is, no line is wider than its room, all its words are there in order, and each part has its
// number once.
func TestPromptIsDrawnInFull(t *testing.T) {
	t.Parallel()
	n := uitest.Times(2000, 100_000)
	rng := rand.New(rand.NewPCG(3, 4)) //nolint:gosec // the same each time
	pieces := []string{"a", "fox", " ", "  ", ",", ", ", "\n", "\t", "at ", "in ", "雪の中", "👩‍🚀", "(", ")", "[", "1.2", "{\"a\": \"b\"}", "é", "e\u0301", "\x1b[31m", ".", "with ", "“", "”"}
	for range n {
		var b strings.Builder
		for range rng.IntN(30) {
			b.WriteString(pieces[rng.IntN(len(pieces))])
		}
		prompt, by := b.String(), []impact.By{impact.Phrase, impact.Word}[rng.IntN(2)]
		s, ok := newScreen(prompt, by)
		if !ok {
			continue
		}
		w := 20 + rng.IntN(60)
		drawn := ""
		for _, line := range s.promptLines(w) {
			styled := s.styled(line, s.program.Look())
			if got := cell.Width(styled); got > w {
				t.Fatalf("a line of %q is %d columns wide in %d: %q", prompt, got, w, styled)
			}
			drawn += ansi.Strip(styled)
		}
		without := strings.NewReplacer("[?]", "", "[none]", "")
		if got, want := letters(without.Replace(drawn)), letters(string(text.CleanLine(prompt))); !containsInOrder(got, want) {
			t.Fatalf("%q is drawn as %q", prompt, drawn)
		}
	}
}

// letters returns a text without blanks.
func letters(s string) string { return strings.Join(strings.Fields(s), "") }

// containsInOrder reports whether a text has the letters of another one, in their order.
func containsInOrder(s, other string) bool {
	at := 0
	for _, r := range other {
		i := strings.IndexRune(s[at:], r)
		if i < 0 {
			return false
		}
		at += i + len(string(r))
	}
	return true
}
