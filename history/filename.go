package history

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

const (
	nameLimit = 100 // how long a picture's name may be
	slugLimit = 44  // how much of that comes from its prompt
)

// pictureName names a picture: date, prompt, key, which of several, kind; at most 100 bytes of a-z, 0-9 and "-", the same on
// every system. Nothing in it comes from a server. again is 0, or counts the names that were taken.
func pictureName(made time.Time, prompt, key string, output, outputs, again int, ext string) string {
	parts := []string{plain(key, 26)}
	if outputs > 1 || output > 0 {
		parts = append(parts, strconv.Itoa(output+1))
	}
	if again > 0 {
		parts = append(parts, "again", strconv.Itoa(again+1))
	}
	day, end := made.Format("2006-01-02")+"-", "-"+strings.Join(parts, "-")+ext
	return day + slug(prompt, min(slugLimit, nameLimit-len(day)-len(end))) + end
}

// slug makes a prompt part of a file's name: its words as they are in plain letters, as many as fit the limit; "picture" where
// none are.
func slug(prompt string, limit int) string {
	var words []string
	length := 0
	for word := range strings.FieldsFuncSeq(prompt, notInName) {
		word = plain(word, limit)
		if word == "" {
			continue
		}
		if length += len(word) + 1; length > limit+1 {
			break
		}
		words = append(words, word)
	}
	if len(words) == 0 {
		return "picture"
	}
	return strings.Join(words, "-")
}

func notInName(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
}

// latin are letters whose plain form is clear.
var latin = strings.NewReplacer("ä", "a", "à", "a", "á", "a", "â", "a", "ã", "a", "å", "a", "æ", "ae", "ç", "c", "è", "e", "é", "e",
	"ê", "e", "ë", "e", "ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o",
	"ø", "o", "œ", "oe", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y", "ÿ", "y", "ß", "ss", "š", "s", "ž", "z", "č", "c",
	"ć", "c", "đ", "d", "ł", "l", "ń", "n", "ś", "s", "ź", "z", "ż", "z", "ě", "e", "ř", "r", "ů", "u")

// plain keeps the letters a-z and the digits of s, at most limit of them.
func plain(s string, limit int) string {
	var b strings.Builder
	for _, r := range latin.Replace(strings.ToLower(s)) {
		if (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') && b.Len() < limit {
			b.WriteRune(r)
		}
	}
	return b.String()
}
