package text

import (
	"fmt"
	"unicode/utf16"
	"unicode/utf8"
)

// EscapeJSON makes encoded JSON harmless to a terminal: each character that Clean would change (controls, C1,
// bidirectional and other format characters, tags, private ones, DEL) becomes \uXXXX, which means the same to every
// reader of JSON. The white space between values stays. Bytes that are no UTF-8 become \ufffd.
func EscapeJSON(b []byte) []byte {
	if plainJSON(b) {
		return b
	}
	out := make([]byte, 0, len(b)+len(b)/8)
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		switch {
		case r == utf8.RuneError && size == 1:
			out = append(out, `\ufffd`...)
		case r == '\r': // white space between values, but a terminal goes back to the line's start
			out = append(out, ' ')
		case r == '\n' || r == '\t' || shown(r, 0) == r:
			out = append(out, b[:size]...)
		default:
			out = appendEscape(out, r)
		}
		b = b[size:]
	}
	return out
}

func plainJSON(b []byte) bool {
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
