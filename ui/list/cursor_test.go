package list

import (
	"fmt"
	"strings"
	"testing"

	"tintype/history"
)

func TestChooseScrolls(t *testing.T) {
	var keys []string
	for i := range 20 {
		keys = append(keys, fmt.Sprintf("k%02d", 99-i))
	}
	l := newList(5, keys...)
	for _, c := range []struct{ move, top int }{{4, 0}, {1, 1}, {99, 15}, {-4, 15}, {-1, 14}, {-99, 0}} {
		if l.Move(c.move); l.Top() != c.top {
			t.Errorf("after %d, %d is on top, want %d", c.move, l.Top(), c.top)
		}
	}
	l.Resize(6, 3) // a gallery of two rows
	for _, c := range []struct{ move, top int }{{5, 0}, {1, 3}, {99, 15}, {-5, 12}} {
		if l.Move(c.move); l.Top() != c.top {
			t.Errorf("in the gallery after %d, %d is on top, want %d", c.move, l.Top(), c.top)
		}
	}
}

func TestAround(t *testing.T) {
	l := newList(2, "k9", "k8", "k7", "k6", "k5", "k4", "k3")
	l.Scroll(3)
	for _, c := range []struct {
		skip, after, before int
		want                string
	}{
		{0, 1, 2, "k4 k7 k8"}, {0, 9, 9, "k4 k3 k7 k8 k9"}, {1, 9, 9, "k3 k8 k9"}, {9, 9, 9, ""},
	} {
		if got := strings.Join(l.Around(c.skip, c.after, c.before), " "); got != c.want {
			t.Errorf("%d after and %d before without %d: %q", c.after, c.before, c.skip, got)
		}
	}
}

// TestCurrent: what is under the cursor is one output only where there are several.
func TestCurrent(t *testing.T) {
	l := newList(2, "k9", "k8")
	l.Update(history.Entry{Key: "k9", Outputs: make([]history.Output, 4)}, history.Entry{Key: "k8", Outputs: make([]history.Output, 1)})
	for _, c := range []struct{ at, want Subject }{
		{Subject{"k9", 0}, Subject{"k9", 0}}, {Subject{"k9", 4}, Subject{"k9", 4}}, {Subject{"k9", 5}, Subject{"k9", 0}}, {Subject{"k8", 1}, Subject{"k8", 0}},
	} {
		if l.ChooseSubject(c.at); l.Current() != c.want {
			t.Errorf("at %v: %v", c.at, l.Current())
		}
	}
	l.Choose("k9")
	if l.Output() != 0 {
		t.Error("another prediction keeps the picture's number")
	}
}

// A saved cursor is scrolled to when the keys of the entire history are known.
func TestSavedCursorIsScrolledTo(t *testing.T) {
	var keys []string
	for i := range 20 {
		keys = append(keys, fmt.Sprintf("k%02d", 99-i))
	}
	l := newList(5, keys[:10]...)
	l.Choose("k82")
	l.SetKeys(history.Keys{}.With(keys...))
	if l.Cursor() != "k82" || l.Top() != 13 {
		t.Errorf("the cursor is on %s with %d on top, want k82 and 13", l.Cursor(), l.Top())
	}
}

// The cursor returns to its prediction from a filter that finds nothing.
func TestCursorReturnsFromAnEmptyFilter(t *testing.T) {
	l := newList(5, "k9", "k8", "k7")
	l.Choose("k8")
	s := typeFilter(t, l, "zebra")
	l.SetFound(Found{Generation: s.Generation})
	if l.Cursor() != "" {
		t.Errorf("in an empty list the cursor is on %q", l.Cursor())
	}
	l.ClearFilter()
	if l.Cursor() != "k8" {
		t.Errorf("the cursor returns to %q, want k8", l.Cursor())
	}
}
