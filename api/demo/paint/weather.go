package paint

import "math"

// drawWeather draws the rain, snow, mist, lightning, birds and leaves that the prompt mentions.
func (s *scene) drawWeather() {
	switch {
	case s.mentions("rain rainy storm drizzle thunder"):
		s.drawRain()
	case s.mentions("snow snowy snowfall winter blizzard christmas"):
		s.drawSnowfall()
	}
	if s.mentions("fog mist misty foggy haze") {
		s.drawMist()
	}
	if s.mentions("lightning thunder thunderstorm") {
		s.drawLightning()
	}
	if s.mentions("bird birds gull seagull crane flock swallow") && !s.night {
		s.drawBirds()
	}
	if s.mentions("petal petals blossom sakura cherry leaf leaves autumn") {
		s.drawFallingLeaves()
	}
}

func (s *scene) drawRain() {
	for range 420 {
		x, y := s.W*s.between(-0.1, 1.1), s.H*s.between(-0.1, 1)
		near := s.rng.Float64()
		l := s.U * (0.02 + 0.06*near*near)
		s.fill(stroke([]point{{x, y}, {x - l*0.22, y + l}}, 0.5+s.U*0.0012*near, 0.5), solid(mix(s.low, hexColour(0xffffff), 0.6), 0.14+0.24*near))
	}
}

func (s *scene) drawSnowfall() {
	for range 380 {
		near := math.Pow(s.rng.Float64(), 3)
		x, y, r := s.W*s.rng.Float64(), s.H*s.rng.Float64(), s.U*(0.0015+0.008*near)
		s.fill(ellipse(x, y, r, r), func(px, py float64) (rgb, float64) {
			return hexColour(0xffffff), (0.85 - 0.45*near) * (1.1 - math.Hypot(px-x, py-y)/(r+1))
		})
	}
}

func (s *scene) drawMist() {
	veil := newField(s.canvas, 6, func(x, y float64) float64 { return fbm(x/s.U*1.6, y/s.U*5, 4, s.seed+91) })
	tone := mix(s.low, hexColour(0xffffff), 0.25)
	s.eachRow(s.H*0.2, s.H, func(y int, row []rgb) {
		height := float64(y) / s.H
		amount := smoothstep(0.25, 0.6, height) * (1 - 0.5*smoothstep(0.7, 1, height))
		for x := range row {
			row[x] = mix(row[x], tone, 0.75*amount*smoothstep(0.3, 0.75, veil.at(x, y)))
		}
	})
}

func (s *scene) drawLightning() {
	x, y := s.W*s.between(0.25, 0.75), 0.0
	along := []point{{x, y}}
	for y < s.horizon {
		y += s.U * s.between(0.02, 0.05)
		x += s.U * s.between(-0.035, 0.035)
		along = append(along, point{x, y})
	}
	for _, q := range along {
		s.canvas.addGlow(q.x, q.y, s.U*0.09, hexColour(0xcfdcff), 0.16)
	}
	s.fill(stroke(along, s.U*0.008, s.U*0.003), solid(hexColour(0xffffff), 0.95))
}

func (s *scene) drawBirds() {
	cx, cy := s.W*s.between(0.25, 0.75), s.horizon*s.between(0.3, 0.6)
	for range 11 {
		x, y := cx+s.U*s.between(-0.22, 0.22), cy+s.U*s.between(-0.12, 0.12)
		r := s.U * s.between(0.01, 0.026)
		lift := s.between(0.3, 0.8)
		for _, side := range []float64{-1, 1} {
			s.fill(stroke(line(x, y, x+side*r*0.55, y-r*lift*0.7, x+side*r*1.2, y-r*lift*0.35), r*0.17, r*0.03), solid(s.near, 0.9))
		}
	}
}

func (s *scene) drawFallingLeaves() {
	tone := s.accent
	if s.mentions("petal petals blossom sakura cherry") {
		tone = hexColour(0xfbc4d4)
	}
	for range 70 {
		near := s.rng.Float64() * s.rng.Float64()
		x, y, r := s.W*s.rng.Float64(), s.H*s.rng.Float64(), s.U*(0.004+0.014*near)
		sin, cos := math.Sincos(s.rng.Float64() * 2 * math.Pi)
		s.fill(curve(x-cos*r, y-sin*r, x-sin*r*0.4, y+cos*r*0.4, x+cos*r, y+sin*r, x+sin*r*0.4, y-cos*r*0.4), solid(mix(tone, s.near, s.between(0, 0.3)), 0.85))
	}
}
