package bisectview

import (
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/inputdiff"
	"tintype/ui/plan"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Draw draws the header, the pictures with their captions, how far the search is, and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	if s.is != nil {
		look := s.program.Look()
		c.Put(s.program.HeaderRow(), []string{s.header(s.program.HeaderRow().W, look)})
		for _, i := range s.inSight() {
			s.drawPanel(c, i, look)
		}
		r := s.layout.Differences
		row := 0
		for i, block := range s.blocks(r.W - 2) {
			if row+len(block) > r.H && i > 0 {
				continue // a part of a sentence says nothing
			}
			for _, line := range block[:min(len(block), r.H)] {
				c.Put(cell.Rect{X: r.X + 1, Y: r.Y + row, W: r.W - 2, H: 1}, []string{line})
				row++
			}
		}
	}
	s.program.DrawStatus(c)
}

// header says how many changes there are, and what the rest of the search costs at most.
func (s *Screen) header(w int, look theme.Look) string {
	left := look.Styles.Strong.Render("Bisect") + look.Styles.Text.Render("  "+format.Plural(len(s.is.Search.Changes), "change"))
	right := "found"
	if s.is.Plan != nil {
		right = s.price()
	}
	space := w - cell.Width(left) - cell.Width(right)
	if space < 2 {
		left = look.Styles.Strong.Render("Bisect")
		right = strings.TrimPrefix(right, "at most ")
		space = w - cell.Width(left) - cell.Width(right)
	}
	return left + strings.Repeat(" ", max(space, 1)) + look.Styles.Muted.Render(right)
}

// price says how many pictures are still to be bought at most, and what they cost.
func (s *Screen) price() string {
	return s.is.Agreement.Price(s.is.Search.Status(), s.program.IsFree(), s.isMade() || s.isBuying())
}

// drawPanel draws a picture and its caption.
func (s *Screen) drawPanel(c *cell.Canvas, i int, look theme.Look) {
	if i >= len(s.panels) || i >= len(s.layout.Cells) {
		return
	}
	p, at, under := s.panels[i], s.layout.Cells[i], s.layout.Captions[i]
	if p.key != "" {
		s.program.Preview().DrawThumb(c, p.thumb, look)
	} else {
		c.Put(cell.Rect{X: at.X, Y: at.Y + at.H/2, W: at.W, H: 1}, []string{look.Styles.Muted.Render(centred("not made yet", at.W))})
	}
	bar, style := " ", look.Styles.Text
	if i == s.chosen {
		bar, style = look.Styles.CursorRow.Render(look.Glyphs.Cursor), look.Styles.Strong
	}
	said := text.Truncate(text.Safe(look.Glyphs.Translate(s.caption(p))), max(under.W-2, 0), look.Glyphs.Ellipsis)
	c.Put(under, []string{bar + style.Render(string(said))})
}

// centred returns words in the middle of w columns.
func centred(words string, w int) string {
	return strings.Repeat(" ", max(0, (w-len(words))/2)) + words
}

// caption says which picture it is.
func (s *Screen) caption(p panel) string {
	switch {
	case p.gone:
		return p.name + " · its file is not here"
	case p.name != "new":
		return p.name
	}
	said := "new · with " + format.Count(len(s.is.Search.Status().Next)) + " of " + format.Count(len(s.is.Search.Changes))
	if cell := s.is.cell(); cell != nil && cell.State == plan.New && !s.isBuying() && cell.Estimate != nil && !s.program.IsFree() && !s.isFailed() {
		said += " · " + format.Dollars(cell.Estimate.USD)
	}
	return said
}

// sentence says what is to be done, or what was found.
func (s *Screen) sentence() (said string, style lipgloss.Style) {
	look := s.program.Look()
	state, status := s.newRow()
	cell := s.is.cell()
	switch {
	case s.is.Plan == nil && len(s.is.Search.Steps()) == 0:
		said, _ := s.is.Search.Told("")
		return said, look.Styles.Strong
	case s.is.Plan == nil:
		return s.is.Search.CauseSentence(), look.Styles.Strong
	case s.busy:
		return "The next picture is looked for.", look.Styles.Muted
	case cell.State == plan.Invalid:
		return "The next picture is not possible: " + string(text.CleanLine(cell.Why)) + ".", look.Styles.Failure
	case s.isMade():
		return "Is the new picture good or bad?", look.Styles.Strong
	case s.isFailed() && state != history.Done:
		if status == "" {
			status = "This picture was not made."
		}
		return string(text.CleanLine(status)), look.Styles.Failure
	case s.isBuying():
		if status == "" {
			status = "The new picture is being made."
		}
		return string(text.CleanLine(status)), look.Styles.Running
	case len(s.is.Search.Steps()) == 0:
		said, _ := s.is.Search.Told(s.price())
		return said, look.Styles.Strong
	}
	return "To go on: " + s.price() + ".", look.Styles.Strong
}

