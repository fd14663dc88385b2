package paint

import "math"

func (s *scene) drawRobot(p pen) {
	steel := s.furColour(mix(hexColour(0xb9c4cc), s.glow, 0.15))
	dark, light := mix(steel, s.near, 0.5), mix(steel, hexColour(0xffffff), 0.4)
	for _, side := range []float64{-1, 1} {
		p.shade(polygon(side*0.06, 0.2, side*0.17, 0.2, side*0.19, 0, side*0.05, 0), dark, steel, 0, 0.2)
		p.fill(stroke(line(side*0.24, 0.48, side*0.34, 0.36, side*0.3, 0.2), 0.07, 0.06), dark)
		p.fill(ellipse(side*0.3, 0.18, 0.05, 0.05), light)
	}
	p.shade(curve(-0.22, 0.52, 0.22, 0.52, 0.24, 0.22, 0.12, 0.16, -0.12, 0.16, -0.24, 0.22), dark, light, 0.1, 0.6)
	p.fill(ellipse(0, 0.36, 0.07, 0.07), s.accent)
	p.addGlow(0, 0.36, 0.25, s.accent, 0.6)
	p.fill(stroke([]point{{0, 0.84}, {0.03, 1}}, 0.02, 0.015), dark)
	p.fill(ellipse(0.03, 1, 0.03, 0.03), s.accent)
	p.shade(curve(-0.26, 0.84, 0.26, 0.84, 0.3, 0.7, 0.24, 0.55, -0.24, 0.55, -0.3, 0.7), steel, light, 0.5, 0.9)
	p.fill(curve(-0.2, 0.78, 0.2, 0.78, 0.22, 0.69, 0.18, 0.62, -0.18, 0.62, -0.22, 0.69), hexColour(0x11161f))
	for _, side := range []float64{-1, 1} {
		p.fill(ellipse(side*0.1, 0.7, 0.042, 0.05), mix(s.accent, hexColour(0xffffff), 0.45))
		p.addGlow(side*0.1, 0.7, 0.16, s.accent, 0.8)
	}
}

func (s *scene) drawHouse(p pen) {
	wall := mix(hexColour(0xe8d6bd), s.glow, 0.2)
	roof := mix(s.accent, s.near, 0.3)
	if s.mentions("snow winter") {
		roof = mix(hexColour(0xf7f8fb), s.mid, 0.15)
	}
	p.shade(polygon(-0.42, 0, 0.12, 0, 0.12, 0.36, -0.15, 0.6, -0.42, 0.36), mix(wall, s.near, 0.25), wall, 0, 0.5)
	p.shade(polygon(0.12, 0, 0.5, 0.03, 0.5, 0.36, 0.12, 0.36), mix(wall, s.near, 0.55), mix(wall, s.near, 0.35), 0, 0.4)
	p.fill(polygon(0.36, 0.5, 0.46, 0.5, 0.46, 0.74, 0.36, 0.74), mix(roof, s.near, 0.5))
	p.shade(polygon(-0.15, 0.64, 0.3, 0.64, 0.56, 0.32, 0.13, 0.32), mix(roof, s.near, 0.35), roof, 0.3, 0.65)
	p.fill(stroke([]point{{-0.48, 0.31}, {-0.15, 0.64}, {0.14, 0.31}}, 0.06, 0.06), mix(roof, s.near, 0.2))
	p.fill(polygon(-0.22, 0, -0.08, 0, -0.08, 0.22, -0.22, 0.22), mix(s.near, hexColour(0x5a3a24), 0.6))
	light := hexColour(0xffd98c)
	for _, x := range []float64{-0.36, -0.03, 0.2, 0.36} {
		p.fill(polygon(x, 0.14, x+0.09, 0.14, x+0.09, 0.25, x, 0.25), light)
		p.addGlow(x+0.045, 0.2, 0.22, light, 0.4)
	}
	for k := range 7 { // smoke
		t := float64(k) / 6
		q := p
		q.alpha = 0.3 * (1 - t)
		q.fill(ellipse(0.42+0.16*t*t, 0.8+0.42*t, 0.05+0.07*t, 0.045+0.05*t), mix(hexColour(0xffffff), s.mid, 0.4))
	}
}

