package ui

import (
	"fmt"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/history"
	"tintype/ui/text"
)

// The columns of a row: cursor bar, mark or star, state and a space; the text; a space; what it says of its state.
const (
	rowLead   = 4
	rowState  = 11
	rowBriefs = 6 // on narrow rails
)

// rowLook is what all rows of a frame have in common.
type rowLook struct {
	w      int                          // columns of the row, all filled
	narrow bool                         // short words
	hits   func(prompt string) [][2]int // where a filter's words stand; nil while none is on
	step   int                          // of the spinner
	motion bool
	g      glyphs
	st     styles
}

// rowText draws a prediction's row, look.w columns wide. below is the row under it, nil for the last: what the two
// share is not said again.
func rowText(row rowFacts, below *rowFacts, look rowLook) string {
	said, role := stateWord(row, look.narrow, look.st)
	columns := rowState
	if look.narrow {
		columns = rowBriefs
	}
	columns = max(columns, text.Width(said))
	room := look.w - rowLead - 1 - columns
	if room < 0 {
		return strings.Repeat(" ", look.w)
	}
	var b strings.Builder
	b.WriteString(rowSigns(row, look))
	pieces := fitPieces(rowPieces(row, below, look, room), room, text.Safe(look.g.ellipsis))
	b.WriteString(drawPieces(pieces, row, look.st))
	between := strings.Repeat(" ", room-piecesWidth(pieces)+1+columns-text.Width(said))
	if row.state == history.Done && !row.unseen && !row.armed { // blanks in the colour of the age need no code to end the text's
		b.WriteString(weigh(role, row).Render(between + string(said)))
		return b.String()
	}
	b.WriteString(between + weigh(role, row).Render(string(said)))
	return b.String()
}

// weigh makes a role bold on the row under the cursor.
func weigh(role lipgloss.Style, row rowFacts) lipgloss.Style {
	if row.cursor {
		return role.Bold(true)
	}
	return role
}

// rowSigns are a row's first columns.
func rowSigns(row rowFacts, look rowLook) string {
	bar, flag := " ", " "
	if row.cursor {
		bar = look.st.cursorRow.Render(look.g.cursor)
	}
	switch {
	case row.mark:
		flag = weigh(look.st.ink, row).Render(look.g.mark)
	case row.star:
		flag = weigh(look.st.ink, row).Render(look.g.star)
	}
	sign, role := stateSign(row, look)
	return bar + flag + weigh(role, row).Render(sign) + " "
}

// stateSign is the sign of a row's state and its role. A state of a newer version counts as under way.
func stateSign(row rowFacts, look rowLook) (string, lipgloss.Style) {
	if sign, ok := look.g.ended(row.state, row.unseen); ok {
		return sign, stateRole(row, look.st)
	}
	switch {
	case row.waiting || row.elsewhere:
		return look.g.waits, look.st.soft
	case row.state == history.Saving:
		return look.g.saving, look.st.live
	case row.state == history.Waiting && row.progress >= 0:
		return look.g.progress(row.progress), look.st.live
	}
	return look.g.phase(look.step, look.motion), look.st.live
}

// stateRole is the role of a row's sign and word, of those that have one of their own.
func stateRole(row rowFacts, st styles) lipgloss.Style {
	switch row.state {
	case history.Done:
		if row.unseen {
			return st.fresh
		}
		return st.good
	case history.Failed:
		return st.bad
	case history.Unconfirmed:
		return st.unconfirmed
	case history.Stopped:
		return st.soft
	case history.Lost:
		return st.lost
	}
	return st.live
}

// stateWord is what the right end of a row says.
func stateWord(row rowFacts, narrow bool, st styles) (text.Safe, lipgloss.Style) {
	pick := func(long, short string) text.Safe {
		if narrow {
			return text.Safe(short)
		}
		return text.Safe(long)
	}
	role := stateRole(row, st)
	switch {
	case row.armed:
		return "x again cancels", st.alarm
	case row.state == history.Done && row.unseen:
		return "new", role
	case row.state == history.Done:
		return text.Safe(ageText(row.age, narrow)), st.soft
	case row.state == history.Unconfirmed:
		return pick("unconfirmed", "asks"), role
	case row.state == history.Stopped && row.left:
		return "left", role
	case row.state.Ended():
		return text.Safe(row.state), role // failed, stopped, lost
	case row.elsewhere:
		return pick("elsewhere", "other"), st.soft
	case row.stopping:
		return pick("stopping", "stops"), st.soft
	case row.waiting:
		left := briefText(countdown(row.waits))
		return pick("waits "+left, left), st.soft
	}
	return liveWord(row, pick), st.live
}

