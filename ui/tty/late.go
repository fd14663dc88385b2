package tty

import (
	"regexp"
	"sync"
)

// After a lone ESC was emitted as a key, the bytes that follow soon may be the rest of a sequence. These are the forms that terminals send:
// keys (except shift and ctrl with arrows in rxvt-unicode, which begin like words), reports of the mouse and the focus, pastes, and answers
// to tintype's questions. Anything else was typed.
var (
	lateForms = compiled(`(?s)^(` +
		`\[([A-FHIMO-SZ]|\[[A-E]?|M.{1,3}|[<?>]|[<?>]?[0-9;:]+\$?[A-Za-z~^@]?)?` +
		`|O[A-DFHP-S]?` +
		`|\][0-9]{0,4}(;.*)?` +
		`|P[01]?([>!$+].*)?` +
		`|_(G.*)?` +
		`)$`)
	// The beginnings of these that nobody would type.
	sureForms = compiled(`(?s)^(\[[<?>]|\[[0-9]+[;:]|\[M.|\][0-9]+;|P[01]?[>!$+]|_G)`)
)

// isIntroducer reports whether a byte after an ESC begins a sequence that terminals send.
func isIntroducer(c byte) bool { return c == '[' || c == 'O' || c == ']' || c == 'P' || c == '_' }

// continuesESC reports whether a byte continues a sequence whose ESC was emitted as a key, and whether it is sure that nobody typed it.
func continuesESC(rest []byte, c byte) (fits, sure bool) {
	with := append(rest[:len(rest):len(rest)], c)
	return lateForms().Match(with), sureForms().Match(with)
}

// compiled returns a function that compiles a pattern at its first call, since it is rarely needed.
func compiled(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
