// Package gallery is the screen of thumbnails of the list's predictions. It uses the keys, filter, cursor and marks of the list.
package gallery

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

// Screen is the gallery. It implements screen.Screen.
type Screen struct {
	screen.Base
	program screen.Program
	size    int // of the thumbnails: an index of layout.ThumbnailColumns, or layout.AnySize until the user has chosen one
	details preview.Details
	thumbs  []preview.Thumb // in sight
}

// New returns the gallery of a program.
func New(p screen.Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p, size: layout.AnySize}
}

// Size returns the chosen size of the thumbnails for form.json; 0 if none was chosen.
func (s *Screen) Size() int { return s.size - layout.AnySize }

// SetSize sets a size that Size returned.
func (s *Screen) SetSize(size int) { s.size = layout.AnySize + size }

// Place is keymap.InGallery.
func (s *Screen) Place() keymap.Place { return keymap.InGallery }

// Open selects entire predictions rather than one of their pictures.
func (s *Screen) Open() string {
	s.Resume()
	return ""
}

// Resume does the same as Open.
func (s *Screen) Resume() { s.List.SetOutput(0) }

// Do moves the cursor among the thumbnails, and changes their size and the details.
func (s *Screen) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	switch act {
	case keymap.ActUp:
		s.List.Move(-s.List.Across())
	case keymap.ActDown:
		s.List.Move(s.List.Across())
	case keymap.ActLeft:
		s.List.Move(-1)
	case keymap.ActRight:
		s.List.Move(+1)
	case keymap.ActPageUp:
		s.movePage(-1, 1)
	case keymap.ActPageDown:
		s.movePage(+1, 1)
	case keymap.ActHalfUp:
		s.movePage(-1, 2)
	case keymap.ActHalfDown:
		s.movePage(+1, 2)
	case keymap.ActLarger:
		s.Resize(+1)
	case keymap.ActSmaller:
		s.Resize(-1)
	case keymap.ActDetails:
		s.details = s.details.Next()
	case keymap.ActFind:
		s.List.EditFilter(true)
	default:
		return nil, false
	}
	return nil, true
}

// movePage moves window and cursor by a part of a page: by is the direction, and parts is 1 for a page or 2 for half of one.
func (s *Screen) movePage(by, parts int) {
	across := s.List.Across()
	cells := by * across * max(s.List.Height()/across/parts, 1)
	s.List.Scroll(cells)
	s.List.Move(cells)
}

// Resize makes the thumbnails larger, or smaller if by is negative. It leaves out sizes that look the same on this screen.
func (s *Screen) Resize(by int) {
	before := s.sheet()
	for size := before.Size + by; size >= 0 && size < len(layout.ThumbnailColumns); size += by {
		s.size = size
		if now := s.sheet(); now.Across != before.Across || now.Down != before.Down {
			return
		}
	}
}

// Click selects the prediction under the pointer, or opens the selected one. A click on the header edits the filter.
func (s *Screen) Click(x, y int) tea.Cmd {
	if s.program.HeaderRow().Contains(x, y) {
		s.List.EditFilter(true)
		return nil
	}
	i, ok := s.sheet().At(x, y)
	if !ok || i >= len(s.thumbs) {
		return nil
	}
	if key := s.thumbs[i].Key; key != s.List.Cursor() {
		s.List.Choose(key)
		return nil
	}
	return s.program.Run(keymap.ActOpen)
}

// Wheel scrolls by one row of thumbnails. The cursor stays.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if by < 0 {
		s.List.Scroll(-s.List.Across())
	} else {
		s.List.Scroll(s.List.Across())
	}
	return nil
}

// ListWindow returns the size of a page of thumbnails.
func (s *Screen) ListWindow() (height, across int) {
	sheet := s.sheet()
	return sheet.Page(), sheet.Across
}

// sheet returns the layout of the thumbnails. Details leave two thirds of the height to them.
func (s *Screen) sheet() layout.Gallery {
	w, h := s.program.Size()
	sheet := layout.ArrangeGallery(w, h, s.size)
	if borrowed := s.detailsHeight(); borrowed > 0 {
		return layout.ArrangeGallery(w, h-borrowed, sheet.Size)
	}
	return sheet
}

// detailsHeight returns how many rows the details or the log of the selected prediction take from the thumbnails.
func (s *Screen) detailsHeight() int {
	if !s.details.Borrow() {
		return 0
	}
	_, h := s.program.Size()
	return max(h-layout.OtherRows, 0) / 3
}

// Arrange computes the place of each picture in sight.
func (s *Screen) Arrange() {
	sheet, window := s.sheet(), s.List.Window()
	s.thumbs = s.thumbs[:0:0]
	for i, key := range window[:min(len(window), sheet.Page())] {
		s.thumbs = append(s.thumbs, s.program.Preview().Thumb(key, sheet.Cell(i)))
	}
}

// Pictures returns the thumbnails.
func (s *Screen) Pictures() screen.Pictures {
	return screen.Pictures{Thumbs: s.thumbs, FromThumbnails: true}
}

// NextPicture returns the next thumbnail to render.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	return s.program.Preview().NextOfPage(s.thumbs, s.sheet().Cell(0))
}

// Missing returns the predictions of the neighbouring pages.
func (s *Screen) Missing() []string { return s.program.Preview().Ahead() }
