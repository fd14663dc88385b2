package compare

import (
	"fmt"
	"strconv"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// Draw draws the header, the pictures with their captions, what differs, and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	header, look := s.program.HeaderRow(), s.program.Look()
	title := look.Styles.Strong.Render("Compare " + strconv.Itoa(len(s.subjects)))
	c.Put(header, []string{title})
	same := text.Truncate(text.Safe(s.sameText()), max(header.W-cell.Width(title)-2, 0), look.Glyphs.Ellipsis)
	c.PutRight(header, cell.Width(title)+2, look.Styles.Muted.Render(string(same)))
	for i, t := range s.thumbs {
		if s.layout.Single && i != s.shown {
			continue
		}
		s.program.Preview().DrawThumb(c, t, look)
		c.Put(s.layout.Captions[i], []string{s.caption(i, t.Subject, s.layout.Captions[i].W)})
	}
	c.Put(s.layout.Differences, s.lines)
	s.program.DrawStatus(c)
}

// sameText returns what the predictions share, for the header.
func (s *Screen) sameText() string {
	if len(s.same) == 0 {
		return ""
	}
	return "same: " + strings.Join(s.same, string(s.program.Look().Glyphs.Separator))
}

// caption returns the line below a picture: its letter and star, and facts.
func (s *Screen) caption(i int, subject list.Subject, w int) string {
	row, ok := s.List.Row(subject.Key)
	if !ok {
		return ""
	}
	look := s.program.Look()
	bar, star, style := " ", " ", look.Styles.Text
	if i == s.chosen() {
		bar, style = look.Styles.CursorRow.Render(look.Glyphs.Cursor), look.Styles.Strong
	}
	if list.IsStarred(row.Entry, subject.Output) {
		star = look.Glyphs.Star
	}
	line := text.Truncate(text.Join(s.captionFacts(row, subject.Output), look.Glyphs.Separator), max(w-captionText, 0), look.Glyphs.Ellipsis)
	return bar + style.Render(letter(i)+star+" "+string(line))
}

// captionFacts returns which picture of a prediction it is, its model if that differs and nothing else says so, and its duration and cost,
// or what the job is doing.
func (s *Screen) captionFacts(row runner.Row, output int) (facts []text.Safe) {
	switch n := len(row.Outputs); {
	case output > 0:
		facts = append(facts, text.Safe(fmt.Sprintf("%d of %d", output, n)))
	case n > 1:
		facts = append(facts, text.Safe(fmt.Sprintf("%d pictures", n)))
	}
	if s.hidesDifferences && s.modelsDiffer {
		facts = append(facts, text.CleanLine(model.Find(row.Model).Name()))
	}
	if status := s.program.Status(row); status != "" && row.State != history.Done {
		return append(facts, text.CleanLine(s.program.Look().Glyphs.Translate(status)))
	}
	if took := preview.Duration(row.Entry); took > 0 {
		facts = append(facts, text.Safe(format.Duration(took)))
	}
	if cost := s.program.Cost(row.Entry); cost != "" {
		facts = append(facts, text.CleanLine(cost))
	}
	return facts
}
