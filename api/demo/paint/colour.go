package paint

import "math"

// rgb is a colour in sRGB with channels from 0 to 1. A channel above 1 is light that bloom spreads.
type rgb [3]float32

func hexColour(v uint32) rgb {
	return rgb{float32(v>>16&255) / 255, float32(v>>8&255) / 255, float32(v&255) / 255}
}

// mix interpolates linearly from a to b.
func mix(a, b rgb, t float64) rgb {
	f := float32(t)
	return rgb{a[0] + (b[0]-a[0])*f, a[1] + (b[1]-a[1])*f, a[2] + (b[2]-a[2])*f}
}

func (a rgb) times(f float64) rgb {
	k := float32(f)
	return rgb{a[0] * k, a[1] * k, a[2] * k}
}

func (a rgb) luma() float64 {
	return 0.299*float64(a[0]) + 0.587*float64(a[1]) + 0.114*float64(a[2])
}

// oklch returns lightness, chroma and hue in Oklab (Björn Ottosson, 2020), where a hue can change
// without changing the brightness.
func (a rgb) oklch() (l, c, h float64) {
	r, g, b := toLinear(a[0]), toLinear(a[1]), toLinear(a[2])
	x := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	y := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	z := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	l = 0.2104542553*x + 0.7936177850*y - 0.0040720468*z
	p := 1.9779984951*x - 2.4285922050*y + 0.4505937099*z
	q := 0.0259040371*x + 0.7827717662*y - 0.8086757660*z
	return l, math.Hypot(p, q), math.Atan2(q, p)
}

func fromOklch(l, c, h float64) rgb {
	p, q := c*math.Cos(h), c*math.Sin(h)
	x := cube(l + 0.3963377774*p + 0.2158037573*q)
	y := cube(l - 0.1055613458*p - 0.0638541728*q)
	z := cube(l - 0.0894841775*p - 1.2914855480*q)
	return rgb{
		fromLinear(4.0767416621*x - 3.3077115913*y + 0.2309699292*z),
		fromLinear(-1.2684380046*x + 2.6097574011*y - 0.3413193965*z),
		fromLinear(-0.0041960863*x - 0.7034186147*y + 1.7076147010*z),
	}
}

func cube(v float64) float64 { return v * v * v }

func toLinear(v float32) float64 {
	if v <= 0.04045 {
		return float64(v) / 12.92
	}
	return math.Pow((float64(v)+0.055)/1.055, 2.4)
}

func fromLinear(v float64) float32 {
	if v <= 0.0031308 {
		return float32(math.Max(v, 0) * 12.92)
	}
	return float32(math.Min(1.055*math.Pow(v, 1/2.4)-0.055, 1))
}

// towardHue moves the hue of a towards that of b by the share t, and raises the chroma with it.
func (a rgb) towardHue(b rgb, t float64) rgb {
	l, c, h := a.oklch()
	_, cb, hb := b.oklch()
	turn := math.Remainder(hb-h, 2*math.Pi)
	return fromOklch(l, c+(math.Max(c, cb*0.7)-c)*t, h+turn*t)
}

func clamp(v float64) float64 { return math.Max(0, math.Min(1, v)) }

// smoothstep rises from 0 at a to 1 at b along a cubic.
func smoothstep(a, b, v float64) float64 {
	t := clamp((v - a) / (b - a))
	return t * t * (3 - 2*t)
}
