package picture

import "math"

// The cell that is assumed where a terminal tells nothing.
const defaultCellWidth, defaultCellHeight = 10, 20

// Fit is the largest size within box that keeps the shape of a picture of imgW×imgH pixels, as near as whole cells can; at
// least one cell each way, and small pictures are enlarged. A cell is twice as high as wide where caps knows no better.
func Fit(imgW, imgH int, box Cells, caps Capabilities) Cells {
	if imgW < 1 || imgH < 1 || box.W < 1 || box.H < 1 {
		return Cells{max(1, box.W), max(1, box.H)}
	}
	cw, ch := caps.cellPixels()
	shape := float64(imgW) * float64(ch) / (float64(imgH) * float64(cw)) // columns a row
	if float64(box.W) <= shape*float64(box.H) {
		return Cells{box.W, roundToCells(float64(box.W)/shape, box.H)}
	}
	return Cells{roundToCells(float64(box.H)*shape, box.W), box.H}
}

// roundToCells is the nearest whole number of cells from 1 to limit; a half goes down.
func roundToCells(cells float64, limit int) int {
	return min(max(1, int(math.Ceil(cells-0.5))), limit)
}

// cellPixels is the size of a cell in pixels, measured or usual.
func (c Capabilities) cellPixels() (w, h int) {
	if c.CellWidth > 0 && c.CellHeight > 0 {
		return c.CellWidth, c.CellHeight
	}
	return defaultCellWidth, defaultCellHeight
}

// pixelSize is how many pixels size takes on the screen.
func (c Capabilities) pixelSize(size Cells) (w, h int) {
	cw, ch := c.cellPixels()
	return size.W * cw, size.H * ch
}
