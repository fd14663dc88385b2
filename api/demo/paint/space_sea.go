package paint

import "math"

// drawSpace draws a nebula, stars, a planet with rings and a small moon.
func (s *scene) drawSpace() {
	s.horizon = s.H * 1.4
	a, b := s.accent.towardHue(s.glow, 0.5), s.glow
	cloud := newField(s.canvas, 4, func(x, y float64) float64 {
		wx, wy := fbm(x/s.U*2, y/s.U*2, 3, s.seed), fbm(x/s.U*2+9, y/s.U*2, 3, s.seed+4)
		return fbm(x/s.U*1.6+wx*1.8, y/s.U*1.6+wy*1.8, 5, s.seed+8)
	})
	hue := newField(s.canvas, 8, func(x, y float64) float64 { return fbm(x/s.U*1.2, y/s.U*1.2, 3, s.seed+15) })
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			v := smoothstep(0.42, 0.78, cloud.at(x, y))
			row[x] = mix(s.top, mix(b, a, smoothstep(0.35, 0.65, hue.at(x, y))), v*0.72)
		}
	})
	s.drawStars(1)
	s.drawPlanet(s.W*s.between(0.35, 0.65), s.H*s.between(0.42, 0.58), s.U*s.between(0.2, 0.27))
	s.drawSphere(s.W*s.between(0.1, 0.25), s.H*s.between(0.15, 0.3), s.U*0.045, hexColour(0xcfd2dd), s.seed+3)
	if s.mentions("rocket spaceship ship astronaut") {
		s.drawRocket(pen{canvas: s.canvas, x: s.W * 0.74, y: s.H * 0.34, sx: s.U * 0.16, sy: s.U * 0.16, alpha: 1})
	}
}

// drawSphere draws a banded planet lit from the upper left.
func (s *scene) drawSphere(cx, cy, r float64, col rgb, seed uint32) {
	s.canvas.addGlow(cx, cy, r*1.7, mix(col, s.glow, 0.5), 0.35)
	tilt := 0.35
	s.fill(ellipse(cx, cy, r, r), func(x, y float64) (rgb, float64) {
		u, v := (x-cx)/r, (y-cy)/r
		z := math.Sqrt(math.Max(0, 1-u*u-v*v))
		band := fbm((v+u*tilt)*3.2, 0.3+0.4*fbm(u*2, v*5, 3, seed), 4, seed+2)
		tone := mix(mix(col, s.accent, 0.35), mix(col, hexColour(0xfff2dc), 0.6), smoothstep(0.3, 0.7, band))
		light := smoothstep(-0.15, 0.95, -0.55*u-0.5*v+0.67*z)
		return mix(tone.times(0.06), tone, light), 1
	})
}

func (s *scene) drawPlanet(cx, cy, r float64) {
	col := mix(s.accent, hexColour(0xe9c79a), 0.4)
	ring := func(front bool) {
		for k := range 26 {
			d := 1.35 + 0.75*float64(k)/26
			alpha := 0.55 * (0.25 + noise(d*14, 1, s.seed+6))
			var along []point
			for i := range 61 {
				a := math.Pi * float64(i) / 60
				if !front {
					a += math.Pi
				}
				x, y := math.Cos(a)*r*d, math.Sin(a)*r*d*0.24
				along = append(along, point{cx + x - y*0.3, cy + y + x*0.28*-1})
			}
			s.fill(stroke(along, r*0.03, r*0.03), solid(mix(col, hexColour(0xfff0d8), noise(d*9, 4, s.seed)), alpha))
		}
	}
	ring(false)
	s.drawSphere(cx, cy, r, col, s.seed+9)
	ring(true)
}

