package textedit

import (
	"strings"
	"testing"
)

func TestWrap(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		w    int
		want []string
	}{
		{"", 5, []string{""}},
		{"A paper boat", 8, []string{"A paper", "boat"}},
		{"A paper boat", 7, []string{"A paper", "boat"}},
		{"A paper   boat", 7, []string{"A paper", "boat"}},
		{"exactly", 7, []string{"exactly", ""}},
		{"exactly\nso", 7, []string{"exactly", "so"}},
		{"unbreakable", 4, []string{"unbr", "eaka", "ble"}},
		{"ab unbreakable", 4, []string{"ab", "unbr", "eaka", "ble"}},
		{"日本語の船", 5, []string{"日本", "語の", "船"}},
		{"a\n\nb", 5, []string{"a", "", "b"}},
		{"👩‍👩‍👧👩‍👩‍👧", 3, []string{"👩‍👩‍👧", "👩‍👩‍👧"}},
	} {
		b := newBuffer(c.text)
		var got []string
		for _, l := range wrapText(b.chars, c.w) {
			got = append(got, strings.TrimRight(string(shownText(b.chars[l.from:l.to])), " "))
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q in %d: %q, want %q", c.text, c.w, got, c.want)
		}
	}
}

func TestCursor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		keys    string
		w, h    int
		x, y    int
		visible bool
	}{
		{"", 5, 3, 0, 0, true},
		{"日本", 9, 3, 4, 0, true},
		{"exact", 5, 3, 0, 1, true},
		{"one two", 5, 3, 3, 1, true},
		{"one two<ctrl+a><right><right><right><right>", 5, 3, 0, 1, true},
		{"a<ctrl+j>b<ctrl+j>c<ctrl+j>d", 5, 2, 1, 1, true},
		{"a<ctrl+j>b<ctrl+j>c<ctrl+j>d<up><up><up>", 5, 2, 1, 0, true},
	} {
		p := newArea(c.w, c.h, c.keys)
		if x, y, ok := p.Cursor(); x != c.x || y != c.y || ok != c.visible {
			t.Errorf("%q: at %d,%d (%v), want %d,%d", c.keys, x, y, ok, c.x, c.y)
		}
		p.Blur()
		if _, _, ok := p.Cursor(); ok {
			t.Errorf("%q: a cursor without focus", c.keys)
		}
	}
}

func TestScrollAndClick(t *testing.T) {
	t.Parallel()
	p := newArea(10, 2, "one<ctrl+j>two<ctrl+j>three<ctrl+j>four")
	p.Scroll(-9)
	if _, _, ok := p.Cursor(); ok {
		t.Error("a cursor outside of the view is reported as visible")
	}
	p.Click(1, 1)
	if got := marked(p); got != "one\nt|wo\nthree\nfour" {
		t.Errorf("clicked to %q", got)
	}
	p.Scroll(99)
	if p.top != 2 {
		t.Errorf("scrolled to line %d, want 2", p.top)
	}
}
