package list

import (
	"context"
	"errors"
	"maps"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/textedit"
)

// View is a choice of predictions that the list shows before any filter.
type View int

// The views. Their numbers are saved in form.json.
const (
	ViewAll     View = iota + 1
	ViewLive         // running
	ViewStarred      // with a star
	ViewNew          // unseen
)

// filter narrows the list: to a view, and by the words typed after "/".
type filter struct {
	line       textedit.Line
	editing    bool // the line has the keys
	view       View
	stale      bool // a new search is needed
	generation int  // of the newest search
	total      int  // predictions found
	counting   bool // total counts only the first of them
	problem    string
	cancel     context.CancelFunc // ends the running search; nil before the first
}

// Search is what a filter asks the history for.
type Search struct {
	Query      string          // in the history's query language
	Within     map[string]bool // nil, or the only keys that count
	Generation int
}

// Found is the history's answer to a Search.
type Found struct {
	Generation int // the Search's
	Keys       history.Keys
	Total      int   // how many there are; may be more than Keys
	Problem    error // a part of the query that means nothing, or why the search failed
	Partial    bool  // these are only the first: the rest is still being searched
}

// IsFiltered reports whether a view or a filter is set. Its answer may still be on its way.
func (l *List) IsFiltered() bool {
	return l.filter.view != ViewAll || l.filterWords() != ""
}

// filterWords returns the filter's text without the blanks around it.
func (l *List) filterWords() string { return strings.TrimSpace(l.filter.line.Value()) }

// View returns the view.
func (l *List) View() View { return l.filter.view }

// SetView shows another view.
func (l *List) SetView(v View) { l.filter.view, l.filter.stale = v, true }

// HasFilterText reports whether anything was typed into the filter.
func (l *List) HasFilterText() bool { return l.filter.line.Value() != "" }

// RestoreView shows a view that was saved. It ignores one that it does not know. Filters are not saved: at the next start nobody
// remembers why most predictions are missing.
func (l *List) RestoreView(v View) {
	if v >= ViewAll && v <= ViewNew {
		l.filter.view = v
	}
	l.filter.stale = l.IsFiltered()
}

// EditFilter gives the keys to the filter's line, or takes them away.
func (l *List) EditFilter(editing bool) { l.filter.editing = editing }

// IsEditingFilter reports whether the filter's line has the keys.
func (l *List) IsEditingFilter() bool { return l.filter.editing }

// UpdateFilter edits the filter's line by a key. Each change asks for a new search.
func (l *List) UpdateFilter(key tea.KeyPressMsg) {
	if !l.filter.line.Update(key) {
		return
	}
	l.filter.stale = true
	if !l.IsFiltered() {
		l.narrowed = false // so that the window keeps its index; ClearFilter keeps the row on top
		l.showAll()
	}
}

// PasteFilter inserts text into the filter's line.
func (l *List) PasteFilter(text string) {
	l.filter.line.Paste(text)
	l.filter.stale = true
}

// ClearFilter shows all predictions, and scrolls to the selected one.
func (l *List) ClearFilter() {
	if !l.IsFiltered() {
		return
	}
	l.filter.line.SetValue("")
	l.filter.view, l.filter.problem = ViewAll, ""
	l.filter.generation++ // ignores the answer to a running search
	l.showAll()
	l.Choose(l.cursor)
}

// showAll shows the entire history.
func (l *List) showAll() { l.show(history.Keys{}, false) }

// Refilter asks for a new search, since predictions have changed. Without a filter it does nothing.
func (l *List) Refilter() { l.filter.stale = l.narrowed }

// FilterProblem returns a sentence that says which part of the filter means nothing; "" where all of it does.
func (l *List) FilterProblem() string { return l.filter.problem }

// StartSearch returns the search that the filter needs, and ends the one before it. The search must end with its context. It
// reports false where none is needed; without a filter the list then shows all predictions.
func (l *List) StartSearch(parent context.Context) (context.Context, Search, bool) {
	f := &l.filter
	if !f.stale {
		return nil, Search{}, false
	}
	f.stale = false
	f.stopSearch()
	f.generation++
	if !l.IsFiltered() {
		l.showAll()
		return nil, Search{}, false
	}
	s := Search{Query: f.query(), Generation: f.generation}
	if f.view == ViewNew {
		s.Within = maps.Clone(l.unseen)
	}
	ctx, cancel := context.WithCancel(parent)
	f.cancel = cancel
	return ctx, s, true
}

// stopSearch ends the running search.
func (f *filter) stopSearch() {
	if f.cancel != nil {
		f.cancel()
	}
}

// query returns the filter in the history's query language.
func (f *filter) query() string {
	switch f.view {
	case ViewLive:
		return f.line.Value() + " is:running"
	case ViewStarred:
		return f.line.Value() + " is:starred"
	}
	return f.line.Value()
}

// SetFound shows the answer to a search. It reports false for an answer to an earlier one, which it ignores. A partial answer that
// does not reach the cursor is not shown, so that the cursor does not jump.
func (l *List) SetFound(found Found) bool {
	if found.Generation != l.filter.generation {
		return false
	}
	if found.Partial && l.cursor != "" && l.cursor < found.Keys.At(found.Keys.Len()-1) {
		return true
	}
	l.filter.problem = ""
	if found.Problem != nil {
		l.filter.problem = queryProblem(found.Problem, found.Total)
	}
	l.filter.total, l.filter.counting = found.Total, found.Partial
	l.show(found.Keys, true)
	return true
}

// queryProblem says which part of a query means nothing, and how many are found without it: "cost> needs a number. Without it: 14."
func queryProblem(problem error, total int) string {
	var wrong *history.QueryError
	if !errors.As(problem, &wrong) {
		return format.Clean(problem.Error())
	}
	term := wrong.Terms[0]
	said := format.Clean(term.Reason)
	name := strings.TrimLeft(term.Text, "-~")
	if end := strings.IndexAny(name, ":=<>"); end >= 0 {
		name = name[:end]
	}
	if !strings.Contains(term.Reason, name) {
		said = format.Clean(term.Text) + ": " + said
	}
	if bare := strings.TrimRight(term.Text, "="); strings.HasSuffix(bare, ">") || strings.HasSuffix(bare, "<") {
		said = format.Clean(term.Text) + " needs a number." // comparisons take nothing else
	}
	return said + " Without it: " + format.Count(total) + "."
}