func (s *scene) drawRocket(p pen) {
	p.fill(curve(-0.1, -0.05, 0, -0.7, 0.1, -0.05), hexColour(0xffb347))
	p.addGlow(0, -0.2, 1.1, hexColour(0xff9a3c), 0.9)
	for _, side := range []float64{-1, 1} {
		p.fill(curve(side*0.14, 0.3, side*0.36, 0.02, side*0.32, -0.1, side*0.12, 0.04), mix(s.accent, hexColour(0x9a1f2c), 0.5))
	}
	p.canvas.fill(p.transform(curve(0, 1, 0.2, 0.6, 0.16, 0, -0.16, 0, -0.2, 0.6)), horizontalGradient(p.x-0.2*p.sx, hexColour(0xffffff), p.x+0.2*p.sx, hexColour(0x77809a)))
	p.fill(ellipse(0, 0.58, 0.085, 0.085), hexColour(0x2a5c88))
	p.fill(ellipse(-0.02, 0.6, 0.04, 0.04), hexColour(0xa8dcf0))
}

// drawUnderwater draws a scene below water: light from above, fish and corals.
func (s *scene) drawUnderwater() {
	s.eachRow(0, s.H, func(y int, row []rgb) {
		t := float64(y) / s.H
		base := mix(mix(s.low, s.mid, smoothstep(0, 0.35, t)), s.near, smoothstep(0.3, 1.05, t))
		for x := range row {
			d := (float64(x) - s.sunX) / s.W
			row[x] = lighten(base, s.glow, 0.5*math.Exp(-d*d*9)*(1-t)*(1-t))
		}
	})
	s.horizon, s.sunY = s.H, 0
	s.drawLightShafts()
	floor := s.ridgeline(s.H*0.92, s.H*0.1, s.U*0.6, false, s.seed+1)
	if s.mentions("whale") {
		s.drawWhale(pen{canvas: s.canvas, x: s.W * 0.5, y: s.H * 0.5, sx: s.U * 0.4 * s.randomSign(), sy: s.U * 0.4, alpha: 1, tint: s.mid, tintStrength: 0.15})
	} else if s.mentions("jellyfish") || s.chance(0.35) {
		for range 4 {
			s.drawJellyfish(s.W*s.between(0.15, 0.85), s.H*s.between(0.15, 0.55), s.U*s.between(0.05, 0.13))
		}
	}
	s.drawFish()
	s.drawHazyLand(floor, s.H, mix(s.near, s.far, 0.35), s.near, 0.7)
	s.drawCorals(floor)
	s.drawSparks(30, 0, s.H*0.9, mix(s.glow, hexColour(0xffffff), 0.5))
}

func (s *scene) drawFish() {
	for range 9 {
		size := s.U * s.between(0.02, 0.06)
		tone := mix(s.accent.towardHue(hexColour(0xf6c34d), s.rng.Float64()), s.mid, 0.5-6*size/s.U)
		p := pen{canvas: s.canvas, x: s.W * s.rng.Float64(), y: s.H * s.between(0.2, 0.8), sx: size * s.randomSign(), sy: size, alpha: 1}
		p.fill(polygon(-0.8, 0, -1.35, 0.42, -1.2, 0, -1.35, -0.42), mix(tone, s.near, 0.2))
		p.shade(curve(1, 0, 0.4, 0.42, -0.4, 0.36, -0.9, 0, -0.4, -0.36, 0.4, -0.42), mix(tone, s.near, 0.3), mix(tone, hexColour(0xffffff), 0.3), -0.4, 0.4)
		p.fill(curve(0.1, 0.36, -0.2, 0.7, -0.45, 0.3), mix(tone, s.near, 0.15))
		p.fill(ellipse(0.62, 0.1, 0.09, 0.1), hexColour(0xffffff))
		p.fill(ellipse(0.65, 0.1, 0.05, 0.06), hexColour(0x10141c))
	}
}

