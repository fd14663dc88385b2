package paint

import "math"

// drawBackdrop draws a soft gradient with blurred lights.
func (s *scene) drawBackdrop(lights int) {
	s.horizon = s.H
	s.drawSkyGradient()
	for range lights {
		x, y, r := s.rng.Float64()*s.W, s.rng.Float64()*s.H, s.U*s.between(0.02, 0.09)
		tone := mix(mix(s.glow, s.accent, s.between(0, 0.5)), s.sun, s.between(0, 0.5))
		s.fill(ellipse(x, y, r, r), func(px, py float64) (rgb, float64) {
			d := math.Hypot(px-x, py-y) / r
			return tone, 0.08 + 0.12*smoothstep(0.75, 1, d)
		})
	}
}

// drawFlowers draws a few large blossoms in front of small ones.
func (s *scene) drawFlowers() {
	s.drawBackdrop(40)
	n := 3 + s.rng.IntN(3)
	for i := range n + 5 {
		front := i >= 5
		x := s.W/2 + s.W*s.between(-0.42, 0.42)
		y, r := s.H*s.between(0.25, 0.75), s.U*s.between(0.05, 0.09)
		if front {
			k := float64(i-5)/math.Max(float64(n-1), 1) - 0.5
			x, y, r = s.W/2+k*s.W*0.62, s.H*(0.36+0.2*s.rng.Float64()), s.U*s.between(0.14, 0.2)
		}
		s.drawStem(x, y, r, boolToFloat(front))
		s.drawBlossom(x, y, r, boolToFloat(front))
	}
}

func (s *scene) drawStem(x, y, r, near float64) {
	green := mix(mix(s.leaf, s.far, 0.5), mix(s.leaf, s.near, 0.35), near)
	bend := s.between(-0.5, 0.5) * r
	along := line(x, y, x+bend, (y+s.H)/2, s.W/2+(x-s.W/2)*0.5, s.H*1.05)
	s.fill(stroke(along, r*0.09, r*0.16), horizontalGradient(x-r*0.1, mix(green, s.sun, 0.2), x+r*0.1, green))
	for _, side := range []float64{-1, 1} {
		q := along[len(along)*2/5+int(side)*2]
		tip := point{q.x + side*r*1.1, q.y - r*s.between(0.1, 0.6)}
		leaf := curve(q.x, q.y, q.x+side*r*0.5, q.y-r*0.45, tip.x, tip.y, q.x+side*r*0.6, q.y-r*0.02)
		s.fill(leaf, verticalGradient(q.y-r*0.5, mix(green, s.sun, 0.28), q.y+r*0.1, mix(green, s.near, 0.3)))
	}
}

// drawBlossom draws rings of petals, light at the tips and dark in the centre.
func (s *scene) drawBlossom(x, y, r, near float64) {
	petal := s.accent
	if s.mentions("rose roses") && !s.hasNamedColour() {
		petal = hexColour(0xd4335a)
	} else if s.mentions("sunflower daisy") {
		petal = hexColour(0xf7b52c)
	} else if !s.hasNamedColour() {
		petal = petal.towardHue([]rgb{hexColour(0xf2789f), hexColour(0xff8a5c), hexColour(0xb48ae0), hexColour(0xf6c34d), hexColour(0xf3efe6)}[s.rng.IntN(5)], s.between(0.3, 1))
	}
	petal = mix(petal, s.mid, 0.5*(1-near))
	tip, deep := mix(petal, hexColour(0xfff8ee), 0.45), mix(petal, s.near, 0.42)
	rings, count := 4, 9+s.rng.IntN(4)
	for ring := range rings {
		k := 1 - float64(ring)/float64(rings)
		turn := s.rng.Float64() * math.Pi
		for i := range count - ring {
			a := turn + 2*math.Pi*float64(i)/float64(count-ring)
			s.drawPetal(x, y, a, r*k, mix(tip, petal, float64(ring)*0.22), mix(deep, petal, 0.2*k), 0.92)
		}
	}
	heart := mix(hexColour(0xf2c04a), s.near, 0.15)
	for range 40 {
		a, d := s.rng.Float64()*2*math.Pi, math.Sqrt(s.rng.Float64())*r*0.2
		s.fill(ellipse(x+math.Cos(a)*d, y+math.Sin(a)*d*0.9, r*0.035, r*0.035), solid(mix(heart, s.near, s.between(0, 0.5)), 1))
	}
}

func (s *scene) hasNamedColour() bool {
	_, ok := s.namedColour()
	return ok
}

