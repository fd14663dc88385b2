package list

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// bitStyle is the role of a kind of word in a line about prompts.
func bitStyle(st theme.Styles, kind bitKind) lipgloss.Style {
	switch kind {
	case changedBit:
		return st.Changed
	case softBit:
		return st.Soft
	}
	return st.Ink
}

// Letter names the i-th of those compared.
func Letter(i int) string { return string(rune('A' + i)) }

// Last is the last word that the prompt below has not; before the first where there is none.
func (c comparison) Last() int {
	last := c.First - 1
	for i := max(c.First, 0); i < len(c.changed); i++ {
		if c.changed[i] {
			last = i
		}
	}
	return last
}

// Between is a prompt from its first to its last change, without the mark at its end.
func (c comparison) Between() []Piece {
	var pieces []Piece
	last := c.Last()
	for i := c.First; i <= last; i++ {
		if c.words[i].spaced && i > c.First {
			pieces = append(pieces, Piece{Text: " "})
		}
		said := c.words[i].text
		if bare := strings.TrimRightFunc(said, unicode.IsPunct); i == last && bare != "" {
			said = bare
		}
		p := Piece{Text: text.Safe(said)}
		if c.changed[i] {
			p.kind = changedPiece
		}
		pieces = append(pieces, p)
	}
	return pieces
}
