package impactview

import (
	"slices"

	"tintype/ui/cell"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

// Arrange brings the cursor in sight and places the picture.
func (s *Screen) Arrange() {
	s.thumb, s.other = preview.Thumb{}, preview.Thumb{}
	if s.shown == nil {
		return
	}
	l := s.layout()
	s.top = max(0, min(s.top, s.row, len(s.order)-l.rows.H))
	s.top = max(s.top, s.row-l.rows.H+1)
	if l.picture.Empty() {
		return
	}
	s.thumb, s.other = s.placed(s.without, l.picture), s.placed(!s.without, l.picture)
}

// placed returns a picture in its place; an empty one if there is none.
func (s *Screen) placed(without bool, room cell.Rect) preview.Thumb {
	if key := s.key(without); key != "" {
		return s.program.Preview().Thumb(key, room)
	}
	return preview.Thumb{}
}

// Pictures returns the picture in sight.
func (s *Screen) Pictures() screen.Pictures {
	thumbs := []preview.Thumb{}
	if s.thumb.Key != "" {
		thumbs = append(thumbs, s.thumb)
	}
	return screen.Pictures{Thumbs: thumbs}
}

// NextPicture returns the next picture to render: the one in sight, and then the one that enter shows.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	return s.program.Preview().FirstMissingIn(s.thumb, s.other)
}

// Missing returns the predictions of the pictures of the part under the cursor, and of its neighbours.
func (s *Screen) Missing() (keys []string) {
	if s.shown == nil {
		return nil
	}
	parts := []int{0}
	for row := max(s.row-1, 0); row <= min(s.row+1, len(s.order)-1); row++ {
		parts = append(parts, 1+s.order[row])
	}
	for _, part := range parts {
		for _, key := range s.keys[part] {
			if key != "" && !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}
