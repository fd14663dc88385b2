package impactview

import (
	"fmt"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/impact"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Draw draws the header, the prompt, the list, the picture and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	if s.shown != nil {
		look, l := s.program.Look(), s.layout()
		c.Put(s.program.HeaderRow(), []string{s.header(s.program.HeaderRow().W, look)})
		s.drawPrompt(c, l.prompt, look)
		s.drawRows(c, l.rows, look)
		if l.noise.H > 0 {
			c.Put(l.noise, s.noiseLines(l.noise.W))
		}
		s.drawPicture(c, l, look)
	}
	s.program.DrawStatus(c)
}

// header says what was measured, and what the numbers mean.
func (s *Screen) header(w int, look theme.Look) string {
	title, how := "Impact", "  "+format.Plural(len(s.order), string(s.shown.By))
	if n := s.shown.Experiment.Seeds; s.shown.Experiment.Seedless {
		how += fmt.Sprintf(" × %d pictures", n)
	} else {
		how += " × " + format.Plural(n, "seed")
	}
	line := look.Styles.Strong.Render(title) + look.Styles.Text.Render(look.Glyphs.Translate(how))
	unit := s.shown.Result.UnitName()
	for _, right := range []string{"1.00 is as much as " + unit, "1 = " + unit, ""} {
		if space := w - cell.Width(line) - len(right); space >= 2 {
			return line + strings.Repeat(" ", space) + look.Styles.Muted.Render(right)
		}
	}
	return line
}

// noiseLines returns below what nothing can be seen.
func (s *Screen) noiseLines(w int) (lines []string) {
	look := s.program.Look()
	for _, line := range text.Wrap(text.Safe(s.shown.Result.NoiseSentence()), max(w, 1)) {
		lines = append(lines, look.Styles.Muted.Render(string(line)))
	}
	return lines
}

// number returns the impact of a part in a few letters: "1.24", "none", "?".
func number(m impact.Impact) string {
	switch {
	case m.Seeds == 0:
		return "?"
	case !m.Seen:
		return "none"
	}
	return fmt.Sprintf("%.2f", m.Impact)
}

// strongImpact is the impact from which on a part is bold: as much as another seed.
const strongImpact = 1

// style returns how a part is drawn. Its number says the same.
func style(m impact.Impact, look theme.Look) lipgloss.Style {
	switch {
	case m.Seeds == 0 || !m.Seen:
		return look.Styles.Muted
	case m.Impact >= strongImpact:
		return look.Styles.Strong
	}
	return look.Styles.Text
}

// drawPrompt draws as much of the marked prompt as there is room for, with the part under the cursor.
func (s *Screen) drawPrompt(c *cell.Canvas, r cell.Rect, look theme.Look) {
	if r.Empty() {
		return
	}
	lines := s.promptLines(r.W)
	first := 0
	if i := slices.IndexFunc(lines, s.hasCursor); i >= 0 {
		first = max(0, min(i-r.H/2, len(lines)-r.H))
	}
	for i := range min(r.H, len(lines)-first) {
		c.Put(cell.Rect{X: r.X, Y: r.Y + i, W: r.W, H: 1}, []string{s.styled(lines[first+i], look)})
	}
}

// The columns of a row: the cursor, the number, the bar, the range, the part.
const (
	numberWidth   = 4
	narrowMiddle  = len("no effect seen")
	rangeWidth    = len("0.00–0.00") - 2 // the dash is one column
	roomForRanges = 54
)

// drawRows draws the list of parts.
func (s *Screen) drawRows(c *cell.Canvas, r cell.Rect, look theme.Look) {
	for i := range min(r.H, len(s.order)-s.top) {
		c.Put(cell.Rect{X: r.X, Y: r.Y + i, W: r.W, H: 1}, []string{s.rowLine(s.top+i, r.W, look)})
	}
}

// rowLine returns a row: "▌1.24  ━━━━╾──── 0.90–1.60  at dusk".
func (s *Screen) rowLine(row, w int, look theme.Look) string {
	part := s.order[row]
	m := s.shown.Result.Parts[part]
	bar, st := " ", style(m, look)
	if row == s.row {
		bar = look.Styles.CursorRow.Render(look.Glyphs.Cursor)
	}
	middle, said := narrowMiddle, fmt.Sprintf("%.2f", m.Impact)
	if m.Seeds == 0 {
		said = number(m)
	}
	if w >= roomForRanges {
		middle += 1 + rangeWidth
	}
	line := bar + st.Render(fmt.Sprintf("%*s", numberWidth, said)) + " "
	switch {
	case m.Seeds == 0:
		line += look.Styles.Muted.Render(fmt.Sprintf("%-*s", middle, m.Missing()))
	case !m.Seen:
		line += look.Styles.Muted.Render(fmt.Sprintf("%-*s", middle, "no effect seen"))
	default:
		done, rest := look.Glyphs.Bar(m.Impact/s.shown.Result.Full(), narrowMiddle)
		line += look.Styles.Text.Render(done) + look.Styles.Rule.Render(rest)
		if w >= roomForRanges {
			line += " " + look.Styles.Muted.Render(look.Glyphs.Translate(fmt.Sprintf("%-*s", rangeWidth, s.over(m))))
		}
	}
	room := max(w-1-numberWidth-1-middle-2, 1)
	words := text.Truncate(text.CleanLine(s.shown.Experiment.Parts[part].Text), room, look.Glyphs.Ellipsis)
	return line + "  " + st.Render(string(words))
}

// over says from where to where the impacts of the seeds go; with some seeds missing, how many there are: "0.90–1.60", "2 of 3".
func (s *Screen) over(m impact.Impact) string {
	if n := s.shown.Experiment.Seeds; m.Seeds < n {
		return fmt.Sprintf("%d of %d", m.Seeds, n)
	}
	return fmt.Sprintf("%.2f–%.2f", m.Low, m.High)
}

// drawPicture draws the picture in sight, and says which one it is.
func (s *Screen) drawPicture(c *cell.Canvas, l places, look theme.Look) {
	if l.picture.Empty() || len(s.order) == 0 {
		return
	}
	c.Put(l.caption, []string{s.caption(l.caption.W, look)})
	if s.thumb.Key == "" {
		c.Put(cell.Rect{X: l.picture.X, Y: l.picture.Y + l.picture.H/2, W: l.picture.W, H: 1}, []string{look.Styles.Muted.Render(" This picture was not made.")})
		return
	}
	s.program.Preview().DrawThumb(c, s.thumb, look)
}

// caption says which picture is in sight: "entire prompt", or "without at dusk"; and its seed.
func (s *Screen) caption(w int, look theme.Look) string {
	seed := fmt.Sprintf("picture %d of %d", s.seed+1, s.shown.Experiment.Seeds)
	if !s.shown.Experiment.Seedless {
		seed = fmt.Sprintf("seed %d of %d", s.seed+1, s.shown.Experiment.Seeds)
	}
	word, words := "entire prompt", text.Safe("")
	if s.without {
		word, words = "without ", text.CleanLine(s.shown.Experiment.Parts[s.part()].Text)
	}
	words = text.Truncate(words, max(w-len(word)-len(seed)-2, 0), look.Glyphs.Ellipsis)
	left := look.Styles.Strong.Render(word + string(words))
	return left + strings.Repeat(" ", max(w-cell.Width(left)-len(seed), 1)) + look.Styles.Muted.Render(seed)
}