func (s *scene) drawPetal(x, y, a, r float64, tip, deep rgb, alpha float64) {
	sin, cos := math.Sincos(a)
	at := func(out, side float64) (float64, float64) {
		return x + (cos*out-sin*side)*r, y + (sin*out+cos*side)*r*0.92
	}
	var xy []float64
	for _, q := range [][2]float64{{0.05, 0}, {0.45, 0.2}, {0.85, 0.24}, {1.03, 0.07}, {0.98, -0.1}, {0.8, -0.25}, {0.42, -0.19}} {
		px, py := at(q[0], q[1])
		xy = append(xy, px, py)
	}
	s.fill(curve(xy...), func(px, py float64) (rgb, float64) {
		d := math.Hypot(px-x, (py-y)/0.92) / r
		vein := ((px-x)*-sin + (py-y)*cos) / r
		col := mix(deep, tip, smoothstep(0.05, 0.95, d))
		return col.times(1 - 0.1*smoothstep(0.05, 0, math.Abs(vein)) - 0.14*smoothstep(0, 0.24, vein)), alpha
	})
}

// drawTable draws a still life: a table with a cup, a cake, fruit or a vase.
func (s *scene) drawTable() {
	s.drawBackdrop(14)
	edge := s.H * 0.7
	s.eachRow(0, edge, func(y int, row []rgb) { // the wall darkens away from the light
		for x := range row {
			row[x] = mix(row[x], s.near, 0.5*smoothstep(0.15, 0.85, math.Abs(float64(x)-s.sunX)/s.W+0.35*float64(y)/edge))
		}
	})
	wood := mix(hexColour(0x8a5a38), s.near, 0.25)
	s.eachRow(edge, s.H, func(y int, row []rgb) {
		near := (float64(y) - edge) / (s.H - edge)
		for x := range row {
			grainline := fbm(float64(x)/s.U*2.2, float64(y)/s.U*26, 4, s.seed+3)
			tone := mix(mix(wood, s.glow, 0.35*(1-near)), mix(wood, s.near, 0.45), 0.55*grainline+0.3*near)
			row[x] = tone.times(1 - 0.25*math.Abs(float64(x)-s.sunX)/s.W)
		}
	})
	size := s.U * 0.4
	x, y := s.W/2, s.H*0.84
	s.fill(ellipse(x+size*0.12, y, size*0.85, size*0.14), solid(mix(wood, s.near, 0.75), 0.6))
	p := pen{canvas: s.canvas, x: x, y: y, sx: size, sy: size, alpha: 1, tint: s.near, tintStrength: 0.05}
	switch {
	case s.mentions("cake dessert gateau birthday"):
		s.drawCake(p)
	case s.mentions("apple fruit pear lemon peach food bowl"):
		s.drawFruit(p)
	case s.mentions("vase bouquet"):
		s.drawVase(p)
	default:
		s.drawCup(p)
	}
}

func (s *scene) drawCup(p pen) {
	clay := mix(s.accent, hexColour(0xf4ece0), 0.35)
	dark, light := mix(clay, s.near, 0.5), mix(clay, hexColour(0xffffff), 0.4)
	p.fill(ellipse(0, 0.02, 0.72, 0.1), mix(dark, clay, 0.5))
	p.fill(ellipse(0, 0.05, 0.7, 0.09), light)
	p.fill(stroke(line(0.36, 0.52, 0.64, 0.5, 0.6, 0.26, 0.32, 0.2), 0.085, 0.075), mix(dark, clay, 0.4))
	body := p.transform(curve(-0.46, 0.66, -0.42, 0.3, -0.26, 0.08, 0, 0.05, 0.26, 0.08, 0.42, 0.3, 0.46, 0.66, 0, 0.62))
	p.canvas.fill(body, horizontalGradient(p.x-0.46*p.sx, light, p.x+0.46*p.sx, dark))
	p.fill(ellipse(0, 0.66, 0.46, 0.1), mix(light, clay, 0.3))
	p.fill(ellipse(0, 0.655, 0.41, 0.08), hexColour(0x4a2a18))
	p.fill(ellipse(-0.08, 0.665, 0.24, 0.035), hexColour(0x7a4a2a))
	for k := range 3 {
		x := -0.18 + 0.18*float64(k)
		for step := range 14 {
			t := float64(step) / 13
			q := p
			q.alpha = 0.13 * (1 - t) * smoothstep(0, 0.2, t+0.1)
			q.fill(ellipse(x+0.08*math.Sin(t*6+float64(k)*2), 0.75+0.6*t, 0.05+0.05*t, 0.07), hexColour(0xffffff))
		}
	}
}

