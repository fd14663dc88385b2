package picture

// diffuser maps rows of pixels to the colours of a palette. It spreads the error of each pixel to the right and below, with the
// weights of Floyd and Steinberg.
type diffuser struct {
	near    *nearestTable
	w       int
	carried []rgbError // the error that each pixel of the next row receives, in 16ths
}

// rgbError is how far a pixel is below what it should be, by channel.
type rgbError struct{ r, g, b int32 }

func newDiffuser(near *nearestTable, w int) *diffuser { return &diffuser{near, w, make([]rgbError, w)} }

// indexRows fills out with the palette's numbers for the pixels of some rows. The first row receives no error.
func (d *diffuser) indexRows(out []uint8, pix []byte) {
	clear(d.carried)
	rows := len(out) / d.w
	for y := 0; y < rows; y += 2 {
		at, end := y*d.w, min(y+2, rows)*d.w
		d.indexPair(out[at:end], pix[3*at:3*end])
	}
}

// indexPair does two rows at once, or one if it is the last. Each pixel has to wait for the one before it; the processor uses that
// time for a pixel of the lower row, two columns behind.
func (d *diffuser) indexPair(out []uint8, pix []byte) {
	var up, low, up1, up2, up3, low1, low2 rgbError // of this pixel, of the one before, and so on
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

// errorBelow returns the error that a pixel receives from the three above it, in 16ths.
func errorBelow(left, middle, right rgbError) rgbError {
	return rgbError{left.r + 5*middle.r + 3*right.r, left.g + 5*middle.g + 3*right.g, left.b + 5*middle.b + 3*right.b}
}

// pixel returns the number of the nearest colour, and the error that is left.
func (d *diffuser) pixel(r, g, b int32) (number uint8, err rgbError) {
	f := d.near.lookUp(binIndex(r, g, b) & (bins - 1))
	return uint8(f), rgbError{r - int32(f>>24), g - int32(f>>16&255), b - int32(f>>8&255)}
}

// withError adds to a pixel the error from the row above, in 16ths, and 7/16 of the error of the pixel before.
func withError(p []byte, above, before rgbError) (r, g, b int32) {
	_ = p[2]
	return clampSample(p[0], above.r+7*before.r), clampSample(p[1], above.g+7*before.g), clampSample(p[2], above.b+7*before.b)
}

// clampSample adds an error in 16ths to a sample.
func clampSample(v byte, err int32) int32 { return min(max(int32(v)+err>>4, 0), 255) }
