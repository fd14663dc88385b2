package theme

import (
	"reflect"
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/text"
)

func TestProgressColumn(t *testing.T) {
	for _, c := range []struct {
		fraction       float64
		unicode, ascii string
	}{
		{0, "⡀", "0"},
		{0.1, "⡀", "1"},
		{0.25, "⡄", "2"},
		{0.62, "⡇", "6"},
		{0.99, "⣷", "9"},
		{1, "⣿", "9"},
		{7, "⣿", "9"},
		{-3, "⡀", "0"},
	} {
		if got := NewGlyphs(false).Progress(c.fraction); got != c.unicode {
			t.Errorf("%.2f: got %s, want %s", c.fraction, got, c.unicode)
		}
		if got := NewGlyphs(true).Progress(c.fraction); got != c.ascii {
			t.Errorf("%.2f in ASCII: got %s, want %s", c.fraction, got, c.ascii)
		}
	}
}

func TestSpinner(t *testing.T) {
	g := NewGlyphs(false)
	if got := g.Phase(0, true) + g.Phase(9, true) + g.Phase(10, true) + g.Phase(-1, true); got != "⠋⠏⠋⠏" {
		t.Errorf("got %s", got)
	}
	if got := g.Phase(3, false); got != "⠒" {
		t.Errorf("without motion: got %s", got)
	}
}

// The sign of each state, in Unicode and in ASCII.
func TestEndedSigns(t *testing.T) {
	for _, c := range []struct {
		state          history.State
		unseen         bool
		unicode, ascii string
	}{
		{history.Done, true, "✓", "O"},
		{history.Done, false, "✓", "o"},
		{history.Failed, false, "✗", "x"},
		{history.Unconfirmed, false, "?", "?"},
		{history.Stopped, false, "−", "-"},
		{history.Lost, false, "!", "!"},
	} {
		a, _ := NewGlyphs(false).Ended(c.state, c.unseen)
		b, _ := NewGlyphs(true).Ended(c.state, c.unseen)
		if a != c.unicode || b != c.ascii {
			t.Errorf("%s: got %s and %s", c.state, a, b)
		}
	}
	for _, live := range []history.State{history.Creating, history.Waiting, history.Saving, "of a newer version"} {
		if sign, ok := NewGlyphs(false).Ended(live, false); ok || sign != "" {
			t.Errorf("%s has ended with %q", live, sign)
		}
	}
}

// Every sign of a row is one column wide, and the ASCII table is ASCII throughout.
func TestGlyphsAreNarrowAndASCII(t *testing.T) {
	for _, ascii := range []bool{false, true} {
		g := NewGlyphs(ascii)
		row := append([]string{g.Cursor, g.Mark, g.Star, g.Waits, g.Saving, g.Done, g.unseen, g.Failed, g.asks, g.stopped, g.lost}, g.spinner...)
		for _, sign := range append(row, g.column...) {
			if text.Width(text.Safe(sign)) != 1 {
				t.Errorf("%q is not one column", sign)
			}
		}
	}
	g := reflect.ValueOf(NewGlyphs(true))
	for i := range g.NumField() {
		if f := g.Field(i); f.Kind() == reflect.String && (f.String() == "" || !isASCII(f.String())) {
			t.Errorf("%s is %q", g.Type().Field(i).Name, f.String())
		}
	}
}

func TestSay(t *testing.T) {
	const said = "1024×1024 · ★ done … ↑↓ − 2²"
	if got := NewGlyphs(false).Say(said); got != said {
		t.Errorf("got %q", got)
	}
	if got := NewGlyphs(true).Say(said); !isASCII(got) || !strings.HasPrefix(got, "1024x1024 - * done ...") {
		t.Errorf("in ASCII: got %q", got)
	}
}

func TestShapeSigns(t *testing.T) {
	g := NewGlyphs(false)
	if got := g.Shape(1024, 1024) + g.Shape(1344, 768) + g.Shape(768, 1344) + g.Shape(0, 7); got != "▢▭▯" {
		t.Errorf("got %s", got)
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7E || r < 0x20 }) < 0
}
