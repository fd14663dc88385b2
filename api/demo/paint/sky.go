package paint

import "math"

// drawSky fills the canvas with the sky: gradient, stars or clouds, and the sun or moon.
func (s *scene) drawSky() {
	s.drawSkyGradient()
	if s.night {
		s.drawStars(0.9)
	}
	if s.mentions("aurora northern polar") {
		s.drawAurora()
	}
	s.drawSunOrMoon()
	if !s.night || s.chance(0.4) {
		s.drawClouds()
	}
}

// drawSkyGradient draws the gradient from the zenith to the horizon and the glow around the light.
func (s *scene) drawSkyGradient() {
	halo := s.U * 0.75
	s.eachRow(0, s.H, func(y int, row []rgb) {
		t := clamp(float64(y) / s.horizon)
		base := mix(s.top, s.mid, smoothstep(0, 0.62, t))
		base = mix(base, s.low, smoothstep(0.4, 1, t))
		dy := (float64(y) - s.sunY) / halo
		for x := range row {
			dx := (float64(x) - s.sunX) / halo / 1.25
			d := dx*dx + dy*dy
			row[x] = mix(base, s.glow, 0.55/(1+d*9))
		}
	})
}

func (s *scene) drawStars(strength float64) {
	n := min(int(s.W*s.H/3000), 700)
	for range n {
		x, y := s.rng.Float64()*s.W, s.rng.Float64()*s.horizon
		bright := math.Pow(s.rng.Float64(), 5)
		size := s.U * (0.0007 + 0.0016*bright)
		tone := mix(hexColour(0xcfe0ff), hexColour(0xfff0d8), s.rng.Float64())
		s.fill(ellipse(x, y, size, size), solid(tone, strength*(0.35+0.65*bright)*(1-y/s.horizon*0.7)))
		if bright > 0.8 {
			s.canvas.addGlow(x, y, size*4.5, tone, 0.3)
		}
	}
}

// drawSunOrMoon draws the sun, or at night the moon with its dark seas.
func (s *scene) drawSunOrMoon() {
	if s.sunR <= 0 {
		return
	}
	x, y, r := s.sunX, s.sunY, s.sunR
	s.canvas.addGlow(x, y, r*6, s.glow, 0.5)
	s.canvas.addGlow(x, y, r*2.4, s.sun, 0.55)
	if !s.night {
		s.fill(ellipse(x, y, r, r), solid(s.sun.times(1.05), 1))
		return
	}
	seas := s.seed + 5
	s.fill(ellipse(x, y, r, r), func(px, py float64) (rgb, float64) {
		u, v := (px-x)/r, (py-y)/r
		dark := smoothstep(0.45, 0.65, fbm(u*1.7+9, v*1.7+4, 4, seas))
		edge := 1 - 0.18*(u*u+v*v)
		return mix(s.sun, mix(s.sun, s.mid, 0.35), dark).times(edge), 1
	})
}

// drawClouds draws long thin clouds, lit from the side of the sun.
func (s *scene) drawClouds() {
	threshold := s.between(0.46, 0.6)
	if s.mentions("storm thunder rain tempest cloudy cloud") {
		threshold = 0.34
	}
	long, fine := s.U*s.between(0.42, 0.7), s.U*s.between(0.09, 0.15)
	shape := newField(s.canvas, 4, func(x, y float64) float64 {
		lift := 1 + 1.6*clamp(y/s.horizon)
		return fbm(x/long*lift, y/fine*lift, 5, s.seed+11)
	})
	lit := mix(s.low, s.sun, 0.6)
	shade := mix(s.mid, s.far, 0.45)
	s.eachRow(0, s.horizon, func(y int, row []rgb) {
		height := float64(y) / s.horizon
		fading := smoothstep(0, 0.15, height) * (1 - smoothstep(0.8, 1, height))
		for x := range row {
			v := shape.at(x, y)
			thick := smoothstep(threshold, threshold+0.28, v) * fading
			if thick <= 0 {
				continue
			}
			under := shape.at(x, max(y-int(s.U*0.012), 0))
			light := clamp(0.55 + (v-under)*9)
			row[x] = mix(row[x], mix(shade, lit, light), thick*0.8)
		}
	})
}

// drawAurora draws curtains of light that rise from wavy lines.
func (s *scene) drawAurora() {
	colours := []rgb{hexColour(0x3dffa8), hexColour(0x35e6d0), hexColour(0x9a6bff)}
	for band := range 3 {
		seed := s.seed + uint32(band)*17
		base, tall := s.horizon*(0.5+0.14*float64(band)), s.horizon*0.42
		col := colours[band]
		line := make([]float64, s.w)
		strength := make([]float64, s.w)
		for x := range s.w {
			u := float64(x) / s.U
			line[x] = base + s.U*0.2*(fbm(u*1.3, float64(band), 3, seed)-0.5)
			strength[x] = (0.25 + 0.75*noise(u*26, 0, seed+1)) * smoothstep(0.25, 0.7, noise(u*2, 3, seed+2))
		}
		s.eachRow(0, s.horizon, func(y int, row []rgb) {
			for x := range row {
				up := (line[x] - float64(y)) / tall
				if up < -0.06 || up > 1 {
					continue
				}
				v := smoothstep(-0.06, 0.05, up) * math.Pow(1-math.Max(up, 0), 1.8)
				row[x] = lighten(row[x], mix(col, colours[2], clamp(up*1.2)), v*strength[x]*1.25)
			}
		})
	}
}
