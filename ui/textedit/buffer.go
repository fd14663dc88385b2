package textedit

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
)

// MaxPrompt is the longest text in bytes: as much as text.Clean draws, and far more than a model reads.
const MaxPrompt = 64 << 10

// buffer is a text with a cursor. It consists of grapheme clusters, which a person takes for one character. It is a value:
// a copy of it is a snapshot.
type buffer struct {
	chars  []character // never changed in place, so that snapshots may share it
	at     int         // the cursor is before chars[at]
	killed string      // the text that ctrl+k, u, w and alt+d removed; ctrl+y inserts it
}

// character is one character of the text: raw as it is sent, shown as it is drawn.
type character struct {
	raw   string
	shown text.Safe
	width int
}

// newBuffer returns a buffer with the text s and the cursor at its end.
func newBuffer(s string) buffer {
	cells := splitCharacters(sanitize(s))
	return buffer{chars: cells, at: len(cells)}
}

// sanitize turns pasted text into text that could have been typed: lines end in \n, a tab becomes a space, other control
// characters and invalid bytes are removed.
func sanitize(s string) string {
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

// splitCharacters splits text into its characters.
func splitCharacters(s string) []character {
	cells := make([]character, 0, len(s))
	for len(s) > 0 {
		raw, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		cells = append(cells, newCharacter(raw))
		s = s[len(raw):]
	}
	return cells
}

func newCharacter(raw string) character {
	if raw == "\n" {
		return character{raw: raw}
	}
	shown := text.CleanLine(raw)
	return character{raw: raw, shown: shown, width: text.Width(shown)}
}

func (c character) isBreak() bool { return c.raw == "\n" }
func (c character) isSpace() bool { return strings.TrimSpace(c.raw) == "" }

// isWord reports whether a character belongs to a word for readline's commands.
func (c character) isWord() bool {
	r, _ := utf8.DecodeRuneInString(c.raw)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_'
}

// String returns the raw text.
func (b *buffer) String() string { return rawText(b.chars) }

func rawText(cells []character) string {
	var s strings.Builder
	for _, c := range cells {
		s.WriteString(c.raw)
	}
	return s.String()
}

// offset returns the cursor's offset in bytes.
func (b *buffer) offset() int { return len(rawText(b.chars[:b.at])) }

// moveToOffset moves the cursor to the character that contains a byte.

func (b *buffer) moveToOffset(bytes int) {
	b.at = 0
	for b.at < len(b.chars) && bytes >= len(b.chars[b.at].raw) {
		bytes -= len(b.chars[b.at].raw)
		b.at++
	}
}

// insert inserts s at the cursor, and reports whether there was room for all of it. It splits the line into characters
// again, because an accent joins the letter before it.
func (b *buffer) insert(s string) (complete bool) {
	s, complete = text.CutBytes(sanitize(s), MaxPrompt-len(b.String()))
	from, to := b.lineStart(), b.lineEnd()
	head := rawText(b.chars[from:b.at]) + s
	line := splitCharacters(head + rawText(b.chars[b.at:to]))
	want := len(rawText(b.chars[:from])) + len(head)
	b.chars = slices.Concat(b.chars[:from], line, b.chars[to:])
	b.moveToOffset(want)
	if b.offset() < want {
		b.at++ // the inserted text joined the character after it
	}
	return complete
}

// remove removes the characters from..to and returns them; the cursor moves to their place.
func (b *buffer) remove(from, to int) string {
	gone := rawText(b.chars[from:to])
	b.chars = slices.Concat(b.chars[:from], b.chars[to:])
	b.at = from
	return gone
}

// lineStart returns the start of the cursor's line, between line breaks.
func (b *buffer) lineStart() int {
	at := b.at
	for at > 0 && !b.chars[at-1].isBreak() {
		at--
	}
	return at
}

// lineEnd returns the end of the cursor's line, before its line break.
func (b *buffer) lineEnd() int {
	at := b.at
	for at < len(b.chars) && !b.chars[at].isBreak() {
		at++
	}
	return at
}

// runStart goes back from the cursor over the characters that are not in, then over those that are.
func (b *buffer) runStart(in func(character) bool) int {
	at := b.at
	for at > 0 && !in(b.chars[at-1]) {
		at--
	}
	for at > 0 && in(b.chars[at-1]) {
		at--
	}
	return at
}

// runEnd goes forward from the cursor over the characters that are not in, then over those that are.
func (b *buffer) runEnd(in func(character) bool) int {
	at := b.at
	for at < len(b.chars) && !in(b.chars[at]) {
		at++
	}
	for at < len(b.chars) && in(b.chars[at]) {
		at++
	}
	return at
}
