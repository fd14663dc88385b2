package list

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// The columns of a row: cursor bar, mark or star, state and a space; the text; a space; what it says of its state.
const (
	RowLead   = 4
	rowState  = 11
	rowBriefs = 6 // on narrow rails
)

// RowLook is what all rows of a frame have in common.
type RowLook struct {
	W      int                          // columns of the row, all filled
	Narrow bool                         // short words
	Hits   func(prompt string) [][2]int // where a filter's words stand; nil while none is on
	Step   int                          // of the spinner
	Motion bool
	G      theme.Glyphs
	St     theme.Styles
}

// RowText draws a prediction's row, look.w columns wide. below is the row under it, nil for the last: what the two
// share is not said again.
func RowText(row RowFacts, below *RowFacts, look RowLook) string {
	said, role := StateWord(row, look.Narrow, look.St)
	columns := rowState
	if look.Narrow {
		columns = rowBriefs
	}
	columns = max(columns, text.Width(said))
	room := look.W - RowLead - 1 - columns
	if room < 0 {
		return strings.Repeat(" ", look.W)
	}
	var b strings.Builder
	b.WriteString(RowSigns(row, look))
	pieces := FitPieces(rowPieces(row, below, look, room), room, look.G.Ellipsis)
	b.WriteString(DrawPieces(pieces, row, look.St))
	between := strings.Repeat(" ", room-piecesWidth(pieces)+1+columns-text.Width(said))
	if row.State == history.Done && !row.Unseen && !row.Armed { // blanks in the colour of the age need no code to end the text's
		b.WriteString(Weigh(role, row).Render(between + string(said)))
		return b.String()
	}
	b.WriteString(between + Weigh(role, row).Render(string(said)))
	return b.String()
}

// Weigh makes a role bold on the row under the cursor.
func Weigh(role lipgloss.Style, row RowFacts) lipgloss.Style {
	if row.Cursor {
		return role.Bold(true)
	}
	return role
}

// RowSigns are a row's first columns.
func RowSigns(row RowFacts, look RowLook) string {
	bar, flag := " ", " "
	if row.Cursor {
		bar = look.St.CursorRow.Render(look.G.Cursor)
	}
	switch {
	case row.Mark:
		flag = Weigh(look.St.Ink, row).Render(look.G.Mark)
	case row.star:
		flag = Weigh(look.St.Ink, row).Render(look.G.Star)
	}
	sign, role := StateSign(row, look)
	return bar + flag + Weigh(role, row).Render(sign) + " "
}

// StateSign is the sign of a row's state and its role. A state of a newer version counts as under way.
func StateSign(row RowFacts, look RowLook) (string, lipgloss.Style) {
	if sign, ok := look.G.Ended(row.State, row.Unseen); ok {
		return sign, stateRole(row, look.St)
	}
	switch {
	case row.waiting || row.elsewhere:
		return look.G.Waits, look.St.Soft
	case row.State == history.Saving:
		return look.G.Saving, look.St.Live
	case row.State == history.Waiting && row.progress >= 0:
		return look.G.Progress(row.progress), look.St.Live
	}
	return look.G.Phase(look.Step, look.Motion), look.St.Live
}

// stateRole is the role of a row's sign and word, of those that have one of their own.
func stateRole(row RowFacts, st theme.Styles) lipgloss.Style {
	switch row.State {
	case history.Done:
		if row.Unseen {
			return st.Fresh
		}
		return st.Good
	case history.Failed:
		return st.Bad
	case history.Unconfirmed:
		return st.Unconfirmed
	case history.Stopped:
		return st.Soft
	case history.Lost:
		return st.Lost
	}
	return st.Live
}

// StateWord is what the right end of a row says.
func StateWord(row RowFacts, narrow bool, st theme.Styles) (text.Safe, lipgloss.Style) {
	pick := func(long, short string) text.Safe {
		if narrow {
			return text.Safe(short)
		}
		return text.Safe(long)
	}
	role := stateRole(row, st)
	switch {
	case row.Armed:
		return "x again cancels", st.Alarm
	case row.State == history.Done && row.Unseen:
		return "new", role
	case row.State == history.Done:
		return text.Safe(format.AgeText(row.age, narrow)), st.Soft
	case row.State == history.Unconfirmed:
		return pick("unconfirmed", "asks"), role
	case row.State == history.Stopped && row.left:
		return "left", role
	case row.State.Ended():
		return text.Safe(row.State), role // failed, stopped, lost
	case row.elsewhere:
		return pick("elsewhere", "other"), st.Soft
	case row.stopping:
		return pick("stopping", "stops"), st.Soft
	case row.waiting:
		left := format.BriefText(format.Countdown(row.waits))
		return pick("waits "+left, left), st.Soft
	}
	return liveWord(row, pick), st.Live
}

// liveWord is the word of a job that moves.
func liveWord(row RowFacts, pick func(long, short string) text.Safe) text.Safe {
	switch {
	case row.State == history.Saving:
		return "saving"
	case row.State == history.Creating:
		return pick("sending", "sends")
	case row.progress < 0:
		return pick("starting", "starts")
	}
	done := fmt.Sprintf("%d%%", format.Percent(row.progress))
	return pick(done+" "+format.BriefText(row.elapsed), done)
}

