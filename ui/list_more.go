package ui

import (
	"strings"
	"tintype/ui/text"
	"unicode"

	"charm.land/lipgloss/v2"
)

// bitStyle is the role of a kind of word in a line about prompts.
func bitStyle(st styles, kind bitKind) lipgloss.Style {
	switch kind {
	case changedBit:
		return st.changed
	case softBit:
		return st.soft
	}
	return st.ink
}

// letter names the i-th of those compared.
func letter(i int) string { return string(rune('A' + i)) }

// last is the last word that the prompt below has not; before the first where there is none.
func (c comparison) last() int {
	last := c.first - 1
	for i := max(c.first, 0); i < len(c.changed); i++ {
		if c.changed[i] {
			last = i
		}
	}
	return last
}

// between is a prompt from its first to its last change, without the mark at its end.
func (c comparison) between() []piece {
	var pieces []piece
	last := c.last()
	for i := c.first; i <= last; i++ {
		if c.words[i].spaced && i > c.first {
			pieces = append(pieces, piece{text: " "})
		}
		said := c.words[i].text
		if bare := strings.TrimRightFunc(said, unicode.IsPunct); i == last && bare != "" {
			said = bare
		}
		p := piece{text: text.Safe(said)}
		if c.changed[i] {
			p.kind = changedPiece
		}
		pieces = append(pieces, p)
	}
	return pieces
}
