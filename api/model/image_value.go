package model

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestPath bounds a path on this disk, in bytes.
const longestPath = 4096

// isPicture accepts what can stand for an input image: what the providers fetch
// by themselves, and a path on this disk. Whether anything is there is for those
// to find out who read files.
func isPicture(s string) bool { return isURL(s) || IsPath(s) }

// IsPath tells whether an input image is meant as a path on this disk, rather
// than as a URL or a data: URI. A word with another scheme (ftp://…) is neither.
func IsPath(s string) bool {
	return strings.TrimSpace(s) != "" && len(s) <= longestPath && utf8.ValidString(s) &&
		!strings.Contains(s, "://") && !begins(s, "data:") && !strings.ContainsFunc(s, unicode.IsControl)
}

// isURL accepts what the providers fetch by themselves.
func isURL(s string) bool {
	return begins(s, "https://") || begins(s, "http://") || begins(s, "data:")
}

// begins tells whether s begins with a scheme, in any case, and goes on.
func begins(s, scheme string) bool {
	return len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme)
}

// splitPictures cuts a line at its spaces; those that belong to a path stand
// behind a backslash, as a shell writes them.
func splitPictures(s string) []string {
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

// joinPictures is the line that splitPictures cuts into these.
func joinPictures(list []string) string {
	escaped := make([]string, len(list))
	for i, s := range list {
		escaped[i] = strings.ReplaceAll(s, " ", `\ `)
	}
	return strings.Join(escaped, " ")
}
