package paint

import "math"

// mirror fills everything below a height with what stands above it, upside down,
// darkened and tinted as water does.
func (s *scene) mirror(level float64, deep rgb) {
	copyOf := append([]rgb(nil), s.pix...)
	first := int(level)
	sway := newField(s.canvas, 2, func(x, y float64) float64 {
		far := 1 / (math.Max(y-level, 0)/(s.H-level) + 0.05)
		return fbm((x/s.W-0.5)*s.W/s.U*3.4*far, 34*far, 3, s.seed+41) - 0.5
	})
	s.rows(level, s.H, func(y int, row []rgb) {
		near := (float64(y) - level) / (s.H - level)
		for x := range row {
			wave := sway.at(x, y)
			from := level - (float64(y)-level)*0.92 - wave*s.U*0.1*near
			sx := min(max(x+int(wave*s.U*(0.01+0.07*near)), 0), s.w-1)
			sy := min(max(int(from), 0), first)
			tone := mix(copyOf[sy*s.w+sx], deep, 0.16+0.5*near)
			row[x] = tone.times(1 + wave*(0.12+0.34*near))
		}
	})
}

// glitter is the path of light on the water below the sun.
func (s *scene) glitter(level float64) {
	if s.sunR <= 0 {
		return
	}
	wide := s.sunR*1.1 + 1
	s.rows(level+1, s.H, func(y int, row []rgb) {
		near := (float64(y) - level) / (s.H - level)
		half := wide * (0.9 + 3.2*near)
		far := 1 / (near + 0.06)
		for x := range row {
			off := math.Abs(float64(x)-s.sunX) / half
			if off > 1 {
				continue
			}
			v := 0.7*noise((float64(x)-s.sunX)/s.U*11*far, 30*far, s.seed+51) + 0.3*noise((float64(x)-s.sunX)/s.U*34*far, 75*far, s.seed+52)
			spark := smooth(0.5+0.2*off, 0.72+0.15*off, v) * (1 - off*off) * (1 - 0.45*near)
			row[x] = mix(row[x], s.sun, spark*0.9)
		}
	})
}

// sea is open water: far shores, waves, the light's path, and what floats.
func (s *scene) sea() {
	s.sky()
	far := s.ridgeline(s.horizon, s.H*0.07, s.U*0.5, false, s.seed+61)
	s.hazy(far, s.horizon+1, mix(s.far, s.low, 0.35), s.low, 0.6)
	s.mirror(s.horizon, mix(s.near, s.far, 0.35))
	s.glitter(s.horizon)
	s.float()
}

// float puts what the prompt names on the water: its mirror image first.
func (s *scene) float() {
	draw, size := (*scene).paperBoat, s.U*s.between(0.2, 0.26)
	x, y := s.W*s.between(0.38, 0.62), s.horizon+(s.H-s.horizon)*s.between(0.42, 0.55)
	switch {
	case s.has("lighthouse island"):
		draw, size, x, y = (*scene).lighthouse, s.U*0.34, s.W*s.between(0.25, 0.4), s.horizon+(s.H-s.horizon)*0.16
	case s.has("paper origami"):
	case s.has("boat ship sail sailboat sailing yacht"):
		draw, size = (*scene).sailBoat, s.U*0.26
	default:
		if !s.dwell(s.H*0.97, x) && s.chance(0.6) {
			s.flock()
		}
		return
	}
	for _, up := range []float64{-0.8, 1} {
		p := pen{c: s.canvas, x: x, y: y, sx: size, sy: size * up, alpha: 1, tint: mix(s.near, s.far, 0.4)}
		if up < 0 {
			p.alpha, p.tintStrength = 0.42, 0.45
		}
		draw(s, p)
	}
}

func (s *scene) paperBoat(p pen) {
	white := mix(rgbOf(0xfdfaf2), s.glow, 0.12)
	shade := mix(rgbOf(0xb9bccd), s.mid, 0.3)
	deep := mix(shade, s.near, 0.3)
	p.shade(polygon(0, 0.98, -0.44, 0.2, 0, 0.1), shade, white, 0.2, 0.9)
	p.shade(polygon(0, 0.98, 0.44, 0.2, 0, 0.1), deep, shade, 0.1, 0.9)
	p.shade(polygon(-1, 0.46, 0, 0.2, 0, -0.12, -0.6, -0.12), shade, white, -0.3, 0.35)
	p.shade(polygon(1, 0.46, 0, 0.2, 0, -0.12, 0.6, -0.12), deep, mix(shade, white, 0.4), -0.2, 0.4)
}
