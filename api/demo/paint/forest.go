package paint

import "math"

// drawForest draws planes of tree trunks in mist, shafts of light, and a clearing for a figure.
func (s *scene) drawForest() {
	s.horizon, s.sunY = s.H*0.72, s.H*s.between(0.2, 0.32)
	s.drawSkyGradient()
	s.canvas.addGlow(s.sunX, s.sunY, s.U*0.6, s.sun, 0.7)
	for i := range 4 {
		near := float64(i) / 3
		col := mix(mix(s.far, s.low, 0.55-0.4*near), mix(s.near, s.leaf, 0.3), near)
		s.drawTrunks(near, col)
		ground := s.ridgeline(s.H*(0.74+0.075*float64(i)), s.H*0.06, s.U*0.5, false, s.seed+uint32(i)*5)
		s.drawHazyLand(ground, s.H, mix(col, s.leaf, 0.35), mix(s.low, s.glow, 0.3), 0.55*(1-near))
		if i == 1 {
			s.drawLightShafts()
		}
		if i == 2 {
			s.drawFigure(s.H * 0.9)
		}
	}
	s.drawFerns()
	if s.night || s.mentions("firefly fireflies magic fairy enchanted") {
		s.drawSparks(60, s.H*0.3, s.H*0.95, s.accent)
	}
}

// drawTrunks draws one plane of trees, whose crowns lie above the picture.
func (s *scene) drawTrunks(near float64, col rgb) {
	wide := s.U * (0.016 + 0.06*near*near)
	for x := -wide; x < s.W+wide; x += wide * s.between(2.2, 6.5) {
		if near > 0.8 && math.Abs(x-s.W/2) < s.W*0.24 {
			continue // keep the clearing open
		}
		lean := wide * s.between(-0.8, 0.8)
		foot := s.H * (0.78 + 0.12*near)
		along := line(x, foot, x+lean*0.4, s.H*0.45, x+lean, -s.H*0.05)
		w := wide * s.between(0.6, 1.1)
		lit := mix(col, s.glow, 0.3*(1-near))
		s.fill(stroke(along, w*1.25, w*0.7), horizontalGradient(x-w/2, mix(col, lit, boolToFloat(s.sunX < x)), x+w/2, mix(col, lit, boolToFloat(s.sunX >= x))))
		for range 3 {
			s.drawBranch(x+lean*0.6, s.H*s.between(0.05, 0.5), wide, col)
		}
	}
	s.drawCrowns(near, col)
}

