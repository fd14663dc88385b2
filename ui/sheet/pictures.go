package sheet

import (
	"slices"

	"tintype/ui/plan"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

type thumb = preview.Thumb

// Arrange brings the cursor in sight and places the pictures.
func (s *Screen) Arrange() {
	s.thumbs = nil
	if s.plan == nil {
		return
	}
	s.totals = s.plan.Totals()
	if s.showsList() && !s.flicks {
		s.scrollList()
		return
	}
	g := s.grid()
	if s.flicks {
		if key := s.keyOf(s.current()); key != "" {
			s.thumbs = append(s.thumbs, s.program.Preview().Thumb(key, g.room))
		}
		return
	}
	line, at := g.onScreen(s.row, s.column)
	s.top = scrolled(s.top, line, g.downs, g.lines(s.rowCount()))
	if s.left = 0; g.flows == 0 {
		s.left = paged(g.left, at, g.across, s.columnCount())
	}
	g.top, g.left = s.top, s.left
	s.thumbs = s.thumbsOf(g)
}

// nextPage returns the grid of the next page of rows, or that of the next columns; ok is false on the last one.
func (s *Screen) nextPage() (next grid, ok bool) {
	if s.showsList() || s.flicks {
		return next, false
	}
	now := s.grid()
	next = now
	if next.top = min(now.top+now.downs, now.lines(s.rowCount())-now.downs); next.top > now.top {
		return next, true
	}
	if now.flows > 0 {
		return next, false
	}
	next = now
	next.left = min(now.left+now.across, s.columnCount()-now.across)
	return next, next.left > now.left
}

// thumbsOf returns the thumbnails of the cells in sight of a grid.
func (s *Screen) thumbsOf(g grid) []thumb {
	thumbs := make([]thumb, 0, g.across*g.downs)
	s.eachInSight(g, func(row, column, i int) {
		if key := s.keyOf(i); key != "" && s.plan.Cells[i].State != plan.Same {
			thumbs = append(thumbs, s.program.Preview().Thumb(key, g.cell(row, column)))
		}
	})
	return thumbs
}

// Pictures returns the thumbnails.
func (s *Screen) Pictures() screen.Pictures {
	thumbs := s.thumbs
	if thumbs == nil {
		thumbs = []thumb{}
	}
	return screen.Pictures{Thumbs: thumbs, FromThumbnails: !s.flicks}
}

// NextPicture returns the next picture to render: that under the cursor, then those in sight, then those of the next page.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	under := s.keyOf(s.current())
	if at := slices.IndexFunc(s.thumbs, func(t thumb) bool { return t.Key == under }); at >= 0 {
		if want, missing := s.program.Preview().FirstMissing(s.thumbs[at].Tiles); missing {
			return want, true
		}
	}
	if want, missing := s.program.Preview().FirstMissingIn(s.thumbs...); missing {
		return want, true
	}
	if next, ok := s.nextPage(); ok {
		return s.program.Preview().FirstMissingIn(s.thumbsOf(next)...)
	}
	return preview.FrameKey{}, false
}

// Missing returns the predictions in sight, and those of the next page.
func (s *Screen) Missing() []string {
	keys := make([]string, 0, 2*len(s.thumbs))
	for _, t := range s.thumbs {
		keys = append(keys, t.Key)
	}
	if s.plan == nil {
		return keys
	}
	if s.showsList() {
		for i := s.top; i < min(s.top+s.listHeight(), len(s.plan.Cells)); i++ {
			keys = append(keys, s.keyOf(i))
		}
	}
	if next, ok := s.nextPage(); ok {
		s.eachInSight(next, func(_, _, i int) { keys = append(keys, s.keyOf(i)) })
	}
	keys = append(keys, s.keyOf(s.current()))
	return slices.DeleteFunc(keys, func(key string) bool { return key == "" })
}
