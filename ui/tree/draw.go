package tree

import (
	"strings"

	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/lineage"
	"tintype/ui/list"
	"tintype/ui/text"
	"tintype/ui/theme"
	"tintype/ui/wording"
)

// Draw draws the header, the rows, the picture of the one under the cursor with all that it changed, and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	header, look, l := s.program.HeaderRow(), s.program.Look(), s.layout()
	if len(s.rows) == 0 {
		s.program.DrawStatus(c)
		return
	}
	c.Put(header, []string{s.program.Header().Beside(s.title(look), header.W, look)})
	picture := s.pictureRoom(l)
	if picture != l.rows {
		options := s.program.ListOptions(l.rows.W)
		for y := range min(l.rows.H, len(s.rows)-s.top) {
			c.PutLine(l.rows.X, l.rows.Y+y, l.rows.W, s.line(s.top+y, l, &options))
		}
		if len(s.tree.Members) == 1 {
			s.drawAlone(c, cell.Rect{X: 3, Y: l.rows.Y + 2, W: l.rows.W - 4, H: l.rows.H - 2}, look)
		}
	}
	if !picture.Empty() && s.thumb.Key != "" {
		s.program.Preview().DrawThumb(c, s.thumb, look)
	}
	c.Put(l.about, s.about(l.about, look))
	s.program.DrawStatus(c)
}

// drawAlone says that a prediction came from none, and how one comes from it.
func (s *Screen) drawAlone(c *cell.Canvas, r cell.Rect, look theme.Look) {
	said := "It came from no other run, and none came from it. " + wording.Key(keymap.ActUse) + " reuses it: what is made then is a branch of it."
	c.Put(r, wrap([]line{{text.Safe(s.program.NameKeys(said)), look.Styles.Muted}}, r))
}

// title returns the left part of the header: where the cursor is, and how many are folded.
func (s *Screen) title(look theme.Look) string {
	said := []text.Safe{text.Safe(format.Count(s.at+1) + " of " + format.Count(len(s.rows)))}
	if n := s.folded(); n > 0 {
		said = append(said, text.Safe(format.Count(n)+" folded"))
	}
	return look.Styles.Strong.Render("Tree") + "   " + look.Styles.Muted.Render(string(text.Join(said, look.Glyphs.Separator)))
}

// minFoldedWidth is the least width of rows that have words for a number and not only +.
const minFoldedWidth = 50

// foldedText says how many are folded under a row.
func foldedText(n int, l layout) string {
	if l.rows.W < minFoldedWidth {
		return "+" + format.Count(n)
	}
	return format.Count(n) + " folded"
}

// line draws a row: the bar of the cursor, the lines of the branches, the sign of its state, what changed, and how many are folded under it.
func (s *Screen) line(i int, l layout, o *list.DrawOptions) string {
	r, st := s.rows[i], &o.Styles
	bar, style := " ", st.Text
	if i == s.at {
		bar, style = st.CursorRow.Render(o.Glyphs.Cursor), st.CursorRow
	}
	words, known := s.wordsOf(r.Member)
	switch {
	case s.tree.Members[r.Member].Missing:
		words, style = []text.Safe{"not here"}, st.Muted
	case !known:
		words, style = []text.Safe{o.Glyphs.Ellipsis}, st.Muted
	}
	branch := branches(r, o.Glyphs, l.rows.W/3)
	sign, star := s.sign(r.Member, o)
	folded := ""
	if r.Hidden > 0 {
		folded = "  " + foldedText(r.Hidden, l)
	}
	room := max(l.rows.W-1-text.Width(branch)-cell.Width(sign)-1-text.Width(star)-len(folded), 0)
	said := text.PadRight(text.Truncate(text.Join(words, o.Glyphs.Separator), room, o.Glyphs.Ellipsis), room)
	return bar + st.Muted.Render(string(branch)) + sign + " " + style.Render(string(star+said)) + st.Muted.Render(folded)
}

// branches returns the lines before a row, in about w columns at most: "│ ├─".
func branches(r row, g theme.Glyphs, w int) text.Safe {
	var b strings.Builder
	for above := min(r.Depth, drawnLevels, max(w/2, 1)) - 1; above >= 0; above-- {
		goesOn := r.goesOn&(1<<above) != 0
		switch {
		case above > 0 && goesOn:
			b.WriteString(g.VerticalRule + " ")
		case above > 0:
			b.WriteString("  ")
		case goesOn:
			b.WriteString(g.Branch + g.HorizontalRule)
		default:
			b.WriteString(g.LastBranch + g.HorizontalRule)
		}
	}
	return text.Safe(b.String())
}

// sign returns the sign of the state of a member, and its star.
func (s *Screen) sign(member int, o *list.DrawOptions) (sign string, star text.Safe) {
	key := s.tree.Members[member].Key
	p, known := s.List.Row(key)
	if !known {
		return " ", ""
	}
	if p.Star {
		star = text.Safe(o.Glyphs.Star + " ")
	}
	return list.DrawSign(p, s.List.IsUnseen(key), *o), star
}

// wordsOf returns what a member changed; known is false while an entry is being read.
func (s *Screen) wordsOf(member int) (words []text.Safe, known bool) {
	if words, known = s.words[member]; known {
		return words, true
	}
	parts, known := s.tree.Describe(member, lineage.Words{Entry: s.List.Entry, Short: s.short})
	if !known {
		return nil, false
	}
	for _, part := range parts {
		if s.tree.Members[member].Main >= 0 {
			part = s.program.Look().Glyphs.Translate(part) // the arrows are ours
		}
		words = append(words, text.CleanLine(part))
	}
	s.words[member] = words
	return words, true
}
