package picture

// diffuser puts rows of pixels into the colours of a palette, the error handed on to the right and below (Floyd and Steinberg).
type diffuser struct {
	near    *nearestTable
	w       int
	carried []rgbError // to each pixel of the next row, in 16ths
}

// rgbError is what the channels of a pixel fall short of.
type rgbError struct{ r, g, b int32 }

func newDiffuser(near *nearestTable, w int) *diffuser { return &diffuser{near, w, make([]rgbError, w)} }

// indexRows gives a number to each pixel of some rows, of which nobody owes the first anything.
func (d *diffuser) indexRows(out []uint8, pix []byte) {
	clear(d.carried)
	rows := len(out) / d.w
	for y := 0; y < rows; y += 2 {
		at, end := y*d.w, min(y+2, rows)*d.w
		d.indexPair(out[at:end], pix[3*at:3*end])
	}
}

// indexPair does two rows, or a last one, at once: a pixel has to wait for the one before it, and so one of the row below, two to
// the left, costs no time.
func (d *diffuser) indexPair(out []uint8, pix []byte) {
	var up, low, up1, up2, up3, low1, low2 rgbError // of this pixel, the one before, and so on
	for x := range d.w + 2 {
		up = rgbError{}
		if x < d.w {
			out[x], up = d.pixel(withError(pix[3*x:], d.carried[x], up1))
		}
		if z := x - 2 + d.w; z >= d.w && z < len(out) {
			out[z], low = d.pixel(withError(pix[3*z:], errorBelow(up3, up2, up1), low1))
			if x > 2 {
				d.carried[x-3] = errorBelow(low2, low1, low)
			}
			low2, low1 = low1, low
		}
		up3, up2, up1 = up2, up1, up
	}
	d.carried[d.w-1] = errorBelow(low2, low1, rgbError{})
}

// errorBelow is what three pixels beside each other hand on to the one below the middle, in 16ths.
func errorBelow(left, middle, right rgbError) rgbError {
	return rgbError{left.r + 5*middle.r + 3*right.r, left.g + 5*middle.g + 3*right.g, left.b + 5*middle.b + 3*right.b}
}

// pixel finds the colour nearest to one.
func (d *diffuser) pixel(r, g, b int32) (number uint8, left rgbError) {
	f := d.near.lookUp(binIndex(r, g, b) & (bins - 1))
	return uint8(f), rgbError{r - int32(f>>24), g - int32(f>>16&255), b - int32(f>>8&255)}
}

// withError is a pixel, what the row above owes it and what the pixel before hands on.
func withError(p []byte, owed, before rgbError) (r, g, b int32) {
	_ = p[2]
	return clampSample(p[0], owed.r+7*before.r), clampSample(p[1], owed.g+7*before.g), clampSample(p[2], owed.b+7*before.b)
}

// clampSample is a sample and what it is owed, in 16ths, within a byte.
func clampSample(v byte, owed int32) int32 { return min(max(int32(v)+owed>>4, 0), 255) }
