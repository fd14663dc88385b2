package textedit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
)

// PromptLimit is the most that a prompt may hold, in bytes: what text.Clean draws, and far beyond what a model reads.
const PromptLimit = 64 << 10

// textBuffer is text under edit. It counts in what a person takes for one character (grapheme clusters), so that no key
// tears a flag or a letter from its accent. It is a value: a copy of it is a snapshot.
type textBuffer struct {
	cells  []textCell // never changed in place, so that snapshots may share it
	at     int        // the cursor stands before cells[at]
	killed string     // what ctrl+k, u, w and alt+d took; ctrl+y gives it back
}

// textCell is one character of the text: raw as it is sent, shown as it is drawn.
type textCell struct {
	raw   string
	shown text.Safe
	width int
}

// newTextBuffer holds s with the cursor at the end.
func newTextBuffer(s string) textBuffer {
	cells := splitCells(typed(s))
	return textBuffer{cells: cells, at: len(cells)}
}

// typed makes pasted text into what could have been typed: lines end in \n, a tab is a space, other control characters
// and broken bytes are gone.
func typed(s string) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\n' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r == '\t':
			return ' '
		case unicode.IsControl(r) || r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// splitCells cuts text into its characters.
func splitCells(s string) []textCell {
	cells := make([]textCell, 0, len(s))
	for len(s) > 0 {
		raw, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		cells = append(cells, newTextCell(raw))
		s = s[len(raw):]
	}
	return cells
}

func newTextCell(raw string) textCell {
	if raw == "\n" {
		return textCell{raw: raw}
	}
	shown := text.CleanLine(raw)
	return textCell{raw: raw, shown: shown, width: text.Width(shown)}
}

func (c textCell) isBreak() bool { return c.raw == "\n" }
func (c textCell) isSpace() bool { return strings.TrimSpace(c.raw) == "" }

// isWord tells whether a character belongs to a word, as readline's word commands count.
func (c textCell) isWord() bool {
	r, _ := utf8.DecodeRuneInString(c.raw)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
}

// String is the raw text.
func (b *textBuffer) String() string { return joinCells(b.cells) }

func joinCells(cells []textCell) string {
	var s strings.Builder
	for _, c := range cells {
		s.WriteString(c.raw)
	}
	return s.String()
}

// offset is the cursor's place in bytes; moveToOffset sets it to the character that holds that byte.
func (b *textBuffer) offset() int { return len(joinCells(b.cells[:b.at])) }

func (b *textBuffer) moveToOffset(bytes int) {
	b.at = 0
	for b.at < len(b.cells) && bytes >= len(b.cells[b.at].raw) {
		bytes -= len(b.cells[b.at].raw)
		b.at++
	}
}

// insert writes s at the cursor and tells whether all of it went in. What stands on the same line is cut into characters
// anew, because an accent joins the letter before it.
func (b *textBuffer) insert(s string) (whole bool) {
	s, whole = FitBytes(typed(s), PromptLimit-len(b.String()))
	from, to := b.lineStart(), b.lineEnd()
	head := joinCells(b.cells[from:b.at]) + s
	line := splitCells(head + joinCells(b.cells[b.at:to]))
	want := len(joinCells(b.cells[:from])) + len(head)
	b.cells = slices.Concat(b.cells[:from], line, b.cells[to:])
	b.moveToOffset(want)
	if b.offset() < want {
		b.at++ // what was typed joined the character behind it
	}
	return whole
}

// FitBytes cuts s to at most n bytes between two runes.
func FitBytes(s string, n int) (string, bool) {
	if len(s) <= n {
		return s, true
	}
	n = max(n, 0)
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n], false
}

// remove takes the characters from..to out, and returns them; the cursor stands where they were.
func (b *textBuffer) remove(from, to int) string {
	gone := joinCells(b.cells[from:to])
	b.cells = slices.Concat(b.cells[:from], b.cells[to:])
	b.at = from
	return gone
}

// lineStart and lineEnd are the ends of the line (as broken by hand) that the cursor stands on.
func (b *textBuffer) lineStart() int {
	at := b.at
	for at > 0 && !b.cells[at-1].isBreak() {
		at--
	}
	return at
}

func (b *textBuffer) lineEnd() int {
	at := b.at
	for at < len(b.cells) && !b.cells[at].isBreak() {
		at++
	}
	return at
}

// before and after are the places that one reaches from the cursor over what is not in, then over what is.
func (b *textBuffer) before(in func(textCell) bool) int {
	at := b.at
	for at > 0 && !in(b.cells[at-1]) {
		at--
	}
	for at > 0 && in(b.cells[at-1]) {
		at--
	}
	return at
}

func (b *textBuffer) after(in func(textCell) bool) int {
	at := b.at
	for at < len(b.cells) && !in(b.cells[at]) {
		at++
	}
	for at < len(b.cells) && in(b.cells[at]) {
		at++
	}
	return at
}
