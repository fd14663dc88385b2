package model

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxPathBytes is the longest accepted path of an input image, in bytes (PATH_MAX on Linux).
const maxPathBytes = 4096

// isImageValue reports whether a text can be an input image: a URL or data: URI for the provider, or a path on this
// machine. Whether the file exists is not checked here.
func isImageValue(s string) bool { return isURL(s) || IsPath(s) }

// IsPath reports whether an input image is a path on this machine, rather than a URL or a data: URI. A text with any
// other scheme (ftp://…) is neither.
func IsPath(s string) bool {
	return strings.TrimSpace(s) != "" && len(s) <= maxPathBytes && utf8.ValidString(s) &&
		!strings.Contains(s, "://") && !hasScheme(s, "data:") && !strings.ContainsFunc(s, unicode.IsControl)
}

// IsImage reports whether a name is that of an input image, or of several, in some model of the catalogue.
func IsImage(name string) bool {
	return slices.ContainsFunc(catalogue, func(m Model) bool {
		p, ok := m.Parameter(name)
		return ok && p.IsImage()
	})
}

// IsImage reports whether the parameter takes an input image, or several.
func (p Parameter) IsImage() bool { return p.Type == Image || p.Type == Images }

// PathIn returns an input image as a file in a folder means it: a relative path is one from that folder. An absolute path, one from the home
// folder (~/), a URL and a data: URI stay as they are, and so does all if the folder is "".
func PathIn(folder, s string) string {
	if folder == "" || !IsPath(s) || filepath.IsAbs(s) || strings.HasPrefix(s, "~/") || hasScheme(s, "file:") {
		return s
	}
	return filepath.Join(folder, s)
}

// isURL reports whether the providers can fetch an input image themselves.
func isURL(s string) bool {
	return hasScheme(s, "https://") || hasScheme(s, "http://") || hasScheme(s, "data:")
}

// hasScheme reports whether s is a scheme, in any case, followed by something.
func hasScheme(s, scheme string) bool {
	return len(s) > len(scheme) && strings.EqualFold(s[:len(scheme)], scheme)
}

// splitImages splits a line at spaces. Spaces within a path are escaped with a backslash, as in a shell.
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

// joinImages is the inverse of splitImages.
func joinImages(list []string) string {
	escaped := make([]string, len(list))
	for i, s := range list {
		escaped[i] = strings.ReplaceAll(s, " ", `\ `)
	}
	return strings.Join(escaped, " ")
}
