package cli

import (
	"strings"

	"tintype/ui/format"
	"tintype/ui/rank"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// A rankTable prints the rows of a ranking. On a terminal the share of duels has a heading, and rows are cut where the terminal ends; elsewhere each
// row is a sentence.
type rankTable struct {
	p      *program
	width  int // of the terminal, 0 for none
	styles theme.Styles
}

func newRankTable(p *program) rankTable {
	return rankTable{p, terminalWidth(p.out), p.styles(p.out)}
}

// Widths of the columns: the share of duels in both forms, and how many there were.
const (
	shareWidth, againstWidth = 12, 41
	duelsWidth               = 9
	leastPrompt              = 16 // below it the number of duels gives its place to the prompt
)

// wins writes a share of duels.
func (t rankTable) wins(share, low, high float64) span {
	if t.width > 0 {
		return span{rank.Share(share, low, high), shareWidth, t.styles.Text}
	}
	return span{rank.Against(share, low, high), againstWidth, t.styles.Text}
}

// heading says on a terminal what the share is, above its column: after columns of such widths.
func (t rankTable) heading(before ...int) {
	if t.width == 0 {
		return
	}
	at := 0
	for _, width := range before {
		at += width + 2
	}
	line := strings.Repeat(" ", at) + "wins against the average one"
	t.p.printSpans(t.p.out, span{text: string(text.Truncate(text.CleanLine(line), t.width-1, "…")), style: t.styles.Muted})
}

// row prints a row. last may be "".
func (t rankTable) row(first []span, wins span, duels int, last string) {
	line := append(first, wins)
	count := span{format.Plural(duels, "duel"), duelsWidth, t.styles.Muted}
	if t.width == 0 {
		t.p.printSpans(t.p.out, append(line, count, span{text: last, style: t.styles.Text})...)
		return
	}
	room := t.width - 1
	for _, s := range line {
		room -= s.width + 2
	}
	wanted := leastPrompt
	if last == "" {
		wanted = 0
	}
	if room-duelsWidth-2 >= wanted {
		line, room = append(line, count), room-duelsWidth-2
	}
	line = append(line, span{text: string(text.Truncate(text.CleanLine(last), max(room, 0), "…")), style: t.styles.Text})
	t.p.printSpans(t.p.out, line...)
}
