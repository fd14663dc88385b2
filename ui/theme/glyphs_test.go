package theme

import (
	"reflect"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/text"
)

func TestProgress(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
	g := NewGlyphs(false)
	if got := g.Spinner(0, true) + g.Spinner(9, true) + g.Spinner(10, true) + g.Spinner(-1, true); got != "⠋⠏⠋⠏" {
		t.Errorf("got %s", got)
	}
	if got := g.Spinner(3, false); got != "⠒" {
		t.Errorf("without motion: got %s", got)
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
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
		a, _ := NewGlyphs(false).State(c.state, c.unseen)
		b, _ := NewGlyphs(true).State(c.state, c.unseen)
		if a != c.unicode || b != c.ascii {
			t.Errorf("%s: got %s and %s", c.state, a, b)
		}
	}
	for _, live := range []history.State{history.Creating, history.Waiting, history.Saving, "of a newer version"} {
		if sign, ok := NewGlyphs(false).State(live, false); ok || sign != "" {
			t.Errorf("%s has ended with %q", live, sign)
		}
	}
}

// TestGlyphsAreNarrowAndASCII: every sign of a row is one column wide, and the ASCII table has only ASCII.
func TestGlyphsAreNarrowAndASCII(t *testing.T) {
	t.Parallel()
	for _, ascii := range []bool{false, true} {
		g := NewGlyphs(ascii)
		row := append([]string{g.Cursor, g.Mark, g.Star, g.Waiting, g.Saving, g.Done, g.unseen, g.Failed, g.unconfirmed, g.stopped, g.lost}, g.spinner...)
		for _, sign := range append(row, g.progress...) {
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

func TestTranslate(t *testing.T) {
	t.Parallel()
	const said = "1024×1024 · ★ done … ↑↓ − 2²"
	if got := NewGlyphs(false).Translate(said); got != said {
		t.Errorf("got %q", got)
	}
	if got := NewGlyphs(true).Translate(said); !isASCII(got) || !strings.HasPrefix(got, "1024x1024 - * done ...") {
		t.Errorf("in ASCII: got %q", got)
	}
}

func TestShapes(t *testing.T) {
	t.Parallel()
	g := NewGlyphs(false)
	if got := g.Shape(1024, 1024) + g.Shape(1344, 768) + g.Shape(768, 1344) + g.Shape(0, 7); got != "▢▭▯" {
		t.Errorf("got %s", got)
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 0x7E || r < 0x20 }) < 0
}

func TestFrame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ascii, ends bool
		want        string
	}{{false, true, "┏━━┓\n┃  ┃\n┗━━┛"}, {true, true, "+--+\n|  |\n+--+"}, {false, false, "┃  ┃\n┃  ┃\n┃  ┃"}} {
		lines := NewLook("", nil, 0, c.ascii).Frame(4, 3, c.ends)
		if got := ansi.Strip(strings.Join(lines, "\n")); got != c.want {
			t.Errorf("ascii %t, ends %t:\n%s", c.ascii, c.ends, got)
		}
	}
}