func (s *scene) drawWhale(p pen) {
	skin := mix(s.near, hexColour(0x3d5f80), 0.75)
	p.shade(curve(-1.1, 0.2, -1.5, 0.52, -1.35, 0.16, -1.6, -0.02, -1.15, 0.08), skin, mix(skin, s.glow, 0.2), 0, 0.5)
	p.shade(curve(1.1, 0.05, 0.95, 0.3, 0.5, 0.42, -0.1, 0.38, -0.8, 0.22, -1.2, 0.16, -0.8, 0, -0.2, -0.2, 0.5, -0.28, 0.95, -0.16), mix(skin, s.near, 0.3), mix(skin, s.glow, 0.35), -0.2, 0.42)
	p.shade(curve(1.06, 0, 0.6, -0.04, 0, -0.08, -0.4, -0.12, 0.1, -0.24, 0.55, -0.28, 0.95, -0.16), mix(hexColour(0xdfe9ea), s.mid, 0.5), mix(hexColour(0xeef5f2), s.mid, 0.2), -0.3, 0)
	for k := range 6 {
		y := -0.06 - 0.035*float64(k)
		p.fill(stroke(line(0.92-0.06*float64(k), y, 0.5, y-0.02, 0.05, y), 0.008, 0.004), mix(skin, s.near, 0.3))
	}
	p.shade(curve(0.3, -0.12, 0.1, -0.5, -0.12, -0.56, 0.02, -0.2), mix(skin, s.near, 0.4), skin, -0.5, -0.1)
	p.fill(ellipse(0.72, 0.05, 0.025, 0.025), hexColour(0x0b0f18))
	p.fill(ellipse(0.728, 0.06, 0.008, 0.008), hexColour(0xffffff))
}

func (s *scene) drawJellyfish(x, y, r float64) {
	tone := mix(s.accent.towardHue(hexColour(0xd98ae8), s.rng.Float64()), hexColour(0xffffff), 0.3)
	s.canvas.addGlow(x, y, r*2.4, tone, 0.45)
	for k := range 9 {
		dx := (float64(k)/4 - 1) * r * 0.8
		sway := s.between(-0.3, 0.3) * r
		s.fill(stroke(line(x+dx, y+r*0.2, x+dx+sway, y+r*1.2, x+dx-sway, y+r*s.between(1.9, 2.9)), r*0.07, r*0.01), solid(tone, 0.5))
	}
	bell := curve(x-r, y+r*0.25, x-r*0.85, y-r*0.45, x, y-r*0.9, x+r*0.85, y-r*0.45, x+r, y+r*0.25, x+r*0.5, y+r*0.1, x, y+r*0.28, x-r*0.5, y+r*0.1)
	s.fill(bell, func(_, py float64) (rgb, float64) { return tone, 0.45 + 0.4*clamp((y-py)/r) })
	s.fill(ellipse(x-r*0.2, y-r*0.4, r*0.4, r*0.22), solid(hexColour(0xffffff), 0.25))
}

func (s *scene) drawCorals(floor ridge) {
	colours := []rgb{s.accent, s.accent.towardHue(hexColour(0xf277a8), 0.8), s.accent.towardHue(hexColour(0xf6c34d), 0.8), s.leaf}
	for range 26 {
		x := s.rng.Float64() * s.W
		tone := mix(colours[s.rng.IntN(len(colours))], s.near, s.between(0.15, 0.6))
		s.drawCoral(x, floor.at(x)+s.U*0.02, s.U*s.between(0.04, 0.1), math.Pi/2, 3, tone)
	}
}

func (s *scene) drawCoral(x, y, length, angle float64, depth int, tone rgb) {
	ex, ey := x+math.Cos(angle)*length, y-math.Sin(angle)*length
	s.fill(stroke([]point{{x, y}, {ex, ey}}, length*0.28, length*0.2), solid(tone, 1))
	s.fill(ellipse(ex, ey, length*0.12, length*0.12), solid(mix(tone, s.glow, 0.2), 1))
	if depth == 0 {
		return
	}
	for range 2 + s.rng.IntN(2) {
		s.drawCoral(ex, ey, length*s.between(0.55, 0.8), angle+s.between(-0.8, 0.8), depth-1, mix(tone, s.glow, 0.1))
	}
}
