// Package gallery is the screen of thumbnails: the predictions of the list as a photographer's contact sheet, with the same keys,
// filter, cursor and marks as the list.
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
	size    int // of the thumbnails: an index of layout.ThumbnailColumns, or layout.AnySize until one is chosen
	details preview.Details
	thumbs  []preview.Thumb // in sight
}

// New returns the gallery of a program.
func New(p screen.Program) *Screen {
	return &Screen{Base: screen.Base{List: p.List()}, program: p, size: layout.AnySize}
}

// Size is the size of the thumbnails as it was chosen, for the next start: 0 if none was.
func (s *Screen) Size() int { return s.size - layout.AnySize }

// SetSize takes a size that Size returned.
func (s *Screen) SetSize(size int) { s.size = layout.AnySize + size }

// Place is keymap.InGallery.
func (s *Screen) Place() keymap.Place { return keymap.InGallery }

// Open shows predictions as a whole, not one of their pictures.
func (s *Screen) Open() string {
	s.Resume()
	return ""
}

// Resume does the same when the gallery comes up again.
func (s *Screen) Resume() { s.List.SetOutput(0) }

// Do moves through the thumbnails, and changes their size and what is told of the one under the cursor.
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

// movePage turns the sheet under the cursor by a part of a page: 1 or a half, forwards or back.
func (s *Screen) movePage(by, parts int) {
	across := s.List.Across()
	cells := by * across * max(s.List.Height()/across/parts, 1)
	s.List.Scroll(cells)
	s.List.Move(cells)
}

// Resize makes the thumbnails larger or smaller by so many sizes.
func (s *Screen) Resize(by int) {
	s.size = max(0, min(s.sheet().Size+by, len(layout.ThumbnailColumns)-1))
}

// Click selects the prediction under the pointer; the selected one opens. The header leads to the filter.
func (s *Screen) Click(x, y int) tea.Cmd {
	if s.program.HeaderRow().Holds(x, y) {
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

// Wheel scrolls the sheet by a row a notch and leaves the cursor where it is.
func (s *Screen) Wheel(_, _, by int) tea.Cmd {
	if by < 0 {
		s.List.Scroll(-s.List.Across())
	} else {
		s.List.Scroll(s.List.Across())
	}
	return nil
}

// ListWindow is the page of thumbnails.
func (s *Screen) ListWindow() (height, across int) {
	sheet := s.sheet()
	return sheet.Page(), sheet.Across
}

// sheet is the arrangement of the thumbnails. Details that borrow a third of it make it lower, and the thumbnails no smaller.
func (s *Screen) sheet() layout.Sheet {
	w, h := s.program.Size()
	sheet := layout.ArrangeSheet(w, h, s.size)
	if borrowed := s.detailsHeight(); borrowed > 0 {
		return layout.ArrangeSheet(w, h-borrowed, sheet.Size)
	}
	return sheet
}

// detailsHeight is how many rows of the sheet the details or the log of the prediction under the cursor have.
func (s *Screen) detailsHeight() int {
	if !s.details.Borrow() {
		return 0
	}
	_, h := s.program.Size()
	return max(h-layout.SheetAround, 0) / 3
}

// Arrange finds the place of each picture in sight.
func (s *Screen) Arrange() {
	sheet, window := s.sheet(), s.List.Window()
	s.thumbs = s.thumbs[:0:0]
	for i, key := range window[:min(len(window), sheet.Page())] {
		s.thumbs = append(s.thumbs, s.program.Preview().Thumb(key, sheet.Cell(i)))
	}
}

// Pictures are the thumbnails.
func (s *Screen) Pictures() screen.Pictures {
	return screen.Pictures{Thumbs: s.thumbs, FromThumbnails: true}
}

// NextPicture is the next thumbnail to make ready.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	return s.program.Preview().NextOfPage(s.thumbs, s.sheet().Cell(0))
}

// Missing are the predictions of the pages beside this one.
func (s *Screen) Missing() []string { return s.program.Preview().Ahead() }
