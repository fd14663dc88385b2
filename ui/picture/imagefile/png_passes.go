package imagefile

import (
	"encoding/binary"
	"image"
	"image/color"
)

// pngPass is one of the passes in which the rows of a PNG are stored: every dx-th pixel from x in every dy-th row from y.
type pngPass struct {
	x, y, dx, dy int
	row, rows    int64 // bytes of a row with its filter's number, and how many there are
	have         int64 // how many are complete
}

// adam7 are the passes of an interlaced PNG (W3C PNG, 8.2). With each of them, a pixel stands for fewer around it.
var adam7 = []pngPass{
	{x: 0, y: 0, dx: 8, dy: 8},
	{x: 4, y: 0, dx: 8, dy: 8},
	{x: 0, y: 4, dx: 4, dy: 8},
	{x: 2, y: 0, dx: 4, dy: 4},
	{x: 0, y: 2, dx: 2, dy: 4},
	{x: 1, y: 0, dx: 2, dy: 2},
	{x: 0, y: 1, dx: 1, dy: 2},
}

// pngPasses returns the passes of a picture with that header, one if it is not interlaced (W3C PNG, 7.2).
func pngPasses(header []byte) []pngPass {
	w, h := int(binary.BigEndian.Uint32(header)), int(binary.BigEndian.Uint32(header[4:]))
	bits := map[byte]int64{0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[header[9]] * int64(header[8])
	passes := []pngPass{{dx: 1, dy: 1}}
	if header[12] != 0 {
		passes = append([]pngPass(nil), adam7...)
	}
	for i := range passes {
		p := &passes[i]
		if columns := int64((w - p.x + p.dx - 1) / p.dx); columns > 0 {
			p.row, p.rows = 1+(columns*bits+7)/8, int64((h-p.y+p.dy-1)/p.dy)
		}
	}
	return passes
}

// totalBytes returns how many bytes all rows have.
func totalBytes(passes []pngPass) (total int64) {
	for _, p := range passes {
		total += p.row * p.rows
	}
	return total
}

// subImage is what the decoder of PNG returns.
type subImage interface {
	image.Image
	Set(x, y int, c color.Color)
	SubImage(r image.Rectangle) image.Image
}

// fillPasses gives pixels whose row is missing the colour of the nearest one of the passes before, to their left or above: a pass is that far from them as it begins from the corner. It returns the
// rows that the first pass begins.
func fillPasses(img subImage, passes []pngPass) image.Image {
	b := img.Bounds()
	b.Max.Y = min(b.Max.Y, int(passes[0].have)*passes[0].dy)
	for _, p := range passes[1:] {
		for y := p.y + int(p.have)*p.dy; y < b.Max.Y; y += p.dy {
			for x := p.x; x < b.Max.X; x += p.dx {
				img.Set(x, y, img.At(x-p.x, y-p.y))
			}
		}
	}
	return img.SubImage(b)
}
