package ui

import (
	"strings"

	"tintype/ui/cell"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// decisionLines are the lines of a dialog of letters, at most h: where there is little room the blank lines go first, then
// the end of the text, and its answers never.
func (m *Model) decisionLines(d *decisionDialog, w, h int, st theme.Styles) []string {
	head := []string{" " + st.Strong.Render(m.look.Glyphs.Say(d.title))}
	body, answers := m.decisionText(d, w, st), m.decisionAnswers(d, w, st)
	blank := []string{""}
	if len(head)+len(body)+len(answers)+2 > h {
		blank = nil
		body = body[:max(0, min(h-len(head)-len(answers), len(body)))]
	}
	var lines []string
	for _, part := range [][]string{head, blank, body, blank, answers} {
		lines = append(lines, part...)
	}
	for i, line := range lines {
		if pad := w - cell.Width(line); pad > 0 {
			lines[i] = line + st.Raise.Render(strings.Repeat(" ", pad))
		}
	}
	return lines
}

// decisionText is what a dialog says, wrapped.
func (m *Model) decisionText(d *decisionDialog, w int, st theme.Styles) []string {
	var lines []string
	say := func(paragraphs []string) {
		for _, s := range paragraphs {
			for _, line := range text.Wrap(text.Safe(m.look.Glyphs.Say(s)), max(w-2, 1)) {
				lines = append(lines, " "+st.Ink.Render(string(line)))
			}
		}
	}
	say(d.text)
	if d.code != "" {
		lines = append(lines, "   "+st.Strong.Render(m.look.Glyphs.Say(d.code)))
	}
	say(d.after)
	return lines
}

// decisionColumn is how wide the keys of a dialog's answers are.
const decisionColumn = 5

// decisionAnswers are a dialog's keys and what they do, wrapped behind the keys.
func (m *Model) decisionAnswers(d *decisionDialog, w int, st theme.Styles) []string {
	var lines []string
	for _, a := range d.answers {
		key := text.Safe(a.key)
		for _, line := range text.Wrap(text.Safe(m.look.Glyphs.Say(a.word)), max(w-decisionColumn-2, 1)) {
			lines = append(lines, " "+st.Key.Render(string(text.PadRight(key, decisionColumn)))+st.Soft.Render(string(line)))
			key = ""
		}
	}
	return lines
}
