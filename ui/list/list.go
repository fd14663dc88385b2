package list

import (
	"slices"

	"tintype/history"
)

// List is the list: every key that the history knows, newest first, a window on it, and a cursor that is bound to
// a prediction, never to a row of the screen. It holds keys only; the entries of the rows in sight are in rows.
type List struct {
	All    history.Keys             // every key
	found  history.Keys             // what filter and view leave; only looked at while narrowed
	Narrow bool                     // a filter or a view is on
	Rows   map[string]history.Entry // entries that have been read
	Asked  map[string]bool          // entries that a command is reading
	Cursor string                   // the key under the cursor; "" in an empty list
	Top    int                      // index of the first row in sight
	Height int                      // rows in sight, or cells of a gallery's page
	Across int                      // cells in a row of a gallery; 1 in the list
	back   bool                     // the cursor was moved up last
	Output int                      // which of its pictures, from 1; 0 all of them
	Marks  map[string]bool
	Unseen map[string]bool // ended in this sitting and not looked at
	Newer  int             // rows that came above the window
}

// rowsKept bounds the entries held in memory; far more than any screen shows.
const rowsKept = 2000

// New is an empty list.
func New() List {
	return List{
		Across: 1,
		Rows:   map[string]history.Entry{}, Asked: map[string]bool{}, Marks: map[string]bool{}, Unseen: map[string]bool{},
	}
}

// Keys is what the list shows, newest first.
func (p *List) Keys() history.Keys {
	if p.Narrow {
		return p.found
	}
	return p.All
}

// Index is where key stands in keys; not ok when it is not shown.
func (p *List) Index(key string) (int, bool) { return p.Keys().Find(key) }

// SetKeys takes the history's keys. The rows under the eyes keep their places on the screen.
func (p *List) SetKeys(all history.Keys) {
	p.keepPlace(func() { p.All = all })
}

// SetFound takes a filter's answer.
func (p *List) SetFound(keys history.Keys) { p.filter(keys, true) }

// ShowAll is for when filter and view are off.
func (p *List) ShowAll() { p.filter(history.Keys{}, false) }

func (p *List) filter(keys history.Keys, narrow bool) {
	if narrow != p.Narrow {
		p.Newer = 0
	}
	p.keepPlace(func() { p.found, p.Narrow = keys, narrow })
}

// keepPlace changes the keys and moves the window so that the row on top stays on top.
func (p *List) keepPlace(change func()) {
	var anchor string
	if keys := p.Keys(); p.Top < keys.Len() {
		anchor = keys.At(p.Top)
	}
	before := p.All.Len()
	change()
	at, _ := p.Index(anchor)
	if anchor == "" {
		at = 0
	}
	if p.All.Len() > before && at > p.Top {
		p.Newer += at - p.Top
	}
	p.Top = at
	if _, ok := p.Index(p.Cursor); !ok {
		p.Cursor = p.nearest(p.Cursor)
	}
	p.clamp()
}

// nearest is the key at or after key's place, for a cursor whose row is gone.
func (p *List) nearest(key string) string {
	keys := p.Keys()
	if keys.Len() == 0 {
		return ""
	}
	if key == "" {
		return keys.At(0)
	}
	i, _ := keys.Find(key)
	return keys.At(min(i, keys.Len()-1))
}

// Add puts a prediction made here on top, selects it and scrolls to it.
func (p *List) Add(e history.Entry) {
	p.Rows[e.Key] = e
	p.All = p.All.With(e.Key)
	if p.Narrow {
		p.found = p.found.With(e.Key)
	}
	p.Choose(e.Key)
}

// Drop takes out a prediction that was never recorded.
func (p *List) Drop(key string) {
	delete(p.Rows, key)
	delete(p.Marks, key)
	delete(p.Unseen, key)
	p.keepPlace(func() { p.All, p.found = p.All.Without(key), p.found.Without(key) })
}

// Choose puts the cursor on key and scrolls it into sight.
func (p *List) Choose(key string) {
	if key != p.Cursor {
		p.Output = 0
	}
	p.Cursor = key
	i, ok := p.Index(key)
	if !ok {
		return
	}
	if i < p.Top {
		p.Top -= p.wholeRows(p.Top - i)
	}
	if p.Height > 0 && i >= p.Top+p.Height {
		p.Top += p.wholeRows(i - p.Top - p.Height + 1)
	}
	p.clamp()
}

// wholeRows is n cells, rounded up to rows of a gallery: the window moves by whole rows.
func (p *List) wholeRows(n int) int { return (n + p.Across - 1) / p.Across * p.Across }

// Move moves the cursor by n rows, stopping at the ends.
func (p *List) Move(n int) {
	keys := p.Keys()
	if keys.Len() == 0 {
		return
	}
	i, _ := p.Index(p.Cursor)
	p.back = n < 0
	p.Choose(keys.At(min(max(i+n, 0), keys.Len()-1)))
}

// Toward is the way that the cursor was moved last: 1 down, -1 up.
func (p *List) Toward() int {
	if p.back {
		return -1
	}
	return 1
}

