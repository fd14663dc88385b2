package paint

import "math"

// ridge is the outline of land: for each column, its height in pixels from the top.
type ridge []float64

// ridgeline draws a ridge from noise. base and tall are in pixels, wide is the width of a hill.
func (s *scene) ridgeline(base, tall, wide float64, sharp bool, seed uint32) ridge {
	heights := make(ridge, s.w)
	for x := range heights {
		u := float64(x)/wide + 50
		v := fbm(u, 0.5, 5, seed)
		if sharp {
			v = 0.55*ridged(u*0.8, 0.5, 5, seed) + 0.45*fbm(u*0.6, 2.5, 3, seed+3)
		}
		heights[x] = base - tall*(v*1.6-0.3)
	}
	return heights
}

func (h ridge) top() float64 {
	top := math.Inf(1)
	for _, v := range h {
		top = math.Min(top, v)
	}
	return top
}

// at returns the height at x; outside the canvas that of the nearest edge.
func (h ridge) at(x float64) float64 { return h[min(max(int(x), 0), len(h)-1)] }

// fillLand paints everything between a ridge and the height bottom. The colour may depend on the
// depth below the ridge.
func (s *scene) fillLand(h ridge, bottom float64, shade func(x, y, depth float64) rgb) {
	s.eachRow(h.top()-1, bottom, func(y int, row []rgb) {
		for x := range row {
			cover := clamp(float64(y) + 1 - h[x])
			if cover > 0 {
				row[x] = mix(row[x], shade(float64(x), float64(y), math.Max(float64(y)-h[x], 0)), cover)
			}
		}
	})
}

// drawHazyLand draws plain land that fades into mist towards the bottom.
func (s *scene) drawHazyLand(h ridge, bottom float64, col rgb, mist rgb, strength float64) {
	deep := math.Max(bottom-h.top(), 1)
	s.fillLand(h, bottom, func(x, y, depth float64) rgb {
		grain := (noise(x/s.U*60, y/s.U*90, s.seed+77) - 0.5) * 0.05
		return mix(col, mist, strength*smoothstep(0, deep, depth)).times(1 + grain)
	})
}

// drawMountain draws a mountain with lit and dark sides; snow is the share of its height that is
// covered.
func (s *scene) drawMountain(h ridge, bottom float64, col, mist rgb, snow float64, seed uint32) {
	top := h.top()
	deep := math.Max(bottom-top, 1)
	step := s.U * 0.012
	if s.sunX > s.W/2 {
		step = -step
	}
	relief := newField(s.canvas, 4, func(x, y float64) float64 {
		lean := (y - top) * 0.5
		return ridged((x+lean)/s.U*3.1, (y-0.3*lean)/s.U*2.3, 4, seed+9) + ridged((x-lean)/s.U*3.7, y/s.U*2.6, 4, seed+19)
	})
	lit, dark := mix(col, s.sun, 0.42), mix(col, s.near, 0.42)
	white, blue := mix(hexColour(0xfffcf5), s.glow, 0.2), mix(mix(hexColour(0xb7c8e4), s.mid, 0.45), s.near, 0.12)
	s.fillLand(h, bottom, func(x, y, depth float64) rgb {
		here := relief.at(int(x), int(y))
		there := relief.at(int(math.Max(0, math.Min(s.W-1, x+step))), int(y))
		light := smoothstep(-0.24, 0.26, there-here)
		line := top + deep*snow*(1.35-0.55*here)
		tone := mix(mix(dark, lit, light), mix(blue, white, light), smoothstep(s.U*0.012, -s.U*0.012, y-line))
		return mix(tone, mist, 0.85*smoothstep(deep*0.12, deep*0.75, depth))
	})
}

// drawMountains draws three ranges with mist between them and firs in front.
func (s *scene) drawMountains() {
	s.horizon = s.H * s.between(0.62, 0.7)
	s.drawSky()
	s.drawRanges(s.horizon)
	s.drawWoods(s.horizon + s.H*0.1)
	s.drawFigure(s.H * 0.93)
}

func (s *scene) drawRanges(base float64) {
	snow := s.between(0.1, 0.3)
	if s.mentions("snow winter snowy ice alps peak") {
		snow = 0.6
	}
	for i := range 3 {
		near := float64(i) / 3
		h := s.ridgeline(base+s.H*0.06*near, s.H*(0.44-0.27*near), s.U*(0.7-0.2*near), true, s.seed+uint32(i)*7)
		col := mix(mix(s.far, s.low, 0.25), mix(s.far, s.near, 0.5), near)
		bottom := base + s.H*(0.14+0.1*near)
		s.drawMountain(h, bottom, col, mix(s.low, s.far, 0.35), snow*(1-near), s.seed+uint32(i)*13)
	}
}

// drawWoods draws hills of firs, darker towards the front.
func (s *scene) drawWoods(base float64) {
	for i := range 3 {
		near := float64(i+1) / 3
		h := s.ridgeline(base+s.H*0.1*float64(i), s.H*0.09, s.U*0.7, false, s.seed+uint32(i)*29+3)
		col := mix(mix(s.far, s.near, 0.45+0.2*near), mix(s.near, s.leaf, 0.25), near)
		s.drawFirs(h, s.U*(0.03+0.07*near*near), col)
		s.drawHazyLand(h, s.H, col, mix(s.low, s.far, 0.4), 0.45*(1-near))
	}
}

// drawFirs draws firs along a ridge.
func (s *scene) drawFirs(h ridge, tall float64, col rgb) {
	for x := -tall; x < s.W+tall; x += tall * s.between(0.12, 0.42) {
		size := tall * s.between(0.5, 1.15)
		tone := mix(col, s.near, s.between(0, 0.3))
		p := pen{canvas: s.canvas, x: x, y: h.at(x) + size*0.1, sx: size * 0.9, sy: size, alpha: 1}
		p.fill(firShape(s.rng.Float64()), tone)
	}
}

// firShape is a jagged tree of height 1.
func firShape(lean float64) path {
	xy := []float64{0, 1}
	const tiers = 6
	for side := range 2 {
		sign := 1.0
		if side == 1 {
			sign = -1
		}
		for i := range tiers {
			k := i
			if side == 1 {
				k = tiers - 1 - i
			}
			y := 1 - float64(k+1)/tiers*0.95
			out := 0.05 + 0.2*float64(k+1)/tiers + 0.02*math.Sin(lean*9+float64(k)*2)
			if side == 0 {
				xy = append(xy, sign*out, y, sign*out*0.55, y+0.035)
			} else {
				xy = append(xy, sign*out*0.55, y+0.035, sign*out, y)
			}
		}
	}
	return polygon(xy...)
}
