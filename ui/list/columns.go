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
	width func(r *row, o *DrawOptions) int // the least, in columns of the screen
	cell  func(r *row, o *DrawOptions) (said text.Safe, role lipgloss.Style)

	// fill reports whether the blanks before a right column's text have its role, which saves an escape sequence. nil: never.
	fill func(r *row) bool
}

// A row is the left columns side by side, a blank, the prompt, and the right columns. The prompt takes the room that the others leave.
// A right column has blanks before it, is flush right, and in each row as wide as its text, so that prompts have the room; one of width 0
// without text takes none. A caption of the gallery begins with captionColumns. To add a column, add an element here; a fact that it needs is a field of row.
var (
	leftColumns = [...]column{
		{width: oneWide, cell: cursorCell},
		{width: oneWide, cell: flagCell},
		{width: starWidth, cell: starCell},
		{width: oneWide, cell: signCell},
	}
	captionColumns = leftColumns[1:]
	rightColumns   = [...]column{
		{width: stateWidth, cell: stateCell, fill: isSeen},
	}
)

func oneWide(*row, *DrawOptions) int { return 1 }

// leftWidth returns the width of the left columns of a row with the blank after them.
func leftWidth(r *row, o *DrawOptions) int {
	w := 1
	for i := range leftColumns {
		w += leftColumns[i].width(r, o)
	}
	return w
}

// drawRow draws a row o.Width columns wide. below is the next row, nil for the last: what the two share is not repeated.
func drawRow(r, below *row, o *DrawOptions) string {
	var said [len(rightColumns)]text.Safe
	var roles [len(rightColumns)]lipgloss.Style
	var widths [len(rightColumns)]int
	room := o.Width - leftWidth(r, o)
	for i := range rightColumns {
		said[i], roles[i] = rightColumns[i].cell(r, o)
		widths[i] = max(rightColumns[i].width(r, o), text.Width(said[i]))
		room -= blankBefore(widths[i]) + widths[i]
	}
	if room < 0 {
		return strings.Repeat(" ", o.Width)
	}
	var b strings.Builder
	b.Grow(3 * o.Width) // its escape sequences too
	drawLeft(&b, r, o)
	runs := fitRuns(promptRuns(r, below, o, room), room, o.Glyphs)
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

// blankBefore returns how many blanks are before a right column: none for one of width 0 that is empty in this row.
func blankBefore(width int) int { return min(width, 2) }

// drawLeft writes the left columns of a row, and the blank after them.
func drawLeft(b *strings.Builder, r *row, o *DrawOptions) {
	for i := range leftColumns {
		said, role := leftColumns[i].cell(r, o)
		if said != "" {
			b.WriteString(weigh(role, r).Render(string(said)))
		}
		b.WriteString(strings.Repeat(" ", max(leftColumns[i].width(r, o)-text.Width(said), 0)))
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

// starCell is the star of a marked row, which has a column of its own there.
func starCell(r *row, o *DrawOptions) (text.Safe, lipgloss.Style) {
	if starWidth(r, o) == 0 {
		return "", o.Styles.Text
	}
	return text.Safe(o.Glyphs.Star), o.Styles.Text
}

func starWidth(r *row, _ *DrawOptions) int {
	if r.marked && r.starred {
		return 1
	}
	return 0
}

// signCell is the sign of the state. A state of a newer version counts as running.
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

// stateWidth keeps room for the numbers of a job that is running, so that its prompt does not move when they get longer.
func stateWidth(r *row, o *DrawOptions) int {
	switch {
	case r.state.Ended() || r.state == history.Unconfirmed:
		return 0
	case o.Brief:
		return 4
	}
	return 8
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
		return text.Safe(format.Age(r.age)), o.Styles.Muted
	case r.state == history.Unconfirmed:
		return o.pick("unconfirmed", "asks"), role
	case r.state == history.Stopped && r.unfollowed:
		return o.pick("unfollowed", "left"), role
	case r.state == history.Stopped && r.settled:
		return o.pick("checked", "closed"), role
	case r.state == history.Stopped:
		return "cancelled", role
	case r.state.Ended():
		return text.Safe(r.state), role // failed, lost
	case r.elsewhere:
		return o.pick("elsewhere", "other"), o.Styles.Muted
	case r.canceling:
		return o.pick("cancelling", "cancels"), o.Styles.Muted
	case r.waiting:
		left := format.BriefCountdown(r.waitLeft)
		return o.pick("retry in "+left, left), o.Styles.Muted
	}
	return liveText(r, o), o.Styles.Running
}

// liveText returns how far a running job is.
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

// drawCaption draws the text under a thumbnail, in the middle of its width: the left columns without the cursor bar, since the thumbnail
// has a frame, then the state, or for a prediction that is done what is new about it.
func drawCaption(r, below *row, o *DrawOptions) string {
	var b strings.Builder
	width := 0
	for i := range captionColumns {
		said, role := captionColumns[i].cell(r, o)
		if said != "" {
			b.WriteString(weigh(role, r).Render(string(said)))
			width += text.Width(said)
		}
	}
	b.WriteByte(' ')
	width++
	room := o.Width - width
	switch {
	case room <= 0:
		return ""
	case r.armed || r.state != history.Done:
		said, role := stateCell(r, o)
		said = text.Truncate(said, room, o.Glyphs.Ellipsis)
		b.WriteString(weigh(role, r).Render(string(said)))
		width += text.Width(said)
	default:
		runs := fitRuns(captionRuns(r, below, o), room, o.Glyphs)
		drawRuns(&b, runs, r, &o.Styles)
		width += runsWidth(runs)
	}
	return strings.Repeat(" ", max(o.Width-width, 0)/2) + b.String()
}
