package paint

// figures are the animals, people and things that a scene can contain, by the words that ask for
// them.
var figures = []struct {
	words string
	draw  func(*scene, pen)
}{
	{"cat kitten kitty", (*scene).drawCat},
	{"fox wolf dog puppy", (*scene).drawFox},
	{"owl bird sparrow raven robin parrot", (*scene).drawOwl},
	{"rabbit bunny hare", (*scene).drawRabbit},
	{"bear panda", (*scene).drawBear},
	{"robot android", (*scene).drawRobot},
	{"house cabin cottage hut home", (*scene).drawHouse},
	{"mushroom toadstool", (*scene).drawMushrooms},
	{"person man woman girl boy traveler wanderer wizard witch knight samurai hiker figure", (*scene).drawWanderer},
}

// drawFigure draws the figure that the prompt names on the ground at height y.
func (s *scene) drawFigure(y float64) { s.drawFigureAt(y, s.W*s.between(0.4, 0.6)) }

// drawFigureAt draws the figure that the prompt names, and reports whether there is one.
func (s *scene) drawFigureAt(y, x float64) bool {
	for _, a := range figures {
		if s.mentions(a.words) {
			size := s.U * 0.26
			a.draw(s, pen{canvas: s.canvas, x: x, y: y, sx: size * s.randomSign(), sy: size, alpha: 1, tint: s.near, tintStrength: 0.12})
			return true
		}
	}
	return false
}

// drawCloseUp draws one large figure on a hill in front of a large sun or moon.
func (s *scene) drawCloseUp() {
	s.horizon = s.H * 0.78
	s.sunX, s.sunY, s.sunR = s.W*s.between(0.47, 0.53), s.H*0.4, s.U*0.3
	s.drawSky()
	for i := range 2 {
		h := s.ridgeline(s.H*(0.72+0.07*float64(i)), s.H*0.1, s.U*0.7, false, s.seed+uint32(i)*3)
		s.drawFirs(h, s.U*0.05, mix(s.far, s.near, 0.3+0.3*float64(i)))
		s.drawHazyLand(h, s.H, mix(s.far, s.near, 0.3+0.3*float64(i)), s.low, 0.3)
	}
	h := s.ridgeline(s.H*0.9, s.H*0.05, s.U*0.9, false, s.seed+8)
	for _, a := range figures {
		if s.mentions(a.words) {
			x, size := s.W/2, s.U*0.58
			a.draw(s, pen{canvas: s.canvas, x: x, y: h.at(x) + s.U*0.02, sx: size * s.randomSign(), sy: size, alpha: 1, tint: s.near, tintStrength: 0.08})
			break
		}
	}
	s.drawHazyLand(h, s.H, mix(s.near, s.leaf, 0.3), s.near, 0.5)
	s.drawFerns()
}

// furColour is the colour that the prompt names, or else the animal's own.
func (s *scene) furColour(own rgb) rgb {
	for _, row := range []struct {
		word string
		col  rgb
	}{{"black", hexColour(0x23222b)}, {"white", hexColour(0xf1ece2)}, {"grey gray silver", hexColour(0x8b8f99)}} {
		if s.mentions(row.word) {
			return row.col
		}
	}
	if name, ok := s.namedColour(); ok {
		return mix(colourWords[name], own, 0.3)
	}
	return own
}

func (s *scene) drawEyes(p pen, x, y, apart, r float64, iris rgb) {
	for _, side := range []float64{-1, 1} {
		p.fill(ellipse(x+side*apart, y, r, r*1.1), iris)
		p.fill(ellipse(x+side*apart, y, r*0.5, r*1.0), hexColour(0x121016))
		p.fill(ellipse(x+side*apart-r*0.3, y+r*0.4, r*0.24, r*0.24), hexColour(0xffffff))
	}
}

