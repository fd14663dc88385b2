package list

import (
	"errors"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/internal/uitest"
)

// typeFilter types a filter and starts its search.
func typeFilter(t *testing.T, l *List, words string) Search {
	t.Helper()
	l.EditFilter(true)
	for _, r := range words {
		l.UpdateFilter(tea.KeyPressMsg{Code: r, Text: string(r)})
	}
	_, s, ok := l.StartSearch(t.Context())
	if !ok {
		t.Fatalf("%q needs no search", words)
	}
	return s
}

// filterTitle returns the filter and its count, as they follow a title.
func filterTitle(l *List) string {
	title, _ := l.FilterTitle(60, plainOptions(60, false).Look)
	return strings.TrimSpace(ansi.Strip(title))
}

// The first hits are shown at once, with "+" after their number, and then all, unless the cursor is further down: it never jumps.
func TestFirstHitsThenAll(t *testing.T) {
	for name, c := range map[string]struct {
		cursor, first, then string
	}{
		"cursor among the first":  {"k9", "Filter x   1 of 2+", "Filter x   1 of 3"},
		"cursor further down":     {"k2", "Filter x   4 of 4", "Filter x   3 of 3"},
		"cursor on the last hit":  {"k8", "Filter x   2 of 2+", "Filter x   2 of 3"},
		"no row under the cursor": {"", "Filter x   1 of 2+", "Filter x   1 of 3"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newList(3, "k9", "k8", "k5", "k2")
			l.Choose(c.cursor)
			s := typeFilter(t, l, "x")
			if !l.SetFound(Found{Generation: s.Generation, Keys: history.Keys{}.With("k9", "k8"), Total: 2, Partial: true}) {
				t.Error("the first hits count as an earlier answer")
			}
			if got := filterTitle(l); got != c.first {
				t.Errorf("at first %q", got)
			}
			l.SetFound(Found{Generation: s.Generation, Keys: history.Keys{}.With("k9", "k8", "k2"), Total: 3})
			if got := filterTitle(l); got != c.then || c.cursor != "" && l.Cursor() != c.cursor {
				t.Errorf("then %q, cursor on %s", got, l.Cursor())
			}
		})
	}
}

// An answer that is older than the newest search, or than the end of the filter, is not shown; a search ends the one before it.
func TestLateAnswersAreIgnored(t *testing.T) {
	answer := func(s Search) Found {
		return Found{Generation: s.Generation, Keys: history.Keys{}.With("k9"), Total: 1}
	}
	l := newList(3, "k9", "k8")
	l.SetView(ViewLive)
	ctx, first, _ := l.StartSearch(t.Context())
	second := typeFilter(t, l, "x")
	if ctx.Err() == nil {
		t.Error("the first search goes on")
	}
	if l.SetFound(answer(first)) || l.narrowed {
		t.Error("the first search's answer is shown")
	}
	if !l.SetFound(answer(second)) || l.Keys().Len() != 1 {
		t.Error("the second search's answer is not shown")
	}
	l.SetView(ViewStarred)
	_, third, _ := l.StartSearch(t.Context())
	l.ClearFilter()
	if l.SetFound(answer(third)) || l.Keys().Len() != 2 {
		t.Error("an answer is shown after the filter was cleared")
	}
	l.SetView(ViewNew)
	_, fourth, _ := l.StartSearch(t.Context())
	l.Reset()
	if l.SetFound(answer(fourth)) || l.narrowed {
		t.Error("an answer is shown after the list was reset")
	}
}

func TestSearches(t *testing.T) {
	for view, want := range map[View]string{ViewAll: "x", ViewLive: "x is:running", ViewStarred: "x is:starred", ViewNew: "x"} {
		l := newList(3, "k9", "k8")
		l.SetUnseen("k8")
		l.SetView(view)
		s := typeFilter(t, l, "x")
		if s.Query != want || (s.Within != nil) != (view == ViewNew) || len(s.Within) > 1 {
			t.Errorf("view %d asks for %q within %v", view, s.Query, s.Within)
		}
		if _, _, again := l.StartSearch(t.Context()); again {
			t.Error("it is asked for twice")
		}
	}
	l := newList(3, "k9")
	if l.Refilter(); l.filter.stale {
		t.Error("a list without a filter needs a search")
	}
}

// When the last letter of a filter is deleted, all are shown without a search.
func TestEmptyFilterShowsAll(t *testing.T) {
	l := newList(3, "k9", "k8")
	s := typeFilter(t, l, "x")
	l.SetFound(Found{Generation: s.Generation, Keys: history.Keys{}.With("k8"), Total: 1})
	l.UpdateFilter(uitest.Key("backspace"))
	if l.narrowed || l.Keys().Len() != 2 {
		t.Errorf("%d of 2 are shown", l.Keys().Len())
	}
	if _, _, ok := l.StartSearch(t.Context()); ok {
		t.Error("an empty filter is searched")
	}
}

func TestRestoreView(t *testing.T) {
	for view, want := range map[View]View{0: ViewAll, ViewAll: ViewAll, ViewLive: ViewLive, ViewNew: ViewNew, 9: ViewAll} {
		l := New()
		l.RestoreView(view)
		if _, _, ok := l.StartSearch(t.Context()); ok != (want != ViewAll) || l.View() != want || l.HasFilterText() {
			t.Errorf("view %d became %d, searched: %t", view, l.View(), ok)
		}
	}
}

func TestQueryProblems(t *testing.T) {
	for _, c := range []struct {
		query, want string
	}{
		{"cost>", "cost> needs a number. Without it: 1,204."},
		{"boat cost>=", "cost>= needs a number. Without it: 1,204."},
		{"model:", "model asks for a part of a model's name. Without it: 1,204."},
		{"-is:", "is asks for running, starred or a state. Without it: 1,204."},
		{"model>dev", "model cannot be compared; write model:dev. Without it: 1,204."},
		{`fox "red`, `"red: The quotation mark is not closed. Without it: 1,204.`},
	} {
		_, problem := history.ParseQuery(c.query, plainOptions(1, false).Now)
		if got := queryProblem(problem, 1204); got != c.want {
			t.Errorf("%s: got %q", c.query, got)
		}
	}
	if got := queryProblem(errors.New("a\x1bb"), 0); strings.ContainsRune(got, '\x1b') || got == "" {
		t.Errorf("an error of the history reads %q", got)
	}
}

// When the last letter of a filter is deleted the window keeps its index, so that typing does not scroll; when the filter is
// cleared the row on top stays there.
func TestWindowAfterTheFilter(t *testing.T) {
	for name, c := range map[string]struct {
		end  func(l *List)
		want string
	}{
		"last letter deleted": {func(l *List) { l.UpdateFilter(uitest.Key("backspace")) }, "k8"},
		"cleared":             {func(l *List) { l.ClearFilter() }, "k4"},
	} {
		t.Run(name, func(t *testing.T) {
			l := newList(2, "k9", "k8", "k7", "k6", "k5", "k4", "k3", "k2")
			s := typeFilter(t, l, "x")
			l.SetFound(Found{Generation: s.Generation, Keys: history.Keys{}.With("k6", "k4", "k3"), Total: 3})
			l.Choose("k3")
			if top := l.Keys().At(l.Top()); top != "k4" {
				t.Fatalf("%s is on top of what is found", top)
			}
			c.end(l)
			if top := l.Keys().At(l.Top()); top != c.want {
				t.Errorf("%s is on top, want %s", top, c.want)
			}
		})
	}
}
