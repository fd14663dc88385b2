package ui

import (
	"slices"

	"tintype/history"
)

// predictions is the list: every key that the history knows, newest first, a window on it, and a cursor that is bound to
// a prediction, never to a row of the screen. It holds keys only; the entries of the rows in sight are in rows.
type predictions struct {
	all    history.Keys             // every key
	found  history.Keys             // what filter and view leave; only looked at while narrowed
	narrow bool                     // a filter or a view is on
	rows   map[string]history.Entry // entries that have been read
	asked  map[string]bool          // entries that a command is reading
	cursor string                   // the key under the cursor; "" in an empty list
	top    int                      // index of the first row in sight
	height int                      // rows in sight, or cells of a gallery's page
	across int                      // cells in a row of a gallery; 1 in the list
	back   bool                     // the cursor was moved up last
	output int                      // which of its pictures, from 1; 0 all of them
	marks  map[string]bool
	unseen map[string]bool // ended in this sitting and not looked at
	newer  int             // rows that came above the window
}

// rowsKept bounds the entries held in memory; far more than any screen shows.
const rowsKept = 2000

// newPredictions is an empty list.
func newPredictions() predictions {
	return predictions{
		across: 1,
		rows:   map[string]history.Entry{}, asked: map[string]bool{}, marks: map[string]bool{}, unseen: map[string]bool{},
	}
}

// keys is what the list shows, newest first.
func (p *predictions) keys() history.Keys {
	if p.narrow {
		return p.found
	}
	return p.all
}

// index is where key stands in keys; not ok when it is not shown.
func (p *predictions) index(key string) (int, bool) { return p.keys().Find(key) }

// setAll takes the history's keys. The rows under the eyes keep their places on the screen.
func (p *predictions) setAll(all history.Keys) {
	p.keepPlace(func() { p.all = all })
}

// setFound takes a filter's answer.
func (p *predictions) setFound(keys history.Keys) { p.filter(keys, true) }

// showAll is for when filter and view are off.
func (p *predictions) showAll() { p.filter(history.Keys{}, false) }

func (p *predictions) filter(keys history.Keys, narrow bool) {
	if narrow != p.narrow {
		p.newer = 0
	}
	p.keepPlace(func() { p.found, p.narrow = keys, narrow })
}

// keepPlace changes the keys and moves the window so that the row on top stays on top.
func (p *predictions) keepPlace(change func()) {
	var anchor string
	if keys := p.keys(); p.top < keys.Len() {
		anchor = keys.At(p.top)
	}
	before := p.all.Len()
	change()
	at, _ := p.index(anchor)
	if anchor == "" {
		at = 0
	}
	if p.all.Len() > before && at > p.top {
		p.newer += at - p.top
	}
	p.top = at
	if _, ok := p.index(p.cursor); !ok {
		p.cursor = p.nearest(p.cursor)
	}
	p.clamp()
}

// nearest is the key at or after key's place, for a cursor whose row is gone.
func (p *predictions) nearest(key string) string {
	keys := p.keys()
	if keys.Len() == 0 {
		return ""
	}
	if key == "" {
		return keys.At(0)
	}
	i, _ := keys.Find(key)
	return keys.At(min(i, keys.Len()-1))
}

// add puts a prediction made here on top, selects it and scrolls to it.
func (p *predictions) add(e history.Entry) {
	p.rows[e.Key] = e
	p.all = p.all.With(e.Key)
	if p.narrow {
		p.found = p.found.With(e.Key)
	}
	p.choose(e.Key)
}

// drop takes out a prediction that was never recorded.
func (p *predictions) drop(key string) {
	delete(p.rows, key)
	delete(p.marks, key)
	delete(p.unseen, key)
	p.keepPlace(func() { p.all, p.found = p.all.Without(key), p.found.Without(key) })
}

// choose puts the cursor on key and scrolls it into sight.
func (p *predictions) choose(key string) {
	if key != p.cursor {
		p.output = 0
	}
	p.cursor = key
	i, ok := p.index(key)
	if !ok {
		return
	}
	if i < p.top {
		p.top -= p.wholeRows(p.top - i)
	}
	if p.height > 0 && i >= p.top+p.height {
		p.top += p.wholeRows(i - p.top - p.height + 1)
	}
	p.clamp()
}

// wholeRows is n cells, rounded up to rows of a gallery: the window moves by whole rows.
func (p *predictions) wholeRows(n int) int { return (n + p.across - 1) / p.across * p.across }

// move moves the cursor by n rows, stopping at the ends.
func (p *predictions) move(n int) {
	keys := p.keys()
	if keys.Len() == 0 {
		return
	}
	i, _ := p.index(p.cursor)
	p.back = n < 0
	p.choose(keys.At(min(max(i+n, 0), keys.Len()-1)))
}

// toward is the way that the cursor was moved last: 1 down, -1 up.
func (p *predictions) toward() int {
	if p.back {
		return -1
	}
	return 1
}

