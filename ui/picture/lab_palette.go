package picture

import (
	"math"
	"sync/atomic"

	"tintype/ui/picture/raster"
)

// The tones of a picture in 16 colours: L* is raised to the power lowColourGamma, as a fraction of 1, and a* and b* are multiplied
// by lowColourChroma. The 16 colours are so far apart that without this most of a picture would be grey or black. The values come
// from trials on the photos of measure.sh.
const (
	lowColourGamma  = 0.65
	lowColourChroma = 1.5
)

// labPalette is a palette in L*a*b*, and converts pictures to the same space. It is safe for concurrent use.
type labPalette struct {
	lab     *labConverter
	colours []vec         // the palette's colours that are used
	first   int           // the number of the first of them
	table   *nearestTable // among them, in the space of binPlace
	bins    *[bins]atomic.Pointer[[]candidate]
	chroma  float32 // multiplies a* and b*
	light   [lightSteps + 1]float32
}

// lightSteps is the resolution of the table light, which maps L*.
const lightSteps = 1 << 10

// newLabPalette prepares a terminal's palette. It leaves out the first 16 of 256 colours, because every theme has its own.
func newLabPalette(p palette) *labPalette {
	l := &labPalette{lab: newLabConverter(), bins: new([bins]atomic.Pointer[[]candidate]), first: 16, chroma: 1}
	gamma := 1.
	if len(p) <= 16 {
		l.first, l.chroma, gamma = 0, lowColourChroma, lowColourGamma
	}
	for i := range l.light {
		l.light[i] = float32(100 * math.Pow(float64(i)/lightSteps, gamma))
	}
	var places palette
	for _, c := range p[l.first:] {
		v := l.lab.convert([]byte{byte(c[0]), byte(c[1]), byte(c[2])})
		l.colours = append(l.colours, v)
		places = append(places, binPlace(v))
	}
	l.table = newNearestTable(places)
	return l
}

// binPlace maps a colour in L*a*b* into the space of nearestTable's bins.
func binPlace(v vec) rgb {
	return rgb{clampToByte(2.4*v.r + 8), clampToByte(2.4*v.g + 128), clampToByte(2.4*v.b + 128)}
}

func clampToByte(v float32) int32 { return min(max(int32(v), 0), 255) }

// nearest returns the index in colours of the one nearest to v, and the square of its distance.
func (l *labPalette) nearest(v vec) (at int, err float32) {
	p := binPlace(v)
	bin := &l.bins[binIndex(p[0], p[1], p[2])&(bins-1)]
	candidates := bin.Load()
	if candidates == nil {
		candidates = l.candidates(p)
		bin.Store(candidates)
	}
	err = math.MaxFloat32
	for _, c := range *candidates {
		if e := v.sub(l.colours[c.number()]).squared(); e < err {
			at, err = int(c.number()), e
		}
	}
	return at, err
}

// candidates returns the colours that can be nearest to one in the bin of a place. The bin is extended by one each way, because
// places are rounded.
func (l *labPalette) candidates(p rgb) *[]candidate {
	block := l.table.blockCandidates(rgb{p[0] &^ 31, p[1] &^ 31, p[2] &^ 31})
	out := l.table.palette.candidates(block, rgb{p[0]&^7 - 1, p[1]&^7 - 1, p[2]&^7 - 1}, 9)
	return &out
}

// paletteNumber returns the palette's number for an index in colours.
func (l *labPalette) paletteNumber(at int) rgb { return rgb{int32(l.first + at)} }

// labAt returns the pixel x, y in L*a*b*, with the tones that the palette needs.
func (l *labPalette) labAt(r *raster.Image, x, y int) vec {
	v := l.lab.convert(r.At(x, y))
	light := min(max(int(v.r*(lightSteps/100.)), 0), lightSteps)
	return vec{l.light[light], v.g * l.chroma, v.b * l.chroma}
}

// reader returns labAt for one raster.
func (l *labPalette) reader(r *raster.Image) func(x, y int) vec {
	return func(x, y int) vec { return l.labAt(r, x, y) }
}
