package ui

// sheet is the arrangement of a gallery: thumbnails in rows like a photographer's contact sheet, each with a caption of
// one row under it. It follows from the screen's size and the wish for the thumbnails' size alone.
type sheet struct {
	size          int // of the thumbnails: an index of thumbnailColumns
	across, down  int // thumbnails in a row, and rows
	w, h          int // cells of a thumbnail, without its caption
	room          rect
	margin, apart int // blank rows above the first row and between rows: 0 or 1
}

// thumbnailColumns are the widths of thumbnails before they are stretched to the screen, the smallest first.
var thumbnailColumns = [...]int{14, 20, 30, 44}

// The size of thumbnails while nobody has chosen one: the largest of which enoughThumbnails fit.
const (
	anySize          = -1
	enoughThumbnails = 12
)

// sheetAround are the rows of a gallery that are not the sheet's: header, facts, bottom row.
const sheetAround = 3

// arrangeSheet places the thumbnails on a screen of w×h; size is an index of thumbnailColumns, or anySize.
//
//	Gallery   / boat -red   14 of 1,204      1 running · ~$0.41 today
//	░░░░░░░░░░░░ ░░░░░░░░░░░░ ░░░░░░░░░░░░
//	░░░░░░░░░░░░ ░░░░░░░░░░░░ ░░░░░░░░░░░░
//	 ★✓ caption  ▌▪✓ caption     ✗ failed
//	 …
//	the prompt and the facts of the one under the cursor
//	bottom
func arrangeSheet(w, h, size int) sheet {
	if size != anySize {
		return sheetOf(w, h, max(0, min(size, len(thumbnailColumns)-1)))
	}
	for size := len(thumbnailColumns) - 1; size > 0; size-- {
		if s := sheetOf(w, h, size); s.page() >= enoughThumbnails {
			return s
		}
	}
	return sheetOf(w, h, 0)
}

// sheetOf is the sheet of one size of thumbnails: stretched to the width, and half as high as wide, or what there is.
func sheetOf(w, h, size int) sheet {
	s := sheet{size: size, room: rect{0, 1, w, max(h-sheetAround, 2)}}
	s.across = max((w+1)/(thumbnailColumns[size]+1), 1)
	s.w = (w+1)/s.across - 1
	s.h = max(1, min(s.w/2, s.room.h-1))
	s.down = max(s.room.h/(s.h+1), 1)
	if free := s.room.h - s.down*(s.h+1); free > s.down {
		s.margin, s.apart = 1, 1
	}
	return s
}

// page is how many thumbnails are in sight.
func (s sheet) page() int { return s.across * s.down }

// cell is the room of the i-th thumbnail in sight, and caption the row under it.
func (s sheet) cell(i int) rect {
	x, y := i%s.across, i/s.across
	return rect{s.room.x + x*(s.w+1), s.room.y + s.margin + y*(s.h+1+s.apart), s.w, s.h}
}

func (s sheet) caption(i int) rect {
	c := s.cell(i)
	return rect{c.x, c.bottom(), c.w, 1}
}

// at is the thumbnail under a point, its caption included.
func (s sheet) at(x, y int) (i int, ok bool) {
	for i := range s.page() {
		c := s.cell(i)
		c.h++
		if c.holds(x, y) {
			return i, true
		}
	}
	return 0, false
}