// liveWord is the word of a job that moves.
func liveWord(row rowFacts, pick func(long, short string) text.Safe) text.Safe {
	switch {
	case row.state == history.Saving:
		return "saving"
	case row.state == history.Creating:
		return pick("sending", "sends")
	case row.progress < 0:
		return pick("starting", "starts")
	}
	done := fmt.Sprintf("%d%%", percent(row.progress))
	return pick(done+" "+briefText(row.elapsed), done)
}

// piece is a run of a row's text in one weight.
type piece struct {
	text text.Safe
	kind pieceKind
}

type pieceKind int

const (
	plainPiece pieceKind = iota
	changedPiece
	hitPiece
)

// rowPieces is what is new about a row, from the word on that matters.
func rowPieces(row rowFacts, below *rowFacts, look rowLook, room int) []piece {
	if look.hits != nil {
		return hitPieces(row.prompt, look, room)
	}
	if below == nil {
		return []piece{{text: row.prompt}}
	}
	if row.prompt == below.prompt && row.whole == below.whole {
		said := text.Join(differences(row, *below), text.Safe(look.g.joint))
		return []piece{{text: text.Safe(look.g.same)}, {text: " "}, {text: said}}
	}
	c := compare(row.prompt, below.prompt)
	if !c.alike {
		return []piece{{text: row.prompt}}
	}
	return changedPieces(c, room, look.g)
}

// changedPieces shows a prompt from two words before its first change, and from earlier where there is room for all.
func changedPieces(c comparison, room int, g glyphs) []piece {
	from := min(max(0, c.first-2), len(c.words))
	lead := text.Width(text.Safe(g.ellipsis)) + 1
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
	var pieces []piece
	if from > 0 {
		pieces = append(pieces, piece{text: text.Safe(g.ellipsis)})
	}
	for i, w := range c.words[from:] {
		if w.spaced || i == 0 && from > 0 {
			pieces = append(pieces, piece{text: " "})
		}
		p := piece{text: text.Safe(w.text)}
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
func hitPieces(prompt text.Safe, look rowLook, room int) []piece {
	pieces := hitParts(string(prompt), look.hits(string(prompt)))
	before := 0
	for _, p := range pieces {
		before += text.Width(p.text)
		if p.kind == hitPiece {
			break
		}
	}
	if len(pieces) > 1 && before >= room && pieces[0].kind != hitPiece {
		pieces[0].text = text.TruncateLeft(pieces[0].text, room/3, text.Safe(look.g.ellipsis))
	}
	return pieces
}

// hitParts parts a prompt at its hits, which are byte ranges in order and apart.
func hitParts(s string, hits [][2]int) []piece {
	var pieces []piece
	from := 0
	for _, hit := range hits {
		if hit[0] > from {
			pieces = append(pieces, piece{text: text.Safe(s[from:hit[0]])})
		}
		pieces = append(pieces, piece{text.Safe(s[hit[0]:hit[1]]), hitPiece})
		from = hit[1]
	}
	if from < len(s) {
		pieces = append(pieces, piece{text: text.Safe(s[from:])})
	}
	return pieces
}

func piecesWidth(pieces []piece) int {
	w := 0
	for _, p := range pieces {
		w += text.Width(p.text)
	}
	return w
}

// fitPieces cuts pieces to w columns, with the ellipsis in place of what was cut.
func fitPieces(pieces []piece, w int, ellipsis text.Safe) []piece {
	if piecesWidth(pieces) <= w {
		return pieces
	}
	left := w - text.Width(ellipsis)
	if left < 0 {
		return nil
	}
	var kept []piece
	for _, p := range pieces {
		n := text.Width(p.text)
		if n > left {
			p.text = text.Safe(strings.TrimRight(string(text.Truncate(p.text, left, "")), " "))
			kept = append(kept, p)
			break
		}
		kept, left = append(kept, p), left-n
	}
	return append(kept, piece{text: ellipsis})
}

// drawPieces puts pieces side by side; neighbours of one weight become one run.
func drawPieces(pieces []piece, row rowFacts, st styles) string {
	var b strings.Builder
	for i := 0; i < len(pieces); {
		run, kind := "", pieces[i].kind
		for ; i < len(pieces) && pieces[i].kind == kind; i++ {
			run += string(pieces[i].text)
		}
		b.WriteString(drawRun(run, kind, row, st))
	}
	return b.String()
}

func drawRun(run string, kind pieceKind, row rowFacts, st styles) string {
	switch kind {
	case hitPiece:
		return st.hit(run, row.cursor)
	case changedPiece:
		return st.changed.Render(run)
	}
	return weigh(st.ink, row).Render(run)
}
