package distance

import "math"

// weights are those of the scales, from the finest to the coarsest: the first four of the five in the paper, in total 1. The fifth would be one
// window, which is the picture.
var weights = [4]float64{0.0517, 0.3295, 0.3462, 0.2726}

// SSIM compares windows of 8×8 pixels, which overlap by half. They are made of blocks of half their side.
const (
	blockSide   = 4
	windowPixel = 4 * blockSide * blockSide
)

// The constants of SSIM for values from 0 to 1: they keep noise in flat areas from counting.
const (
	c1 = 0.01 * 0.01
	c2 = 0.03 * 0.03
)

// scale is the lightness of a picture in one size.
type scale struct {
	side      int       // pixels
	lightness []float32 // row by row
	sums      []moments // by window: of the lightness
}

// moments are the sums of the values in a window, and of their squares.
type moments struct{ sum, squares float64 }

func newScale(lightness []float32, side int) scale {
	s := scale{side: side, lightness: lightness}
	sum := windows(side, func(i int) float64 { return float64(lightness[i]) })
	squares := windows(side, func(i int) float64 { return float64(lightness[i]) * float64(lightness[i]) })
	s.sums = make([]moments, len(sum))
	for i := range sum {
		s.sums[i] = moments{sum[i], squares[i]}
	}
	return s
}

// windows sums a value of each pixel over each window, row by row.
func windows(side int, value func(i int) float64) []float64 {
	n := side / blockSide
	blocks := make([]float64, n*n)
	for y := range side {
		row := blocks[y/blockSide*n:][:n]
		for x := range side {
			row[x/blockSide] += value(y*side + x)
		}
	}
	sums := make([]float64, 0, (n-1)*(n-1))
	for y := range n - 1 {
		for x := range n - 1 {
			i := y*n + x
			sums = append(sums, blocks[i]+blocks[i+1]+blocks[i+n]+blocks[i+n+1])
		}
	}
	return sums
}

// halve returns a picture of half the side: each pixel is the mean of four.
func halve(lightness []float32, side int) []float32 {
	half := side / 2
	out := make([]float32, half*half)
	for y := range half {
		for x := range half {
			i := 2*y*side + 2*x
			out[y*half+x] = (lightness[i] + lightness[i+1] + lightness[i+side] + lightness[i+side+1]) / 4
		}
	}
	return out
}

// shapes returns 1 − multi-scale SSIM, from 0 to 1.
func shapes(a, b *Picture) float64 {
	sum := 0.0
	for i, weight := range weights {
		sum += weight * (1 - a.scales[i].similarity(&b.scales[i], i == len(weights)-1))
	}
	return min(max(sum, 0), 1)
}

// similarity returns the mean SSIM of the windows, from 0 to 1: of contrast and structure, and of brightness too if that is asked for. A scale
// that is more unlike than by chance, such as that of a negative, counts as 0.
func (s *scale) similarity(o *scale, brightness bool) float64 {
	products := windows(s.side, func(i int) float64 { return float64(s.lightness[i]) * float64(o.lightness[i]) })
	sum := 0.0
	for i, product := range products {
		a, b := s.sums[i], o.sums[i]
		ma, mb := a.sum/windowPixel, b.sum/windowPixel
		va, vb, covariance := a.squares/windowPixel-ma*ma, b.squares/windowPixel-mb*mb, product/windowPixel-ma*mb
		v := (2*covariance + c2) / (va + vb + c2)
		if brightness { // without fused multiplication, which would depend on the order of the two pictures
			v *= (2*ma*mb + c1) / (float64(ma*ma) + float64(mb*mb) + c1)
		}
		sum += v
	}
	return math.Max(sum/float64(len(products)), 0)
}
