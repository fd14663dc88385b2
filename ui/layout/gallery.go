package layout

import "tintype/ui/cell"

// Sheet is the arrangement of a gallery: thumbnails in rows like a photographer's contact sheet, each with a caption of
// one row under it. It follows from the screen's size and the wish for the thumbnails' size alone.
type Sheet struct {
	Size          int // of the thumbnails: an index of ThumbnailColumns
	Across, Down  int // thumbnails in a row, and rows
	w, h          int // cells of a thumbnail, without its caption
	Room          cell.Rect
	margin, apart int // blank rows above the first row and between rows: 0 or 1
}

// ThumbnailColumns are the widths of thumbnails before they are stretched to the screen, the smallest first.
var ThumbnailColumns = [...]int{14, 20, 30, 44}

// The size of thumbnails while nobody has chosen one: the largest of which enoughThumbnails fit.
const (
	AnySize          = -1
	enoughThumbnails = 12
)

// SheetAround are the rows of a gallery that are not the sheet's: header, facts, bottom row.
const SheetAround = 3

// ArrangeSheet places the thumbnails on a screen of w×h; size is an index of ThumbnailColumns, or AnySize.
//
//	Gallery   / boat -red   14 of 1,204      1 running · ~$0.41 today
//	░░░░░░░░░░░░ ░░░░░░░░░░░░ ░░░░░░░░░░░░
//	░░░░░░░░░░░░ ░░░░░░░░░░░░ ░░░░░░░░░░░░
//	 ★✓ caption  ▌▪✓ caption     ✗ failed
//	 …
//	the prompt and the facts of the one under the cursor
//	bottom
func ArrangeSheet(w, h, size int) Sheet {
	if size != AnySize {
		return sheetOf(w, h, max(0, min(size, len(ThumbnailColumns)-1)))
	}
	for size := len(ThumbnailColumns) - 1; size > 0; size-- {
		if s := sheetOf(w, h, size); s.Page() >= enoughThumbnails {
			return s
		}
	}
	return sheetOf(w, h, 0)
}

// sheetOf is the sheet of one size of thumbnails: stretched to the width, and half as high as wide, or what there is.
func sheetOf(w, h, size int) Sheet {
	s := Sheet{Size: size, Room: cell.Rect{X: 0, Y: 1, W: w, H: max(h-SheetAround, 2)}}
	s.Across = max((w+1)/(ThumbnailColumns[size]+1), 1)
	s.w = (w+1)/s.Across - 1
	s.h = max(1, min(s.w/2, s.Room.H-1))
	s.Down = max(s.Room.H/(s.h+1), 1)
	if free := s.Room.H - s.Down*(s.h+1); free > s.Down {
		s.margin, s.apart = 1, 1
	}
	return s
}

// Page is how many thumbnails are in sight.
func (s Sheet) Page() int { return s.Across * s.Down }

// Cell is the room of the i-th thumbnail in sight, and caption the row under it.
func (s Sheet) Cell(i int) cell.Rect {
	x, y := i%s.Across, i/s.Across
	return cell.Rect{X: s.Room.X + x*(s.w+1), Y: s.Room.Y + s.margin + y*(s.h+1+s.apart), W: s.w, H: s.h}
}

func (s Sheet) Caption(i int) cell.Rect {
	c := s.Cell(i)
	return cell.Rect{X: c.X, Y: c.Bottom(), W: c.W, H: 1}
}

// At is the thumbnail under a point, its caption included.
func (s Sheet) At(x, y int) (i int, ok bool) {
	for i := range s.Page() {
		c := s.Cell(i)
		c.H++
		if c.Holds(x, y) {
			return i, true
		}
	}
	return 0, false
}
