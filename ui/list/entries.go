package list

import (
	"slices"

	"tintype/history"
	"tintype/ui/runner"
)

// maxEntries bounds the entries held in memory; it is far more than any screen shows.
const maxEntries = 2000

// SetSource sets what knows the running predictions. A nil source knows none.
func (l *List) SetSource(s Source) { l.source = s }

// Row returns a prediction as it is now: from the source where that follows it, which is never older than the entry held, else from
// that entry. It reports false while the entry is being read.
func (l *List) Row(key string) (runner.Row, bool) {
	if l.source != nil {
		if row, ok := l.source.Row(key); ok {
			return row, true
		}
	}
	e, ok := l.entries[key]
	return runner.Row{Entry: e}, ok
}

// Entry returns the entry of a prediction. It reports false while the entry is being read.
func (l *List) Entry(key string) (history.Entry, bool) {
	e, ok := l.entries[key]
	return e, ok
}

// Update takes entries that were read or have changed. It ignores a revision that is older than the one held.
func (l *List) Update(entries ...history.Entry) {
	for _, e := range entries {
		delete(l.requested, e.Key)
		if have, ok := l.entries[e.Key]; !ok || e.Rev >= have.Rev {
			l.entries[e.Key] = e
		}
	}
	l.dropDistant()
}

// Change shows a change of an entry before the history has recorded it. An entry that is not held is left alone.
func (l *List) Change(key string, change func(history.Entry) history.Entry) {
	if e, ok := l.entries[key]; ok {
		l.entries[key] = change(e)
	}
}

// dropDistant drops entries far from the window when too many are held. It keeps those that an action may be for.
func (l *List) dropDistant() {
	if len(l.entries) <= maxEntries {
		return
	}
	keep := map[string]history.Entry{}
	keys := l.Keys()
	for _, key := range keys.Slice(max(l.top-maxEntries/4, 0), min(l.top+maxEntries/4, keys.Len())) {
		if e, ok := l.entries[key]; ok {
			keep[key] = e
		}
	}
	for _, s := range append(l.Subjects(), Subject{Key: l.cursor}) {
		if e, ok := l.entries[s.Key]; ok {
			keep[s.Key] = e
		}
	}
	l.entries = keep
}

// lacks reports whether an entry still has to be asked for.
func (l *List) lacks(key string) bool {
	_, ok := l.entries[key]
	return !ok && !l.requested[key]
}

// Missing returns the keys whose entries have to be read for the window, the cursor and a page on either side; nil when the window
// and the cursor lack none. The caller must read them: they are not asked for again.
func (l *List) Missing() []string {
	cursorLacks := l.cursor != "" && l.lacks(l.cursor)
	if !cursorLacks && !slices.ContainsFunc(l.Window(), l.lacks) {
		return nil
	}
	keys := l.Keys()
	from, to := max(l.top-l.height, 0), min(l.top+2*l.height+1, keys.Len())
	want := l.MissingOf(keys.Slice(min(from, keys.Len()), to)...)
	if cursorLacks {
		want = append(want, l.MissingOf(l.cursor)...)
	}
	return want
}

// MissingOf returns those of some keys whose entries have to be read. The caller must read them: they are not asked for again.
func (l *List) MissingOf(keys ...string) []string {
	var want []string
	for _, key := range keys {
		if l.lacks(key) {
			l.requested[key] = true
			want = append(want, key)
		}
	}
	return want
}

// RetryReads asks again for the entries that could not be read.
func (l *List) RetryReads() { clear(l.requested) }
