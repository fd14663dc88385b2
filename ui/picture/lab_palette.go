package picture

import (
	"math"
	"sync/atomic"
)

// manner is how a picture is brought nearer to a palette.
type manner struct {
	vivid    float32 // chroma is multiplied by this
	gamma    float64 // lightness, of 1, is raised to this
	handedOn float32 // how much of what the mean of a cell errs by is handed on to its neighbours
}

// With few colours far apart, most of a picture would be grey or black, and so it is made lighter and more vivid. Much is not handed
// on: the noise of it costs more of the shapes than the tones are worth. All are by trial on the photos of measure.sh.
var (
	ofMany = manner{1, 1, 0.25}
	ofFew  = manner{1.5, 0.65, 0.04}
)

// labPalette is a palette as the eye sees it, and how a picture is brought near to it. It may be used by several goroutines.
type labPalette struct {
	manner
	eye     *labConverter
	colours []vec         // the palette's colours that are used
	first   int           // the number of the first of them
	near    *nearestTable // among them, by their places
	bins    *[bins]atomic.Pointer[[]candidate]
	light   [lights + 1]float32
}

// lights is how finely light maps lightness.
const lights = 1 << 10

// newLabPalette is for a terminal's palette. Of 256 colours the first 16 are the theme's, and nobody knows them.
func newLabPalette(p palette) *labPalette {
	l := &labPalette{manner: ofMany, eye: newLabConverter(), first: 16, bins: new([bins]atomic.Pointer[[]candidate])}
	if len(p) <= 16 {
		l.manner, l.first = ofFew, 0
	}
	for i := range l.light {
		l.light[i] = float32(100 * math.Pow(float64(i)/lights, l.gamma))
	}
	var places palette
	for _, c := range p[l.first:] {
		v := l.eye.convert([]byte{byte(c[0]), byte(c[1]), byte(c[2])})
		l.colours = append(l.colours, v)
		places = append(places, binPlace(v))
	}
	l.near = newNearestTable(places)
	return l
}

// binPlace is where a colour lies among the bins of nearest.
func binPlace(v vec) rgb {
	return rgb{clampToByte(2.4*v.r + 8), clampToByte(2.4*v.g + 128), clampToByte(2.4*v.b + 128)}
}

func clampToByte(v float32) int32 { return min(max(int32(v), 0), 255) }

// nearest finds the colour nearest to v, as a place in seen, and the square of how far it is.
func (l *labPalette) nearest(v vec) (at int, err float32) {
	p := binPlace(v)
	bin := &l.bins[binIndex(p[0], p[1], p[2])&(bins-1)]
	around := bin.Load()
	if around == nil {
		around = l.candidates(p)
		bin.Store(around)
	}
	err = math.MaxFloat32
	for _, c := range *around {
		if e := v.sub(l.colours[c.number()]).squared(); e < err {
			at, err = int(c.number()), e
		}
	}
	return at, err
}

// candidates are the colours that can be nearest to one in the bin of a place; one more each way, because places are whole.
func (l *labPalette) candidates(p rgb) *[]candidate {
	block := l.near.blockCandidates(rgb{p[0] &^ 31, p[1] &^ 31, p[2] &^ 31})
	out := l.near.palette.candidates(block, rgb{p[0]&^7 - 1, p[1]&^7 - 1, p[2]&^7 - 1}, 9)
	return &out
}

// paletteNumber is that of a colour of seen in the palette.
func (l *labPalette) paletteNumber(at int) rgb { return rgb{int32(l.first + at)} }

// labAt gives the pixel x, y of a picture, brought near to the palette.
func (l *labPalette) labAt(r raster, x, y int) vec {
	v := l.eye.convert(r.pix[(y*r.w+x)*3:][:3])
	light := min(max(int(v.r*(lights/100.)), 0), lights)
	return vec{l.light[light], v.g * l.vivid, v.b * l.vivid}
}