func (s *scene) drawMushrooms(p pen) {
	capTone := mix(s.accent, hexColour(0xd0312d), 0.5)
	if s.mentions("blue glowing magic") {
		capTone = hexColour(0x3fb6e8)
	}
	for _, m := range []struct{ x, size float64 }{{-0.34, 0.55}, {0.36, 0.42}, {0, 1}} {
		q := p
		q.x, q.sx, q.sy = p.x+m.x*p.sx, p.sx*m.size, p.sy*m.size
		q.shade(curve(-0.1, 0.5, 0.1, 0.5, 0.14, 0.05, 0, -0.02, -0.14, 0.05), mix(hexColour(0xcbb89a), s.near, 0.3), hexColour(0xf6ecd8), 0, 0.5)
		q.shade(curve(-0.42, 0.46, -0.3, 0.74, 0, 0.9, 0.3, 0.74, 0.42, 0.46, 0.2, 0.4, -0.2, 0.4), mix(capTone, s.near, 0.4), mix(capTone, s.sun, 0.2), 0.4, 0.9)
		for _, d := range [][3]float64{{-0.2, 0.62, 0.06}, {0.05, 0.76, 0.07}, {0.22, 0.6, 0.05}, {-0.02, 0.54, 0.045}, {-0.3, 0.5, 0.03}} {
			q.fill(ellipse(d[0], d[1], d[2], d[2]*0.75), hexColour(0xfff6e6))
		}
		q.addGlow(0, 0.55, 0.7, capTone, 0.18)
	}
}

// drawWanderer draws a person in a cloak, seen from behind.
func (s *scene) drawWanderer(p pen) {
	cloak := mix(s.accent, s.near, 0.25)
	p.shade(curve(0, 0.74, 0.14, 0.62, 0.2, 0.3, 0.27, 0.03, 0, -0.01, -0.27, 0.03, -0.2, 0.3, -0.14, 0.62), mix(cloak, s.near, 0.5), mix(cloak, s.sun, 0.18), 0, 0.75)
	p.fill(stroke(line(0.02, 0.66, 0.05, 0.3, 0.03, 0.02), 0.02, 0.05), mix(cloak, s.near, 0.45))
	hair := mix(s.near, hexColour(0x2b1d18), 0.5)
	p.shade(ellipse(0, 0.83, 0.09, 0.105), mix(hair, s.near, 0.3), mix(hair, s.glow, 0.3), 0.7, 0.95)
	if s.mentions("wizard witch hat") {
		p.shade(curve(-0.22, 0.86, 0, 0.9, 0.22, 0.86, 0, 0.82), cloak, cloak, 0, 1)
		p.shade(polygon(-0.12, 0.87, 0.12, 0.87, 0.05, 1.2), mix(cloak, s.near, 0.4), cloak, 0.85, 1.2)
	}
	p.fill(stroke([]point{{0.3, -0.02}, {0.26, 0.95}}, 0.022, 0.018), mix(s.near, hexColour(0x5a4028), 0.5))
	p.addGlow(0.26, 0.97, 0.2, s.glow, 0.5)
}

func (s *scene) drawSailBoat(p pen) {
	hull := mix(s.accent, s.near, 0.2)
	white := mix(hexColour(0xfbf6ea), s.glow, 0.15)
	p.fill(stroke([]point{{0, 0}, {0, 1.35}}, 0.035, 0.02), mix(s.near, hexColour(0x5b4028), 0.5))
	p.shade(curve(0.04, 1.3, 0.3, 0.85, 0.6, 0.28, 0.04, 0.26), mix(white, s.mid, 0.3), white, 0.2, 1.2)
	p.shade(curve(-0.04, 1.2, -0.22, 0.75, -0.46, 0.3, -0.04, 0.28), mix(white, s.near, 0.3), mix(white, s.mid, 0.2), 0.2, 1.2)
	p.shade(polygon(-0.75, 0.2, 0.78, 0.24, 0.55, -0.1, -0.55, -0.1), mix(hull, s.near, 0.5), hull, -0.1, 0.2)
	p.fill(polygon(-0.75, 0.2, 0.78, 0.24, 0.76, 0.18, -0.72, 0.15), white)
}

