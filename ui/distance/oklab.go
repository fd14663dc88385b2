package distance

import (
	"math"
	"sync"
)

// The parts of a picture whose mean colours are compared.
const (
	parts    = 8 // each way
	partSide = scaledSide / parts
)

// colour is a colour in Oklab: lightness from 0 to 1, and green–red and blue–yellow from about −0.4 to 0.4.
type colour [3]float32

func (c *colour) add(d colour) {
	for i, v := range d {
		c[i] += v
	}
}

func (c *colour) divide(n float32) {
	for i := range c {
		c[i] /= n
	}
}

// distance returns the Euclidean distance.
func (c colour) distance(d colour) float64 {
	sum := 0.0
	for i := range c {
		v := float64(c[i]) - float64(d[i])
		sum += v * v
	}
	return math.Sqrt(sum)
}

// linear is the light of each byte of sRGB, from 0 to 1.
var linear = sync.OnceValue(func() *[256]float32 {
	var table [256]float32
	for i := range table {
		v := float64(i) / 255
		if v <= 0.04045 {
			table[i] = float32(v / 12.92)
		} else {
			table[i] = float32(math.Pow((v+0.055)/1.055, 2.4))
		}
	}
	return &table
})

// oklab converts three bytes of sRGB (Ottosson 2020).
func oklab(p []byte) colour {
	table := linear()
	r, g, b := table[p[0]], table[p[1]], table[p[2]]
	l := cubeRoot(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := cubeRoot(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := cubeRoot(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return colour{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

// cubeRoot returns the cube root of a number from 0 to 1, with an error below 10⁻⁵: a guess from the bits of the number, and two steps of Newton's.
// math.Cbrt takes four times as long.
func cubeRoot(v float32) float32 {
	if v < 1e-9 {
		return 0
	}
	x := math.Float32frombits(math.Float32bits(v)/3 + 0x2a514067)
	x = (2*x + v/(x*x)) / 3
	return (2*x + v/(x*x)) / 3
}
