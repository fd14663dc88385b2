package picture

import (
	"math"
	"sync"
)

// chromaWeight is how much a difference of hue or saturation counts beside one of lightness: shapes are seen by their light. If it
// counted whole, the photos of measure.sh would lose 7 % of their likeness (SSIM) in 256 colours.
const chromaWeight = 0.35

// labConverter turns colours into what is seen of them: CIE L*a*b* for the white of D65, with a* and b* at chromaWeight of their length.
type labConverter struct {
	linear   [256]float32
	cubeRoot [cubeRoots + 1]float32 // of 0 to 1
}

const cubeRoots = 1 << 12

var newLabConverter = sync.OnceValue(func() *labConverter {
	e := &labConverter{}
	for i := range e.linear {
		v := float64(i) / 255
		if v <= 0.04045 {
			e.linear[i] = float32(v / 12.92)
		} else {
			e.linear[i] = float32(math.Pow((v+0.055)/1.055, 2.4))
		}
	}
	for i := range e.cubeRoot {
		e.cubeRoot[i] = float32(math.Cbrt(float64(i) / cubeRoots))
	}
	return e
})

// convert gives lightness, 0 to 100, and the two axes of colour.
func (e *labConverter) convert(p []byte) vec {
	r, g, b := e.linear[p[0]], e.linear[p[1]], e.linear[p[2]]
	x := e.cubeRootOf(0.4339*r + 0.3762*g + 0.1899*b) // each by what white has of it
	y := e.cubeRootOf(0.2126*r + 0.7152*g + 0.0722*b)
	z := e.cubeRootOf(0.0177*r + 0.1095*g + 0.8730*b)
	return vec{116*y - 16, 500 * chromaWeight * (x - y), 200 * chromaWeight * (y - z)}
}

func (e *labConverter) cubeRootOf(v float32) float32 {
	if v > 0.008856 {
		return e.cubeRoot[min(int(v*cubeRoots+0.5), cubeRoots)]
	}
	return 7.787*v + 16./116
}
