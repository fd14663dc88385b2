package paint

import (
	"cmp"
	"math"
	"slices"
)

// abstract is for prompts that name nothing the painter knows: one of three
// manners, chosen by the prompt's hash.
func (s *scene) abstract() {
	if s.night { // dark light makes dull prints
		s.palette = palettes[[]string{"rose", "golden", "soft", "autumn"}[s.r.IntN(4)]]
	}
	switch s.hash % 3 {
	case 0:
		s.flow()
	case 1:
		s.ribbons()
	default:
		s.discs()
	}
}

// tones are five colours of the palette, from dark to light.
func (s *scene) tones() []rgb {
	all := []rgb{s.near, s.far, mix(s.accent, s.mid, 0.25), s.mid, s.low}
	slices.SortFunc(all, func(a, b rgb) int { return cmp.Compare(a.luma(), b.luma()) })
	return all
}

// flow is colour that was stirred.
func (s *scene) flow() {
	tones := s.tones()
	wx := newField(s.canvas, 6, func(x, y float64) float64 { return fbm(x/s.U*1.1, y/s.U*1.3, 3, s.seed) })
	wy := newField(s.canvas, 6, func(x, y float64) float64 { return fbm(x/s.U*1.1+5, y/s.U*1.3+8, 3, s.seed+9) })
	height := newField(s.canvas, 3, func(x, y float64) float64 {
		ix, iy := int(x), int(y)
		ix, iy = min(ix, s.w-1), min(iy, s.h-1)
		return fbm(x/s.U*0.8+2.2*wx.at(ix, iy), y/s.U*1.1+2.2*wy.at(ix, iy), 4, s.seed+21)
	})
	s.rows(0, s.H, func(y int, row []rgb) {
		for x := range row {
			v := height.at(x, y)
			t := clamp((v-0.22)/0.56) * 3.999
			k := int(t)
			col := mix(tones[k], tones[k+1], smooth(0, 1, t-float64(k)))
			slope := v - height.at(max(x-3, 0), max(y-3, 0))
			line := 0.93 + 0.07*smooth(0, 0.2, math.Abs(math.Mod(v*26, 1)-0.5))
			row[x] = col.times(clamp(1+slope*14) * line)
		}
	})
}

// ribbons are waves of translucent cloth.
func (s *scene) ribbons() {
	s.horizon = s.H
	s.air()
	tones := s.tones()
	for k := range 11 {
		t := float64(k) / 10
		base := s.H * (0.22 + 0.66*t)
		col := mix(tones[(k+1)%4], tones[k%3+1], s.r.Float64())
		h := make(ridge, s.w)
		for x := range h {
			u := float64(x) / s.W
			h[x] = base + s.H*0.24*(fbm(u*2.1+t*0.7, t*1.3, 2, s.seed)-0.5)*2*math.Sin(math.Pi*(0.15+0.7*u)) + s.H*0.05*math.Sin(u*7+t*4)
		}
		lit := mix(col, s.sun, 0.55)
		s.rows(h.highest()-2, s.H, func(y int, row []rgb) {
			for x := range row {
				depth := float64(y) - h[x]
				if depth < -1 {
					continue
				}
				body := 0.75 * (1 - smooth(0, s.H*0.26, depth))
				edge := smooth(s.H*0.012, 0, depth)
				row[x] = mix(row[x], mix(col, lit, edge), clamp(depth+1)*math.Max(body, edge*0.8))
			}
		})
	}
}

// discs are circles and arcs laid over each other, as in prints of the twenties.
func (s *scene) discs() {
	s.horizon = s.H
	s.air()
	tones := s.tones()
	for k := range 16 {
		r := s.U * s.between(0.12, 0.42) * (1 - 0.05*float64(k))
		x, y := s.W*s.between(0.12, 0.88), s.H*s.between(0.12, 0.88)
		col, to := tones[s.r.IntN(5)], tones[s.r.IntN(5)]
		switch s.r.IntN(4) {
		case 0:
			for ring := range 5 {
				q := r * (1 - 0.19*float64(ring))
				s.fill(ellipse(x, y, q, q), flat(mix(col, to, float64(ring)/4), 0.75))
			}
		case 1:
			half := polygon(arc(x, y, r, 0, math.Pi)...)
			s.fill(half, fade(y, col, y+r, to))
		case 2:
			s.fill(stroke(polygon(arc(x, y, r, s.r.Float64()*6, math.Pi*1.3)...)[0], r*0.16, r*0.16), flat(col, 0.9))
		default:
			s.fill(ellipse(x, y, r, r), func(px, py float64) (rgb, float64) {
				return mix(col, to, clamp((px-x+py-y)/r/2+0.5)), 0.82
			})
		}
	}
	for range 5 {
		x, y, a := s.W*s.r.Float64(), s.H*s.r.Float64(), s.r.Float64()*math.Pi
		l := s.U * s.between(0.2, 0.6)
		s.fill(stroke([]point{{x, y}, {x + math.Cos(a)*l, y + math.Sin(a)*l}}, s.U*0.006, s.U*0.006), flat(s.near, 0.8))
	}
}

// arc gives places along a circle as x, y, x, y…
func arc(cx, cy, r, from, span float64) []float64 {
	var xy []float64
	for i := range 61 {
		sin, cos := math.Sincos(from + span*float64(i)/60)
		xy = append(xy, cx+r*cos, cy+r*sin)
	}
	return xy
}
