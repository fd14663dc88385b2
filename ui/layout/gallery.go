package layout

import (
	"math"

	"tintype/ui/cell"
)

// Gallery is the layout of the gallery: thumbnails in rows, each with a caption of one row under it, and room for a frame around both. It
// depends only on the size of the screen and the chosen size of the thumbnails.
type Gallery struct {
	Size         int // of the thumbnails: an index of ThumbnailColumns
	Across, Down int // thumbnails in a row, and rows
	Room         cell.Rect
	first        cell.Rect // the first thumbnail, without its caption
	edge         int       // rows of a frame above and below a thumbnail; 0 on a low screen, where a frame is two bars
}

// ThumbnailColumns are the widths of thumbnails, the smallest first. A screen has those near them that fill it best.
var ThumbnailColumns = [...]int{14, 20, 28, 44}

// AnySize stands for the size of thumbnails if the user has not chosen one: the largest at which minThumbnails fit.
const (
	AnySize       = -1
	minThumbnails = 12
)

// OtherRows is how many rows of the gallery have no thumbnails: header, facts, status.
const OtherRows = 3

const (
	captionRow   = 1
	frameEdge    = 1  // columns on each side of a thumbnail, or rows, which neighbours share
	minFrameRows = 10 // of the room for thumbnails
)

// ArrangeGallery places the thumbnails on a screen of w×h; size is an index of ThumbnailColumns, or AnySize.
//
//	Gallery   Filter boat -red   3 of 14      1 running · ~$0.41 today
//	┏━━━━━━━━━━━━┓
//	┃░░░░░░░░░░░░┃  ░░░░░░░░░░░░  ░░░░░░░░░░░░
//	┃░░░░░░░░░░░░┃  ░░░░░░░░░░░░  ░░░░░░░░░░░░
//	┃ ★✓ caption ┃    ✓ caption     ✗ failed
//	┗━━━━━━━━━━━━┛
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

// galleryOf returns the arrangement whose thumbnails are near the width of a size and fill the room well.
func galleryOf(w, h, size int) Gallery {
	room := cell.Rect{X: 0, Y: 1, W: w, H: max(h-OtherRows, 2)}
	var best Gallery
	least := math.Inf(1)
	for across := 1; across <= max(w/minThumbnailColumns, 1); across++ {
		for down := 1; down <= max(room.H/minThumbnailRows, 1); down++ {
			s := square(room, across, down)
			area := float64(s.Page()*s.first.W*s.first.H) / float64(w*room.H)
			misfit := math.Abs(math.Log(float64(s.first.W)/float64(ThumbnailColumns[size]))) + 1/area - 1
			if misfit < least {
				best, least = s, misfit
			}
		}
	}
	best.Size = size
	return best
}

// The least size of thumbnails with their frames and captions.
const (
	minThumbnailColumns = 10
	minThumbnailRows    = 5
)

// square places so many squares, as large as they can be, in the middle of a room. A cell is about twice as high as wide.
func square(room cell.Rect, across, down int) Gallery {
	s := Gallery{Across: across, Down: down, Room: room}
	if room.H >= minFrameRows {
		s.edge = frameEdge
	}
	wide, high := room.W/across-2*frameEdge, (room.H-s.edge)/down-captionRow-s.edge
	s.first.H = max(min(high, wide/2), 1)
	s.first.W = max(min(wide, 2*s.first.H), 1)
	s.first.X = room.X + max(room.W-across*s.pitch(), 0)/2 + frameEdge
	s.first.Y = room.Y + max(room.H-s.edge-down*s.drop(), 0)/2 + s.edge
	return s
}

// pitch is how many columns one thumbnail is from the next, and drop how many rows.
func (s Gallery) pitch() int { return s.first.W + 2*frameEdge }
func (s Gallery) drop() int  { return s.first.H + captionRow + s.edge }

// Page returns how many thumbnails are visible.
func (s Gallery) Page() int { return s.Across * s.Down }

// Cell returns the room of the i-th visible thumbnail.
func (s Gallery) Cell(i int) cell.Rect {
	r := s.first
	r.X += i % s.Across * s.pitch()
	r.Y += i / s.Across * s.drop()
	return r
}

// Caption returns the row under the i-th visible thumbnail.
func (s Gallery) Caption(i int) cell.Rect {
	c := s.Cell(i)
	return cell.Rect{X: c.X, Y: c.Bottom(), W: c.W, H: captionRow}
}

// Frame returns the outer edge of a frame around the i-th visible thumbnail and its caption.
func (s Gallery) Frame(i int) cell.Rect {
	c := s.Cell(i)
	return cell.Rect{X: c.X - frameEdge, Y: c.Y - s.edge, W: c.W + 2*frameEdge, H: c.H + captionRow + 2*s.edge}
}

// HasFrameEnds reports whether a frame has a line at its top and its bottom.
func (s Gallery) HasFrameEnds() bool { return s.edge > 0 }

// At returns the thumbnail at a cell of the screen, or whose caption is there; ok is false where there is none.
func (s Gallery) At(x, y int) (i int, ok bool) {
	for i := range s.Page() {
		c := s.Cell(i)
		c.H += captionRow
		if c.Contains(x, y) {
			return i, true
		}
	}
	return 0, false
}
