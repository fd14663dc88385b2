package pictures

import (
	"strconv"
	"strings"
	"unicode"
)

// Limits in bytes.
const (
	nameLimit = 100
	slugLimit = 44 // of the part that is made from the prompt
	keyLimit  = 26
)

// fileName returns a picture's name: date, words of the prompt, key, number if there are several, extension. It has at most
// nameLimit bytes of a-z, 0-9 and "-", the same on every system, and nothing in it comes from a server. attempt counts the names
// before it that other files have.
func fileName(t Target, attempt int, ext string) string {
	parts := []string{keepPlain(t.Key, keyLimit)}
	if t.Count > 1 || t.Index > 0 {
		parts = append(parts, strconv.Itoa(t.Index+1))
	}
	if attempt > 0 {
		parts = append(parts, "again", strconv.Itoa(attempt+1))
	}
	day, end := t.Created.Format("2006-01-02")+"-", "-"+strings.Join(parts, "-")+ext
	return day + slug(t.Prompt, min(slugLimit, nameLimit-len(day)-len(end))) + end
}

// slug returns the first words of a prompt in plain letters, as many as fit the limit; "picture" when there are none.
func slug(prompt string, limit int) string {
	var words []string
	length := 0
	for word := range strings.FieldsFuncSeq(prompt, separatesWords) {
		word = keepPlain(word, limit)
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

func separatesWords(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’'
}

// latinLetters replaces letters that have an obvious plain form.
var latinLetters = strings.NewReplacer("ä", "a", "à", "a", "á", "a", "â", "a", "ã", "a", "å", "a", "æ", "ae", "ç", "c", "è", "e", "é", "e",
	"ê", "e", "ë", "e", "ì", "i", "í", "i", "î", "i", "ï", "i", "ñ", "n", "ò", "o", "ó", "o", "ô", "o", "õ", "o", "ö", "o",
	"ø", "o", "œ", "oe", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ý", "y", "ÿ", "y", "ß", "ss", "š", "s", "ž", "z", "č", "c",
	"ć", "c", "đ", "d", "ł", "l", "ń", "n", "ś", "s", "ź", "z", "ż", "z", "ě", "e", "ř", "r", "ů", "u")

// keepPlain returns the letters a-z and the digits of s, at most limit of them.
func keepPlain(s string, limit int) string {
	var b strings.Builder
	for _, r := range latinLetters.Replace(strings.ToLower(s)) {
		if (r >= 'a' && r <= 'z' || r >= '0' && r <= '9') && b.Len() < limit {
			b.WriteRune(r)
		}
	}
	return b.String()
}
