package list

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/runner"

	"github.com/charmbracelet/x/ansi"
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

// Predictions that arrive do not move what the user looks at; they are counted until the user scrolls to them.
func TestArrivalsDoNotMoveTheWindow(t *testing.T) {
	keys := history.Keys{}.With("k8", "k7", "k6", "k5")
	l := newList(2, keys.All()...)
	l.Choose("k6")
	l.SetKeys(keys.With("k9", "k95"))
	if top := l.Keys().At(l.Top()); top != "k7" || l.Cursor() != "k6" {
		t.Errorf("%s is on top, cursor on %s", top, l.Cursor())
	}
	if got := l.CountText(true, plainOptions(9, false).Glyphs); got != "/ 2 newer · all 6" {
		t.Errorf("got %q", got)
	}
	l.Move(-9)
	if got := l.CountText(false, plainOptions(9, false).Glyphs); l.Top() != 0 || got != "all 6" {
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

// Every entry is asked for once, until reads are tried again: those of the window, a page on either side, and the cursor.
func TestMissing(t *testing.T) {
	l := newList(2, "k9", "k8", "k7", "k6", "k5", "k4", "k3")
	if got := l.Missing(); !slices.Equal(got, []string{"k9", "k8", "k7", "k6", "k5"}) {
		t.Errorf("at first: %v", got)
	}
	if got := l.Missing(); got != nil {
		t.Errorf("asked again: %v", got)
	}
	l.Choose("k3")
	l.Scroll(-9)
	if got := l.Missing(); !slices.Equal(got, []string{"k3"}) {
		t.Errorf("for the cursor: %v", got)
	}
	l.Update(history.Entry{Key: "k9", Rev: 1})
	l.RetryReads()
	if got := l.MissingOf("k9", "k8"); !slices.Equal(got, []string{"k8"}) {
		t.Errorf("of two: %v", got)
	}
}

// followed is a source of one prediction.
type followed runner.Row

func (f followed) Row(key string) (runner.Row, bool) { return runner.Row(f), key == f.Key }

// A row comes from the source where that follows it. Older revisions are ignored, and changes are shown at once.
func TestRows(t *testing.T) {
	l := newList(3, "k9", "k8", "k7")
	if _, ok := l.Row("k9"); ok {
		t.Error("an entry is known that was never read")
	}
	l.Update(history.Entry{Key: "k9", Rev: 2}, history.Entry{Key: "k8", Rev: 2})
	l.SetSource(followed{Entry: history.Entry{Key: "k8", Rev: 3}, Live: &runner.Live{}})
	l.Update(history.Entry{Key: "k9", Rev: 1})
	if row, ok := l.Row("k9"); !ok || row.Rev != 2 || row.Live != nil {
		t.Errorf("k9 has revision %d", row.Rev)
	}
	if row, ok := l.Row("k8"); !ok || row.Rev != 3 || row.Live == nil {
		t.Errorf("k8 has revision %d, live %v", row.Rev, row.Live)
	}
	star := func(e history.Entry) history.Entry { e.Star = true; return e }
	l.Change("k9", star)
	l.Change("k7", star)
	if e, _ := l.Entry("k9"); !e.Star {
		t.Error("a star is not shown at once")
	}
	if _, ok := l.Entry("k7"); ok {
		t.Error("a change made an entry that was never read")
	}
}

// Entries far from the window are dropped when there are many.
func TestEntriesAreBounded(t *testing.T) {
	var keys []string
	var entries []history.Entry
	for i := range 2*maxEntries + 1 {
		keys = append(keys, fmt.Sprintf("k%05d", i))
		entries = append(entries, history.Entry{Key: keys[i]})
	}
	l := newList(10, keys...)
	l.Choose(keys[0]) // the last in the list
	l.Scroll(-len(keys))
	l.Update(entries...)
	if n := len(l.entries); n > maxEntries || n < 10 {
		t.Errorf("%d entries are held", n)
	}
	for _, key := range append(l.Window(), l.Cursor()) {
		if _, ok := l.Entry(key); !ok {
			t.Fatalf("%s was dropped", key)
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

func TestEnteredOutput(t *testing.T) {
	l := newList(2, "k9", "k8")
	l.Update(history.Entry{Key: "k9", Outputs: make([]history.Output, 4)}, history.Entry{Key: "k8", Outputs: make([]history.Output, 1)})
	for _, c := range []struct {
		key    string
		output int
		want   bool
	}{{"k9", 0, false}, {"k9", 4, true}, {"k9", 5, false}, {"k8", 1, false}} {
		l.Choose(c.key)
		l.SetOutput(c.output)
		if e, output, ok := l.EnteredOutput(); ok != c.want || ok && (e.Key != c.key || output != c.output) {
			t.Errorf("picture %d of %s: %t", c.output, c.key, ok)
		}
	}
	l.Choose("k9")
	if l.Output() != 0 {
		t.Error("another prediction keeps the picture's number")
	}
}

// Each row of the window has a line and a caption; those that are being read are blank.
func TestLinesAndCaptions(t *testing.T) {
	l := newList(3, "k9", "k8", "k7", "k6")
	for _, key := range []string{"k9", "k7"} {
		l.Update(history.Entry{Key: key, State: history.Failed, Input: map[string]any{"prompt": "a boat"}})
	}
	o := plainOptions(30, false)
	want := []string{"▌ ✗ a boat              failed", "", "  ✗ a boat              failed"}
	if got := l.Lines(o); !slices.EqualFunc(got, want, func(a, b string) bool { return ansi.Strip(a) == b }) {
		t.Errorf("got %q", got)
	}
	want = []string{"▌ ✗ failed", "", "  ✗ failed"}
	if got := l.Captions(o); !slices.EqualFunc(got, want, func(a, b string) bool { return ansi.Strip(a) == b }) {
		t.Errorf("got %q", got)
	}
}

// BenchmarkLongList moves through a list of 100,000 predictions and draws each window.
func BenchmarkLongList(b *testing.B) {
	var keys []string
	for i := range 100_000 {
		keys = append(keys, history.NewKey(time.UnixMilli(int64(i))))
	}
	l := newList(40, keys...)
	o := plainOptions(53, false)
	read := func() {
		for _, key := range l.Missing() {
			l.Update(history.Entry{Key: key, State: history.Done, Input: map[string]any{"prompt": "a boat", "seed": 7}})
		}
	}
	by := 40
	for b.Loop() {
		at := l.Top()
		l.Move(by)
		if l.Top() == at {
			by = -by
		}
		read()
		l.Lines(o)
	}
}
