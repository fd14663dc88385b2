package picture

// diffuser puts rows of pixels into the colours of a palette, the error handed on to the right and below (Floyd and Steinberg).
type diffuser struct {
	near *nearest
	w    int
	owed []lack // to each pixel of the next row, in 16ths
}

// lack is what the channels of a pixel fall short of.
type lack struct{ r, g, b int32 }

func newDiffuser(near *nearest, w int) *diffuser { return &diffuser{near, w, make([]lack, w)} }

// index gives a number to each pixel of some rows, of which nobody owes the first anything.
func (d *diffuser) index(out []uint8, pix []byte) {
	clear(d.owed)
	rows := len(out) / d.w
	for y := 0; y < rows; y += 2 {
		at, end := y*d.w, min(y+2, rows)*d.w
		d.pair(out[at:end], pix[3*at:3*end])
	}
}

// pair does two rows, or a last one, at once: a pixel has to wait for the one before it, and so one of the row below, two to
// the left, costs no time.
func (d *diffuser) pair(out []uint8, pix []byte) {
	var up, low, up1, up2, up3, low1, low2 lack // of this pixel, the one before, and so on
	for x := range d.w + 2 {
		up = lack{}
		if x < d.w {
			out[x], up = d.pixel(wanted(pix[3*x:], d.owed[x], up1))
		}
		if z := x - 2 + d.w; z >= d.w && z < len(out) {
			out[z], low = d.pixel(wanted(pix[3*z:], below(up3, up2, up1), low1))
			if x > 2 {
				d.owed[x-3] = below(low2, low1, low)
			}
			low2, low1 = low1, low
		}
		up3, up2, up1 = up2, up1, up
	}
	d.owed[d.w-1] = below(low2, low1, lack{})
}

// below is what three pixels beside each other hand on to the one below the middle, in 16ths.
func below(left, middle, right lack) lack {
	return lack{left.r + 5*middle.r + 3*right.r, left.g + 5*middle.g + 3*right.g, left.b + 5*middle.b + 3*right.b}
}

// pixel finds the colour nearest to one.
func (d *diffuser) pixel(r, g, b int32) (number uint8, left lack) {
	f := d.near.to(binOf(r, g, b) & (bins - 1))
	return uint8(f), lack{r - int32(f>>24), g - int32(f>>16&255), b - int32(f>>8&255)}
}

// wanted is a pixel, what the row above owes it and what the pixel before hands on.
func wanted(p []byte, owed, before lack) (r, g, b int32) {
	_ = p[2]
	return within(p[0], owed.r+7*before.r), within(p[1], owed.g+7*before.g), within(p[2], owed.b+7*before.b)
}

// within is a sample and what it is owed, in 16ths, within a byte.
func within(v byte, owed int32) int32 { return min(max(int32(v)+owed>>4, 0), 255) }
