package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
)

// Clean makes outside text safe and keeps its line breaks (\n; \r\n and the Unicode separators become \n).
func Clean(s string) Safe { return clean(s, '\n') }

// CleanLine makes outside text safe as one line: each line break becomes a space.
func CleanLine(s string) Safe { return clean(s, ' ') }

// Join puts safe parts together with sep between them; the whole obeys the same rules again.
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
	if plain(s) {
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
		r = shown(r, lineBreak)
		if r < 0 {
			continue
		}
		if b.Len()+utf8.RuneLen(r) > MaxBytes {
			break
		}
		b.WriteRune(r)
	}
	return Safe(boundClusters(b.String()))
}

// plain says that s holds printable ASCII alone, as most text does: it needs no copy.
func plain(s string) bool {
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

// shown is what stands for r in safe text, or -1 where nothing does.
func shown(r, lineBreak rune) rune {
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
	case hidden(r):
		return -1
	case nonCharacter(r):
		return utf8.RuneError
	}
	return r
}

// hidden says that r draws nothing of its own, or something that only this machine's fonts know.
func hidden(r rune) bool {
	if r < 0xad {
		return false
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r >= 0xe0000 && r <= 0xe0fff
}

// nonCharacter says that r is one of the 66 code points that Unicode never assigns.
func nonCharacter(r rune) bool { return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef }

// boundClusters cuts each grapheme cluster to MaxCluster code points. A cut may let two clusters grow together, so it
// goes on until nothing is left to cut; each further round has at most half the cuts of the one before.
func boundClusters(s string) string {
	for {
		cut, changed := boundOnce(s)
		if !changed {
			return s
		}
		s = cut
	}
}

func boundOnce(s string) (string, bool) {
	var b strings.Builder
	kept := 0 // bytes of s that are in b
	for it := graphemes.FromString(s); it.Next(); {
		over := pastCluster(it.Value())
		if over < 0 {
			continue
		}
		b.WriteString(s[kept : it.Start()+over])
		kept = it.End()
	}
	if kept == 0 {
		return s, false
	}
	b.WriteString(s[kept:])
	return b.String(), true
}

// pastCluster is the byte at which a cluster's first code point too many stands, or -1.
func pastCluster(cluster string) int {
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
