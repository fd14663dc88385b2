package picture

import "math"

// The cell that is assumed where a terminal tells nothing.
const usualCellWidth, usualCellHeight = 10, 20

// Fit is the largest size within box that keeps the shape of a picture of imgW×imgH pixels, as near as whole cells can; at
// least one cell each way, and small pictures are enlarged. A cell is twice as high as wide where caps knows no better.
func Fit(imgW, imgH int, box Cells, caps Capabilities) Cells {
	if imgW < 1 || imgH < 1 || box.W < 1 || box.H < 1 {
		return Cells{max(1, box.W), max(1, box.H)}
	}
	cw, ch := caps.cell()
	shape := float64(imgW) * float64(ch) / (float64(imgH) * float64(cw)) // columns a row
	if float64(box.W) <= shape*float64(box.H) {
		return Cells{box.W, whole(float64(box.W)/shape, box.H)}
	}
	return Cells{whole(float64(box.H)*shape, box.W), box.H}
}

// whole is the nearest whole number of cells from 1 to limit; a half goes down.
func whole(cells float64, limit int) int {
	return min(max(1, int(math.Ceil(cells-0.5))), limit)
}

// cell is the size of a cell in pixels, measured or usual.
func (c Capabilities) cell() (w, h int) {
	if c.CellWidth > 0 && c.CellHeight > 0 {
		return c.CellWidth, c.CellHeight
	}
	return usualCellWidth, usualCellHeight
}

// pixels is how many pixels size takes on the screen.
func (c Capabilities) pixels(size Cells) (w, h int) {
	cw, ch := c.cell()
	return size.W * cw, size.H * ch
}
