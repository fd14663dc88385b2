package paint

import "math"

// noise is value noise: smooth, from 0 to 1, and always the same at the same point.
func noise(x, y float64, seed uint32) float64 {
	fx, fy := math.Floor(x), math.Floor(y)
	tx, ty := x-fx, y-fy
	tx, ty = tx*tx*(3-2*tx), ty*ty*(3-2*ty)
	ix, iy := int32(fx), int32(fy)
	top := lattice(ix, iy, seed) + (lattice(ix+1, iy, seed)-lattice(ix, iy, seed))*tx
	bottom := lattice(ix, iy+1, seed) + (lattice(ix+1, iy+1, seed)-lattice(ix, iy+1, seed))*tx
	return top + (bottom-top)*ty
}

// lattice is the value of the noise at a grid point: a hash of the coordinates and the seed, from 0
// to 1.
func lattice(x, y int32, seed uint32) float64 {
	h := uint32(x)*0x85ebca6b ^ uint32(y)*0xc2b2ae35 ^ seed*0x9e3779b1
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	h *= 0x297a2d39
	h ^= h >> 15
	return float64(h) / (1 << 32)
}

// fbm (fractal Brownian motion) adds octaves of noise, each with twice the frequency and half the
// amplitude.
func fbm(x, y float64, octaves int, seed uint32) float64 {
	sum, strength, total := 0.0, 0.5, 0.0
	for i := range octaves {
		sum += strength * noise(x, y, seed+uint32(i)*101)
		total += strength
		x, y, strength = x*2.03+7.1, y*2.03+3.7, strength*0.5
	}
	return sum / total
}

// ridged is fbm with sharp crests.
func ridged(x, y float64, octaves int, seed uint32) float64 {
	sum, strength, total := 0.0, 0.5, 0.0
	for i := range octaves {
		v := 1 - math.Abs(2*noise(x, y, seed+uint32(i)*131)-1)
		sum += strength * v * v
		total += strength
		x, y, strength = x*2.1+5.3, y*2.1+1.9, strength*0.5
	}
	return sum / total
}

// field holds values sampled on a coarse grid and interpolates between them. It saves time where
// detail does not show.
type field struct {
	w, h int
	step float64
	v    []float32
}

func newField(c *canvas, step int, at func(x, y float64) float64) field {
	f := field{w: c.w/step + 3, h: c.h/step + 3, step: float64(step)}
	f.v = make([]float32, f.w*f.h)
	parallel(f.h, func(y int) {
		for x := range f.w {
			f.v[y*f.w+x] = float32(at(float64(x*step), float64(y*step)))
		}
	})
	return f
}

func (f field) at(x, y int) float64 {
	px, py := float64(x)/f.step, float64(y)/f.step
	ix, iy := int(px), int(py)
	tx, ty := float32(px-float64(ix)), float32(py-float64(iy))
	i := iy*f.w + ix
	top := f.v[i] + (f.v[i+1]-f.v[i])*tx
	bottom := f.v[i+f.w] + (f.v[i+f.w+1]-f.v[i+f.w])*tx
	return float64(top + (bottom-top)*ty)
}