func (s *scene) drawCat(p pen) {
	fur := s.furColour(hexColour(0xd98b4a))
	dark, light := mix(fur, s.near, 0.45), mix(fur, s.sun, 0.28)
	p.fill(stroke(line(0.2, 0.06, 0.5, 0.04, 0.6, 0.25, 0.5, 0.42), 0.1, 0.07), dark)
	p.shade(curve(-0.05, 0.6, 0.2, 0.45, 0.33, 0.14, 0.25, 0, -0.22, 0, -0.28, 0.25, -0.22, 0.5), dark, fur, 0, 0.6)
	p.shade(curve(-0.16, 0.36, -0.1, 0.1, -0.05, 0, -0.2, 0, -0.24, 0.16), fur, light, 0, 0.4)
	p.shade(curve(-0.02, 0.36, 0.06, 0.1, 0.08, 0, -0.06, 0, -0.06, 0.16), fur, light, 0, 0.4)
	for _, side := range []float64{-1, 1} {
		p.shade(polygon(-0.1+side*0.2, 0.7, -0.1+side*0.17, 0.98, -0.1+side*0.02, 0.84), fur, light, 0.7, 1)
		p.fill(polygon(-0.1+side*0.175, 0.76, -0.1+side*0.16, 0.92, -0.1+side*0.07, 0.83), mix(hexColour(0xe9a49b), s.near, 0.2))
	}
	p.shade(curve(-0.1, 0.89, 0.1, 0.82, 0.14, 0.66, 0.04, 0.53, -0.1, 0.5, -0.24, 0.53, -0.34, 0.66, -0.3, 0.82), fur, light, 0.5, 0.9)
	p.fill(ellipse(-0.1, 0.575, 0.09, 0.06), mix(light, hexColour(0xffffff), 0.4))
	s.drawEyes(p, -0.1, 0.7, 0.1, 0.048, mix(hexColour(0xb8d94a), s.accent, 0.2))
	p.fill(polygon(-0.125, 0.625, -0.075, 0.625, -0.1, 0.6), hexColour(0xc96a6a))
	for _, side := range []float64{-1, 1} {
		for k := range 3 {
			y := 0.6 + 0.015*float64(k)
			p.fill(stroke([]point{{-0.1 + side*0.06, y}, {-0.1 + side*0.3, y + 0.03*float64(k-1)}}, 0.006, 0.002), mix(hexColour(0xffffff), fur, 0.2))
		}
		for k := range 3 {
			y := 0.12 + 0.12*float64(k)
			p.fill(stroke(line(0.27-0.02*float64(k), y, 0.18, y+0.03, 0.12, y+0.02), 0.03, 0.008), dark)
		}
	}
}

func (s *scene) drawFox(p pen) {
	fur := s.furColour(hexColour(0xe06b2d))
	dark, light, white := mix(fur, s.near, 0.5), mix(fur, s.sun, 0.3), mix(hexColour(0xfff5e6), s.glow, 0.15)
	p.shade(curve(0.1, 0.04, 0.4, 0, 0.66, 0.14, 0.62, 0.36, 0.46, 0.46, 0.44, 0.28, 0.3, 0.14), dark, fur, 0, 0.4)
	p.fill(curve(0.46, 0.46, 0.6, 0.38, 0.63, 0.26, 0.53, 0.3, 0.46, 0.36), white)
	p.shade(curve(-0.08, 0.62, 0.14, 0.46, 0.26, 0.16, 0.2, 0, -0.2, 0, -0.24, 0.26, -0.22, 0.5), dark, fur, 0, 0.6)
	p.fill(curve(-0.12, 0.52, 0, 0.4, -0.02, 0.2, -0.12, 0.1, -0.2, 0.24, -0.22, 0.42), white)
	for _, leg := range []float64{-0.17, -0.03} {
		p.shade(curve(leg-0.05, 0.26, leg+0.05, 0.26, leg+0.04, 0, leg-0.05, 0), hexColour(0x2a1c1a), fur, 0.04, 0.22)
	}
	for _, side := range []float64{-1, 1} {
		p.shade(curve(-0.1+side*0.2, 0.74, -0.1+side*0.2, 1.02, -0.1+side*0.04, 0.84), fur, light, 0.7, 1)
		p.fill(polygon(-0.1+side*0.18, 0.78, -0.1+side*0.185, 0.95, -0.1+side*0.08, 0.83), hexColour(0x33201d))
	}
	p.shade(curve(-0.1, 0.88, 0.1, 0.8, 0.16, 0.68, 0.02, 0.58, -0.1, 0.48, -0.22, 0.58, -0.36, 0.68, -0.3, 0.8), fur, light, 0.5, 0.9)
	p.fill(curve(-0.1, 0.62, 0.06, 0.68, 0.15, 0.67, 0.02, 0.58, -0.1, 0.49, -0.22, 0.58, -0.35, 0.67, -0.26, 0.68), white)
	s.drawEyes(p, -0.1, 0.71, 0.1, 0.034, hexColour(0xe8a33a))
	p.fill(ellipse(-0.1, 0.515, 0.035, 0.028), hexColour(0x1c1416))
}

