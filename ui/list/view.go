package list

import (
	"fmt"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
	"tintype/ui/wording"
)

// DrawOptions is how the rows of one frame are drawn.
type DrawOptions struct {
	theme.Look
	Width  int                                  // of a row, in columns of the screen
	Brief  bool                                 // short words, for a narrow list
	Now    time.Time                            // ages and countdowns are as of now
	Motion bool                                 // the spinner turns
	Armed  func(key string, now time.Time) bool // whether the key for cancel cancels a prediction; nil: none

	CancelKey string // as it is shown; "" for x

	hits func(prompt string) [][2]int // what the filter finds in a prompt, as ranges of bytes; nil without a filter
}

// step returns the spinner's step, which is the same in all rows.
func (o *DrawOptions) step() int { return int(o.Now.UnixMilli() / (1000 / theme.SpinnerRate)) }

// Lines draws the rows of the window, each o.Width columns wide; "" for one whose entry is being read.
func (l *List) Lines(o DrawOptions) []string {
	if words := l.filterWords(); words != "" {
		query, _ := history.ParseQuery(l.filter.line.Value(), o.Now) // FilterProblem reports the error
		o.hits = query.Hits
	}
	return l.draw(drawRow, &o)
}

// Captions draws the text under the thumbnails of the window, each at most o.Width columns wide; "" for one whose entry is being
// read.
func (l *List) Captions(o DrawOptions) []string {
	o.Brief = true
	return l.draw(drawCaption, &o)
}

// draw draws the rows of the window, each of which is compared with the next.
func (l *List) draw(draw func(r, below *row, o *DrawOptions) string, o *DrawOptions) []string {
	rows := l.windowRows(o)
	lines := make([]string, min(len(rows), l.height))
	for i := range lines {
		if rows[i] == nil {
			continue
		}
		var below *row
		if i+1 < len(rows) {
			below = rows[i+1]
		}
		lines[i] = draw(rows[i], below, o)
	}
	return lines
}

// windowRows returns the rows of the window and the next one; nil for one whose entry is being read.
func (l *List) windowRows(o *DrawOptions) []*row {
	keys := l.Window()
	rows, all := make([]*row, len(keys)), make([]row, len(keys))
	for i, key := range keys {
		p, ok := l.Row(key)
		if !ok {
			continue
		}
		all[i] = newRow(p, o.Now)
		all[i].selected, all[i].marked, all[i].unseen = key == l.cursor, l.marks[key], l.unseen[key]
		all[i].armed = o.Armed != nil && o.Armed(key, o.Now)
		rows[i] = &all[i]
	}
	return rows
}

// StateSign returns the sign of a prediction's state.
func StateSign(p runner.Row, o DrawOptions) string {
	r := newRow(p, o.Now)
	sign, _ := signCell(&r, &o)
	return string(sign)
}

// CountText returns how many predictions there are: "all 1,204", "1 newer · all 1,204"; "" for none. With the hint it names the key
// that filters them.
func (l *List) CountText(hint bool, g theme.Glyphs) string {
	n := l.Total()
	if n == 0 {
		return ""
	}
	said := "all " + format.Count(n)
	if l.newer > 0 {
		said = fmt.Sprintf("%d newer%s%s", l.newer, g.Separator, said)
	}
	if hint {
		said = "/ " + said
	}
	return said
}

// ShowsFilter reports whether the list's label is the filter.
func (l *List) ShowsFilter() bool { return l.IsFiltered() || l.filter.editing }

// FilterLabel draws the filter and how many predictions it finds, w columns wide. x is the column of the cursor in it.
func (l *List) FilterLabel(w int, look theme.Look) (label string, x int) {
	left, right := l.filterPrompt(), l.foundText()
	room := w - len(left) - cell.Width(right) - 1
	if room < 4 {
		right, room = "", w-len(left)
	}
	line, x := l.filter.line.View(max(room, 1), look.Styles)
	label = look.Styles.LabelFocused.Render(left) + line
	if right != "" {
		label += strings.Repeat(" ", max(w-cell.Width(label)-cell.Width(right), 1)) + look.Styles.Muted.Render(right)
	}
	return label, len(left) + x
}

// FilterTitle draws the filter and how many predictions it finds, to follow a title: at most w columns wide, and no wider than its
// text. x is the column of the cursor in it.
func (l *List) FilterTitle(w int, look theme.Look) (title string, x int) {
	left, right := "   "+l.filterPrompt(), "  "+l.foundText() // the cursor may be on the first blank
	room := max(w-len(left)-cell.Width(right), 1)
	need := text.Width(text.CleanLine(l.filter.line.Value())) + 1
	line, x := l.filter.line.View(min(room, need), look.Styles)
	return look.Styles.Label.Render(left) + strings.TrimRight(line, " ") + look.Styles.Muted.Render(right), len(left) + x
}

// foundText returns how many of all predictions are found: "12 of 1,204", "500+ of 1,204" while more are searched.
func (l *List) foundText() string {
	if !l.narrowed {
		return "all " + format.Count(l.Total())
	}
	found := format.Count(l.filter.total)
	if l.filter.counting {
		found += "+"
	}
	return found + " of " + format.Count(l.Total())
}

// filterPrompt returns what is before the filter's text: "running / ".
func (l *List) filterPrompt() string {
	switch l.filter.view {
	case ViewLive:
		return "running / "
	case ViewStarred:
		return "starred / "
	case ViewNew:
		return "new / "
	}
	return "/ "
}

// EmptyText returns a sentence that says why the list shows nothing; "" while that is not known. none is the sentence for an empty
// history.
func (l *List) EmptyText(none string) string {
	switch {
	case !l.loaded || l.filter.stale:
		return ""
	case !l.narrowed:
		return none
	case l.filter.problem != "":
		return l.filter.problem
	}
	if words := l.filterWords(); words != "" {
		return fmt.Sprintf("Nothing in %s matches %q. %s shows all.", format.Count(l.Total()), format.Clean(words), wording.ShowAll)
	}
	switch l.filter.view {
	case ViewLive:
		return "Nothing is running. " + wording.ShowAll + " shows all."
	case ViewStarred:
		return "Nothing is starred yet. " + wording.ShowAll + " shows all."
	}
	return "Nothing new. " + wording.ShowAll + " shows all."
}
