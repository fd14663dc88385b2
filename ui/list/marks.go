package list

import (
	"maps"
	"slices"
)

// Targets returns the keys that an action is for, newest first: the marked rows, or the row under the cursor where none is marked.
func (l *List) Targets() []string {
	if len(l.marks) > 0 {
		keys := slices.Sorted(maps.Keys(l.marks))
		slices.Reverse(keys)
		return keys
	}
	if l.cursor == "" {
		return nil
	}
	return []string{l.cursor}
}

// MarkedCount returns the number of marked predictions.
func (l *List) MarkedCount() int { return len(l.marks) }

// Marks returns a copy of the marks, for SetMarks.
func (l *List) Marks() map[string]bool { return maps.Clone(l.marks) }

// SetMarks replaces the marks.
func (l *List) SetMarks(marks map[string]bool) { l.marks = marks }

// ToggleMark marks or unmarks the row under the cursor.
func (l *List) ToggleMark() {
	switch {
	case l.cursor == "":
	case l.marks[l.cursor]:
		delete(l.marks, l.cursor)
	default:
		l.marks[l.cursor] = true
	}
}

// Unmark removes the mark of a prediction.
func (l *List) Unmark(key string) { delete(l.marks, key) }

// ClearMarks removes all marks.
func (l *List) ClearMarks() { clear(l.marks) }

// IsUnseen reports whether a prediction has ended and its picture has not been looked at.
func (l *List) IsUnseen(key string) bool { return l.unseen[key] }

// SetUnseen notes that a prediction has ended and that its picture has not been looked at.
func (l *List) SetUnseen(key string) { l.unseen[key] = true }

// SetSeen notes that a prediction's picture has been looked at.
func (l *List) SetSeen(key string) { delete(l.unseen, key) }

// UnseenCount returns the number of unseen predictions.
func (l *List) UnseenCount() int { return len(l.unseen) }

// UnseenKeys returns the keys of the unseen predictions, oldest first.
func (l *List) UnseenKeys() []string { return slices.Sorted(maps.Keys(l.unseen)) }

// NextUnseen returns the next unseen prediction below the cursor, or from the top where there is none.
func (l *List) NextUnseen() (next string, ok bool) {
	keys := l.Keys()
	at, _ := l.Index(l.cursor)
	nearest := keys.Len()
	for key := range l.unseen {
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
