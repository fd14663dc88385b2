package paint

import "math"

// drawReflection fills the picture below a height with a mirror image of what is above, darkened
// and rippled.
func (s *scene) drawReflection(level float64, deep rgb) {
	original := append([]rgb(nil), s.pixels...)
	first := int(level)
	sway := newField(s.canvas, 2, func(x, y float64) float64 {
		far := 1 / (math.Max(y-level, 0)/(s.H-level) + 0.05)
		return fbm((x/s.W-0.5)*s.W/s.U*3.4*far, 34*far, 3, s.seed+41) - 0.5
	})
	s.eachRow(level, s.H, func(y int, row []rgb) {
		near := (float64(y) - level) / (s.H - level)
		for x := range row {
			wave := sway.at(x, y)
			from := level - (float64(y)-level)*0.92 - wave*s.U*0.1*near
			sx := min(max(x+int(wave*s.U*(0.01+0.07*near)), 0), s.w-1)
			sy := min(max(int(from), 0), first)
			tone := mix(original[sy*s.w+sx], deep, 0.16+0.5*near)
			row[x] = tone.times(1 + wave*(0.12+0.34*near))
		}
	})
}

// drawGlitter draws the path of light on the water below the sun.
func (s *scene) drawGlitter(level float64) {
	if s.sunR <= 0 {
		return
	}
	wide := s.sunR*1.1 + 1
	s.eachRow(level+1, s.H, func(y int, row []rgb) {
		near := (float64(y) - level) / (s.H - level)
		half := wide * (0.9 + 3.2*near)
		far := 1 / (near + 0.06)
		for x := range row {
			off := math.Abs(float64(x)-s.sunX) / half
			if off > 1 {
				continue
			}
			v := 0.7*noise((float64(x)-s.sunX)/s.U*11*far, 30*far, s.seed+51) + 0.3*noise((float64(x)-s.sunX)/s.U*34*far, 75*far, s.seed+52)
			spark := smoothstep(0.5+0.2*off, 0.72+0.15*off, v) * (1 - off*off) * (1 - 0.45*near)
			row[x] = mix(row[x], s.sun, spark*0.9)
		}
	})
}

// drawSea draws open water with a far shore, the glitter of the sun, and what floats on it.
func (s *scene) drawSea() {
	s.drawSky()
	far := s.ridgeline(s.horizon, s.H*0.07, s.U*0.5, false, s.seed+61)
	s.drawHazyLand(far, s.horizon+1, mix(s.far, s.low, 0.35), s.low, 0.6)
	s.drawReflection(s.horizon, mix(s.near, s.far, 0.35))
	s.drawGlitter(s.horizon)
	s.drawFloating()
}

// drawFloating draws the boat or lighthouse that the prompt names, its reflection first.
func (s *scene) drawFloating() {
	draw, size := (*scene).drawPaperBoat, s.U*s.between(0.2, 0.26)
	x, y := s.W*s.between(0.38, 0.62), s.horizon+(s.H-s.horizon)*s.between(0.42, 0.55)
	switch {
	case s.mentions("lighthouse island"):
		draw, size, x, y = (*scene).drawLighthouse, s.U*0.34, s.W*s.between(0.25, 0.4), s.horizon+(s.H-s.horizon)*0.16
	case s.mentions("paper origami"):
	case s.mentions("boat ship sail sailboat sailing yacht"):
		draw, size = (*scene).drawSailBoat, s.U*0.26
	default:
		if !s.drawFigureAt(s.H*0.97, x) && s.chance(0.6) {
			s.drawBirds()
		}
		return
	}
	for _, up := range []float64{-0.8, 1} {
		p := pen{canvas: s.canvas, x: x, y: y, sx: size, sy: size * up, alpha: 1, tint: mix(s.near, s.far, 0.4)}
		if up < 0 {
			p.alpha, p.tintStrength = 0.42, 0.45
		}
		draw(s, p)
	}
}

func (s *scene) drawPaperBoat(p pen) {
	white := mix(hexColour(0xfdfaf2), s.glow, 0.12)
	shade := mix(hexColour(0xb9bccd), s.mid, 0.3)
	deep := mix(shade, s.near, 0.3)
	p.shade(polygon(0, 0.98, -0.44, 0.2, 0, 0.1), shade, white, 0.2, 0.9)
	p.shade(polygon(0, 0.98, 0.44, 0.2, 0, 0.1), deep, shade, 0.1, 0.9)
	p.shade(polygon(-1, 0.46, 0, 0.2, 0, -0.12, -0.6, -0.12), shade, white, -0.3, 0.35)
	p.shade(polygon(1, 0.46, 0, 0.2, 0, -0.12, 0.6, -0.12), deep, mix(shade, white, 0.4), -0.2, 0.4)
}
