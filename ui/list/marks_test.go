package list

import (
	"slices"
	"testing"

	"tintype/history"
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

// TestSubjects: an action is for what is marked, the newest first, or else for what is under the cursor.
func TestSubjects(t *testing.T) {
	l := newList(3)
	if got := l.Subjects(); got != nil {
		t.Errorf("an empty list: %v", got)
	}
	l = newList(3, "k9", "k7", "k5")
	if got := l.Subjects(); !slices.Equal(got, []Subject{{"k9", 0}}) {
		t.Errorf("without marks: %v", got)
	}
	for _, key := range []string{"k5", "k9", "k7", "k7"} {
		l.Choose(key)
		l.ToggleMark()
	}
	if got := l.Subjects(); !slices.Equal(got, []Subject{{"k9", 0}, {"k5", 0}}) || l.MarkedText() != "2 marked" {
		t.Errorf("%s: %v", l.MarkedText(), got)
	}
	before := l.Marks()
	l.ClearMarks()
	if l.SetMarks(before); l.MarkedCount() != 2 {
		t.Error("the copy of the marks was cleared with them")
	}
}

// TestMarksOfOutputs: an output that was entered is marked on its own. A mark of the prediction and marks of its outputs replace each
// other.
func TestMarksOfOutputs(t *testing.T) {
	l := newList(3, "k9", "k7", "k5")
	for _, key := range []string{"k9", "k7", "k5"} {
		l.Update(history.Entry{Key: key, Outputs: make([]history.Output, 4)})
	}
	toggle := func(key string, output int) {
		l.ChooseSubject(Subject{key, output})
		l.ToggleMark()
	}
	for _, c := range []struct {
		key    string
		output int
		want   []Subject
	}{
		{"k7", 3, []Subject{{"k7", 3}}},
		{"k9", 2, []Subject{{"k9", 2}, {"k7", 3}}},
		{"k7", 1, []Subject{{"k9", 2}, {"k7", 1}, {"k7", 3}}},
		{"k7", 3, []Subject{{"k9", 2}, {"k7", 1}}},
		{"k7", 0, []Subject{{"k9", 2}}},
		{"k7", 0, []Subject{{"k9", 2}, {"k7", 0}}},
		{"k7", 4, []Subject{{"k9", 2}, {"k7", 4}}},
	} {
		toggle(c.key, c.output)
		if got := l.Subjects(); !slices.Equal(got, c.want) {
			t.Errorf("after %s %d: %v, want %v", c.key, c.output, got, c.want)
		}
	}
	if got := KeysOf([]Subject{{"k9", 2}, {"k7", 1}, {"k7", 3}}); !slices.Equal(got, []string{"k9", "k7"}) {
		t.Errorf("their predictions are %v", got)
	}
	for key, want := range map[string]bool{"k9": true, "k7": true, "k5": false} {
		if l.hasMark(key, 4) != want {
			t.Errorf("the row of %s is marked: %v", key, !want)
		}
	}
	for n, want := range map[int]string{5: "This run has 4 pictures.", 0: "This run has 4 pictures.", 2: ""} {
		if got := l.GoToOutput(n); got != want {
			t.Errorf("picture %d: %q", n, got)
		}
	}
	if l.Current() != (Subject{"k7", 2}) {
		t.Errorf("the cursor is at %v", l.Current())
	}
}

// TestOutOfSight: marked rows that were scrolled away, or that the filter leaves out, are out of sight.
func TestOutOfSight(t *testing.T) {
	l := newList(2, "k9", "k7", "k5", "k3")
	for _, key := range []string{"k9", "k7", "k3"} {
		l.Choose(key)
		l.ToggleMark()
	}
	if got := l.OutOfSight(l.Subjects()); got != 2 {
		t.Errorf("at the end of the list %d are out of sight", got)
	}
	l.Choose("k9")
	if got := l.OutOfSight(l.Subjects()); got != 1 {
		t.Errorf("at its top %d are", got)
	}
	l.show(history.Keys{}.With("k9"), true)
	if got := l.OutOfSight(l.Subjects()); got != 2 {
		t.Errorf("with a filter %d are", got)
	}
}

// TestMarkedInOrder: marks are returned in the order in which they were set, also after one was removed and set again, or all were replaced.
func TestMarkedInOrder(t *testing.T) {
	l := newList(3, "k9", "k7", "k5")
	toggle := func(keys ...string) {
		for _, key := range keys {
			l.Choose(key)
			l.ToggleMark()
		}
	}
	expect := func(keys ...string) {
		t.Helper()
		if got := KeysOf(l.MarkedInOrder()); !slices.Equal(got, keys) {
			t.Errorf("%v, want %v", got, keys)
		}
	}
	toggle("k7", "k9", "k5")
	expect("k7", "k9", "k5")
	before := l.Marks()
	toggle("k7")
	expect("k9", "k5")
	toggle("k7")
	expect("k9", "k5", "k7")
	l.ClearMarks()
	expect()
	l.SetMarks(before)
	if got := l.MarkedInOrder(); len(got) != 3 {
		t.Errorf("after all were replaced: %v", got)
	}
	l.SetMarks(map[Subject]bool{{Key: "k9"}: true})
	expect("k9")
}