// Piece is a run of a row's text in one weight.
type Piece struct {
	Text text.Safe
	kind pieceKind
}

type pieceKind int

const (
	plainPiece pieceKind = iota
	changedPiece
	hitPiece
)

// rowPieces is what is new about a row, from the word on that matters.
func rowPieces(row RowFacts, below *RowFacts, look RowLook, room int) []Piece {
	if look.Hits != nil {
		return hitPieces(row.Prompt, look, room)
	}
	if below == nil {
		return []Piece{{Text: row.Prompt}}
	}
	if row.Prompt == below.Prompt && row.Whole == below.Whole {
		said := text.Join(Differences(row, *below), look.G.Joint)
		return []Piece{{Text: text.Safe(look.G.Same)}, {Text: " "}, {Text: said}}
	}
	c := Compare(row.Prompt, below.Prompt)
	if !c.Alike {
		return []Piece{{Text: row.Prompt}}
	}
	return changedPieces(c, room, look.G)
}

// changedPieces shows a prompt from two words before its first change, and from earlier where there is room for all.
func changedPieces(c comparison, room int, g theme.Glyphs) []Piece {
	from := min(max(0, c.First-2), len(c.words))
	lead := text.Width(g.Ellipsis) + 1
	width := 0
	for i := from; i < len(c.words); i++ {
		width += wordWidth(c.words[i])
	}
	for from > 0 {
		more := width + wordWidth(c.words[from-1])
		cut := lead
		if from == 1 {
			cut = 0
		}
		if more+cut > room {
			break
		}
		from, width = from-1, more
	}
	var pieces []Piece
	if from > 0 {
		pieces = append(pieces, Piece{Text: g.Ellipsis})
	}
	for i, w := range c.words[from:] {
		if w.spaced || i == 0 && from > 0 {
			pieces = append(pieces, Piece{Text: " "})
		}
		p := Piece{Text: text.Safe(w.text)}
		if c.changed[from+i] {
			p.kind = changedPiece
		}
		pieces = append(pieces, p)
	}
	return pieces
}

func wordWidth(w word) int {
	if w.spaced {
		return 1 + text.Width(text.Safe(w.text))
	}
	return text.Width(text.Safe(w.text))
}

// hitPieces shows the whole prompt with what the filter found underlined; where the first hit would be cut off, it
// begins a little before it.
func hitPieces(prompt text.Safe, look RowLook, room int) []Piece {
	pieces := hitParts(string(prompt), look.Hits(string(prompt)))
	before := 0
	for _, p := range pieces {
		before += text.Width(p.Text)
		if p.kind == hitPiece {
			break
		}
	}
	if len(pieces) > 1 && before >= room && pieces[0].kind != hitPiece {
		pieces[0].Text = text.TruncateLeft(pieces[0].Text, room/3, look.G.Ellipsis)
	}
	return pieces
}

// hitParts parts a prompt at its hits, which are byte ranges in order and apart.
func hitParts(s string, hits [][2]int) []Piece {
	var pieces []Piece
	from := 0
	for _, hit := range hits {
		if hit[0] > from {
			pieces = append(pieces, Piece{Text: text.Safe(s[from:hit[0]])})
		}
		pieces = append(pieces, Piece{text.Safe(s[hit[0]:hit[1]]), hitPiece})
		from = hit[1]
	}
	if from < len(s) {
		pieces = append(pieces, Piece{Text: text.Safe(s[from:])})
	}
	return pieces
}

func piecesWidth(pieces []Piece) int {
	w := 0
	for _, p := range pieces {
		w += text.Width(p.Text)
	}
	return w
}

// FitPieces cuts pieces to w columns, with the ellipsis in place of what was cut.
func FitPieces(pieces []Piece, w int, ellipsis text.Safe) []Piece {
	if piecesWidth(pieces) <= w {
		return pieces
	}
	left := w - text.Width(ellipsis)
	if left < 0 {
		return nil
	}
	var kept []Piece
	for _, p := range pieces {
		n := text.Width(p.Text)
		if n > left {
			p.Text = text.Safe(strings.TrimRight(string(text.Truncate(p.Text, left, "")), " "))
			kept = append(kept, p)
			break
		}
		kept, left = append(kept, p), left-n
	}
	return append(kept, Piece{Text: ellipsis})
}

// DrawPieces puts pieces side by side; neighbours of one weight become one run.
func DrawPieces(pieces []Piece, row RowFacts, st theme.Styles) string {
	var b strings.Builder
	for i := 0; i < len(pieces); {
		run, kind := "", pieces[i].kind
		for ; i < len(pieces) && pieces[i].kind == kind; i++ {
			run += string(pieces[i].Text)
		}
		b.WriteString(drawRun(run, kind, row, st))
	}
	return b.String()
}

func drawRun(run string, kind pieceKind, row RowFacts, st theme.Styles) string {
	switch kind {
	case hitPiece:
		return st.Hit(run, row.Cursor)
	case changedPiece:
		return st.Changed.Render(run)
	}
	return Weigh(st.Ink, row).Render(run)
}
