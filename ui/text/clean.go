package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Clean makes outside text safe and keeps its line breaks: \r\n and the Unicode separators become \n.
func Clean(s string) Safe { return clean(s, '\n') }

// CleanLine makes outside text safe as one line: each line break becomes a space.
func CleanLine(s string) Safe { return clean(s, ' ') }

// Join concatenates safe parts with sep between them. The result follows the same rules.
func Join(parts []Safe, sep Safe) Safe {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString(string(sep))
		}
		b.WriteString(string(p))
	}
	return Clean(b.String())
}

func clean(s string, lineBreak rune) Safe {
	if isPrintableASCII(s) {
		return Safe(s)
	}
	var b strings.Builder
	b.Grow(min(len(s), MaxBytes))
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == '\r' && i+1 < len(s) && s[i+1] == '\n' {
			r, size = '\n', 2
		}
		i += size
		r = replacement(r, lineBreak)
		if r < 0 {
			continue
		}
		if b.Len()+utf8.RuneLen(r) > MaxBytes {
			break
		}
		b.WriteRune(r)
	}
	return Safe(limitClusters(b.String()))
}

// isPrintableASCII reports whether s is printable ASCII and short enough, as most text is. It then needs no copy.
func isPrintableASCII(s string) bool {
	if len(s) > MaxBytes {
		return false
	}
	for i := range len(s) {
		if s[i] < 0x20 || s[i] > 0x7e {
			return false
		}
	}
	return true
}

// replacement returns the character that stands for r in safe text, or -1 for none.
func replacement(r, lineBreak rune) rune {
	switch {
	case r >= 0x20 && r < 0x7f:
		return r
	case r == '\n', r == '\u2028', r == '\u2029':
		return lineBreak
	case r == '\t':
		return ' '
	case r < 0x20:
		return 0x2400 + r
	case r == 0x7f:
		return '␡'
	case r < 0xa0:
		return utf8.RuneError
	case r == '\u200d':
		return r
	case isInvisible(r):
		return -1
	case isNonCharacter(r):
		return utf8.RuneError
	}
	return r
}

// isInvisible reports whether r draws nothing, or something that depends on the installed fonts.
func isInvisible(r rune) bool {
	if r < 0xad {
		return false
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r >= 0xe0000 && r <= 0xe0fff
}

// isNonCharacter reports whether r is one of the 66 code points that Unicode never assigns.
func isNonCharacter(r rune) bool { return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef }

// limitClusters cuts each grapheme cluster to MaxCluster code points. A cut may merge two clusters, so it repeats until
// nothing is left to cut. Each round has at most half as many cuts as the one before.
func limitClusters(s string) string {
	for {
		limited, changed := limitClustersOnce(s)
		if !changed {
			return s
		}
		s = limited
	}
}

func limitClustersOnce(s string) (string, bool) {
	var b strings.Builder
	copied := 0 // bytes of s already in b
	for it := graphemes.FromString(s); it.Next(); {
		over := overflowIndex(it.Value())
		if over < 0 {
			continue
		}
		b.WriteString(s[copied : it.Start()+over])
		copied = it.End()
	}
	if copied == 0 {
		return s, false
	}
	b.WriteString(s[copied:])
	return b.String(), true
}

// overflowIndex returns the byte offset of the first code point beyond MaxCluster, or -1.
func overflowIndex(cluster string) int {
	if len(cluster) <= MaxCluster {
		return -1
	}
	n := 0
	for i := range cluster {
		if n == MaxCluster {
			return i
		}
		n++
	}
	return -1
}