func (s *scene) drawLighthouse(p pen) {
	white := mix(hexColour(0xf8f3e8), s.glow, 0.15)
	rock := mix(s.near, s.far, 0.3)
	p.shade(curve(-0.9, -0.05, -0.6, 0.16, -0.2, 0.25, 0.25, 0.22, 0.7, 0.1, 1.1, -0.05), mix(rock, s.near, 0.5), rock, -0.1, 0.2)
	p.shade(polygon(-0.17, 0.2, 0.17, 0.2, 0.11, 1.2, -0.11, 1.2), mix(white, s.mid, 0.35), white, 0.2, 1.1)
	for k := range 3 {
		y := 0.35 + 0.3*float64(k)
		w := 0.165 - 0.018*float64(k)
		p.fill(polygon(-w, y, w, y, w-0.01, y+0.14, 0.01-w, y+0.14), mix(s.accent, s.near, 0.12))
	}
	p.fill(polygon(0.02, 0.2, 0.17, 0.2, 0.11, 1.2, 0.02, 1.2), mix(white, s.near, 0.7).times(0.9))
	p.fill(polygon(-0.15, 1.2, 0.15, 1.2, 0.15, 1.24, -0.15, 1.24), s.near)
	p.fill(polygon(-0.09, 1.24, 0.09, 1.24, 0.09, 1.4, -0.09, 1.4), hexColour(0xffe9a8))
	p.fill(polygon(-0.12, 1.4, 0.12, 1.4, 0, 1.54), mix(s.accent, s.near, 0.3))
	p.addGlow(0, 1.32, 0.8, hexColour(0xffe29a), 0.7)
	if p.sy > 0 {
		for _, side := range []float64{-1, 1} {
			q := p
			q.alpha = 0.16
			q.fill(polygon(0, 1.33, side*3, 1.7, side*3, 1.25), hexColour(0xffedb8))
		}
	}
}

// drawBalloon draws a hot-air balloon with coloured gores.
func (s *scene) drawBalloon(p pen) {
	for k := range 9 {
		from, to := -1+2*float64(k)/9, -1+2*float64(k+1)/9
		tone := mix(s.accent, hexColour(0xfff1da), boolToFloat(k%2 == 1)*0.85)
		tone = mix(tone, s.near, 0.1+0.35*math.Abs(from+0.35)*0.6)
		var part []point
		for i := range 25 {
			a := math.Pi * float64(i) / 24
			part = append(part, point{goreX(from, a), balloonY(a)})
		}
		for i := 24; i >= 0; i-- {
			a := math.Pi * float64(i) / 24
			part = append(part, point{goreX(to, a), balloonY(a)})
		}
		p.fill(path{part}, tone)
	}
	for _, side := range []float64{-1, 1} {
		p.fill(stroke([]point{{side * 0.1, 0.3}, {side * 0.07, 0.13}}, 0.012, 0.012), s.near)
	}
	p.shade(polygon(-0.08, 0.14, 0.08, 0.14, 0.065, 0, -0.065, 0), mix(hexColour(0x5f3d22), s.near, 0.4), hexColour(0x8f6238), 0, 0.14)
}

// goreX is the x of a gore's edge u (-1 to 1) at the angle a from the top.
func goreX(u, a float64) float64 {
	return math.Sin(u*math.Pi/2) * 0.5 * math.Pow(math.Sin(a), 0.75) * (1 - 0.12*a/math.Pi)
}

func balloonY(a float64) float64 { return 0.85 + 0.55*math.Cos(a) - 0.02*a }
