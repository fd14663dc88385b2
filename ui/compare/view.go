package compare

import (
	"cmp"
	"strconv"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/preview"
	"tintype/ui/promptdiff"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Draw draws the header, the pictures with their captions, what differs, and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	header, look := s.program.HeaderRow(), s.program.Look()
	title := look.Styles.Strong.Render("Compare " + strconv.Itoa(len(s.keys)))
	c.Put(header, []string{title})
	same := text.Truncate(text.Safe(s.sameText()), max(header.W-cell.Width(title)-2, 0), look.Glyphs.Ellipsis)
	c.PutRight(header, cell.Width(title)+2, look.Styles.Muted.Render(string(same)))
	for i, t := range s.thumbs {
		if s.layout.Single && i != s.shown {
			continue
		}
		s.program.Preview().DrawThumb(c, t, look)
		c.Put(s.layout.Captions[i], []string{s.caption(i, t.Key, s.layout.Captions[i].W)})
	}
	if !s.hidesDifferences {
		c.Put(s.layout.Differences, s.lines)
	}
	s.program.DrawStatus(c)
}

// sameText returns what the predictions share, for the header.
func (s *Screen) sameText() string {
	if len(s.same) == 0 {
		return ""
	}
	return "same: " + strings.Join(s.same, string(s.program.Look().Glyphs.Separator))
}

// caption returns the line below a picture: its letter and model, and the duration and cost or what the job is doing.
func (s *Screen) caption(i int, key string, w int) string {
	row, ok := s.List.Row(key)
	if !ok {
		return ""
	}
	look := s.program.Look()
	bar, star, style := " ", " ", look.Styles.Text
	if i == s.chosen() {
		bar, style = look.Styles.CursorRow.Render(look.Glyphs.Cursor), look.Styles.Strong
	}
	if row.Star {
		star = look.Glyphs.Star
	}
	facts := []text.Safe{text.CleanLine(model.Find(row.Model).Name())}
	if status := s.program.Status(row); status != "" && row.State != history.Done {
		facts = append(facts, text.CleanLine(look.Glyphs.Translate(status)))
	} else {
		if took := preview.Duration(row.Entry); took > 0 {
			facts = append(facts, text.Safe(format.Duration(took)))
		}
		facts = append(facts, text.CleanLine(s.program.Cost(row.Entry)))
	}
	line := text.Truncate(text.Join(facts, look.Glyphs.Separator), max(w-4, 0), look.Glyphs.Ellipsis)
	return bar + style.Render(promptdiff.Letter(i)+star+" "+string(line))
}

const (
	labelWidth = 9 // the width of the column of labels
	valueGap   = 5 // blank columns between values if there is room
)

// lines returns what differs in at most h lines. The prompts come first and get the lines that the parameters leave.
func (d difference) lines(w, h int, look theme.Look) []string {
	if len(d.prompts) == 0 && len(d.rows) == 0 {
		return []string{" " + look.Styles.Muted.Render("Nothing differs but chance.")}
	}
	room := w - 1 - labelWidth - 1
	var lines []string
	if len(d.prompts) > 0 {
		lines = labelled("prompt", promptdiff.Lines(d.prompts, room, max(h-len(d.rows), 1), look), look.Styles)
	}
	for _, row := range d.rows {
		lines = append(lines, labelled(row.label, []string{row.line(room, look.Styles)}, look.Styles)...)
	}
	return lines[:min(len(lines), h)]
}

// labelled puts a label before the first line and indents the others.
func labelled(label string, lines []string, st theme.Styles) []string {
	label = string(text.Truncate(text.CleanLine(label), labelWidth-1, ""))
	for i, line := range lines {
		lines[i] = " " + st.Muted.Render(cell.Pad(label, labelWidth)) + line
		label = ""
	}
	return lines
}

// line returns the values of a parameter behind the letters of their predictions. Equal values are written once.
func (r differenceRow) line(w int, st theme.Styles) string {
	var parts []string
	written := make([]bool, len(r.values))
	for i, v := range r.values {
		if written[i] {
			continue
		}
		letters := ""
		for j := i; j < len(r.values); j++ {
			if r.values[j] == v {
				written[j] = true
				letters += promptdiff.Letter(j) + " "
			}
		}
		parts = append(parts, st.Muted.Render(letters)+st.Changed.Render(cmp.Or(v, "–")))
	}
	for gap := valueGap; gap > 1; gap-- {
		if line := strings.Join(parts, strings.Repeat(" ", gap)); cell.Width(line) <= w {
			return line
		}
	}
	return strings.Join(parts, "  ")
}
