package paint

// drawPortrait draws a head and shoulders like a poster: flat shapes, light from one side, a
// coloured disc behind.
func (s *scene) drawPortrait() {
	s.drawBackdrop(16)
	x, y, u := s.W/2, s.H, s.U
	s.fill(ellipse(x, s.H*0.42, u*0.36, u*0.36), verticalGradient(s.H*0.06, s.accent, s.H*0.78, mix(s.accent, s.glow, 0.6)))
	skins := []rgb{hexColour(0xf2c9a5), hexColour(0xd9a074), hexColour(0xa86f45), hexColour(0x70452b), hexColour(0xf6d9c0)}
	hairs := []rgb{hexColour(0x1e1a22), hexColour(0x4a2c1d), hexColour(0x8a4a22), hexColour(0xd7a65a), hexColour(0x7d7d86), hexColour(0xa33b24)}
	skin, hair := skins[s.rng.IntN(len(skins))], hairs[s.rng.IntN(len(hairs))]
	long := s.mentions("woman girl lady queen princess she her") || !s.mentions("man boy king he old beard") && s.chance(0.5)
	if name, ok := s.namedColour(); ok && s.mentions("hair haired") {
		hair = mix(colourWords[name], hexColour(0x7a2a12), 0.3)
	}
	p := pen{canvas: s.canvas, x: x, y: y, sx: u * 0.62 * s.randomSign(), sy: u * 0.62, alpha: 1, tint: s.glow, tintStrength: 0.06}
	p.y = s.H * 1.02
	s.drawHairBack(p, hair, long)
	s.drawShoulders(p, skin)
	s.drawFace(p, skin)
	s.drawHairFront(p, hair, long)
	if s.mentions("beard old sailor wizard") {
		p.shade(curve(-0.2, 0.72, -0.16, 0.52, 0, 0.4, 0.17, 0.52, 0.22, 0.74, 0.1, 0.64, -0.06, 0.65), mix(hair, s.near, 0.3), hair, 0.4, 0.7)
	}
	if s.mentions("glasses") {
		for _, cx := range []float64{-0.115, 0.085} {
			p.fill(append(ellipse(cx, 0.81, 0.085, 0.075), reversePath(ellipse(cx, 0.81, 0.072, 0.062))...), hexColour(0x2a2226))
		}
	}
}

// reversePath reverses the direction of the first part, which makes it a hole in another shape.
func reversePath(p path) path {
	out := make([]point, len(p[0]))
	for i, q := range p[0] {
		out[len(out)-1-i] = q
	}
	return path{out}
}

func (s *scene) drawHairBack(p pen, hair rgb, long bool) {
	dark := mix(hair, s.near, 0.35)
	if long {
		p.shade(curve(0, 1.17, -0.27, 1.05, -0.33, 0.75, -0.36, 0.3, -0.2, 0.15, 0.22, 0.15, 0.38, 0.35, 0.33, 0.78, 0.27, 1.05), dark, hair, 0.1, 1.1)
		return
	}
	p.shade(curve(0, 1.15, -0.25, 1.04, -0.28, 0.8, -0.22, 0.66, 0.22, 0.66, 0.27, 0.82, 0.25, 1.04), dark, hair, 0.6, 1.1)
}

func (s *scene) drawShoulders(p pen, skin rgb) {
	cloth := mix(s.far, s.near, 0.35).towardHue(s.accent, 0.3)
	p.shade(polygon(-0.11, 0.66, 0.12, 0.66, 0.14, 0.34, -0.13, 0.34), mix(skin, s.near, 0.45), mix(skin, s.near, 0.25), 0.35, 0.62)
	p.shade(curve(-0.12, 0.42, -0.42, 0.32, -0.62, 0.1, -0.7, -0.2, 0.7, -0.2, 0.62, 0.1, 0.42, 0.32, 0.13, 0.42, 0, 0.32), mix(cloth, s.near, 0.55), mix(cloth, s.sun, 0.12), -0.1, 0.42)
	p.fill(curve(-0.13, 0.44, -0.08, 0.35, 0.01, 0.31, 0.1, 0.35, 0.15, 0.44, 0.01, 0.5), mix(skin, s.near, 0.22))
	p.fill(stroke(line(-0.15, 0.43, -0.09, 0.34, 0.01, 0.3, 0.11, 0.34, 0.17, 0.43), 0.03, 0.03), mix(cloth, s.sun, 0.3))
}

