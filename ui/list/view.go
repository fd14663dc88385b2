package list

import (
	"fmt"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

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
		all[i].selected, all[i].marked, all[i].unseen = key == l.cursor, l.hasMark(key, len(p.Outputs)), l.unseen[key]
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

// DrawSign draws the sign of a prediction's state in its colour.
func DrawSign(p runner.Row, unseen bool, o DrawOptions) string {
	r := newRow(p, o.Now)
	r.unseen = unseen
	sign, style := signCell(&r, &o)
	return style.Render(string(sign))
}

// CountText returns how many are marked, how many came above the window, and where the cursor is among the predictions that are shown:
// "12 of 1,204", "2 marked · 1 newer · 13 of 1,205"; "" in an empty history.
func (l *List) CountText(g theme.Glyphs) string {
	if l.Total() == 0 {
		return ""
	}
	var said []text.Safe
	if marked := l.MarkedText(); marked != "" {
		said = append(said, text.Safe(marked))
	}
	if l.newer > 0 {
		said = append(said, text.Safe(format.Count(l.newer)+" newer"))
	}
	return string(text.Join(append(said, text.Safe(l.positionText())), g.Separator))
}

// positionText returns "12 of 1,204", "12 of 500+" while more are searched, "none" if none is shown.
func (l *List) positionText() string {
	n := l.Keys().Len()
	if n == 0 {
		return "none"
	}
	of := format.Count(n)
	if l.narrowed && l.filter.counting {
		of += "+"
	}
	i, ok := l.Index(l.cursor)
	if !ok {
		return of
	}
	return format.Count(i+1) + " of " + of
}

// ShowsFilter reports whether the list's label is the filter.
func (l *List) ShowsFilter() bool { return l.IsFiltered() || l.filter.editing }

// minFilterWidth is the fewest columns of the filter's text beside the position.
const minFilterWidth = 6

// FilterLabel draws the view, the filter and the position, w columns wide. x is the column of the cursor in the filter.
func (l *List) FilterLabel(w int, name lipgloss.Style, look theme.Look) (label string, x int) {
	left, right := l.filterName(), l.CountText(look.Glyphs)
	if l.hasFilterLine() {
		left += " "
	}
	room := w - len(left) - cell.Width(right) - 1
	if room < minFilterWidth {
		right, room = "", w-len(left)
	}
	line, x := l.filter.line.View(max(room, 1), look.Styles)
	label = name.Render(left) + line
	if right != "" {
		label += strings.Repeat(" ", max(w-cell.Width(label)-cell.Width(right), 1)) + look.Styles.Muted.Render(right)
	}
	return label, len(left) + x
}

// FilterTitle draws the view, the filter and the position, to follow a title: at most w columns wide, and no wider than its text. x is
// the column of the cursor in the filter.
func (l *List) FilterTitle(w int, look theme.Look) (title string, x int) {
	left, right := "   "+l.filterName(), "  "+l.CountText(look.Glyphs) // the cursor may be on the first blank
	if l.hasFilterLine() {
		left += " "
	}
	room := max(w-len(left)-cell.Width(right), 1)
	need := text.Width(text.CleanLine(l.filter.line.Value())) + 1
	line, x := l.filter.line.View(min(room, need), look.Styles)
	return look.Styles.Label.Render(left) + strings.TrimRight(line, " ") + look.Styles.Muted.Render(right), len(left) + x
}

// hasFilterLine reports whether the filter is edited or has words.
func (l *List) hasFilterLine() bool { return l.filter.editing || l.filterWords() != "" }

// filterName names the view and the filter: "Filter", "Running", "Running, filter".
func (l *List) filterName() string {
	name := map[View]string{ViewLive: "Running", ViewStarred: "Starred", ViewNew: "New"}[l.filter.view]
	switch {
	case name == "":
		return "Filter"
	case l.hasFilterLine():
		return name + ", filter"
	}
	return name
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
