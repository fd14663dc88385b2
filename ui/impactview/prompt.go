package impactview

import (
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/ui/text"
)

// A word of the prompt as it is drawn.
type word struct {
	text   text.Safe
	style  lipgloss.Style
	cursor bool // it is of the part under the cursor
	glued  bool // no blank is before it
}

// A line of the prompt.
type line struct {
	styled    string
	hasCursor bool
}

// promptLines returns the prompt in lines of w columns. Behind each part is its impact: "a red fox[1.24]".
func (s *Screen) promptLines(w int) (lines []line) {
	var now line
	used := 0
	look := s.program.Look()
	words := fitting(s.words(), w)
	for i, word := range words {
		if word.text == "" {
			continue
		}
		said := word.text
		blank := " "
		if word.glued || used == 0 {
			blank = ""
		}
		if used > 0 && !word.glued && used+len(blank)+widthOf(words[i:]) > w || used+text.Width(said) > w {
			lines, now, used, blank = append(lines, now), line{}, 0, ""
		}
		drawn := word.style.Render(string(said))
		if word.cursor {
			drawn = look.Styles.Match(string(said), true)
		}
		now.styled += blank + drawn
		now.hasCursor = now.hasCursor || word.cursor
		used += len(blank) + text.Width(said)
	}
	return append(lines, now)
}

// fitting returns the words, of which those that are wider than w are in pieces.
func fitting(words []word, w int) (all []word) {
	for _, long := range words {
		if text.Width(long.text) <= w {
			all = append(all, long)
			continue
		}
		for i, piece := range text.Wrap(long.text, w) {
			part := long
			part.text, part.glued = piece, long.glued || i > 0
			all = append(all, part)
		}
	}
	return all
}

// widthOf returns the width of the first word of some, with those that are glued to it.
func widthOf(words []word) int {
	w := text.Width(words[0].text)
	for _, next := range words[1:] {
		if !next.glued {
			break
		}
		w += text.Width(next.text)
	}
	return w
}

// words returns the words of the prompt. What is not a part, and what has no effect, is muted.
func (s *Screen) words() (all []word) {
	prompt, look, at := s.shown.Of.Prompt(), s.program.Look(), 0
	rest := look.Styles.Muted
	for i, part := range s.shown.Experiment.Parts {
		if part.From < at || part.To > len(prompt) {
			continue // within the one before
		}
		m := s.shown.Result.Parts[i]
		all = appendWords(all, prompt[at:part.From], word{style: rest})
		all = appendWords(all, prompt[part.From:part.To], word{style: style(m, look), cursor: len(s.order) > 0 && s.order[s.row] == i})
		all = append(all, word{text: text.Safe("[" + number(m) + "]"), style: rest, glued: true})
		at = part.To
	}
	return appendWords(all, prompt[at:], word{style: rest})
}

// appendWords appends the words of a piece of the prompt, drawn like one of them.
func appendWords(all []word, raw string, like word) []word {
	piece := string(text.CleanLine(raw))
	for i, said := range strings.Fields(piece) {
		w := like
		w.text, w.glued = text.Safe(said), i == 0 && !strings.HasPrefix(piece, " ") && len(all) > 0 && !endsInBlank(all)
		all = append(all, w)
	}
	if len(all) > 0 && strings.HasSuffix(piece, " ") {
		all = append(all, word{}) // the next one is not glued
	}
	return all
}

// endsInBlank reports whether a blank was behind the last word.
func endsInBlank(all []word) bool { return all[len(all)-1].text == "" }
