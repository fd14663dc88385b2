package paint

import "math"

// postprocess adds bloom, the style that the prompt asks for, the vignette, the effects of planted words, and the watermark.
func (s *scene) postprocess() {
	addBloom(s)
	s.applyStyle()
	addVignette(s)
	s.applyEffects()
	s.addWatermark()
}

// addBloom spreads light from bright pixels to their surroundings.
func addBloom(s *scene) {
	const step = 8
	w, h := s.w/step+2, s.h/step+2
	small := make([]rgb, w*h)
	for y := range h {
		for x := range w {
			p := s.pixels[min(y*step, s.h-1)*s.w+min(x*step, s.w-1)]
			small[y*w+x] = p.times(smoothstep(0.72, 1.05, p.luma()))
		}
	}
	for range 3 {
		small = boxBlur(small, w, h, max(2, int(s.U)/step/40))
	}
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			row[x] = lighten(row[x], interpolate(small, w, float64(x)/step, float64(y)/step), 0.55)
		}
	})
}

// interpolate reads a coarse image of width w between its pixels.
func interpolate(small []rgb, w int, x, y float64) rgb {
	ix, iy := int(x), int(y)
	i := iy*w + ix
	top := mix(small[i], small[i+1], x-float64(ix))
	return mix(top, mix(small[i+w], small[i+w+1], x-float64(ix)), y-float64(iy))
}

// boxBlur averages over a square of 2·radius+1 pixels.
func boxBlur(p []rgb, w, h, radius int) []rgb {
	return blurLines(blurLines(p, w, h, 1, w, radius), h, w, w, 1, radius)
}

// blurLines averages along lines of n pixels that lie step apart in memory; the lines start stride
// apart.
func blurLines(p []rgb, n, lines, step, stride, radius int) []rgb {
	out := make([]rgb, len(p))
	parallel(lines, func(k int) {
		base := k * stride
		at := func(i int) rgb { return p[base+min(max(i, 0), n-1)*step] }
		var sum rgb
		for i := -radius; i <= radius; i++ {
			v := at(i)
			sum = rgb{sum[0] + v[0], sum[1] + v[1], sum[2] + v[2]}
		}
		for i := range n {
			out[base+i*step] = sum.times(1 / float64(2*radius+1))
			in, gone := at(i+radius+1), at(i-radius)
			sum = rgb{sum[0] + in[0] - gone[0], sum[1] + in[1] - gone[1], sum[2] + in[2] - gone[2]}
		}
	})
	return out
}

// addVignette darkens the corners and adds fine grain.
func addVignette(s *scene) {
	s.eachRow(0, s.H, func(y int, row []rgb) {
		v := (float64(y)/s.H - 0.5) * 1.15
		for x := range row {
			u := (float64(x)/s.W - 0.5) * 1.15
			dark := 1 - 0.34*math.Pow(u*u+v*v, 1.4)
			grain := (lattice(int32(x), int32(y), s.seed) - 0.5) * 0.022
			row[x] = row[x].times(dark + grain)
		}
	})
}

// addWatermark writes a small "demo" into the lower right corner, light or dark to contrast with
// the background.
func (s *scene) addWatermark() {
	size := math.Max(s.U*0.016, 1.6)
	x, y := s.W-size*6.6, s.H-size*1.5
	tone := hexColour(0xffffff)
	if s.pixels[min(max(int(y), 0), s.h-1)*s.w+min(max(int(x), 0), s.w-1)].luma() > 0.62 {
		tone = hexColour(0x10141c)
	}
	p := pen{canvas: s.canvas, x: x, y: y, sx: size, sy: size, alpha: 0.62}
	for _, letter := range watermarkLetters() {
		p.fill(letter, tone)
	}
}

// watermarkLetters are the strokes of "demo": rings and bars. One unit is the height of a small
// letter.
func watermarkLetters() []path {
	const thick = 0.17
	ring := func(cx, from, to float64) path {
		var along []point
		for i := range 33 {
			a := (from + (to-from)*float64(i)/32) * math.Pi / 180
			along = append(along, point{cx + 0.42*math.Cos(a), 0.5 + 0.42*math.Sin(a)})
		}
		return stroke(along, thick, thick)
	}
	bar := func(x0, y0, x1, y1 float64) path { return stroke([]point{{x0, y0}, {x1, y1}}, thick, thick) }
	arch := func(x float64) path {
		return stroke(line(x, 0, x, 0.55, x-0.06, 0.83, x-0.26, 0.92, x-0.46, 0.83, x-0.54, 0.55), thick, thick)
	}
	return []path{
		ring(0.5, 0, 360), bar(0.92, 0, 0.92, 1.5),
		ring(1.85, 0, 320), bar(1.43, 0.5, 2.27, 0.5),
		bar(2.75, 0, 2.75, 0.98), arch(3.29), arch(3.83),
		ring(4.75, 0, 360),
	}
}