func (s *scene) drawCake(p pen) {
	p.fill(ellipse(0, 0.02, 0.8, 0.11), mix(hexColour(0xf3efe8), s.near, 0.2))
	cream, crumb := mix(hexColour(0xfdf3e3), s.glow, 0.1), hexColour(0x5a3120)
	if !s.mentions("chocolate gateau forest") {
		crumb = hexColour(0xd9a765)
	}
	for k := range 3 {
		y := 0.06 + 0.19*float64(k)
		for _, layer := range []struct {
			from, to float64
			col      rgb
		}{{y, y + 0.14, crumb}, {y + 0.13, y + 0.2, cream}} {
			p.canvas.fill(p.transform(discLayer(0.6, layer.from, layer.to)), horizontalGradient(p.x-0.6*p.sx, mix(layer.col, s.sun, 0.2), p.x+0.6*p.sx, mix(layer.col, s.near, 0.45)))
		}
	}
	p.fill(ellipse(0, 0.7, 0.6, 0.1), mix(cream, hexColour(0xffffff), 0.3))
	for k := range 9 {
		a := 2 * math.Pi * float64(k) / 9
		x, y := 0.48*math.Cos(a), 0.72-0.065*math.Sin(a)
		p.fill(ellipse(x, y, 0.075, 0.06), cream)
		p.fill(ellipse(x, y+0.06, 0.052, 0.052), mix(hexColour(0xb5172b), s.near, 0.1))
		p.fill(ellipse(x-0.017, y+0.08, 0.014, 0.014), hexColour(0xffd9d9))
	}
}

// discLayer is a layer of something round, seen from slightly above.
func discLayer(half, low, high float64) path {
	var part []point
	for i := range 31 {
		a := math.Pi * float64(i) / 30
		part = append(part, point{-half * math.Cos(a), low - 0.1*math.Sin(a) + 0.06})
	}
	for i := range 31 {
		a := math.Pi * float64(i) / 30
		part = append(part, point{half * math.Cos(a), high - 0.1*math.Sin(a) + 0.06})
	}
	return path{part}
}

func (s *scene) drawFruit(p pen) {
	for _, f := range []struct {
		x, y, r float64
		col     rgb
	}{{-0.42, 0.24, 0.24, hexColour(0xf2b33d)}, {0.44, 0.22, 0.22, hexColour(0x8fb13a)}, {0.02, 0.28, 0.3, hexColour(0xc8303a)}} {
		cx, cy, r := p.x+f.x*p.sx, p.y-f.y*p.sy, f.r*p.sx
		s.fill(ellipse(cx, cy, r, r*0.94), func(x, y float64) (rgb, float64) {
			u, v := (x-cx)/r+0.35, (y-cy)/r+0.4
			d := u*u + v*v
			col := mix(mix(f.col, hexColour(0xffffff), 0.35*smoothstep(0.5, 0, d)), mix(f.col, s.near, 0.75), smoothstep(0.4, 2.2, d))
			return col, 1
		})
		p.fill(stroke(line(f.x, f.y+f.r*0.85, f.x+0.02, f.y+f.r*1.1, f.x+0.06, f.y+f.r*1.3), 0.03, 0.02), hexColour(0x4a3423))
		p.fill(curve(f.x+0.03, f.y+f.r*1.1, f.x+0.15, f.y+f.r*1.35, f.x+0.28, f.y+f.r*1.2, f.x+0.14, f.y+f.r*1.08), mix(hexColour(0x5d8a3a), s.near, 0.15))
	}
}

func (s *scene) drawVase(p pen) {
	for range 9 {
		x, y := p.x+s.between(-0.6, 0.6)*p.sx, p.y-s.between(0.95, 1.45)*p.sy
		s.fill(stroke(line(p.x, p.y-0.6*p.sy, (x+p.x)/2, y+0.2*p.sy, x, y), p.sx*0.02, p.sx*0.015), solid(mix(s.leaf, s.near, 0.3), 1))
		s.drawBlossom(x, y, p.sx*s.between(0.16, 0.24), 1)
	}
	glaze := mix(s.far, s.accent, 0.15)
	p.canvas.fill(p.transform(curve(-0.14, 0.74, -0.3, 0.45, -0.28, 0.12, 0, 0, 0.28, 0.12, 0.3, 0.45, 0.14, 0.74)),
		horizontalGradient(p.x-0.3*p.sx, mix(glaze, hexColour(0xffffff), 0.5), p.x+0.3*p.sx, mix(glaze, s.near, 0.7)))
}
