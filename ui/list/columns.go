package list

import (
	"cmp"
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// column is one column of a row.
type column struct {
	width func(o *DrawOptions) int // the least, in columns of the screen
	cell  func(r *row, o *DrawOptions) (said text.Safe, role lipgloss.Style)

	// fill reports whether the blanks before a right column's text have its role, which saves an escape sequence. nil: never.
	fill func(r *row) bool
}

// A row is the left columns side by side, a blank, the prompt, and the right columns. The prompt takes the room that the others leave.
// A right column has a blank before it, is flush right, and is as wide as its text where that is wider; one of width 0 without text
// takes no room. A caption of the gallery begins with the left columns too. To add a column, add an element here; a fact that it needs is a field of row.
var (
	leftColumns = [...]column{
		{width: oneWide, cell: cursorCell},
		{width: oneWide, cell: flagCell},
		{width: oneWide, cell: signCell},
	}
	rightColumns = [...]column{
		{width: stateWidth, cell: stateCell, fill: isSeen},
	}
)

func oneWide(*DrawOptions) int { return 1 }

// leftWidth returns the width of the left columns with the blank after them.
func leftWidth(o *DrawOptions) int {
	w := 1
	for i := range leftColumns {
		w += leftColumns[i].width(o)
	}
	return w
}

// drawRow draws a row o.Width columns wide. below is the next row, nil for the last: what the two share is not repeated.
func drawRow(r, below *row, o *DrawOptions) string {
	var said [len(rightColumns)]text.Safe
	var roles [len(rightColumns)]lipgloss.Style
	var widths [len(rightColumns)]int
	room := o.Width - leftWidth(o)
	for i := range rightColumns {
		said[i], roles[i] = rightColumns[i].cell(r, o)
		widths[i] = max(rightColumns[i].width(o), text.Width(said[i]))
		room -= blankBefore(widths[i]) + widths[i]
	}
	if room < 0 {
		return strings.Repeat(" ", o.Width)
	}
	var b strings.Builder
	b.Grow(3 * o.Width) // its escape sequences too
	drawLeft(&b, r, o)
	runs := fitRuns(promptRuns(r, below, o, room), room, o.Glyphs.Ellipsis)
	drawRuns(&b, runs, r, &o.Styles)
	blanks := room - runsWidth(runs)
	for i := range rightColumns {
		before := strings.Repeat(" ", blanks+blankBefore(widths[i])+widths[i]-text.Width(said[i]))
		if rightColumns[i].fill != nil && rightColumns[i].fill(r) {
			b.WriteString(weigh(roles[i], r).Render(before + string(said[i])))
		} else {
			b.WriteString(before + weigh(roles[i], r).Render(string(said[i])))
		}
		blanks = 0
	}
	return b.String()
}

// blankBefore returns the width of the blank before a right column: 0 for a column of width 0 that is empty in this row.
func blankBefore(width int) int { return min(width, 1) }

// drawLeft writes the left columns of a row, and the blank after them.
func drawLeft(b *strings.Builder, r *row, o *DrawOptions) {
	for i := range leftColumns {
		said, role := leftColumns[i].cell(r, o)
		if said != "" {
			b.WriteString(weigh(role, r).Render(string(said)))
		}
		b.WriteString(strings.Repeat(" ", max(leftColumns[i].width(o)-text.Width(said), 0)))
	}
	b.WriteByte(' ')
}

// weigh makes a role bold in the selected row.
func weigh(role lipgloss.Style, r *row) lipgloss.Style {
	if r.selected {
		return role.Bold(true)
	}
	return role
}

// cursorCell is the bar of the selected row.
func cursorCell(r *row, o *DrawOptions) (text.Safe, lipgloss.Style) {
	if !r.selected {
		return "", o.Styles.CursorRow
	}
	return text.Safe(o.Glyphs.Cursor), o.Styles.CursorRow
}

// flagCell is the mark, or else the star.
func flagCell(r *row, o *DrawOptions) (text.Safe, lipgloss.Style) {
	switch {
	case r.marked:
		return text.Safe(o.Glyphs.Mark), o.Styles.Text
	case r.starred:
		return text.Safe(o.Glyphs.Star), o.Styles.Text
	}
	return "", o.Styles.Text
}

// signCell is the sign of the state. A state of a newer version counts as under way.
func signCell(r *row, o *DrawOptions) (text.Safe, lipgloss.Style) {
	if sign, ok := o.Glyphs.State(r.state, r.unseen); ok {
		return text.Safe(sign), stateRole(r, &o.Styles)
	}
	switch {
	case r.waiting || r.elsewhere:
		return text.Safe(o.Glyphs.Waiting), o.Styles.Muted
	case r.state == history.Saving:
		return text.Safe(o.Glyphs.Saving), o.Styles.Running
	case r.state == history.Waiting && r.progress >= 0:
		return text.Safe(o.Glyphs.Progress(r.progress)), o.Styles.Running
	}
	return text.Safe(o.Glyphs.Spinner(o.step(), o.Motion)), o.Styles.Running
}

// stateRole returns the role of a row's sign and word where the state has its own.
func stateRole(r *row, st *theme.Styles) lipgloss.Style {
	switch r.state {
	case history.Done:
		if r.unseen {
			return st.Unseen
		}
		return st.Success
	case history.Failed:
		return st.Failure
	case history.Unconfirmed:
		return st.Unconfirmed
	case history.Stopped:
		return st.Muted
	case history.Lost:
		return st.Lost
	}
	return st.Running
}

func stateWidth(o *DrawOptions) int {
	if o.Brief {
		return 6
	}
	return 11
}

// isSeen reports whether a row's state is only its age.
func isSeen(r *row) bool { return r.state == history.Done && !r.unseen && !r.armed }

// stateCell is what a prediction is doing, or how it ended, or the age of one that has been seen.
func stateCell(r *row, o *DrawOptions) (text.Safe, lipgloss.Style) {
	role := stateRole(r, &o.Styles)
	switch {
	case r.armed:
		return text.Safe(cmp.Or(o.CancelKey, "x") + " again cancels"), o.Styles.Alert
	case r.state == history.Done && r.unseen:
		return "new", role
	case r.state == history.Done:
		return text.Safe(format.Age(r.age, o.Brief)), o.Styles.Muted
	case r.state == history.Unconfirmed:
		return o.pick("unconfirmed", "asks"), role
	case r.state == history.Stopped && r.unfollowed:
		return o.pick("unfollowed", "left"), role
	case r.state == history.Stopped && r.settled:
		return o.pick("settled", "closed"), role
	case r.state == history.Stopped:
		return o.pick("cancelled", "cancel"), role
	case r.state.Ended():
		return text.Safe(r.state), role // failed, lost
	case r.elsewhere:
		return o.pick("elsewhere", "other"), o.Styles.Muted
	case r.canceling:
		return o.pick("cancelling", "stops"), o.Styles.Muted
	case r.waiting:
		left := format.BriefCountdown(r.waitLeft)
		return o.pick("waits "+left, left), o.Styles.Muted
	}
	return liveText(r, o), o.Styles.Running
}

// liveText returns how far a job under way is.
func liveText(r *row, o *DrawOptions) text.Safe {
	switch {
	case r.state == history.Saving:
		return "saving"
	case r.state == history.Creating:
		return o.pick("sending", "sends")
	case r.progress < 0:
		return o.pick("starting", "starts")
	}
	done := fmt.Sprintf("%d%%", format.Percent(r.progress))
	return o.pick(done+" "+format.Brief(r.elapsed), done)
}

// pick returns the words that the list's width has room for.
func (o *DrawOptions) pick(long, brief string) text.Safe {
	if o.Brief {
		return text.Safe(brief)
	}
	return text.Safe(long)
}

// drawCaption draws the text under a thumbnail: the left columns, then the state, or for a prediction that is done what is new about
// it.
func drawCaption(r, below *row, o *DrawOptions) string {
	var b strings.Builder
	drawLeft(&b, r, o)
	room := o.Width - leftWidth(o)
	switch {
	case room <= 0:
	case r.armed || r.state != history.Done:
		said, role := stateCell(r, o)
		b.WriteString(weigh(role, r).Render(string(text.Truncate(said, room, o.Glyphs.Ellipsis))))
	default:
		drawRuns(&b, fitRuns(captionRuns(r, below, o), room, o.Glyphs.Ellipsis), r, &o.Styles)
	}
	return b.String()
}
