package picture

import (
	"slices"

	"tintype/ui/picture/raster"
)

// bins is the number of bins that colours are sorted into, by 5 bits of each channel.
const bins = 1 << 15

func binIndex(r, g, b int32) int { return int(r>>3<<10 | g>>3<<5 | b>>3) }

// bin is a group of pixels of similar colours: their number and their sum.
type bin struct {
	count int64
	sum   [3]int64
}

// colourBox is a set of bins that will share one colour of the palette.
type colourBox struct {
	bins []bin
	axis int     // the channel in which the pixels differ most
	mid  float64 // their mean in it, where the box is split
	err  float64 // the sum of squares in it, which splitting may reduce
}

// quantise picks at most n colours for r: it splits the box whose pixels differ most, at their mean, until there are n (a
// variance-based median cut).
func quantise(r raster.Image, n int) palette {
	counted := make([]bin, bins)
	for i := 0; i+2 < len(r.Pix); i += 3 {
		p := r.Pix[i : i+3 : i+3]
		b := &counted[binIndex(int32(p[0]), int32(p[1]), int32(p[2]))]
		b.count++
		b.sum[0] += int64(p[0])
		b.sum[1] += int64(p[1])
		b.sum[2] += int64(p[2])
	}
	counted = slices.DeleteFunc(counted, func(b bin) bool { return b.count == 0 })
	boxes := []colourBox{newColourBox(counted)}
	for len(boxes) < n {
		worst := 0
		for i := range boxes {
			if boxes[i].err > boxes[worst].err {
				worst = i
			}
		}
		if boxes[worst].err <= 0 {
			break
		}
		low, high := boxes[worst].split()
		boxes[worst] = low
		boxes = append(boxes, high)
	}
	p := make(palette, len(boxes))
	for i, b := range boxes {
		p[i] = b.mean()
	}
	return p
}

// newColourBox measures how the pixels of some bins differ.
func newColourBox(of []bin) colourBox {
	b := colourBox{bins: of}
	if len(of) < 2 {
		return b
	}
	for axis := range 3 {
		var n, sum, squares float64
		for _, bin := range of {
			count, s := float64(bin.count), float64(bin.sum[axis])
			n += count
			sum += s
			squares += s * s / count
		}
		if err := squares - sum*sum/n; err > b.err {
			b.err, b.axis, b.mid = err, axis, sum/n
		}
	}
	return b
}

// split returns the bins below and above the mean.
func (b colourBox) split() (low, high colourBox) {
	n := 0 // below the mean, moved to the front
	for i, bin := range b.bins {
		if float64(bin.sum[b.axis]) < b.mid*float64(bin.count) {
			b.bins[i], b.bins[n] = b.bins[n], b.bins[i]
			n++
		}
	}
	return newColourBox(b.bins[:n]), newColourBox(b.bins[n:])
}

func (b colourBox) mean() rgb {
	var n int64
	var sum [3]int64
	for _, bin := range b.bins {
		n += bin.count
		for c, s := range bin.sum {
			sum[c] += s
		}
	}
	var mean rgb
	for c := range mean {
		mean[c] = int32((sum[c] + n/2) / n)
	}
	return mean
}
