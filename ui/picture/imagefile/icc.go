package imagefile

import (
	"encoding/binary"
	"math"
	"sync"
)

// conversion returns a function that converts pixels from an ICC profile to sRGB. It is nil if the profile is sRGB, damaged, or of an
// unsupported kind; the colours are then shown as they are. Profiles for RGB or grey that consist of a matrix and curves are supported
// (ICC.1:2022, 8.3 and 8.4); profiles that consist of tables only, as for printers, are not.
func conversion(profile []byte) func(rgb []byte) {
	p, ok := parseProfile(profile)
	if !ok || p.isSRGB() {
		return nil
	}
	return p.converter()
}

// shaper is a profile of a matrix and curves. The curves convert bytes to linear light, and the matrix converts that to linear sRGB.
type shaper struct {
	curves [3]*[256]float64
	matrix [3][3]float64
}

// Positions in a profile's header (ICC.1:2022, 7.2).
const (
	iccColourSpace, iccConnectionSpace, iccTagCount, iccTags = 16, 20, 128, 132
	iccTagSize                                               = 12
)

func parseProfile(b []byte) (p shaper, ok bool) {
	if len(b) < iccTags {
		return p, false
	}
	tag := func(name string) []byte { return iccTag(b, name) }
	switch string(b[iccColourSpace : iccColourSpace+4]) {
	case "RGB ":
		if string(b[iccConnectionSpace:iccConnectionSpace+4]) != "XYZ " {
			return p, false
		}
		return parseRGB(tag)
	case "GRAY":
		curve, ok := parseCurve(tag("kTRC"))
		p.curves = [3]*[256]float64{curve, curve, curve}
		p.matrix = [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}
		return p, ok
	}
	return p, false
}

// iccTag returns the data of a tag, or nil.
func iccTag(b []byte, name string) []byte {
	entries := b[iccTags:]
	for n := binary.BigEndian.Uint32(b[iccTagCount:]); n > 0 && len(entries) >= iccTagSize; n-- {
		if string(entries[:4]) == name {
			at, size := int64(binary.BigEndian.Uint32(entries[4:])), int64(binary.BigEndian.Uint32(entries[8:]))
			if at+size > int64(len(b)) {
				return nil
			}
			return b[at : at+size]
		}
		entries = entries[iccTagSize:]
	}
	return nil
}

func parseRGB(tag func(string) []byte) (p shaper, ok bool) {
	var colorants [3][3]float64 // of XYZ, a column for each colour
	for i, name := range []string{"r", "g", "b"} {
		xyz := tag(name + "XYZ")
		if len(xyz) < 20 || string(xyz[:4]) != "XYZ " {
			return p, false
		}
		for row := range 3 {
			colorants[row][i] = fixed16(xyz[8+4*row:])
		}
		if p.curves[i], ok = parseCurve(tag(name + "TRC")); !ok {
			return p, false
		}
	}
	p.matrix = multiply(linearSRGB, colorants)
	return p, true
}

// linearSRGB converts XYZ at D50, which profiles use, to linear sRGB. It is the inverse of sRGB's own colorants (IEC 61966-2-1, adapted by
// Bradford's method).
var linearSRGB = [3][3]float64{
	{3.1338561, -1.6168667, -0.4906146},
	{-0.9787684, 1.9161415, 0.0334540},
	{0.0719453, -0.2289914, 1.4052427},
}

