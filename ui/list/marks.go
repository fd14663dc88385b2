package list

import (
	"cmp"
	"maps"
	"slices"

	"tintype/ui/format"
)

// Subject is a prediction, or one of its outputs: what an action is for, and what a preview is about.
type Subject struct {
	Key    string // of the prediction
	Output int    // one of its outputs, from 1; 0: the prediction with all of them
}

// compare orders subjects: the newest prediction first, and its outputs as the provider returned them.
func (s Subject) compare(o Subject) int {
	return cmp.Or(cmp.Compare(o.Key, s.Key), cmp.Compare(s.Output, o.Output))
}

// Current returns what is under the cursor: the prediction, or one of its outputs that was entered.
func (l *List) Current() Subject {
	s := Subject{Key: l.cursor}
	if e, ok := l.Selected(); ok && l.output <= len(e.Outputs) && len(e.Outputs) > 1 {
		s.Output = l.output
	}
	return s
}

// Subjects returns what an action is for, the newest first: what is marked, or what is under the cursor where nothing is.
func (l *List) Subjects() []Subject {
	if len(l.marks) > 0 {
		return slices.SortedFunc(maps.Keys(l.marks), Subject.compare)
	}
	if l.cursor == "" {
		return nil
	}
	return []Subject{l.Current()}
}

// KeysOf returns the predictions of subjects, each once. All outputs of a prediction are side by side in subjects.
func KeysOf(subjects []Subject) (keys []string) {
	for _, s := range subjects {
		if n := len(keys); n == 0 || keys[n-1] != s.Key {
			keys = append(keys, s.Key)
		}
	}
	return keys
}

// MarkedCount returns how many predictions and outputs are marked.
func (l *List) MarkedCount() int { return len(l.marks) }

// MarkedText says how many are marked: "2 marked"; "" for none.
func (l *List) MarkedText() string {
	if len(l.marks) == 0 {
		return ""
	}
	return format.Count(len(l.marks)) + " marked"
}

// OutOfSight returns how many of some subjects are not in the window: they were scrolled away, or the filter leaves them out.
func (l *List) OutOfSight(subjects []Subject) (n int) {
	keys := l.Keys()
	for _, s := range subjects {
		if at, ok := keys.Find(s.Key); !ok || at < l.top || at >= l.top+l.height {
			n++
		}
	}
	return n
}

// Marks returns a copy of the marks, for SetMarks.
func (l *List) Marks() map[Subject]bool { return maps.Clone(l.marks) }

// SetMarks replaces the marks.
func (l *List) SetMarks(marks map[Subject]bool) { l.marks = marks }

// MarkedInOrder returns what is marked, in the order in which it was marked.
func (l *List) MarkedInOrder() []Subject {
	marked := slices.DeleteFunc(slices.Clone(l.markOrder), func(s Subject) bool { return !l.marks[s] })
	for _, s := range slices.Backward(slices.SortedFunc(maps.Keys(l.marks), Subject.compare)) {
		if !slices.Contains(marked, s) {
			marked = append(marked, s)
		}
	}
	return marked
}

// IsMarked reports whether a prediction or an output has a mark of its own.
func (l *List) IsMarked(s Subject) bool { return l.marks[s] }

// hasMark reports whether a prediction or one of its n outputs is marked.
func (l *List) hasMark(key string, n int) bool {
	for output := 0; output <= n && len(l.marks) > 0; output++ {
		if l.marks[Subject{key, output}] {
			return true
		}
	}
	return false
}

// ToggleMark marks or unmarks what is under the cursor. The mark of an output replaces that of its prediction, and for a prediction
// whose outputs are marked it removes these marks.
func (l *List) ToggleMark() {
	now := l.Current()
	if now.Key == "" {
		return
	}
	marked := l.marks[now]
	if now.Output > 0 {
		delete(l.marks, Subject{Key: now.Key})
	} else {
		before := len(l.marks)
		maps.DeleteFunc(l.marks, func(s Subject, _ bool) bool { return s.Key == now.Key })
		marked = len(l.marks) < before
	}
	if marked {
		delete(l.marks, now)
		return
	}
	l.marks[now] = true
	l.markOrder = append(slices.DeleteFunc(l.markOrder, func(s Subject) bool { return s == now || !l.marks[s] }), now)
}

// Unmark removes the mark of a prediction or an output.
func (l *List) Unmark(s Subject) { delete(l.marks, s) }

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
