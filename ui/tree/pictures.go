package tree

import (
	"tintype/ui/cell"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

type thumb = preview.Thumb

// Arrange brings the cursor in sight and places the picture. The one before it stays until it is ready.
func (s *Screen) Arrange() {
	if len(s.rows) == 0 {
		return
	}
	l := s.layout()
	s.scroll(l.rows.H)
	room := s.pictureRoom(l)
	s.want = s.thumbOf(s.shownKey(), room)
	if _, missing := s.program.Preview().FirstMissing(s.want.Tiles); !missing && s.isKnown(s.want.Key) || s.thumb.Cell != room {
		s.thumb = s.want
	}
}

// isKnown reports whether the entry of a prediction was read, or there is none.
func (s *Screen) isKnown(key string) bool {
	_, ok := s.List.Entry(key)
	return ok || key == ""
}

// shownKey returns the prediction whose picture is to be shown; "" for one that is not here.
func (s *Screen) shownKey() string {
	if s.flick == flickParent {
		key, _ := s.parent()
		return key
	}
	return s.keyAt(s.at)
}

// pictureRoom returns where the picture is; empty if there is none.
func (s *Screen) pictureRoom(l layout) cell.Rect {
	if l.picture.Empty() && s.flick != flickOff {
		return l.rows
	}
	return l.picture
}

// thumbOf places the picture of a prediction.
func (s *Screen) thumbOf(key string, room cell.Rect) thumb {
	if key == "" || room.Empty() {
		return thumb{Cell: room}
	}
	return s.program.Preview().Thumb(key, room)
}

// Pictures returns the picture of the row under the cursor.
func (s *Screen) Pictures() screen.Pictures {
	thumbs := []thumb{}
	if s.thumb.Key != "" {
		thumbs = append(thumbs, s.thumb)
	}
	return screen.Pictures{Thumbs: thumbs}
}

// NextPicture returns the next picture to render: that of the row under the cursor, then its parent's, and those of the rows beside it.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	if len(s.rows) == 0 {
		return preview.FrameKey{}, false
	}
	room := s.pictureRoom(s.layout())
	keys := []string{s.want.Key, s.keyAt(s.at)}
	if key, problem := s.parent(); problem == "" {
		keys = append(keys, key)
	}
	keys = append(keys, s.keyAt(s.at+1), s.keyAt(s.at-1))
	for _, key := range keys {
		if want, missing := s.program.Preview().FirstMissing(s.thumbOf(key, room).Tiles); missing {
			return want, true
		}
	}
	return preview.FrameKey{}, false
}

// keyAt returns the key of a row; "" for one that is not here.
func (s *Screen) keyAt(i int) string {
	if i < 0 || i >= len(s.rows) || s.tree.Members[s.rows[i].Member].Missing {
		return ""
	}
	return s.tree.Members[s.rows[i].Member].Key
}

// Missing returns the predictions in sight and of the pages beside them, with the parents that they are compared with.
func (s *Screen) Missing() (keys []string) {
	if len(s.rows) == 0 {
		return nil
	}
	page := s.layout().rows.H
	for i := max(s.top-page, 0); i < min(s.top+2*page, len(s.rows)); i++ {
		if m := &s.tree.Members[s.rows[i].Member]; !m.Missing {
			keys = append(keys, m.Key)
			if m.Main >= 0 && !s.tree.Members[m.Main].Missing {
				keys = append(keys, s.tree.Members[m.Main].Key)
			}
		}
	}
	return keys
}
