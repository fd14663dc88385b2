package text

import "unicode/utf8"

// CutBytes cuts s to at most n bytes, between two runes. It reports whether s is complete.
func CutBytes(s string, n int) (cut string, complete bool) {
	if len(s) <= n {
		return s, true
	}
	n = max(n, 0)
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n], false
}
