package paint

import "math"

// drawCity draws four planes of buildings with lit windows, reflected in a wet street.
func (s *scene) drawCity() {
	s.horizon = s.H * s.between(0.66, 0.72)
	s.sunY = s.H * s.between(0.3, 0.42)
	s.drawSky()
	for i := range 4 {
		near := float64(i) / 3
		col := mix(mix(s.far, s.low, 0.3), mix(s.near, s.far, 0.12), near)
		s.drawSkyline(near, col)
	}
	s.drawReflection(s.horizon, mix(s.near, s.far, 0.25))
	s.drawFigure(s.H * 0.93)
}

// drawSkyline draws one plane of buildings; near is 0 for the farthest plane and 1 for the nearest.
func (s *scene) drawSkyline(near float64, col rgb) {
	wide := s.U * (0.05 + 0.09*near)
	for x := -wide * s.rng.Float64(); x < s.W; {
		w := wide * s.between(0.6, 1.5)
		tall := s.H * s.between(0.14, 0.46) * (1.05 - 0.62*near)
		s.drawTower(x, w, s.horizon-tall, near, mix(col, s.far, s.between(0, 0.2)))
		x += w * s.between(0.98, 1.25)
	}
}

func (s *scene) drawTower(x, w, top, near float64, col rgb) {
	haze := mix(col, s.low, 0.5*(1-near))
	s.fill(polygon(x, top, x+w, top, x+w, s.horizon+2, x, s.horizon+2), verticalGradient(top, col, s.horizon, haze))
	side := mix(col, s.glow, 0.28)
	edge := x
	if s.sunX > x {
		edge = x + w*0.88
	}
	s.fill(polygon(edge, top, edge+w*0.12, top, edge+w*0.12, s.horizon+2, edge, s.horizon+2), solid(side, 0.5))
	switch s.rng.IntN(4) {
	case 0:
		s.fill(stroke([]point{{x + w/2, top}, {x + w/2, top - w*s.between(0.3, 0.9)}}, w*0.05, w*0.02), solid(col, 1))
	case 1:
		s.fill(polygon(x+w*0.2, top, x+w*0.8, top, x+w*0.8, top-w*0.2, x+w*0.2, top-w*0.2), solid(col, 1))
	case 2:
		s.fill(polygon(x, top+1, x+w, top+1, x+w*0.5, top-w*0.45), solid(mix(col, s.near, 0.2), 1))
	}
	s.drawWindows(x, w, top, near)
}

// drawWindows draws the windows of a building. More of them are lit at night.
func (s *scene) drawWindows(x, w, top, near float64) {
	lit, cell := 0.16, s.U*(0.008+0.012*near)
	if s.night || s.top.luma() < 0.3 {
		lit = 0.5
	}
	warm := []rgb{hexColour(0xffd88a), hexColour(0xffb867), s.accent, hexColour(0xfff2cf)}
	columns := int(w * 0.84 / (cell * 1.6))
	for y := top + cell; y < s.horizon-cell; y += cell * 1.9 {
		for k := range columns {
			if !s.chance(lit) {
				continue
			}
			left := x + w*0.08 + float64(k)*cell*1.6
			tone := warm[s.rng.IntN(len(warm))]
			s.fill(polygon(left, y, left+cell, y, left+cell, y+cell*1.1, left, y+cell*1.1), solid(tone.times(1.08), s.between(0.35, 0.95)))
		}
	}
}

// drawDesert draws dunes with sharp crests, lit from one side, and cacti.
func (s *scene) drawDesert() {
	s.horizon = s.H * s.between(0.5, 0.58)
	s.drawSky()
	for i := range 5 {
		near := float64(i) / 4
		s.drawDune(s.horizon+s.H*0.1*float64(i), near, s.seed+uint32(i)*19)
		if i == 2 {
			s.drawCacti()
		}
	}
}

func (s *scene) drawDune(base, near float64, seed uint32) {
	wide := s.U * (0.55 + 0.5*near)
	h := make(ridge, s.w)
	for x := range h {
		u := float64(x)/wide + 40
		v := 1 - math.Abs(2*noise(u, 0.5, seed)-1)
		h[x] = base - s.H*0.15*(0.75*v*v+0.25*noise(u*0.7, 9, seed))
	}
	lit := mix(mix(s.far, s.sun, 0.3), s.low, 0.25*(1-near))
	dark := mix(mix(s.far, s.near, 0.55), s.mid, 0.2*(1-near))
	side := 1.0
	if s.sunX > s.W/2 {
		side = -1
	}
	wander := newField(s.canvas, 5, func(x, y float64) float64 { return fbm(x/s.U*3, y/s.U*4, 3, seed+3) - 0.5 })
	s.fillLand(h, s.H, func(x, y, depth float64) rgb {
		// Below the crest, the border between light and shade wanders.
		px := x + (depth*0.4+wander.at(int(x), int(y))*depth*0.9)*side
		slope := (h.at(px+s.U*0.01) - h.at(px-s.U*0.01)) / (s.U * 0.02) * side
		light := smoothstep(-0.1, 0.12, slope)
		ripple := (noise(x/s.U*16, y/s.U*110+noise(x/s.U*9, y/s.U*7, seed)*4, seed+5) - 0.5) * 0.07 * near
		return mix(mix(dark, lit, light), lit, smoothstep(0, s.H*0.3, depth)*0.6).times(1 + ripple)
	})
}

func (s *scene) drawCacti() {
	if !s.mentions("cactus cacti") && s.chance(0.5) {
		return
	}
	green := mix(s.leaf, s.near, 0.35)
	for range 3 {
		x, y, tall := s.W*s.between(0.1, 0.9), s.H*s.between(0.76, 0.84), s.U*s.between(0.1, 0.2)
		arm := func(along []point) {
			s.fill(stroke(along, tall*0.16, tall*0.14), horizontalGradient(x-tall*0.3, mix(green, s.sun, 0.25), x+tall*0.3, green))
		}
		arm(line(x, y, x, y-tall*0.6, x, y-tall))
		arm(line(x, y-tall*0.3, x+tall*0.26, y-tall*0.36, x+tall*0.3, y-tall*0.72))
		arm(line(x, y-tall*0.45, x-tall*0.24, y-tall*0.5, x-tall*0.27, y-tall*0.8))
		s.fill(ellipse(x, y-tall, tall*0.08, tall*0.08), solid(mix(green, s.sun, 0.15), 1))
	}
}