// blocks returns the text below the pictures: what is to be done, what the new picture has of the changes, and what was judged. Each block has the
// lines of what is said together.
func (s *Screen) blocks(w int) (blocks [][]string) {
	search := s.is.Search
	said, style := s.sentence()
	blocks = append(blocks, s.wrapped(said, style, w))
	if s.is.Plan == nil {
		blocks = append(blocks, s.changes("cause", search.Cause(), w))
		return s.withJudged(blocks, w)
	}
	if len(search.Steps()) == 0 && !s.isMade() && !s.isBuying() {
		if _, more := search.Told(""); more != "" {
			blocks = append(blocks, s.wrapped(more, s.program.Look().Styles.Text, w))
		}
	}
	if search.Warning != "" {
		blocks = append(blocks, s.wrapped(string(text.CleanLine(search.Warning)), s.program.Look().Styles.Question, w))
	}
	var with, without []inputdiff.Change
	for i, c := range search.Changes {
		if slices.Contains(search.Status().Next, i) {
			with = append(with, c)
		} else {
			without = append(without, c)
		}
	}
	blocks = append(blocks, s.changes("with", with, w), s.changes("without", without, w))
	return s.withJudged(blocks, w)
}

// wrapped returns a sentence in lines of w columns.
func (s *Screen) wrapped(words string, style lipgloss.Style, w int) (lines []string) {
	for _, line := range text.Wrap(text.Safe(s.program.Look().Glyphs.Translate(words)), max(w, 1)) {
		lines = append(lines, style.Render(string(line)))
	}
	return lines
}

// labelWidth is the columns of the labels before changes.
const labelWidth = 9

// changes returns a label and some changes, in at most two lines; none for no changes.
func (s *Screen) changes(label string, changes []inputdiff.Change, w int) []string {
	if len(changes) == 0 {
		return nil
	}
	look := s.program.Look()
	var parts []text.Safe
	for _, c := range changes {
		parts = append(parts, changeText(c.Text(), look.Glyphs))
	}
	return s.labelled(label, text.Join(parts, look.Glyphs.Separator), w)
}

// changeText returns a change whose own signs, and not those of the prompt, are in the terminal's glyphs.
func changeText(said string, glyphs theme.Glyphs) text.Safe {
	if rest, ok := strings.CutPrefix(said, "− "); ok {
		said = glyphs.Translate("−") + " " + rest
	}
	if before, after, ok := strings.Cut(said, " → "); ok {
		said = before + " " + glyphs.Translate("→") + " " + after
	}
	return text.CleanLine(said)
}

// labelled returns a label and words, in at most two lines.
func (s *Screen) labelled(label string, words text.Safe, w int) (lines []string) {
	look := s.program.Look()
	wrapped := text.Wrap(words, max(w-labelWidth, 1))
	const most = 2
	for i, line := range wrapped[:min(len(wrapped), most)] {
		if i == most-1 && len(wrapped) > most {
			line = text.Truncate(text.Join(wrapped[i:], " "), max(w-labelWidth, 1), look.Glyphs.Ellipsis)
		}
		lines = append(lines, look.Styles.Muted.Render(cell.Pad(label, labelWidth))+look.Styles.Text.Render(string(line)))
		label = ""
	}
	return lines
}

// withJudged adds the verdicts so far.
func (s *Screen) withJudged(blocks [][]string, w int) [][]string {
	steps := s.is.Search.Steps()
	if len(steps) == 0 {
		return blocks
	}
	said := make([]string, len(steps))
	for i, step := range steps {
		said[i] = map[bisect.Verdict]string{bisect.Good: "good", bisect.Bad: "bad", bisect.Skip: "cannot tell"}[step.Verdict]
	}
	return append(blocks, s.labelled("judged", text.Safe(strings.Join(said, ", ")), w))
}