func boolToFloat(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func (s *scene) drawBranch(x, y, wide float64, col rgb) {
	side := s.randomSign()
	far := wide * s.between(1.5, 4)
	along := line(x, y, x+side*far*0.5, y-far*0.2, x+side*far, y-far*s.between(0.1, 0.5))
	s.fill(stroke(along, wide*0.22, wide*0.03), solid(col, 1))
}

// drawCrowns draws clumps of leaves at the top.
func (s *scene) drawCrowns(near float64, col rgb) {
	for range int(26 + 20*near) {
		size := s.U * s.between(0.02, 0.06) * (0.7 + near)
		x, y := s.rng.Float64()*s.W, s.rng.Float64()*s.rng.Float64()*s.H*0.3
		tone := mix(mix(col, s.leaf, 0.45), s.glow, s.between(0, 0.25)*(1-near))
		s.drawLeafClump(x, y, size, tone)
	}
}

func (s *scene) drawLeafClump(x, y, size float64, tone rgb) {
	for range 7 {
		dx, dy := s.between(-1, 1)*size, s.between(-0.7, 0.7)*size
		r := size * s.between(0.3, 0.6)
		s.fill(ellipse(x+dx, y+dy, r, r*0.8), solid(mix(tone, s.sun, clamp(-dy/size)*0.16), 0.85))
	}
}

// drawLightShafts draws beams of light that fall through the trees.
func (s *scene) drawLightShafts() {
	for range 6 {
		x := s.sunX + s.between(-0.25, 0.25)*s.U
		end := x + (x-s.sunX)*2.2 + s.between(-0.2, 0.2)*s.U
		wide := s.U * s.between(0.02, 0.07)
		shape := polygon(x-wide*0.3, -10, x+wide*0.3, -10, end+wide, s.H*0.9, end-wide, s.H*0.9)
		s.fill(shape, func(_, y float64) (rgb, float64) { return s.sun, 0.2 * (1 - y/s.H) })
	}
}

// drawFerns draws ferns along the bottom edge.
func (s *scene) drawFerns() {
	dark := mix(s.near, s.leaf, 0.18)
	for range 46 {
		x := s.rng.Float64() * s.W
		edge := math.Abs(x/s.W-0.5) * 2
		tall := s.U * s.between(0.04, 0.1) * (0.5 + 0.9*edge)
		bend := s.between(-0.7, 0.7) * tall
		along := line(x, s.H+4, x+bend*0.3, s.H-tall*0.6, x+bend, s.H-tall)
		s.fill(stroke(along, tall*0.1, 1), solid(dark, 1))
		for k := 4; k < len(along); k += 2 {
			q := along[k]
			leaf := tall * 0.3 * (1 - float64(k)/float64(len(along)))
			s.fill(curve(q.x, q.y, q.x+leaf, q.y-leaf*0.2, q.x+leaf*0.4, q.y+leaf*0.2), solid(dark, 1))
			s.fill(curve(q.x, q.y, q.x-leaf, q.y-leaf*0.2, q.x-leaf*0.4, q.y+leaf*0.2), solid(dark, 1))
		}
	}
}

// drawSparks draws n small lights between the heights top and bottom.
func (s *scene) drawSparks(n int, top, bottom float64, col rgb) {
	for range n {
		x, y := s.rng.Float64()*s.W, s.between(top, bottom)
		size := s.U * s.between(0.0012, 0.0035)
		s.canvas.addGlow(x, y, size*8, col, 0.55)
		s.fill(ellipse(x, y, size, size), solid(mix(col, hexColour(0xffffff), 0.5), 0.95))
	}
}

// drawMeadow draws rolling hills with flowers in front, a tree, and the figure that the prompt
// names.
func (s *scene) drawMeadow() {
	s.horizon = s.H * s.between(0.5, 0.58)
	s.drawSky()
	for i := range 5 {
		near := float64(i) / 4
		h := s.ridgeline(s.horizon+s.H*0.11*float64(i), s.H*0.13, s.U*0.8, false, s.seed+uint32(i)*11)
		col := mix(mix(s.far, s.leaf, 0.35), mix(s.leaf, s.near, 0.3), near)
		s.drawHazyLand(h, s.H, mix(col, s.glow, 0.16*(1-near)), mix(col, s.low, 0.5), 0.6*(1-near))
		if i == 2 {
			s.drawTreeAndFigure(h)
		}
	}
	s.drawFlowerField()
}

// drawTreeAndFigure puts the figure that the prompt names on a hill, with a tree beside it or
// instead of it.
func (s *scene) drawTreeAndFigure(h ridge) {
	x := s.W * s.between(0.25, 0.75)
	hasFigure := s.drawFigureAt(h.at(x), x)
	if s.mentions("tree trees blossom cherry sakura oak") || !hasFigure && !s.mentions("balloon") {
		beside := math.Mod(x+s.W*0.28*boolToFloat(hasFigure), s.W*0.9)
		s.drawTree(beside, h.at(beside)+s.U*0.01, s.U*s.between(0.34, 0.44))
	}
}

// drawTree draws a trunk and a crown of leaves, light above and dark below.
func (s *scene) drawTree(x, y, tall float64) {
	bark := mix(s.near, hexColour(0x3b2a20), 0.5)
	s.fill(stroke(line(x, y, x+tall*0.02, y-tall*0.3, x-tall*0.01, y-tall*0.6), tall*0.09, tall*0.03), solid(bark, 1))
	for _, side := range []float64{-1, 1} {
		s.fill(stroke(line(x, y-tall*0.28, x+side*tall*0.12, y-tall*0.45, x+side*tall*0.2, y-tall*0.62), tall*0.04, tall*0.01), solid(bark, 1))
	}
	crown := s.leaf
	if s.mentions("cherry blossom sakura spring") {
		crown = mix(hexColour(0xf7b6cb), s.accent, 0.25)
	}
	for layer := range 3 {
		up := float64(layer) / 2
		tone := mix(mix(crown, s.near, 0.5), mix(crown, s.sun, 0.35), up)
		for range 26 {
			a, d := s.rng.Float64()*2*math.Pi, math.Sqrt(s.rng.Float64())
			px := x + math.Cos(a)*d*tall*0.36
			py := y - tall*(0.66+0.05*up) + math.Sin(a)*d*tall*0.24
			r := tall * s.between(0.04, 0.085)
			s.fill(ellipse(px, py, r, r*0.85), solid(mix(tone, s.near, s.between(0, 0.12)), 0.9))
		}
	}
}

// drawFlowerField draws grass and flowers, larger towards the viewer.
func (s *scene) drawFlowerField() {
	colours := []rgb{s.accent, s.sun, mix(s.accent, s.glow, 0.5), hexColour(0xfdf6ec)}
	for i := range 260 {
		near := float64(i) / 260
		y := s.H * (0.8 + 0.24*near)
		x := s.rng.Float64() * s.W
		tall := s.U * (0.012 + 0.07*near*near) * s.between(0.7, 1.3)
		bend := s.between(-0.3, 0.3) * tall
		green := mix(mix(s.leaf, s.near, 0.5*near), s.sun, s.between(0, 0.2))
		s.fill(stroke(line(x, y, x+bend*0.4, y-tall*0.6, x+bend, y-tall), tall*0.06+0.6, 0.6), solid(green, 1))
		if s.chance(0.45) {
			s.drawSmallFlower(x+bend, y-tall, tall*s.between(0.16, 0.26), colours[s.rng.IntN(len(colours))])
		}
	}
}

func (s *scene) drawSmallFlower(x, y, r float64, col rgb) {
	turn := s.rng.Float64()
	for k := range 5 {
		sin, cos := math.Sincos(2*math.Pi*float64(k)/5 + turn)
		s.fill(ellipse(x+cos*r*0.7, y+sin*r*0.6, r*0.6, r*0.5), solid(mix(col, s.near, 0.1*float64(k%2)), 1))
	}
	s.fill(ellipse(x, y, r*0.4, r*0.36), solid(mix(hexColour(0xf6c945), s.near, 0.1), 1))
}
