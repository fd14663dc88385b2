package list

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/internal/uitest"
)

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
	want = []string{"           ✗ failed", "", "           ✗ failed"}
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

func TestEmptyText(t *testing.T) {
	l := New()
	if got := l.EmptyText("None."); got != "" {
		t.Errorf("before anything is known: %q", got)
	}
	l.SetKeys(history.Keys{})
	if got := l.EmptyText("None."); got != "None." {
		t.Errorf("without predictions: %q", got)
	}
	for view, want := range map[View]string{
		ViewLive: "Nothing is running. [clear-filter] shows all.", ViewStarred: "Nothing is starred yet. [clear-filter] shows all.", ViewNew: "Nothing new. [clear-filter] shows all.",
	} {
		l.SetView(view)
		_, s, _ := l.StartSearch(t.Context())
		if l.SetFound(Found{Generation: s.Generation}); uitest.Bracketed(l.EmptyText("None.")) != want {
			t.Errorf("view %d: %q", view, l.EmptyText("None."))
		}
	}
	s := typeFilter(t, &l, "fox")
	if l.SetFound(Found{Generation: s.Generation}); uitest.Bracketed(l.EmptyText("")) != `Nothing in 0 matches "fox". [clear-filter] shows all.` {
		t.Errorf("a filter: %q", l.EmptyText(""))
	}
	s = typeFilter(t, &l, "!")
	if l.SetFound(Found{Generation: s.Generation, Problem: errors.New("Broken.")}); l.EmptyText("") != "Broken." || l.FilterProblem() != "Broken." {
		t.Errorf("a problem: %q", l.EmptyText(""))
	}
}

// The label is exactly as wide as asked, and leaves out the count where there is no room for it.
func TestFilterLabel(t *testing.T) {
	look := plainOptions(1, false).Look
	l := newList(3, "k9", "k8")
	l.SetView(ViewLive)
	s := typeFilter(t, l, "fox")
	l.SetFound(Found{Generation: s.Generation, Keys: history.Keys{}.With("k8"), Total: 1})
	for _, c := range []struct {
		w    int
		want string
		x    int
	}{
		{34, "Running, filter fox         1 of 1", 19}, {29, "Running, filter fox    1 of 1", 19}, {24, "Running, filter fox     ", 19}, {18, "Running, filter x ", 17},
	} {
		label, x := l.FilterLabel(c.w, look.Styles.Label, look)
		if got := ansi.Strip(label); got != c.want || x != c.x {
			t.Errorf("%d wide: %q, cursor at %d", c.w, got, x)
		}
	}
}
