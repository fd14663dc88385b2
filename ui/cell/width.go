package cell

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
)

// Width returns how many columns a line with escape sequences has.
func Width(line string) (w int) {
	if !hasDisputed(line) {
		return ansi.StringWidth(line)
	}
	for state := byte(0); len(line) > 0; {
		seq, width, next := decode(line, state)
		if width > 0 || seq[0] >= utf8.RuneSelf { // marks without a letter have no width for ansi, and get a column
			w += text.Columns(seq)
		}
		line, state = line[len(seq):], next
	}
	return w
}

// decode returns the first character or escape sequence of a line. ansi.DecodeSequence returns an ASCII character without the marks and
// selectors after it.
func decode(line string, state byte) (seq string, width int, next byte) {
	seq, width, _, next = ansi.DecodeSequence(line, state, nil)
	if len(seq) == 1 && width == 1 && len(line) > 1 && line[1] >= utf8.RuneSelf {
		seq, width = ansi.FirstGraphemeCluster(line, ansi.GraphemeWidth)
	}
	return seq, width, next
}

// agreeLine returns a line whose width the renderer counts as Width does. Each disputed character, whose width terminals count differently,
// becomes a placeholder, which Output replaces by the character and a move to the next column. room is the number of columns up to the
// right edge of the screen; no placeholder is put into the last one, where a terminal would break the line. If runes is true, the terminal
// may add up the code points of an emoji, so only the first one is drawn.
func agreeLine(line string, room int, runes bool) string {
	if !hasDisputed(line) {
		return line
	}
	var b strings.Builder
	for state := byte(0); len(line) > 0; {
		seq, width, next := decode(line, state)
		if width > 0 || seq[0] >= utf8.RuneSelf {
			room -= agreeCharacter(&b, seq, room, runes)
		} else {
			b.WriteString(seq)
		}
		line, state = line[len(seq):], next
	}
	return b.String()
}

// agreeCharacter writes a character and returns how many columns it has.
func agreeCharacter(b *strings.Builder, character string, room int, runes bool) (w int) {
	w = text.Columns(character)
	character = text.Composed(character)
	if runes && text.IsEmoji(character) && ansi.StringWidthWc(character) > w {
		_, n := utf8.DecodeRuneInString(character)
		character = character[:n]
	}
	if w == 0 || !isDisputed(character) {
		b.WriteString(character + strings.Repeat(" ", max(w-ansi.StringWidth(character), 0)))
		return w
	}
	if w >= room {
		b.WriteString(strings.Repeat("?", w))
		return w
	}
	for _, p := range pieces(character, w) {
		writePlaceholder(b, p)
	}
	return w
}

// hasDisputed reports quickly whether a line can have a disputed character.
func hasDisputed(line string) bool {
	for i := range len(line) {
		// Marks, and scripts that have them, begin with 0xcc to 0xe1 (except Cyrillic and Armenian) and 0xea; a variation selector with
		// 0xef; emoji and further scripts with 0xf0. Of what begins with 0xe2 and 0xe3, joiners, enclosing marks and tone marks count.
		switch b := line[i]; {
		case b == 0xcc, b == 0xcd, b >= 0xd6 && b <= 0xe1, b == 0xea, b == 0xef, b >= 0xf0:
			return true
		case b == 0xe2 && i+2 < len(line) && (line[i+1] == 0x83 || line[i+1] == 0x80 && line[i+2] == 0x8d):
			return true
		case b == 0xe3 && i+2 < len(line) && line[i+1] == 0x80 && line[i+2] >= 0xaa && line[i+2] <= 0xaf:
			return true
		}
	}
	return false
}

// isDisputed reports whether terminals count a character differently: if it has several code points, or is an emoji or a mark that some do
// not know yet, or is a mark without a letter, such as the vowel of မာ.
func isDisputed(character string) bool {
	first, n := utf8.DecodeRuneInString(character)
	return n < len(character) || unicode.Is(unicode.M, first) || text.IsEmoji(character) || ansi.StringWidth(character) != ansi.StringWidthWc(character)
}

// piece is a part of a character that fits in a cell of the renderer, which has one or two columns.
type piece struct {
	text string
	w    int
}

// pieces splits a character of w columns into pieces of at most two columns.
func pieces(character string, w int) []piece {
	if w <= 2 {
		return []piece{{character, w}}
	}
	var all []piece
	last := piece{}
	for _, r := range character {
		n := ansi.StringWidthWc(string(r))
		if last.w > 0 && last.w+n > 2 {
			all = append(all, last)
			last = piece{}
		}
		last.text, last.w = last.text+string(r), last.w+n
	}
	return append(all, last)
}

// Pad appends blanks to s up to w columns, and at least one.
func Pad(s string, w int) string { return s + strings.Repeat(" ", max(w-Width(s), 1)) }
