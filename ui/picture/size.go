package picture

import (
	"context"
	"image"
	"math"

	"tintype/ui/picture/raster"
)

// The pixels of a cell where the terminal does not report them.
const defaultCellWidth, defaultCellHeight = 10, 20

// Fit returns the largest size within box that keeps the proportions of a picture of imgW×imgH pixels, as nearly as whole cells
// allow. It is at least one cell each way, and small pictures are enlarged. Where caps does not know the size of a cell, cells
// count as twice as high as wide.
func Fit(imgW, imgH int, box Cells, caps Capabilities) Cells {
	if imgW < 1 || imgH < 1 || box.W < 1 || box.H < 1 {
		return Cells{max(1, box.W), max(1, box.H)}
	}
	cw, ch := caps.cellPixels()
	columnsPerRow := float64(imgW) * float64(ch) / (float64(imgH) * float64(cw))
	if float64(box.W) <= columnsPerRow*float64(box.H) {
		return Cells{box.W, roundToCells(float64(box.W)/columnsPerRow, box.H)}
	}
	return Cells{roundToCells(float64(box.H)*columnsPerRow, box.W), box.H}
}

// roundToCells returns the nearest whole number from 1 to limit; halves are rounded down.
func roundToCells(cells float64, limit int) int {
	return min(max(1, int(math.Ceil(cells-0.5))), limit)
}

// cellPixels returns the size of a cell in pixels, reported or assumed.
func (c Capabilities) cellPixels() (w, h int) {
	if c.CellWidth > 0 && c.CellHeight > 0 {
		return c.CellWidth, c.CellHeight
	}
	return defaultCellWidth, defaultCellHeight
}

// pixelSize returns how many pixels size takes on the screen.
func (c Capabilities) pixelSize(size Cells) (w, h int) {
	cw, ch := c.cellPixels()
	return size.W * cw, size.H * ch
}

// scaleToSend scales a picture for a terminal that fits it into its cells itself. It never makes more pixels than the cells or the
// picture have, because the terminal enlarges better than we do.
func scaleToSend(ctx context.Context, img image.Image, size Cells, caps Capabilities) (raster.Image, error) {
	w, h := caps.pixelSize(size)
	if b := img.Bounds(); w > b.Dx() && h > b.Dy() {
		w, h = b.Dx(), b.Dy()
	}
	return raster.Scale(ctx, img, w, h)
}
