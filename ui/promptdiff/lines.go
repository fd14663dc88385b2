package promptdiff

import (
	"strings"
	"unicode"

	"charm.land/lipgloss/v2"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Bounds of a comparison of several prompts.
const (
	maxTokens  = 600 // of each prompt
	maxContext = 12  // common words on either side of a difference, where there is no room for all
)

// Lines writes raw prompts that are compared, each in at most h lines of w columns, with the words in which it differs in their role.
// Where there is no room for all of a prompt, it leaves out words that all prompts share.
func Lines(raw []string, w, h int, look theme.Look) [][]string {
	prompts := make([]text.Safe, len(raw))
	for i, p := range raw {
		prompts[i] = Clean(p)
	}
	segments, similar := segment(prompts)
	lines := make([][]string, len(prompts))
	for i, p := range prompts {
		if !similar {
			segments = []promptSegment{{common: splitTokens(p)}} // a differing word is nothing special there
		}
		lines[i] = linesOf(i, segments, w, h, look)
	}
	return lines
}

// linesOf writes one of several prompts in at most h lines.
func linesOf(prompt int, segments []promptSegment, w, h int, look theme.Look) []string {
	lines, fits := wrapTokens(promptTokens(prompt, segments, maxTokens, look), w, h, look)
	for context := maxContext; !fits && context >= 0 && len(segments) > 1; context-- {
		lines, fits = wrapTokens(promptTokens(prompt, segments, context, look), w, h, look)
	}
	return lines
}

// promptSegment is a part of several prompts: words that all share, or what each has in their place.
type promptSegment struct {
	common   []Word
	variants [][]Word // by prompt; nil where all share the words
}

// splitTokens splits a prompt into words and the punctuation after them, so that "dusk." and "dusk" share a word.
func splitTokens(prompt text.Safe) []Word {
	var tokens []Word
	for _, w := range splitWords(prompt) {
		end := strings.TrimRightFunc(w.Text, unicode.IsPunct)
		if end == "" || end == w.Text {
			tokens = append(tokens, w)
			continue
		}
		tokens = append(tokens, Word{end, w.Spaced}, Word{w.Text[len(end):], false})
	}
	return tokens[:min(len(tokens), maxTokens)]
}

// segment splits prompts into what they share and where they differ. It reports false where they share too little to be shown as one
// text.
func segment(prompts []text.Safe) (segments []promptSegment, similar bool) {
	texts := make([][]Word, len(prompts))
	longest := 0
	for i, p := range prompts {
		texts[i] = splitTokens(p)
		longest = max(longest, len(texts[i]))
	}
	common := texts[0]
	for _, t := range texts[1:] {
		common = pick(common, commonWords(common, t))
	}
	if len(common)*10 < longest*3 || longest == 0 {
		return nil, false
	}
	next := make([]int, len(texts)) // by prompt: its first token that is in no segment yet
	places := make([][]int, len(texts))
	for i, t := range texts {
		places[i] = commonWords(t, common)
	}
	for k := range len(common) + 1 {
		s := promptSegment{variants: make([][]Word, len(texts))}
		differs := false
		for i, t := range texts {
			end := len(t)
			if k < len(common) {
				end = places[i][k]
			}
			s.variants[i] = t[next[i]:end]
			differs = differs || end > next[i]
			next[i] = end + 1
		}
		if differs {
			segments = append(segments, s)
		}
		if k < len(common) {
			segments = appendCommon(segments, common[k])
		}
	}
	return segments, true
}

// appendCommon appends a word that all prompts share.
func appendCommon(segments []promptSegment, w Word) []promptSegment {
	if n := len(segments); n > 0 && segments[n-1].variants == nil {
		segments[n-1].common = append(segments[n-1].common, w)
		return segments
	}
	return append(segments, promptSegment{common: []Word{w}})
}

// pick returns the words of a at some indices.
func pick(a []Word, indices []int) []Word {
	words := make([]Word, len(indices))
	for i, at := range indices {
		words[i] = a[at]
	}
	return words
}

// token is a word of the text about the differences, in its role.
type token struct {
	text   string
	role   *lipgloss.Style
	spaced bool // a space is before it
}

// promptTokens writes one of several prompts. It keeps context common words on either side of a difference.
func promptTokens(prompt int, segments []promptSegment, context int, look theme.Look) []token {
	st := &look.Styles
	var tokens []token
	for i, s := range segments {
		if s.variants != nil {
			tokens = append(tokens, wordTokens(s.variants[prompt], &st.Changed)...)
			continue
		}
		head, tail := context, context
		if i == 0 {
			head = 0
		}
		if i == len(segments)-1 {
			tail = 0
		}
		common := s.common
		if cut := len(common) - head - tail; cut > 1 && context < maxTokens {
			tokens = append(tokens, wordTokens(common[:head], &st.Text)...)
			tokens = append(tokens, token{string(look.Glyphs.Ellipsis), &st.Muted, true})
			common = common[len(common)-tail:]
		}
		tokens = append(tokens, wordTokens(common, &st.Text)...)
	}
	return tokens
}

func wordTokens(words []Word, role *lipgloss.Style) []token {
	tokens := make([]token, len(words))
	for i, w := range words {
		tokens[i] = token{w.Text, role, w.Spaced}
	}
	return tokens
}

// wrapTokens fills at most h lines of w columns. It reports false if there are more, of which it leaves out the rest.
func wrapTokens(tokens []token, w, h int, look theme.Look) (lines []string, fits bool) {
	var line strings.Builder
	used := 0
	for _, t := range tokens {
		said := text.Truncate(text.Safe(t.text), max(w, 1), look.Glyphs.Ellipsis)
		n, gap := text.Width(said), 0
		if t.spaced && used > 0 {
			gap = 1
		}
		if used > 0 && used+gap+n > w {
			if len(lines)+1 >= h {
				if used+text.Width(look.Glyphs.Ellipsis) <= w {
					line.WriteString(look.Styles.Muted.Render(string(look.Glyphs.Ellipsis)))
				}
				return append(lines, line.String()), false
			}
			lines = append(lines, line.String())
			line.Reset()
			used, gap = 0, 0
		}
		line.WriteString(strings.Repeat(" ", gap))
		line.WriteString(t.role.Render(string(said)))
		used += gap + n
	}
	return append(lines, line.String()), true
}