func multiply(a, b [3][3]float64) (out [3][3]float64) {
	for i := range 3 {
		for j := range 3 {
			for k := range 3 {
				out[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return out
}

// fixed16 reads a number with 16 bits of fraction (s15Fixed16Number).
func fixed16(b []byte) float64 {
	return float64(int32(binary.BigEndian.Uint32(b))) / 65536
}

// parseCurve reads a curve into a table of the linear light for each byte.
func parseCurve(b []byte) (curve *[256]float64, ok bool) {
	if len(b) < 12 {
		return nil, false
	}
	switch string(b[:4]) {
	case "curv":
		return sampledCurve(b[12:], int(binary.BigEndian.Uint32(b[8:])))
	case "para":
		return parametricCurve(int(binary.BigEndian.Uint16(b[8:])), b[12:])
	}
	return nil, false
}

func tabulate(f func(x float64) float64) (*[256]float64, bool) {
	curve := new([256]float64)
	for i := range curve {
		y := f(float64(i) / 255)
		if math.IsNaN(y) {
			return nil, false
		}
		curve[i] = min(max(y, 0), 1)
	}
	return curve, true
}

// sampledCurve reads n samples of 16 bits: none for the identity, one for an exponent with 8 bits of fraction (ICC.1:2022, 10.6).
func sampledCurve(b []byte, n int) (*[256]float64, bool) {
	if n < 0 || n > len(b)/2 {
		return nil, false
	}
	sample := func(i int) float64 { return float64(binary.BigEndian.Uint16(b[2*i:])) }
	switch n {
	case 0:
		return tabulate(func(x float64) float64 { return x })
	case 1:
		return tabulate(func(x float64) float64 { return math.Pow(x, sample(0)/256) })
	}
	return tabulate(func(x float64) float64 {
		at := x * float64(n-1)
		i := min(int(at), n-2)
		part := at - float64(i)
		return (sample(i)*(1-part) + sample(i+1)*part) / 65535
	})
}

// parametricCurve reads one of the five functions of ICC.1:2022, 10.18, table 68.
func parametricCurve(function int, b []byte) (*[256]float64, bool) {
	counts := []int{1, 3, 4, 5, 7}
	if function >= len(counts) || len(b) < 4*counts[function] {
		return nil, false
	}
	var v [7]float64
	for i := range counts[function] {
		v[i] = fixed16(b[4*i:])
	}
	g, a, c, d, e, f := v[0], v[1], v[3], v[4], v[5], v[6]
	offset := v[2]
	switch function {
	case 0:
		a, d = 1, math.Inf(-1)
	case 1:
		c, d = 0, -offset/a
	case 2:
		c, d, e, f = 0, -offset/a, v[3], v[3]
	case 3:
		e, f = 0, 0
	}
	return tabulate(func(x float64) float64 {
		if x < d {
			return c*x + f
		}
		return math.Pow(max(a*x+offset, 0), g) + e
	})
}

// convertOne returns a pixel in sRGB, from 0 to 1.
func (p *shaper) convertOne(r, g, b byte) (out [3]float64) {
	linear := [3]float64{p.curves[0][r], p.curves[1][g], p.curves[2][b]}
	for i, row := range p.matrix {
		out[i] = encodeSRGB(row[0]*linear[0] + row[1]*linear[1] + row[2]*linear[2])
	}
	return out
}

// encodeSRGB is sRGB's curve (IEC 61966-2-1), clamped to 0 to 1.
func encodeSRGB(linear float64) float64 {
	switch {
	case linear <= 0:
		return 0
	case linear >= 1:
		return 1
	case linear <= 0.0031308:
		return 12.92 * linear
	}
	return 1.055*math.Pow(linear, 1/2.4) - 0.055
}

// isSRGB reports whether the conversion changes no colour by more than rounding would.
func (p *shaper) isSRGB() bool {
	const rounding = 1.5 / 255
	for _, level := range []byte{8, 32, 64, 128, 192, 255} {
		for _, c := range [][3]byte{{level, level, level}, {level, 0, 0}, {0, level, 0}, {0, 0, level}} {
			got := p.convertOne(c[0], c[1], c[2])
			for i := range c {
				if math.Abs(got[i]-float64(c[i])/255) > rounding {
					return false
				}
			}
		}
	}
	return true
}

// encodeSteps is how finely sRGB's curve is tabulated: where it is steepest, a step is a fifth of the difference of two byte values.
const encodeSteps = 1 << 14

var encodeTable = sync.OnceValue(func() *[encodeSteps + 1]byte {
	table := new([encodeSteps + 1]byte)
	for i := range table {
		table[i] = byte(encodeSRGB(float64(i)/encodeSteps)*255 + 0.5)
	}
	return table
})

// converter returns the conversion of many pixels.
func (p *shaper) converter() func(rgb []byte) {
	table := encodeTable()
	return func(rgb []byte) {
		for ; len(rgb) >= 3; rgb = rgb[3:] {
			r, g, b := p.curves[0][rgb[0]], p.curves[1][rgb[1]], p.curves[2][rgb[2]]
			for i, row := range p.matrix {
				linear := row[0]*r + row[1]*g + row[2]*b
				rgb[i] = table[int(min(max(linear, 0), 1)*encodeSteps+0.5)]
			}
		}
	}
}