func (s *scene) drawOwl(p pen) {
	fur := s.furColour(hexColour(0x8a6a4c))
	dark, light := mix(fur, s.near, 0.45), mix(fur, hexColour(0xfff2dc), 0.5)
	p.shade(curve(0, 0.86, 0.22, 0.8, 0.32, 0.5, 0.24, 0.14, 0, 0.02, -0.24, 0.14, -0.32, 0.5, -0.22, 0.8), dark, fur, 0, 0.8)
	p.shade(curve(0, 0.6, 0.16, 0.5, 0.16, 0.2, 0, 0.06, -0.16, 0.2, -0.16, 0.5), fur, light, 0, 0.6)
	for row := range 5 {
		for k := range 4 {
			x, y := -0.11+0.073*float64(k)+0.03*float64(row%2), 0.46-0.075*float64(row)
			p.fill(curve(x-0.03, y, x, y-0.045, x+0.03, y), mix(dark, fur, 0.4))
		}
	}
	for _, side := range []float64{-1, 1} {
		p.shade(curve(side*0.2, 0.62, side*0.34, 0.46, side*0.3, 0.18, side*0.2, 0.08, side*0.17, 0.4), dark, mix(fur, dark, 0.4), 0, 0.6)
		p.fill(polygon(side*0.22, 0.76, side*0.24, 0.99, side*0.06, 0.85), mix(fur, dark, 0.3))
		p.fill(ellipse(side*0.11, 0.7, 0.135, 0.135), light)
		p.fill(ellipse(side*0.11, 0.7, 0.085, 0.085), hexColour(0xf2b632))
		p.fill(ellipse(side*0.11, 0.7, 0.05, 0.05), hexColour(0x15121a))
		p.fill(ellipse(side*0.11-0.025, 0.73, 0.018, 0.018), hexColour(0xffffff))
		p.fill(stroke([]point{{side * 0.09, 0.06}, {side * 0.1, -0.02}}, 0.06, 0.05), hexColour(0xe0a13c))
	}
	p.fill(curve(-0.04, 0.66, 0.04, 0.66, 0, 0.55), hexColour(0xe8a23a))
}

func (s *scene) drawRabbit(p pen) {
	fur := s.furColour(hexColour(0xcbb59b))
	dark, light := mix(fur, s.near, 0.4), mix(fur, hexColour(0xffffff), 0.35)
	p.fill(ellipse(0.28, 0.12, 0.08, 0.08), light)
	p.shade(curve(0, 0.5, 0.22, 0.36, 0.3, 0.12, 0.2, 0, -0.2, 0, -0.24, 0.2, -0.14, 0.42), dark, fur, 0, 0.5)
	for _, side := range []float64{-1, 1} {
		x := -0.06 + side*0.09
		p.shade(curve(x-0.05, 0.68, x-0.075+side*0.03, 0.9, x+side*0.05, 1.08, x+0.075+side*0.03, 0.9, x+0.05, 0.68), fur, light, 0.7, 1)
		p.fill(curve(x-0.02, 0.72, x-0.035+side*0.03, 0.9, x+side*0.045, 1.01, x+0.035+side*0.03, 0.9, x+0.02, 0.72), hexColour(0xe8a8a0))
	}
	p.shade(ellipse(-0.06, 0.58, 0.2, 0.18), fur, light, 0.4, 0.75)
	s.drawEyes(p, -0.06, 0.61, 0.1, 0.032, hexColour(0x3a2a24))
	p.fill(ellipse(-0.06, 0.53, 0.03, 0.02), hexColour(0xd98a8a))
	p.shade(ellipse(-0.1, 0.05, 0.12, 0.06), fur, light, 0, 0.1)
}

func (s *scene) drawBear(p pen) {
	fur := s.furColour(hexColour(0x6b4630))
	dark, light := mix(fur, s.near, 0.4), mix(fur, s.sun, 0.2)
	if s.mentions("panda") {
		fur, light, dark = hexColour(0xf3efe6), hexColour(0xffffff), hexColour(0x1d1b22)
	}
	p.shade(curve(0, 0.6, 0.28, 0.5, 0.38, 0.2, 0.26, 0, -0.26, 0, -0.38, 0.2, -0.28, 0.5), dark, fur, 0, 0.5)
	for _, side := range []float64{-1, 1} {
		p.fill(ellipse(side*0.2, 0.9, 0.09, 0.09), dark)
		p.shade(ellipse(side*0.27, 0.3, 0.1, 0.18), dark, mix(dark, fur, 0.5), 0.1, 0.5)
		p.fill(ellipse(side*0.2, 0.05, 0.13, 0.08), dark)
	}
	p.shade(ellipse(0, 0.72, 0.27, 0.24), fur, light, 0.5, 0.95)
	if s.mentions("panda") {
		p.fill(ellipse(-0.1, 0.74, 0.07, 0.08), dark)
		p.fill(ellipse(0.1, 0.74, 0.07, 0.08), dark)
	}
	p.fill(ellipse(0, 0.63, 0.11, 0.085), mix(light, hexColour(0xfff0dc), 0.45))
	s.drawEyes(p, 0, 0.75, 0.1, 0.03, hexColour(0x2a1c16))
	p.fill(ellipse(0, 0.665, 0.04, 0.028), hexColour(0x17121a))
}
