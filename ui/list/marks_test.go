package list

import (
	"slices"
	"testing"
)

// The next unseen prediction is the one below the cursor, then the first from the top, and the cursor's own last. Predictions that
// the list does not show are left out.
func TestNextUnseen(t *testing.T) {
	for _, c := range []struct {
		cursor string
		unseen []string
		want   string
	}{
		{"k5", []string{"k9", "k3", "k1"}, "k3"},
		{"k5", []string{"k9", "k7"}, "k9"},
		{"k5", []string{"k7", "k5"}, "k7"},
		{"k5", []string{"k5"}, "k5"},
		{"k1", []string{"k9", "k3"}, "k9"},
		{"k9", []string{"k9", "k1"}, "k1"},
		{"k5", []string{"k4"}, ""},
		{"k5", nil, ""},
	} {
		l := newList(3, "k9", "k7", "k5", "k3", "k1")
		l.Choose(c.cursor)
		for _, key := range c.unseen {
			l.SetUnseen(key)
		}
		if got, ok := l.NextUnseen(); got != c.want || ok != (c.want != "") {
			t.Errorf("from %s with %v new: %q", c.cursor, c.unseen, got)
		}
	}
}

func TestTargets(t *testing.T) {
	l := newList(3)
	if got := l.Targets(); got != nil {
		t.Errorf("an empty list: %v", got)
	}
	l = newList(3, "k9", "k7", "k5")
	if got := l.Targets(); !slices.Equal(got, []string{"k9"}) {
		t.Errorf("without marks: %v", got)
	}
	for _, key := range []string{"k5", "k9", "k7", "k7"} {
		l.Choose(key)
		l.ToggleMark()
	}
	if got := l.Targets(); !slices.Equal(got, []string{"k9", "k5"}) || l.marks["k7"] || l.MarkedCount() != 2 {
		t.Errorf("marked: %v", got)
	}
	before := l.Marks()
	l.ClearMarks()
	if l.SetMarks(before); l.MarkedCount() != 2 {
		t.Error("the copy of the marks was cleared with them")
	}
}
