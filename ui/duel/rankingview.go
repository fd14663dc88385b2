package duel

import (
	"strconv"
	"strings"

	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/rank"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Widths of the columns of the ranking.
const (
	placeWidth = 3
	shareWidth = 12
	worthWidth = 18
	duelsWidth = 9
	wideBar    = 16
	narrowBar  = 8
	roomyText  = 60 // columns of text from which the number of duels has one
	valueWidth = 24 // the most of a value's column
)

// drawRanking draws the order of the pictures, the one under the cursor, and what is known beside it.
func (s *Screen) drawRanking(c *cell.Canvas, look theme.Look) {
	header, w := s.program.HeaderRow(), s.textWidth()
	title := look.Styles.Strong.Render("Ranking")
	c.Put(header, []string{title})
	c.PutRight(header, cell.Width(title)+2, look.Styles.Muted.Render(s.count(look)))
	before := 1 + placeWidth + 1 + s.barWidth() + 1
	heading := text.Truncate("wins against the average one", max(w-before, 0), look.Glyphs.Ellipsis)
	c.PutLine(before, 1, w-before, look.Styles.Muted.Render(string(heading)))
	items, tail := s.contest.ranking.Items, s.tail()
	for at := s.top; at < min(s.top+s.height(), len(items)+len(tail)); at++ {
		var l line
		if at < len(items) {
			l = s.itemLine(items[at], w-1, look)
		} else {
			l = tail[at-len(items)]
		}
		c.PutLine(0, rankingTop+at-s.top, w, l.render(at == s.cursor, look))
	}
	for _, t := range s.rankingThumbs() {
		s.program.Preview().DrawThumb(c, t, look)
	}
	s.drawCaption(c, look)
}

// drawCaption draws what the picture under the cursor is.
func (s *Screen) drawCaption(c *cell.Canvas, look theme.Look) {
	w, h := s.program.Size()
	item := s.item()
	if item.Picture.Key == "" {
		return
	}
	said := format.Plural(item.Duels, "duel")
	if w >= narrow {
		said = look.Glyphs.Translate(rank.Against(item.Wins()) + " · " + said)
	}
	line := text.Truncate(text.Safe(said)+look.Glyphs.Separator+text.Join(s.contest.abouts[item.Picture], look.Glyphs.Separator), w-2, look.Glyphs.Ellipsis)
	c.Put(cell.Rect{X: 1, Y: h - 2, W: w - 2, H: 1}, []string{look.Styles.Text.Render(string(line))})
}

func (s *Screen) barWidth() int {
	if s.textWidth() >= roomyText {
		return wideBar
	}
	return narrowBar
}

// A line of the ranking.
type line struct {
	styled string // without the bar of the cursor
	strong string // under the cursor; "" for the same
}

func (l line) render(selected bool, look theme.Look) string {
	switch {
	case selected && l.strong != "":
		return look.Styles.CursorRow.Render(look.Glyphs.Cursor) + l.strong
	case selected:
		return look.Styles.CursorRow.Render(look.Glyphs.Cursor) + l.styled
	}
	return " " + l.styled
}

// tail returns the lines below the pictures: what made them good, and then sentences.
func (s *Screen) tail() (lines []line) {
	look, w := s.program.Look(), s.textWidth()-1
	if effects := s.contest.effects(); len(effects) > 0 {
		title := "What made them good"
		if !s.contest.balanced {
			title = "What occurs in the good ones"
		}
		lines = append(lines, line{}, line{styled: look.Styles.Label.Render(title)})
		lines = append(lines, effectLines(effects, w, s.barWidth(), look)...)
	}
	for i, said := range s.contest.ranking.Sentences(mostUntold) {
		if i == 0 {
			lines = append(lines, line{})
		}
		for _, part := range text.Wrap(text.Safe(look.Glyphs.Translate(said)), max(w, 1)) {
			lines = append(lines, line{styled: look.Styles.Muted.Render(string(part))})
		}
	}
	return lines
}

// itemLine returns the row of a picture.
func (s *Screen) itemLine(item rank.Item, w int, look theme.Look) line {
	place := "–"
	if item.Place > 0 {
		place = strconv.Itoa(item.Place)
	}
	share, low, high := item.Wins()
	said := format.Plural(item.Duels, "duel")
	duels := text.Safe("")
	if s.textWidth() >= roomyText {
		duels = " " + text.PadRight(text.Safe(said), duelsWidth) + " "
	}
	numbers := text.PadRight(text.Safe(look.Glyphs.Translate(rank.Share(share, low, high))), shareWidth) + " "
	room := max(w-placeWidth-1-s.barWidth()-1-shareWidth-1-text.Width(duels), 0)
	about := text.Truncate(text.Join(s.contest.abouts[item.Picture], look.Glyphs.Separator), room, look.Glyphs.Ellipsis)
	row := func(main, muted interface{ Render(s ...string) string }) string {
		return muted.Render(padLeft(look.Glyphs.Translate(place), placeWidth)+" ") + drawBar(share, s.barWidth(), look) + " " +
			main.Render(string(numbers)) + muted.Render(string(duels)) + main.Render(string(about))
	}
	main := look.Styles.Text
	if item.Duels == 0 {
		main = look.Styles.Muted // nothing is known but what is true of any picture, or of its values
	}
	return line{styled: row(main, look.Styles.Muted), strong: row(look.Styles.Strong, look.Styles.Muted)}
}

// effectLines returns a row for each value, under the first column of which is its axis.
func effectLines(effects []rank.Effect, w, bar int, look theme.Look) (lines []line) {
	column := 0
	for _, e := range effects {
		column = max(column, text.Width(text.CleanLine(featureText(e.Feature))))
	}
	column = max(1, min(column, valueWidth, w-placeWidth-1-bar-1-worthWidth-1))
	for _, e := range effects {
		share, _, _ := e.Wins()
		value := text.Fit(text.Truncate(text.CleanLine(featureText(e.Feature)), column, look.Glyphs.Ellipsis), column)
		worth := look.Glyphs.Translate(rank.Signed(e.Strength, e.Low, e.High))
		lines = append(lines, line{styled: strings.Repeat(" ", placeWidth+1) + drawBar(share, bar, look) + " " +
			look.Styles.Text.Render(string(text.PadRight(text.Safe(worth), worthWidth))+" "+string(value))})
	}
	return lines
}

// drawBar draws a share as a bar of w cells.
func drawBar(share float64, w int, look theme.Look) string {
	done, rest := look.Glyphs.Bar(share, w)
	return look.Styles.Success.Render(done) + look.Styles.Rule.Render(rest)
}

func padLeft(s string, w int) string { return strings.Repeat(" ", max(w-cell.Width(s), 0)) + s }

// effects returns what the values of the plan's axes are worth; none before a duel.
func (c *Contest) effects() []rank.Effect {
	if c.features == nil || len(c.list) == 0 {
		return nil
	}
	return c.ranking.Effects()
}

// mostUntold is how many runs of places that are not told apart are said.
const mostUntold = 3