func (s *scene) drawFace(p pen, skin rgb) {
	shade, light := mix(skin, s.near, 0.28), mix(skin, s.sun, 0.25)
	p.fill(ellipse(0.225, 0.77, 0.04, 0.07), shade)
	head := p.transform(curve(0, 1.06, -0.2, 0.99, -0.235, 0.8, -0.19, 0.62, -0.05, 0.5, 0.06, 0.5, 0.19, 0.62, 0.23, 0.8, 0.2, 0.99))
	p.canvas.fill(head, horizontalGradient(p.x-0.22*p.sx, light, p.x+0.24*p.sx, shade))
	dark := mix(skin, hexColour(0x2a1510), 0.72)
	for _, e := range []float64{-0.115, 0.085} {
		p.fill(curve(e-0.055, 0.805, e, 0.835, e+0.055, 0.805, e, 0.787), mix(hexColour(0xfdf8f2), skin, 0.15))
		p.fill(ellipse(e-0.004, 0.81, 0.024, 0.024), mix(s.far, hexColour(0x3a2a1e), 0.5))
		p.fill(ellipse(e-0.004, 0.81, 0.011, 0.012), hexColour(0x0d0a0c))
		p.fill(ellipse(e-0.012, 0.818, 0.006, 0.006), hexColour(0xffffff))
		p.fill(stroke(line(e-0.06, 0.807, e, 0.839, e+0.058, 0.806), 0.008, 0.012), dark)
		p.fill(stroke(line(e-0.065, 0.868, e-0.01, 0.893, e+0.06, 0.872), 0.018, 0.01), dark)
	}
	p.fill(stroke(line(-0.01, 0.82, -0.035, 0.735, -0.045, 0.7, 0, 0.69), 0.008, 0.014), mix(skin, s.near, 0.36))
	lip := mix(skin, hexColour(0xb03a44), 0.55)
	p.fill(curve(-0.085, 0.612, -0.03, 0.632, -0.012, 0.625, 0.01, 0.632, 0.062, 0.612, -0.01, 0.578), lip)
	p.fill(stroke(line(-0.085, 0.612, -0.012, 0.609, 0.062, 0.612), 0.006, 0.006), mix(lip, s.near, 0.5))
	for _, c := range []float64{-0.15, 0.13} {
		q := p
		q.alpha = 0.16
		q.fill(ellipse(c, 0.7, 0.055, 0.045), hexColour(0xe0555a))
	}
}

// drawHairFront draws the hair around the face, parted on one side; long hair falls past the face.
func (s *scene) drawHairFront(p pen, hair rgb, long bool) {
	light := mix(hair, s.glow, 0.26)
	p.shade(curve(-0.08, 1.07, -0.02, 1.15, 0.16, 1.12, 0.28, 0.97, 0.29, 0.78, 0.245, 0.76, 0.22, 0.9, 0.1, 0.97), hair, light, 0.75, 1.15)
	p.shade(curve(-0.02, 1.15, -0.19, 1.11, -0.29, 0.95, -0.28, 0.76, -0.245, 0.78, -0.225, 0.91, -0.14, 1, -0.04, 1.03), hair, light, 0.75, 1.15)
	for k := range 5 {
		t := float64(k) / 4
		p.fill(stroke(line(-0.04+0.05*t, 1.12, 0.12+0.05*t, 1.07-0.05*(1-t), 0.2+0.06*t, 0.96-0.08*(1-t)), 0.003, 0.007), mix(light, s.sun, 0.2))
		p.fill(stroke(line(-0.05, 1.12, -0.17-0.05*t, 1.05, -0.235-0.035*t, 0.9), 0.003, 0.007), mix(light, s.sun, 0.2))
	}
	if !long {
		return
	}
	for _, side := range []float64{-1, 1} {
		p.shade(curve(side*0.235, 0.98, side*0.3, 0.82, side*0.34, 0.5, side*0.3, 0.2, side*0.22, 0.12, side*0.235, 0.4, side*0.215, 0.6, side*0.245, 0.8), mix(hair, s.near, 0.25), hair, 0.1, 0.95)
		for k := range 3 {
			t := 0.02 + 0.025*float64(k)
			p.fill(stroke(line(side*(0.245+t), 0.85, side*(0.25+t*1.4), 0.5, side*(0.23+t), 0.2), 0.005, 0.003), light)
		}
	}
}
