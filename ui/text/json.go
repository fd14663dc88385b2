package text

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// EscapeJSON makes encoded JSON harmless to a terminal. Each character that Clean would change (controls, C1, format
// characters, tags, private ones, DEL) becomes \uXXXX, which means the same to every JSON parser. White space between
// values stays, except that \r becomes a space. Invalid UTF-8 becomes \ufffd.
func EscapeJSON(b []byte) []byte {
	if isPlainJSON(b) {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/8)
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			out = append(out, `\ufffd`...)
		case r == '\r': // a terminal would go back to the start of the line
			out = append(out, ' ')
		case r == '\n' || r == '\t' || replacement(r, 0) == r:
			out = append(out, b[:size]...)
		default:
			out = appendEscape(out, r)
		}
		b = b[size:]
	}
	return out
}

func isPlainJSON(b []byte) bool {
	for _, c := range b {
		if (c < 0x20 && c != '\n' && c != '\t') || c > 0x7e {
			return false
		}
	}
	return true
}

func appendEscape(out []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return fmt.Appendf(out, `\u%04x\u%04x`, high, low)
	}
	return fmt.Appendf(out, `\u%04x`, r)
}
