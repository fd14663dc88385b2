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

// limited is a palette as the eye sees it, and how a picture is brought near to it. It may be used by several goroutines.
type limited struct {
	manner
	eye   *eye
	seen  []vec    // the palette's colours that are used
	first int      // the number of the first of them
	near  *nearest // among them, by their places
	bins  *[bins]atomic.Pointer[[]candidate]
	light [lights + 1]float32
}

// lights is how finely light maps lightness.
const lights = 1 << 10

// newLimited is for a terminal's palette. Of 256 colours the first 16 are the theme's, and nobody knows them.
func newLimited(p palette) *limited {
	l := &limited{manner: ofMany, eye: theEye(), first: 16, bins: new([bins]atomic.Pointer[[]candidate])}
	if len(p) <= 16 {
		l.manner, l.first = ofFew, 0
	}
	for i := range l.light {
		l.light[i] = float32(100 * math.Pow(float64(i)/lights, l.gamma))
	}
	var places palette
	for _, c := range p[l.first:] {
		v := l.eye.sees([]byte{byte(c[0]), byte(c[1]), byte(c[2])})
		l.seen = append(l.seen, v)
		places = append(places, placeOf(v))
	}
	l.near = newNearest(places)
	return l
}

// placeOf is where a colour lies among the bins of nearest.
func placeOf(v vec) rgb { return rgb{place(2.4*v.r + 8), place(2.4*v.g + 128), place(2.4*v.b + 128)} }

func place(v float32) int32 { return min(max(int32(v), 0), 255) }

// nearest finds the colour nearest to v, as a place in seen, and the square of how far it is.
func (l *limited) nearest(v vec) (at int, err float32) {
	p := placeOf(v)
	bin := &l.bins[binOf(p[0], p[1], p[2])&(bins-1)]
	around := bin.Load()
	if around == nil {
		around = l.around(p)
		bin.Store(around)
	}
	err = math.MaxFloat32
	for _, c := range *around {
		if e := v.minus(l.seen[c.number()]).squared(); e < err {
			at, err = int(c.number()), e
		}
	}
	return at, err
}

// around are the colours that can be nearest to one in the bin of a place; one more each way, because places are whole.
func (l *limited) around(p rgb) *[]candidate {
	block := l.near.block(rgb{p[0] &^ 31, p[1] &^ 31, p[2] &^ 31})
	out := l.near.palette.candidates(block, rgb{p[0]&^7 - 1, p[1]&^7 - 1, p[2]&^7 - 1}, 9)
	return &out
}

// number is that of a colour of seen in the palette.
func (l *limited) number(at int) rgb { return rgb{int32(l.first + at)} }

// reads gives the pixel x, y of a picture, brought near to the palette.
func (l *limited) reads(r raster, x, y int) vec {
	v := l.eye.sees(r.pix[(y*r.w+x)*3:][:3])
	light := min(max(int(v.r*(lights/100.)), 0), lights)
	return vec{l.light[light], v.g * l.vivid, v.b * l.vivid}
}
