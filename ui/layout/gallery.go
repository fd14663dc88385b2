package layout

import "tintype/ui/cell"

// Gallery is the layout of the gallery: thumbnails in rows, each with a caption of one row under it. It depends only on
// the size of the screen and the chosen size of the thumbnails.
type Gallery struct {
	Size         int // of the thumbnails: an index of ThumbnailColumns
	Across, Down int // thumbnails in a row, and rows
	w, h         int // cells of a thumbnail, without its caption
	Room         cell.Rect
	margin, gap  int // blank rows above the first row and between rows: 0 or 1
}

// ThumbnailColumns are the widths of thumbnails, the smallest first, before they are stretched to fill the screen.
var ThumbnailColumns = [...]int{14, 20, 30, 44}

// AnySize stands for the size of thumbnails if the user has not chosen one: the largest at which minThumbnails fit.
const (
	AnySize       = -1
	minThumbnails = 12
)

// OtherRows is how many rows of the gallery have no thumbnails: header, facts, status.
const OtherRows = 3

// ArrangeGallery places the thumbnails on a screen of w×h; size is an index of ThumbnailColumns, or AnySize.
//
//	Gallery   / boat -red   14 of 1,204      1 running · ~$0.41 today
//	░░░░░░░░░░░░ ░░░░░░░░░░░░ ░░░░░░░░░░░░
//	░░░░░░░░░░░░ ░░░░░░░░░░░░ ░░░░░░░░░░░░
//	 ★✓ caption  ▌▪✓ caption     ✗ failed
//	 …
//	the prompt and the facts of the one under the cursor
//	status
func ArrangeGallery(w, h, size int) Gallery {
	if size != AnySize {
		return galleryOf(w, h, max(0, min(size, len(ThumbnailColumns)-1)))
	}
	for size := len(ThumbnailColumns) - 1; size > 0; size-- {
		if s := galleryOf(w, h, size); s.Page() >= minThumbnails {
			return s
		}
	}
	return galleryOf(w, h, 0)
}

// galleryOf places thumbnails of one size: stretched to the width, and half as high as wide if there is room.
func galleryOf(w, h, size int) Gallery {
	s := Gallery{Size: size, Room: cell.Rect{X: 0, Y: 1, W: w, H: max(h-OtherRows, 2)}}
	s.Across = max((w+1)/(ThumbnailColumns[size]+1), 1)
	s.w = (w+1)/s.Across - 1
	s.h = max(1, min(s.w/2, s.Room.H-1))
	s.Down = max(s.Room.H/(s.h+1), 1)
	if free := s.Room.H - s.Down*(s.h+1); free > s.Down {
		s.margin, s.gap = 1, 1
	}
	return s
}

// Page returns how many thumbnails are visible.
func (s Gallery) Page() int { return s.Across * s.Down }

// Cell returns the room of the i-th visible thumbnail.
func (s Gallery) Cell(i int) cell.Rect {
	x, y := i%s.Across, i/s.Across
	return cell.Rect{X: s.Room.X + x*(s.w+1), Y: s.Room.Y + s.margin + y*(s.h+1+s.gap), W: s.w, H: s.h}
}

// Caption returns the row under the i-th visible thumbnail.
func (s Gallery) Caption(i int) cell.Rect {
	c := s.Cell(i)
	return cell.Rect{X: c.X, Y: c.Bottom(), W: c.W, H: 1}
}

// At returns the thumbnail at a cell of the screen, or whose caption is there; ok is false where there is none.
func (s Gallery) At(x, y int) (i int, ok bool) {
	for i := range s.Page() {
		c := s.Cell(i)
		c.H++
		if c.Contains(x, y) {
			return i, true
		}
	}
	return 0, false
}
