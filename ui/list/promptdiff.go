package list

import (
	"slices"
	"strings"
	"unicode"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// comparedTokens bounds the words of a prompt that are set against another's.
const comparedTokens = 600

// span of prompts: words that all have, or what each has in their place.
type promptPart struct {
	same   []word
	others [][]word // by prompt; nil where all have the same
}

// tokens parts a prompt into words, with the marks at a word's end by themselves: "dusk." and "sunrise." share one.
func tokens(prompt text.Safe) []word {
	var parts []word
	for _, w := range splitWords(prompt) {
		end := strings.TrimRightFunc(w.text, unicode.IsPunct)
		if end == "" || end == w.text {
			parts = append(parts, w)
			continue
		}
		parts = append(parts, word{end, w.spaced}, word{w.text[len(end):], false})
	}
	return parts[:min(len(parts), comparedTokens)]
}

// PartPrompts sets prompts beside each other; alike is false where they share too little for that to say anything.
func PartPrompts(prompts []text.Safe) (parts []promptPart, alike bool) {
	texts := make([][]word, len(prompts))
	longest := 0
	for i, p := range prompts {
		texts[i] = tokens(p)
		longest = max(longest, len(texts[i]))
	}
	common := texts[0]
	for _, t := range texts[1:] {
		common = picked(common, commonOf(common, t))
	}
	if len(common)*10 < longest*3 || longest == 0 {
		return nil, false
	}
	at := make([]int, len(texts)) // the first word of each that has not been told
	places := make([][]int, len(texts))
	for i, t := range texts {
		places[i] = commonOf(t, common)
	}
	for k := range len(common) + 1 {
		part := promptPart{others: make([][]word, len(texts))}
		differs := false
		for i, t := range texts {
			end := len(t)
			if k < len(common) {
				end = places[i][k]
			}
			part.others[i] = t[at[i]:end]
			differs = differs || end > at[i]
			at[i] = end + 1
		}
		if differs {
			parts = append(parts, part)
		}
		if k < len(common) {
			parts = withSame(parts, common[k])
		}
	}
	return parts, true
}

// withSame appends a word that all have.
func withSame(parts []promptPart, w word) []promptPart {
	if n := len(parts); n > 0 && parts[n-1].others == nil {
		parts[n-1].same = append(parts[n-1].same, w)
		return parts
	}
	return append(parts, promptPart{same: []word{w}})
}

// picked are the words of a at some places.
func picked(a []word, places []int) []word {
	words := make([]word, len(places))
	for i, at := range places {
		words[i] = a[at]
	}
	return words
}

// bit is a word of a line about prompts, drawn in one weight.
type bit struct {
	text   string
	kind   bitKind
	spaced bool
}

type bitKind int

const (
	inkBit     bitKind = iota // what all have
	changedBit                // what differs
	softBit                   // our own letters and brackets
)

// KeptAround is how many words stand at most before and after what differs where the prompts are too long to be told
// whole; AllWords leaves none out.
const (
	KeptAround = 3
	AllWords   = 1 << 20
)

// BitsOf writes parts as one line: "at [A sunrise | B dusk]."; of what is the same, so many words around a difference.
func BitsOf(parts []promptPart, around int, ellipsis string) []bit {
	var bits []bit
	for i, part := range parts {
		if part.others != nil {
			bits = append(bits, bracket(part.others)...)
			continue
		}
		same := part.same
		head, tail := around, around
		if i == 0 {
			head = 0
		}
		if i == len(parts)-1 {
			tail = 0
		}
		if cut := len(same) - head - tail; around < AllWords && cut > 1 {
			bits = append(bits, wordBits(same[:head], inkBit)...)
			bits = append(bits, bit{ellipsis, softBit, true})
			same = same[len(same)-tail:]
		}
		bits = append(bits, wordBits(same, inkBit)...)
	}
	return bits
}

func wordBits(words []word, kind bitKind) []bit {
	bits := make([]bit, len(words))
	for i, w := range words {
		bits[i] = bit{w.text, kind, w.spaced}
	}
	return bits
}

// bracket is what prompts have in one place: "[A sunrise | B C dusk]". Those that have nothing there are left out.
func bracket(others [][]word) []bit {
	var bits []bit
	told := make([]bool, len(others))
	for i, words := range others {
		if told[i] || len(words) == 0 {
			continue
		}
		if len(bits) > 0 {
			bits = append(bits, bit{"|", softBit, true})
		}
		for j := i; j < len(others); j++ {
			if slices.EqualFunc(words, others[j], func(a, b word) bool { return a.text == b.text }) {
				told[j] = true
				bits = append(bits, bit{Letter(j), softBit, true})
			}
		}
		own := wordBits(words, changedBit)
		own[0].spaced = true
		bits = append(bits, own...)
	}
	bits[0].text = "[" + bits[0].text
	bits[0].spaced = startsSpaced(others)
	return append(bits, bit{"]", softBit, false})
}

// startsSpaced tells whether a space stands before what differs.
func startsSpaced(others [][]word) bool {
	for _, words := range others {
		if len(words) > 0 {
			return words[0].spaced
		}
	}
	return false
}

// BreakBits fills lines of w columns with bits.
func BreakBits(bits []bit, w int, st theme.Styles, ellipsis text.Safe) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for _, b := range bits {
		said := text.Truncate(text.Safe(b.text), max(w, 1), ellipsis)
		n, gap := text.Width(said), 0
		if b.spaced && used > 0 {
			gap = 1
		}
		if used > 0 && used+gap+n > w {
			lines = append(lines, line.String())
			line.Reset()
			used, gap = 0, 0
		}
		line.WriteString(strings.Repeat(" ", gap))
		line.WriteString(bitStyle(st, b.kind).Render(string(said)))
		used += gap + n
	}
	return append(lines, line.String())
}
