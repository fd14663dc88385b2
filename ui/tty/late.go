package tty

import (
	"regexp"
	"sync"
)

// A lone ESC was handed on as a key, and what comes soon after it may be the rest of a sequence. These are the forms that terminals send:
// keys (but for the arrows of rxvt-unicode with shift or ctrl, which begin words), reports of the mouse and the focus, pastes, and answers to what tintype asks. What fits none of them was typed.
var (
	lateForms = compiled(`(?s)^(` +
		`\[([A-FHIMO-SZ]|\[[A-E]?|M.{1,3}|[<?>]|[<?>]?[0-9;:]+\$?[A-Za-z~^@]?)?` +
		`|O[A-DFHP-S]?` +
		`|\][0-9]{0,4}(;.*)?` +
		`|P[01]?([>!$+].*)?` +
		`|_(G.*)?` +
		`)$`)
	// The beginnings of those that nobody types.
	sureForms = compiled(`(?s)^(\[[<?>]|\[[0-9]+[;:]|\[M.|\][0-9]+;|P[01]?[>!$+]|_G)`)
)

// isIntroducer reports whether a byte after an ESC begins a sequence that terminals send.
func isIntroducer(c byte) bool { return c == '[' || c == 'O' || c == ']' || c == 'P' || c == '_' }

// continuesESC reports whether a byte continues a sequence whose ESC was handed on, and whether nobody would type that.
func continuesESC(rest []byte, c byte) (fits, sure bool) {
	with := append(rest[:len(rest):len(rest)], c)
	return lateForms().Match(with), sureForms().Match(with)
}

// compiled compiles a pattern when it is needed first, which is seldom.
func compiled(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
