package history

import (
	"unicode"
	"unicode/utf8"
)

// fuzzyContains reports whether text contains something similar to word: with a few letters wrong, missing or added, or a
// single word from which letters were omitted ("lthouse" for "lighthouse").
func fuzzyContains(text []byte, word string) bool {
	return containsWithErrors(text, word, allowedErrors(utf8.RuneCountInString(word))) || containsAbbreviated(text, word)
}

// allowedErrors returns how many letters of a word may be wrong. With an error, a short word would match everything.
func allowedErrors(letters int) int {
	switch {
	case letters < 4:
		return 0
	case letters < 8:
		return 1
	}
	return 2
}

// containsWithErrors reports whether text contains word with at most limit edits, limit ≤ 2. It is the bit-parallel search of
// Wu and Manber ("Fast text searching allowing errors", CACM 35(10), 1992): bit i of state[e] is set when the first i+1 letters
// match here with at most e errors.
func containsWithErrors(text []byte, word string, limit int) bool {
	letters := []rune(word)
	if len(letters) > 63 || len(letters) <= limit {
		return false
	}
	var ascii [utf8.RuneSelf]uint64
	other := map[rune]uint64{}
	for i, r := range letters {
		if r < utf8.RuneSelf {
			ascii[r] |= 1 << i
		} else {
			other[r] |= 1 << i
		}
	}
	end := uint64(1) << (len(letters) - 1)
	var state [3]uint64
	for e := range state {
		state[e] = 1<<e - 1
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		i += n
		mask := other[r]
		if r < utf8.RuneSelf {
			mask = ascii[r]
		}
		before := state[0]
		state[0] = (state[0]<<1 | 1) & mask
		for e := 1; e <= limit; e++ {
			was := state[e]
			state[e] = (was<<1|1)&mask | before | before<<1 | state[e-1]<<1 | 1
			before = was
		}
		if state[limit]&end != 0 {
			return true
		}
	}
	return false
}

// containsAbbreviated reports whether a word of text has the same first letter as word and contains its other letters in order.
// Words of fewer than three letters would match everywhere.
func containsAbbreviated(text []byte, word string) bool {
	letters := []rune(word)
	if len(letters) < 3 {
		return false
	}
	next, inside := 0, false // next is how many letters this word of text has matched, or -1 after a wrong first one
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		i += n
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			next, inside = 0, false
			continue
		}
		if !inside {
			inside = true
			next = -1
			if r == letters[0] {
				next = 1
			}
			continue
		}
		if next > 0 && r == letters[next] {
			if next++; next == len(letters) {
				return true
			}
		}
	}
	return false
}
