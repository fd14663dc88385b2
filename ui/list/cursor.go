package list

import (
	"fmt"
	"slices"

	"tintype/history"
)

// Cursor returns the key under the cursor; "" in an empty list.
func (l *List) Cursor() string { return l.cursor }

// Choose puts the cursor on a key and scrolls to it.
func (l *List) Choose(key string) {
	if key != l.cursor {
		l.output = 0
	}
	l.cursor = key
	i, ok := l.Index(key)
	if !ok {
		return
	}
	if i < l.top {
		l.top -= l.fullRows(l.top - i)
	}
	if l.height > 0 && i >= l.top+l.height {
		l.top += l.fullRows(i - l.top - l.height + 1)
	}
	l.clamp()
}

// fullRows rounds a number of cells up to full rows of the gallery, since the window moves by rows.
func (l *List) fullRows(n int) int { return (n + l.across - 1) / l.across * l.across }

// Move moves the cursor by n predictions, and stops at the ends.
func (l *List) Move(n int) {
	keys := l.Keys()
	if keys.Len() == 0 {
		return
	}
	i, _ := l.Index(l.cursor)
	l.movedUp = n < 0
	l.Choose(keys.At(min(max(i+n, 0), keys.Len()-1)))
}

// Direction returns the direction of the cursor's last move: 1 for down, -1 for up.
func (l *List) Direction() int {
	if l.movedUp {
		return -1
	}
	return 1
}

// Selected returns the entry under the cursor. It reports false while the list is empty or the entry is being read.
func (l *List) Selected() (history.Entry, bool) { return l.Entry(l.cursor) }

// Output returns which picture of the selected prediction is shown, from 1; 0 for all of them.
func (l *List) Output() int { return l.output }

// SetOutput chooses a picture of the selected prediction, from 1; 0 for all of them.
func (l *List) SetOutput(n int) { l.output = n }

// Top returns the index of the window's first row.
func (l *List) Top() int { return l.top }

// Height returns the number of predictions in the window.
func (l *List) Height() int { return l.height }

// Across returns the number of predictions in a row: more than 1 in the gallery.
func (l *List) Across() int { return l.across }

// Scroll moves the window by n predictions. The cursor stays where it is.
func (l *List) Scroll(n int) {
	l.top += n
	l.clamp()
}

// Resize sets the number of predictions in the window and in one of its rows, and keeps the cursor inside.
func (l *List) Resize(height, across int) {
	if height == l.height && across == l.across {
		return
	}
	if across = max(across, 1); across != l.across {
		l.top -= l.top % across // a window of the gallery begins with a full row
	}
	l.height, l.across = height, across
	if l.cursor != "" {
		l.Choose(l.cursor)
	}
	l.clamp()
}

// clamp keeps the window within the list; the last row of the gallery may be short. If rows are added above a list that fits into
// its window, they stay above it, even if that leaves blank rows below, so that what the user looks at does not move.
func (l *List) clamp() {
	end := l.Keys().Len()
	if l.across == 1 && l.newer < end {
		end = max(end, l.newer+l.height)
	}
	if over := l.top + l.height - end; over >= l.across {
		l.top -= over / l.across * l.across
	}
	l.top = max(l.top, 0)
	if l.top == 0 {
		l.newer = 0
	}
	l.newer = min(l.newer, l.top)
}

// Window returns the keys of the window, and the next one, with which the last row is compared.
func (l *List) Window() []string {
	keys := l.Keys()
	from := min(l.top, keys.Len())
	return keys.Slice(from, min(from+l.height+1, keys.Len()))
}

// Around returns up to after keys below the window, then up to before keys above it, both nearest first. It leaves out the first
// skip keys on either side.
func (l *List) Around(skip, after, before int) []string {
	keys := l.Keys()
	from, to := min(l.top, keys.Len()), min(l.top+l.height, keys.Len())
	from, to = max(from-skip, 0), min(to+skip, keys.Len())
	below := keys.Slice(to, min(to+after, keys.Len()))
	above := keys.Slice(max(from-before, 0), from)
	slices.Reverse(above)
	return append(below, above...)
}

// MovePage moves the cursor by a part of a page: parts is 1 for all of it, 2 for a half; by is 1 down, -1 up.
func (l *List) MovePage(by, parts int) {
	page := max(l.height-1, 1)
	l.Move(by * max(page/parts, 1))
}

// EnterOutput goes on to the next of the pictures of the selected prediction, or back: from all of them to the first, and from the
// first to all. It reports whether there was one to go to.
func (l *List) EnterOutput(by int) bool {
	e, ok := l.Selected()
	n, next := len(e.Outputs), l.output+by
	if !ok || n <= 1 || next < 0 || next > n {
		return false
	}
	l.output = next
	return true
}

// GoToOutput goes to one of the outputs of the selected prediction, from 1. Where there is no such output, why says how many there are.
func (l *List) GoToOutput(n int) (why string) {
	e, ok := l.Selected()
	switch have := len(e.Outputs); {
	case !ok || have == 0:
		return "There is no picture here."
	case n >= 1 && n <= have:
		if have > 1 {
			l.output = n
		}
		return ""
	case have == 1:
		return "This run has one picture."
	default:
		return fmt.Sprintf("This run has %d pictures.", have)
	}
}

// ChooseSubject puts the cursor on a prediction or one of its outputs, and scrolls to it.
func (l *List) ChooseSubject(s Subject) {
	l.Choose(s.Key)
	l.output = s.Output
}
