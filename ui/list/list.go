package list

import (
	"tintype/history"
	"tintype/ui/runner"
)

// Source knows the predictions that run.
type Source interface {
	// Row returns a prediction as it is now, as new as every entry that the list was given. It reports false for one that the source
	// does not follow.
	Row(key string) (runner.Row, bool)
}

// List is the list of predictions: every key of the history, newest first, a window on it, and a cursor. It keeps all keys, but only
// the entries of the rows around the window. Its zero value is not ready: call New.
type List struct {
	all      history.Keys
	found    history.Keys // what the filter leaves; only used while narrowed
	narrowed bool         // the filter's answer is shown
	loaded   bool         // the history's keys have been set
	filter   filter

	source    Source
	entries   map[string]history.Entry
	requested map[string]bool // keys whose entries are being read

	cursor    string // the key under the cursor; "" in an empty list
	left      string // the last key under the cursor, to which it returns from a filter that finds nothing
	movedUp   bool   // the cursor's last move went up
	output    int    // the output of the prediction under the cursor, from 1; 0 for all of them
	marks     map[Subject]bool
	markOrder []Subject // those that were marked, the latest last; some may be marked no more
	unseen    map[string]bool

	top    int // index of the first row of the window
	height int // rows in the window, or cells on a page of the gallery
	across int // cells in a row of the gallery; 1 in the list
	newer  int // rows that were added above the window
}

// New returns an empty list that shows all predictions.
func New() List {
	return List{
		across: 1, filter: filter{view: ViewAll}, entries: map[string]history.Entry{}, requested: map[string]bool{},
		marks: map[Subject]bool{}, unseen: map[string]bool{},
	}
}

// Reset empties the list. Answers to earlier searches are ignored from now on.
func (l *List) Reset() {
	l.filter.stopSearch()
	generation := l.filter.generation + 1
	*l = New()
	l.filter.generation = generation
}

// Keys returns the keys that the list shows, newest first.
func (l *List) Keys() history.Keys {
	if l.narrowed {
		return l.found
	}
	return l.all
}

// Total returns the number of predictions in the entire history.
func (l *List) Total() int { return l.all.Len() }

// Index returns the place of a key among those shown, and whether it is shown.
func (l *List) Index(key string) (int, bool) { return l.Keys().Find(key) }

// Has reports whether the list shows a prediction.
func (l *List) Has(key string) bool {
	_, ok := l.Index(key)
	return ok
}

// SetKeys sets the history's keys. The rows of the window keep their places on the screen. A cursor that was set before its key was known
// is scrolled to.
func (l *List) SetKeys(all history.Keys) {
	l.loaded = true
	_, known := l.Index(l.cursor)
	l.keepPlace(func() { l.all = all })
	if !known {
		l.Choose(l.cursor)
	}
}

// show shows the filter's answer, or all keys.
func (l *List) show(found history.Keys, narrowed bool) {
	if narrowed != l.narrowed {
		l.newer = 0
	}
	l.keepPlace(func() { l.found, l.narrowed = found, narrowed })
}

// keepPlace changes the keys and moves the window, so that the row on top stays on top.
func (l *List) keepPlace(change func()) {
	var anchor string
	if keys := l.Keys(); l.top < keys.Len() {
		anchor = keys.At(l.top)
	}
	before := l.all.Len()
	change()
	at := 0
	if anchor != "" {
		at, _ = l.Index(anchor)
	}
	if l.all.Len() > before && at > l.top {
		l.newer += at - l.top
	}
	l.top = at
	if l.cursor != "" {
		l.left = l.cursor
	}
	if _, ok := l.Index(l.cursor); !ok {
		l.cursor = l.nearest(l.left)
	}
	l.clamp()
}

// nearest returns the key at or after the place of a key that is no longer shown.
func (l *List) nearest(key string) string {
	keys := l.Keys()
	if keys.Len() == 0 {
		return ""
	}
	if key == "" {
		return keys.At(0)
	}
	i, _ := keys.Find(key)
	return keys.At(min(i, keys.Len()-1))
}

// Add puts a prediction that was made here on top, and selects it.
func (l *List) Add(e history.Entry) {
	l.entries[e.Key] = e
	l.all = l.all.With(e.Key)
	if l.narrowed {
		l.found = l.found.With(e.Key)
	}
	l.Choose(e.Key)
}

// Drop removes a prediction that was never recorded.
func (l *List) Drop(key string) {
	delete(l.entries, key)
	l.Unmark(Subject{Key: key})
	delete(l.unseen, key)
	l.keepPlace(func() { l.all, l.found = l.all.Without(key), l.found.Without(key) })
}
