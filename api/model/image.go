package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPathBytes bounds a path on this disk, in bytes.
const maxPathBytes = 4096

// isImageValue accepts what can stand for an input image: what the providers fetch
// by themselves, and a path on this disk. Whether anything is there is for those
// to find out who read files.
func isImageValue(s string) bool { return isURL(s) || IsPath(s) }

// IsPath tells whether an input image is meant as a path on this disk, rather
// than as a URL or a data: URI. A word with another scheme (ftp://…) is neither.
func IsPath(s string) bool {
	return strings.TrimSpace(s) != "" && len(s) <= maxPathBytes && utf8.ValidString(s) &&
		!strings.Contains(s, "://") && !hasScheme(s, "data:") && !strings.ContainsFunc(s, unicode.IsControl)
}

// isURL accepts what the providers fetch by themselves.
func isURL(s string) bool {
	return hasScheme(s, "https://") || hasScheme(s, "http://") || hasScheme(s, "data:")
}

// hasScheme tells whether s begins with a scheme, in any case, and goes on.
func hasScheme(s, scheme string) bool {
	return len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme)
}

// splitImages cuts a line at its spaces; those that belong to a path stand
// behind a backslash, as a shell writes them.
func splitImages(s string) []string {
	var list []string
	var word strings.Builder
	flush := func() {
		if word.Len() > 0 {
			list = append(list, word.String())
			word.Reset()
		}
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && s[i+1] == ' ':
			word.WriteByte(' ')
			i++
		case s[i] == ' ' || s[i] == '\t' || s[i] == '\n':
			flush()
		default:
			word.WriteByte(s[i])
		}
	}
	flush()
	return list
}

// joinImages is the line that splitImages cuts into these.
func joinImages(list []string) string {
	escaped := make([]string, len(list))
	for i, s := range list {
		escaped[i] = strings.ReplaceAll(s, " ", `\ `)
	}
	return strings.Join(escaped, " ")
}