// around are the keys below the window and then those above it, the nearest first: as many as ahead and before say, without the
// first skip of either.
func (p *predictions) around(skip, ahead, before int) []string {
	keys := p.keys()
	from, to := min(p.top, keys.Len()), min(p.top+p.height, keys.Len())
	from, to = max(from-skip, 0), min(to+skip, keys.Len())
	near := keys.Slice(to, min(to+ahead, keys.Len()))
	above := keys.Slice(max(from-before, 0), from)
	slices.Reverse(above)
	return append(near, above...)
}

// scroll moves the window by n rows and leaves the cursor where it is.
func (p *predictions) scroll(n int) {
	p.top += n
	p.clamp()
}

// resize sets how many predictions are in sight, so many across, and keeps the cursor among them.
func (p *predictions) resize(height, across int) {
	if height == p.height && across == p.across {
		return
	}
	if across = max(across, 1); across != p.across {
		p.top -= p.top % across // the sheet's rows begin anew
	}
	p.height, p.across = height, across
	if p.cursor != "" {
		p.choose(p.cursor)
	}
	p.clamp()
}

// clamp keeps the window within the list; in a gallery its last row may be short. What came above a list that was in sight
// whole stays above it, though that leaves room below: nothing moves under the eyes.
func (p *predictions) clamp() {
	end := p.keys().Len()
	if p.across == 1 && p.newer < end {
		end = max(end, p.newer+p.height)
	}
	if over := p.top + p.height - end; over >= p.across {
		p.top -= over / p.across * p.across
	}
	p.top = max(p.top, 0)
	if p.top == 0 {
		p.newer = 0
	}
	p.newer = min(p.newer, p.top)
}

// window is the keys in sight, and one more, which the last row is compared with.
func (p *predictions) window() []string {
	keys := p.keys()
	from := min(p.top, keys.Len())
	return keys.Slice(from, min(from+p.height+1, keys.Len()))
}

// missing is what has to be read for the window and a page around it; nil when nothing in sight is missing.
func (p *predictions) missing() []string {
	lacks := func(key string) bool { _, ok := p.rows[key]; return !ok && !p.asked[key] }
	if !slices.ContainsFunc(p.window(), lacks) && (p.cursor == "" || !lacks(p.cursor)) {
		return nil
	}
	keys := p.keys()
	from, to := max(p.top-p.height, 0), min(p.top+2*p.height+1, keys.Len())
	var want []string
	for _, key := range keys.Slice(min(from, keys.Len()), to) {
		if lacks(key) {
			want = append(want, key)
		}
	}
	if p.cursor != "" && lacks(p.cursor) && !slices.Contains(want, p.cursor) {
		want = append(want, p.cursor)
	}
	for _, key := range want {
		p.asked[key] = true
	}
	return want
}

// unread is what of some keys has to be read.
func (p *predictions) unread(keys []string) []string {
	var want []string
	for _, key := range keys {
		if _, ok := p.rows[key]; !ok && !p.asked[key] {
			p.asked[key] = true
			want = append(want, key)
		}
	}
	return want
}

// learn takes entries that were read or have changed; an older revision than the one held is ignored.
func (p *predictions) learn(entries []history.Entry) {
	for _, e := range entries {
		delete(p.asked, e.Key)
		if have, ok := p.rows[e.Key]; !ok || e.Rev >= have.Rev {
			p.rows[e.Key] = e
		}
	}
	p.forget()
}

// forget drops entries far from the window when too many are held.
func (p *predictions) forget() {
	if len(p.rows) <= rowsKept {
		return
	}
	keep := map[string]history.Entry{}
	keys := p.keys()
	for _, key := range keys.Slice(max(p.top-rowsKept/4, 0), min(p.top+rowsKept/4, keys.Len())) {
		if e, ok := p.rows[key]; ok {
			keep[key] = e
		}
	}
	if e, ok := p.rows[p.cursor]; ok {
		keep[p.cursor] = e
	}
	p.rows = keep
}

// selected is the entry under the cursor; not ok while the list is empty or the entry is still being read.
func (p *predictions) selected() (history.Entry, bool) {
	e, ok := p.rows[p.cursor]
	return e, ok && p.cursor != ""
}

// targets is what a verb acts on: the marked rows, newest first, else the one under the cursor.
func (p *predictions) targets() []string {
	if len(p.marks) == 0 {
		if p.cursor == "" {
			return nil
		}
		return []string{p.cursor}
	}
	keys := make([]string, 0, len(p.marks))
	for key := range p.marks {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	slices.Reverse(keys)
	return keys
}

// toggleMark marks or unmarks the row under the cursor.
func (p *predictions) toggleMark() {
	if p.cursor == "" {
		return
	}
	if p.marks[p.cursor] {
		delete(p.marks, p.cursor)
	} else {
		p.marks[p.cursor] = true
	}
}

// nextUnseen is the next key below the cursor, then from the top, that has ended and was not looked at.
func (p *predictions) nextUnseen() (next string, ok bool) {
	keys := p.keys()
	at, _ := p.index(p.cursor)
	nearest := keys.Len()
	for key := range p.unseen {
		i, shown := keys.Find(key)
		if i <= at {
			i += keys.Len()
		}
		if shown && i-at-1 < nearest {
			next, nearest = key, i-at-1
		}
	}
	return next, next != ""
}
