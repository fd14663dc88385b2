package list

import (
	"testing"

	"tintype/history"
)

// newList returns a list of keys, the newest first, with a window of some rows and the cursor on the first.
func newList(height int, keys ...string) *List {
	l := New()
	l.SetKeys(history.Keys{}.With(keys...))
	l.Resize(height, 1)
	return &l
}

// Predictions that arrive do not move what the user looks at; they are counted until the user scrolls to them.
func TestArrivalsDoNotMoveTheWindow(t *testing.T) {
	keys := history.Keys{}.With("k8", "k7", "k6", "k5")
	l := newList(2, keys.All()...)
	l.Choose("k6")
	l.SetKeys(keys.With("k9", "k95"))
	if top := l.Keys().At(l.Top()); top != "k7" || l.Cursor() != "k6" {
		t.Errorf("%s is on top, cursor on %s", top, l.Cursor())
	}
	if got := l.CountText(plainOptions(9, false).Glyphs); got != "2 newer · 5 of 6" {
		t.Errorf("got %q", got)
	}
	l.Move(-9)
	if got := l.CountText(plainOptions(9, false).Glyphs); l.Top() != 0 || got != "1 of 6" {
		t.Errorf("at the top: %d, %q", l.Top(), got)
	}
}

// A cursor whose prediction is no longer shown goes to the next one.
func TestCursorOfDroppedPrediction(t *testing.T) {
	l := newList(3, "k9", "k7", "k5")
	for _, c := range []struct{ drop, want string }{{"k7", "k5"}, {"k5", "k9"}, {"k9", ""}} {
		if c.drop != "k9" {
			l.Choose(c.drop)
		}
		if l.Drop(c.drop); l.Cursor() != c.want {
			t.Errorf("without %s the cursor is on %q", c.drop, l.Cursor())
		}
	}
}
