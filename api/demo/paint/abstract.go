package paint

import (
	"cmp"
	"math"
	"slices"
)

// drawAbstract is for prompts without a known word: one of three designs, chosen by the hash of the
// prompt.
func (s *scene) drawAbstract() {
	if s.night { // the night palettes give dull prints
		s.palette = palettes[[]string{"rose", "golden", "soft", "autumn"}[s.rng.IntN(4)]]
	}
	switch s.hash % 3 {
	case 0:
		s.drawFlow()
	case 1:
		s.drawRibbons()
	default:
		s.drawDiscs()
	}
}

// tones are five colours of the palette, from dark to light.
func (s *scene) tones() []rgb {
	all := []rgb{s.near, s.far, mix(s.accent, s.mid, 0.25), s.mid, s.low}
	slices.SortFunc(all, func(a, b rgb) int { return cmp.Compare(a.luma(), b.luma()) })
	return all
}

// drawFlow draws colours that look stirred: noise whose coordinates are distorted by other noise.
func (s *scene) drawFlow() {
	tones := s.tones()
	wx := newField(s.canvas, 6, func(x, y float64) float64 { return fbm(x/s.U*1.1, y/s.U*1.3, 3, s.seed) })
	wy := newField(s.canvas, 6, func(x, y float64) float64 { return fbm(x/s.U*1.1+5, y/s.U*1.3+8, 3, s.seed+9) })
	height := newField(s.canvas, 3, func(x, y float64) float64 {
		ix, iy := int(x), int(y)
		ix, iy = min(ix, s.w-1), min(iy, s.h-1)
		return fbm(x/s.U*0.8+2.2*wx.at(ix, iy), y/s.U*1.1+2.2*wy.at(ix, iy), 4, s.seed+21)
	})
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			v := height.at(x, y)
			t := clamp((v-0.22)/0.56) * 3.999
			k := int(t)
			col := mix(tones[k], tones[k+1], smoothstep(0, 1, t-float64(k)))
			slope := v - height.at(max(x-3, 0), max(y-3, 0))
			line := 0.93 + 0.07*smoothstep(0, 0.2, math.Abs(math.Mod(v*26, 1)-0.5))
			row[x] = col.times(clamp(1+slope*14) * line)
		}
	})
}

// drawRibbons draws overlapping translucent waves.
func (s *scene) drawRibbons() {
	s.horizon = s.H
	s.drawSkyGradient()
	tones := s.tones()
	for k := range 11 {
		t := float64(k) / 10
		base := s.H * (0.22 + 0.66*t)
		col := mix(tones[(k+1)%4], tones[k%3+1], s.rng.Float64())
		h := make(ridge, s.w)
		for x := range h {
			u := float64(x) / s.W
			h[x] = base + s.H*0.24*(fbm(u*2.1+t*0.7, t*1.3, 2, s.seed)-0.5)*2*math.Sin(math.Pi*(0.15+0.7*u)) + s.H*0.05*math.Sin(u*7+t*4)
		}
		lit := mix(col, s.sun, 0.55)
		s.eachRow(h.top()-2, s.H, func(y int, row []rgb) {
			for x := range row {
				depth := float64(y) - h[x]
				if depth < -1 {
					continue
				}
				body := 0.75 * (1 - smoothstep(0, s.H*0.26, depth))
				edge := smoothstep(s.H*0.012, 0, depth)
				row[x] = mix(row[x], mix(col, lit, edge), clamp(depth+1)*math.Max(body, edge*0.8))
			}
		})
	}
}

// drawDiscs draws overlapping circles and arcs, like a print of the 1920s.
func (s *scene) drawDiscs() {
	s.horizon = s.H
	s.drawSkyGradient()
	tones := s.tones()
	for k := range 16 {
		r := s.U * s.between(0.12, 0.42) * (1 - 0.05*float64(k))
		x, y := s.W*s.between(0.12, 0.88), s.H*s.between(0.12, 0.88)
		col, to := tones[s.rng.IntN(5)], tones[s.rng.IntN(5)]
		switch s.rng.IntN(4) {
		case 0:
			for ring := range 5 {
				q := r * (1 - 0.19*float64(ring))
				s.fill(ellipse(x, y, q, q), solid(mix(col, to, float64(ring)/4), 0.75))
			}
		case 1:
			half := polygon(arcPoints(x, y, r, 0, math.Pi)...)
			s.fill(half, verticalGradient(y, col, y+r, to))
		case 2:
			s.fill(stroke(polygon(arcPoints(x, y, r, s.rng.Float64()*6, math.Pi*1.3)...)[0], r*0.16, r*0.16), solid(col, 0.9))
		default:
			s.fill(ellipse(x, y, r, r), func(px, py float64) (rgb, float64) {
				return mix(col, to, clamp((px-x+py-y)/r/2+0.5)), 0.82
			})
		}
	}
	for range 5 {
		x, y, a := s.W*s.rng.Float64(), s.H*s.rng.Float64(), s.rng.Float64()*math.Pi
		l := s.U * s.between(0.2, 0.6)
		s.fill(stroke([]point{{x, y}, {x + math.Cos(a)*l, y + math.Sin(a)*l}}, s.U*0.006, s.U*0.006), solid(s.near, 0.8))
	}
}

// arcPoints returns points along an arc as x, y, x, y…; from and span are angles in radians.
func arcPoints(cx, cy, r, from, span float64) []float64 {
	var xy []float64
	for i := range 61 {
		sin, cos := math.Sincos(from + span*float64(i)/60)
		xy = append(xy, cx+r*cos, cy+r*sin)
	}
	return xy
}