// Around are the keys below the window and then those above it, the nearest first: as many as ahead and before say, without the
// first skip of either.
func (p *List) Around(skip, ahead, before int) []string {
	keys := p.Keys()
	from, to := min(p.Top, keys.Len()), min(p.Top+p.Height, keys.Len())
	from, to = max(from-skip, 0), min(to+skip, keys.Len())
	near := keys.Slice(to, min(to+ahead, keys.Len()))
	above := keys.Slice(max(from-before, 0), from)
	slices.Reverse(above)
	return append(near, above...)
}

// Scroll moves the window by n rows and leaves the cursor where it is.
func (p *List) Scroll(n int) {
	p.Top += n
	p.clamp()
}

// Resize sets how many predictions are in sight, so many across, and keeps the cursor among them.
func (p *List) Resize(height, across int) {
	if height == p.Height && across == p.Across {
		return
	}
	if across = max(across, 1); across != p.Across {
		p.Top -= p.Top % across // the sheet's rows begin anew
	}
	p.Height, p.Across = height, across
	if p.Cursor != "" {
		p.Choose(p.Cursor)
	}
	p.clamp()
}

// clamp keeps the window within the list; in a gallery its last row may be short. What came above a list that was in sight
// whole stays above it, though that leaves room below: nothing moves under the eyes.
func (p *List) clamp() {
	end := p.Keys().Len()
	if p.Across == 1 && p.Newer < end {
		end = max(end, p.Newer+p.Height)
	}
	if over := p.Top + p.Height - end; over >= p.Across {
		p.Top -= over / p.Across * p.Across
	}
	p.Top = max(p.Top, 0)
	if p.Top == 0 {
		p.Newer = 0
	}
	p.Newer = min(p.Newer, p.Top)
}

// Window is the keys in sight, and one more, which the last row is compared with.
func (p *List) Window() []string {
	keys := p.Keys()
	from := min(p.Top, keys.Len())
	return keys.Slice(from, min(from+p.Height+1, keys.Len()))
}

// Missing is what has to be read for the window and a page around it; nil when nothing in sight is missing.
func (p *List) Missing() []string {
	lacks := func(key string) bool { _, ok := p.Rows[key]; return !ok && !p.Asked[key] }
	if !slices.ContainsFunc(p.Window(), lacks) && (p.Cursor == "" || !lacks(p.Cursor)) {
		return nil
	}
	keys := p.Keys()
	from, to := max(p.Top-p.Height, 0), min(p.Top+2*p.Height+1, keys.Len())
	var want []string
	for _, key := range keys.Slice(min(from, keys.Len()), to) {
		if lacks(key) {
			want = append(want, key)
		}
	}
	if p.Cursor != "" && lacks(p.Cursor) && !slices.Contains(want, p.Cursor) {
		want = append(want, p.Cursor)
	}
	for _, key := range want {
		p.Asked[key] = true
	}
	return want
}

// MissingOf is what of some keys has to be read.
func (p *List) MissingOf(keys []string) []string {
	var want []string
	for _, key := range keys {
		if _, ok := p.Rows[key]; !ok && !p.Asked[key] {
			p.Asked[key] = true
			want = append(want, key)
		}
	}
	return want
}

// Update takes entries that were read or have changed; an older revision than the one held is ignored.
func (p *List) Update(entries []history.Entry) {
	for _, e := range entries {
		delete(p.Asked, e.Key)
		if have, ok := p.Rows[e.Key]; !ok || e.Rev >= have.Rev {
			p.Rows[e.Key] = e
		}
	}
	p.forget()
}

// forget drops entries far from the window when too many are held.
func (p *List) forget() {
	if len(p.Rows) <= rowsKept {
		return
	}
	keep := map[string]history.Entry{}
	keys := p.Keys()
	for _, key := range keys.Slice(max(p.Top-rowsKept/4, 0), min(p.Top+rowsKept/4, keys.Len())) {
		if e, ok := p.Rows[key]; ok {
			keep[key] = e
		}
	}
	if e, ok := p.Rows[p.Cursor]; ok {
		keep[p.Cursor] = e
	}
	p.Rows = keep
}

// Selected is the entry under the cursor; not ok while the list is empty or the entry is still being read.
func (p *List) Selected() (history.Entry, bool) {
	e, ok := p.Rows[p.Cursor]
	return e, ok && p.Cursor != ""
}

// Targets is what a verb acts on: the marked rows, newest first, else the one under the cursor.
func (p *List) Targets() []string {
	if len(p.Marks) == 0 {
		if p.Cursor == "" {
			return nil
		}
		return []string{p.Cursor}
	}
	keys := make([]string, 0, len(p.Marks))
	for key := range p.Marks {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	slices.Reverse(keys)
	return keys
}

// ToggleMark marks or unmarks the row under the cursor.
func (p *List) ToggleMark() {
	if p.Cursor == "" {
		return
	}
	if p.Marks[p.Cursor] {
		delete(p.Marks, p.Cursor)
	} else {
		p.Marks[p.Cursor] = true
	}
}

// NextUnseen is the next key below the cursor, then from the top, that has ended and was not looked at.
func (p *List) NextUnseen() (next string, ok bool) {
	keys := p.Keys()
	at, _ := p.Index(p.Cursor)
	nearest := keys.Len()
	for key := range p.Unseen {
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
