package impactview

import (
	"strings"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// A word of the prompt as it is drawn.
type word struct {
	text  text.Safe
	part  int  // that it is of; -1: none, and it is muted
	glued bool // no blank is before it
}

// A wrapped prompt has its words in lines of some width.
type wrapped struct {
	w     int
	lines [][]word
}

// promptLines returns the prompt in lines of w columns. Behind each part is its impact: "a red fox[1.24]".
func (s *Screen) promptLines(w int) [][]word {
	if s.prompt.w != w || s.prompt.lines == nil {
		s.prompt = wrapped{w, wrap(fitting(s.words(), w), w)}
	}
	return s.prompt.lines
}

// wrap puts words into lines of w columns.
func wrap(words []word, w int) (lines [][]word) {
	var line []word
	used := 0
	for i, word := range words {
		if word.text == "" {
			continue
		}
		blank := 1
		if word.glued || used == 0 {
			blank = 0
		}
		width := text.Width(word.text)
		if used > 0 && !word.glued && used+blank+widthOf(words[i:]) > w || used+width > w {
			lines, line, used, blank = append(lines, line), nil, 0, 0
		}
		line = append(line, word)
		used += blank + width
	}
	return append(lines, line)
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

// noPart is the part of a word that is of none.
const noPart = -1

// words returns the words of the prompt, with the impact of each part behind it.
func (s *Screen) words() (all []word) {
	prompt, at := s.shown.Of.Prompt(), 0
	for i, part := range s.shown.Experiment.Parts {
		if part.From < at || part.To > len(prompt) {
			continue // within the one before
		}
		all = appendWords(all, prompt[at:part.From], noPart)
		all = appendWords(all, prompt[part.From:part.To], i)
		all = append(all, word{text: text.Safe("[" + number(s.shown.Result.Parts[i]) + "]"), part: noPart, glued: true})
		at = part.To
	}
	return appendWords(all, prompt[at:], noPart)
}

// appendWords appends the words of a piece of the prompt, which are of a part.
func appendWords(all []word, raw string, part int) []word {
	piece := string(text.CleanLine(raw))
	for i, said := range strings.Fields(piece) {
		glued := i == 0 && !strings.HasPrefix(piece, " ") && len(all) > 0 && !endsInBlank(all)
		all = append(all, word{text.Safe(said), part, glued})
	}
	if len(all) > 0 && strings.HasSuffix(piece, " ") {
		all = append(all, word{}) // the next one is not glued
	}
	return all
}

// endsInBlank reports whether a blank was behind the last word.
func endsInBlank(all []word) bool { return all[len(all)-1].text == "" }

// styled returns a line of the prompt as it is drawn, each part with the blanks between its words. What is not a part, and what has no effect, is
// muted.
func (s *Screen) styled(line []word, look theme.Look) (drawn string) {
	run, part := "", noPart
	end := func() {
		switch {
		case run == "":
		case part == noPart:
			drawn += look.Styles.Muted.Render(run)
		case part == s.part():
			drawn += look.Styles.Match(run, true)
		default:
			drawn += style(s.shown.Result.Parts[part], look).Render(run)
		}
		run = ""
	}
	for i, word := range line {
		blank := ""
		if i > 0 && !word.glued {
			blank = " "
		}
		if word.part != part {
			end()
			drawn += blank
			blank, part = "", word.part
		}
		run += blank + string(word.text)
	}
	end()
	return drawn
}

// hasCursor reports whether words of the part under the cursor are in a line.
func (s *Screen) hasCursor(line []word) bool {
	for _, word := range line {
		if word.part != noPart && word.part == s.part() {
			return true
		}
	}
	return false
}
