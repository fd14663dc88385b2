package duel

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history/duels"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/rank"
	"tintype/ui/screen"
	"tintype/ui/text"
	"tintype/ui/theme"
)

const (
	narrow     = 72 // the width of a screen below which one picture is in sight at a time
	gutter     = 2  // columns between two pictures
	revealRows = 4  // of what is said of a revealed pair
)

// zoom is how both pictures are enlarged, and what of them is in sight.
type zoom struct {
	step int     // index of factors; 0: as large as they fit
	x, y float64 // the middle of the part in sight, from 0 to 1
}

var factors = []float64{1, 1.5, 2, 3, 4, 6, 8}

// panSteps is in how many steps panning moves by the part in sight.
const panSteps = 8

func (s *Screen) isNarrow() bool {
	w, _ := s.program.Size()
	return w < narrow
}

// isSingle reports whether one picture has the room of both.
func (s *Screen) isSingle() bool { return s.flicks || s.isNarrow() }

// rooms returns the places of the left and the right picture. They follow from the size of the screen, and not from the pictures.
func (s *Screen) rooms() (left, right cell.Rect) {
	w, h := s.program.Size()
	room := cell.Rect{Y: 1, W: w, H: max(h-2, 1)}
	if s.reveals {
		room.H = max(room.H-min(revealRows, h/4), 1)
	}
	if s.isSingle() {
		return room, room
	}
	left, right = room, room
	left.W = (w - gutter) / 2
	right.W = left.W
	right.X = w - right.W
	return left, right
}

// thumbOf places a picture.
func (s *Screen) thumbOf(p duels.Picture, room cell.Rect) preview.Thumb {
	t := s.program.Preview().ThumbOf(list.Subject{Key: p.Key, Output: p.Output}, room)
	return s.program.Preview().Magnified(t, factors[s.zoom.step], s.zoom.x, s.zoom.y)
}

// thumbsOf places the pictures of a pair.
func (s *Screen) thumbsOf(pair rank.Pair) []preview.Thumb {
	left, right := s.rooms()
	return []preview.Thumb{s.thumbOf(pair.Left, left), s.thumbOf(pair.Right, right)}
}

// Arrange shows the pair once both pictures are ready. Those of the pair before do not stay.
func (s *Screen) Arrange() {
	if s.contest == nil {
		return
	}
	if s.ranked {
		s.scroll()
		return
	}
	w, h := s.program.Size()
	if size := [2]int{w, h}; s.seen.pair != s.contest.pair || s.seen.room != size {
		s.seen = pairView{pair: s.contest.pair, room: size}
	}
	thumbs := s.thumbsOf(s.contest.pair)
	if len(s.seen.thumbs) > 0 && s.seen.thumbs[0].Cell != thumbs[0].Cell {
		s.seen.thumbs = nil // they would be over what is drawn in the rest of their places
	}
	if !s.program.Preview().AreReady(thumbs) {
		return
	}
	if s.seen.since.IsZero() {
		s.seen.since = s.program.Now()
	}
	s.seen.thumbs = thumbs
}

// Pictures returns both pictures or none; where one has the room of both, that one.
func (s *Screen) Pictures() screen.Pictures {
	if s.ranked {
		return screen.Pictures{Thumbs: s.rankingThumbs()}
	}
	thumbs := append([]preview.Thumb{}, s.seen.thumbs...)
	if len(thumbs) > 0 && s.isSingle() {
		i := s.inSight()
		thumbs = thumbs[i : i+1]
	}
	return screen.Pictures{Thumbs: thumbs}
}

// inSight returns the index of the picture in sight where one has the room of both.
func (s *Screen) inSight() int {
	if s.right {
		return 1
	}
	return 0
}

// NextPicture returns the next picture to render: of this pair, of it in one place, and of the pairs that may come next.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	if s.contest == nil {
		return preview.FrameKey{}, false
	}
	if s.ranked {
		return s.program.Preview().FirstMissingIn(s.rankingThumbs()...)
	}
	if want, missing := s.program.Preview().FirstMissingIn(s.thumbsOf(s.contest.pair)...); missing || len(s.seen.thumbs) == 0 {
		return want, missing
	}
	for _, pair := range s.ahead {
		if want, missing := s.program.Preview().FirstMissingIn(s.unzoomed(pair)...); missing {
			return want, true
		}
	}
	return preview.FrameKey{}, false
}

// unzoomed places the pictures of a pair as they are when they come.
func (s *Screen) unzoomed(pair rank.Pair) []preview.Thumb {
	next := *s
	next.zoom, next.reveals = zoom{}, false
	return next.thumbsOf(pair)
}

// Missing returns the keys of the pictures in sight, and of those that may come next.
func (s *Screen) Missing() (keys []string) {
	if s.contest == nil {
		return nil
	}
	if s.ranked {
		return []string{s.item().Picture.Key}
	}
	for _, pair := range append([]rank.Pair{s.contest.pair}, s.ahead...) {
		keys = append(keys, pair.Left.Key, pair.Right.Key)
	}
	return keys
}

// Gone returns a command that leaves out a picture of the pair that cannot be shown; nil if both can.
func (s *Screen) Gone() tea.Cmd {
	if s.contest == nil || s.ranked || s.busy {
		return nil
	}
	for i, t := range s.thumbsOf(s.contest.pair) {
		if s.program.Preview().Trouble(t) == "" {
			continue
		}
		gone := [2]duels.Picture{s.contest.pair.Left, s.contest.pair.Right}[i]
		s.program.Notify("A picture cannot be shown, and is left out.")
		return s.replace(func(c *Contest) (*Contest, error) { return c.without(gone), nil }, false)
	}
	return nil
}

// look changes the size of both pictures, or which part of them is in sight.
func (s *Screen) look(act keymap.Action) bool {
	factor := factors[s.zoom.step]
	pan := func(at *float64, by float64) {
		half := 0.5 / factor
		*at = min(max(*at+by/factor/panSteps, half), 1-half)
	}
	switch act {
	case keymap.ActLarger:
		if s.zoom.step == 0 {
			s.zoom.x, s.zoom.y = 0.5, 0.5
		}
		s.zoom.step = min(s.zoom.step+1, len(factors)-1)
	case keymap.ActSmaller:
		s.zoom.step = max(s.zoom.step-1, 0)
		factor = factors[s.zoom.step]
		pan(&s.zoom.x, 0)
		pan(&s.zoom.y, 0)
	case keymap.ActPanLeft:
		pan(&s.zoom.x, -1)
	case keymap.ActPanRight:
		pan(&s.zoom.x, +1)
	case keymap.ActPanUp:
		pan(&s.zoom.y, -1)
	case keymap.ActPanDown:
		pan(&s.zoom.y, +1)
	default:
		return false
	}
	if s.zoom.step == 0 {
		s.zoom = zoom{}
	}
	return true
}

// Draw draws the duel or the ranking.
func (s *Screen) Draw(c *cell.Canvas) {
	look := s.program.Look()
	switch {
	case s.contest == nil:
	case s.ranked:
		s.drawRanking(c, look)
	default:
		s.drawPair(c, look)
	}
	s.program.DrawStatus(c)
}

// drawPair draws both pictures in equal places, and how many duels there were. It says nothing about the pictures.
func (s *Screen) drawPair(c *cell.Canvas, look theme.Look) {
	header := s.program.HeaderRow()
	title := look.Styles.Strong.Render("Duel")
	if s.isSingle() {
		title += look.Styles.Text.Render("  " + [2]string{"left", "right"}[s.inSight()] + " of two")
	}
	c.Put(header, []string{title})
	c.PutRight(header, cell.Width(title)+2, look.Styles.Muted.Render(s.count(look)))
	left, right := s.rooms()
	c.Fill(left, look.Styles.Placeholder)
	if !s.isSingle() {
		c.Fill(right, look.Styles.Placeholder)
	}
	for _, t := range s.Pictures().Thumbs {
		s.program.Preview().DrawThumb(c, t, look)
	}
	if s.reveals {
		s.drawRevealed(c, left, right, look)
	}
}

// count says how many duels and pictures there are.
func (s *Screen) count(look theme.Look) string {
	return look.Glyphs.Translate(format.Plural(s.contest.among, "duel") + " · " + format.Plural(len(s.contest.pictures), "picture"))
}

// drawRevealed draws what a revealed pair is, under its pictures.
func (s *Screen) drawRevealed(c *cell.Canvas, left, right cell.Rect, look theme.Look) {
	_, h := s.program.Size()
	for i, p := range []duels.Picture{s.contest.pair.Left, s.contest.pair.Right} {
		room := [2]cell.Rect{left, right}[i]
		if s.isSingle() && i != s.inSight() {
			continue
		}
		at := cell.Rect{X: room.X + 1, Y: room.Bottom(), W: max(room.W-2, 1), H: max(h-1-room.Bottom(), 0)}
		c.Put(at, s.revealed(p, at.W, at.H, look))
	}
}

// revealed returns what a picture is: its facts, and its prompt in the lines that are left.
func (s *Screen) revealed(p duels.Picture, w, h int, look theme.Look) (lines []string) {
	e := s.contest.entries[p.Key]
	var facts []text.Safe
	for _, fact := range append(append([]string{model.Find(e.Model).Name()}, s.contest.values(e)...), look.Glyphs.Translate(preview.SizeText(e, p.Output)), s.program.Cost(e)) {
		if fact != "" {
			facts = append(facts, text.CleanLine(fact))
		}
	}
	line := text.Truncate(text.Join(facts, look.Glyphs.Separator), w, look.Glyphs.Ellipsis)
	lines = append(lines, look.Styles.Strong.Render(string(line)))
	for _, line := range text.Wrap(text.CleanLine(strings.TrimSpace(e.Prompt())), w) {
		if len(lines) < h {
			lines = append(lines, look.Styles.Text.Render(string(line)))
		}
	}
	return lines[:min(len(lines), max(h, 0))]
}
