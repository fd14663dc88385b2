package paint

import "math"

// styles are ways to redraw a picture, by the words that ask for them.
var styles = []struct {
	words string
	apply func(*scene)
}{
	{"watercolor watercolour aquarelle gouache", applyWatercolour},
	{"ink sumi woodcut engraving etching sketch pencil charcoal drawing", applyInk},
	{"pixel pixelart bit voxel lowres", applyPixelArt},
	{"oil impressionist impressionism painting monet gogh brush", applyOil},
	{"vintage retro sepia daguerreotype tintype polaroid film", applyVintage},
	{"noir monochrome grayscale bw", applyNoir},
}

// applyStyle redraws the picture in the style that the prompt asks for.
func (s *scene) applyStyle() {
	for _, m := range styles {
		if s.mentions(m.words) {
			m.apply(s)
			return
		}
	}
}

// applyWatercolour distorts edges, darkens the rims of colour areas, and leaves a margin of white
// paper.
func applyWatercolour(s *scene) {
	from := append([]rgb(nil), s.pixels...)
	wx := newField(s.canvas, 4, func(x, y float64) float64 { return fbm(x/s.U*16, y/s.U*16, 4, s.seed+61) - 0.5 })
	wash := newField(s.canvas, 4, func(x, y float64) float64 { return fbm(x/s.U*4, y/s.U*4, 5, s.seed+63) })
	paper := hexColour(0xfbf7ee)
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			run := wx.at(x, y) * s.U * 0.05
			here := s.pixelAt(from, float64(x)+run, float64(y)-run*0.7)
			beside := s.pixelAt(from, float64(x)+run+s.U*0.006, float64(y)-run*0.7+s.U*0.006)
			rim := math.Min(math.Abs(here.luma()-beside.luma())*2.2, 0.3)
			tooth := (lattice(int32(x/2), int32(y/2), s.seed+7) - 0.5) * 0.035
			col := mix(here, paper, 0.16+0.42*smoothstep(0.4, 0.75, wash.at(x, y))).times(1 - rim + tooth)
			u, v := math.Abs(float64(x)/s.W-0.5)*2, math.Abs(float64(y)/s.H-0.5)*2
			edge := math.Max(u, v) + wx.at(x, y)*0.22
			row[x] = mix(col, paper, smoothstep(0.86, 0.93, edge))
		}
	})
}

// pixelAt returns the nearest pixel of a copy of the picture.
func (s *scene) pixelAt(pix []rgb, x, y float64) rgb {
	return pix[min(max(int(y), 0), s.h-1)*s.w+min(max(int(x), 0), s.w-1)]
}

// applyInk draws black on paper: areas by lightness, lines where tones meet.
func applyInk(s *scene) {
	from := append([]rgb(nil), s.pixels...)
	paper, black := hexColour(0xf4ecdc), hexColour(0x1c1b22)
	step := math.Max(s.U*0.0022, 1)
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			fx, fy := float64(x), float64(y)
			l := s.pixelAt(from, fx, fy).luma()
			gx := s.pixelAt(from, fx+step, fy).luma() - s.pixelAt(from, fx-step, fy).luma()
			gy := s.pixelAt(from, fx, fy+step).luma() - s.pixelAt(from, fx, fy-step).luma()
			line := smoothstep(0.03, 0.12, math.Hypot(gx, gy))
			wobble := (fbm(fx/s.U*30, fy/s.U*30, 2, s.seed+3) - 0.5) * 3
			hatch := math.Abs(math.Sin((fx+fy)/s.U*190 + wobble))
			dark := math.Max(line, smoothstep(0.3, 0.2, l))
			dark = math.Max(dark, 0.8*smoothstep(0.62, 0.5, l)*smoothstep(0.45, 0.2, hatch))
			dark = math.Max(dark, 0.16*smoothstep(0.9, 0.6, l))
			row[x] = mix(paper, black, dark)
		}
	})
}

// applyPixelArt reduces the picture to large pixels with few tones.
func applyPixelArt(s *scene) {
	from := append([]rgb(nil), s.pixels...)
	cell := math.Max(math.Round(s.U/96), 1)
	s.eachRow(0, s.H, func(y int, row []rgb) {
		cy := (math.Floor(float64(y)/cell) + 0.5) * cell
		for x := range row {
			cx := (math.Floor(float64(x)/cell) + 0.5) * cell
			col := s.pixelAt(from, cx, cy)
			dither := (math.Mod(math.Floor(float64(x)/cell)+math.Floor(float64(y)/cell), 2) - 0.5) / 36
			for i := range col {
				col[i] = float32(math.Round((float64(col[i])+dither)*12) / 12)
			}
			row[x] = col
		}
	})
}

// applyOil smears the colours along brush strokes in two directions.
func applyOil(s *scene) {
	from := append([]rgb(nil), s.pixels...)
	region := newField(s.canvas, 6, func(x, y float64) float64 { return fbm(x/s.U*5, y/s.U*5, 3, s.seed+71) })
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			sin, cos := math.Sincos(0.5)
			if region.at(x, y) > 0.5 {
				sin, cos = math.Sincos(-0.35)
			}
			fx, fy := float64(x), float64(y)
			along, across := (fx*cos+fy*sin)/s.U, (fy*cos-fx*sin)/s.U
			bristle := noise(along*14, across*210, s.seed+73) - 0.5
			dab := noise(along*20, across*55, s.seed+75) - 0.5
			d := dab * s.U * 0.03
			col := s.pixelAt(from, fx+cos*d-sin*bristle*s.U*0.006, fy+sin*d+cos*bristle*s.U*0.006)
			row[x] = col.times(1 + bristle*0.13 + dab*0.12)
		}
	})
}

// applyVintage makes an old print: sepia, stained, scratched.
func applyVintage(s *scene) {
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			l := row[x].luma()
			stain := fbm(float64(x)/s.U*3, float64(y)/s.U*3, 4, s.seed+81)
			sepia := mix(hexColour(0x24160d), hexColour(0xf3e2c0), smoothstep(-0.05, 1.02, l))
			row[x] = mix(sepia, hexColour(0xd9c296), 0.28*smoothstep(0.45, 0.8, stain))
		}
	})
	for range 9 {
		x, y := s.rng.Float64()*s.W, s.rng.Float64()*s.H
		s.fill(stroke(line(x, y, x+s.between(-6, 6), y+s.U*0.1, x+s.between(-9, 9), y+s.U*s.between(0.1, 0.5)), 1, 0.6), solid(hexColour(0xfff3d8), 0.4))
	}
}

func applyNoir(s *scene) {
	s.eachRow(0, s.H, func(_ int, row []rgb) {
		for x := range row {
			l := float32(smoothstep(0.04, 0.92, row[x].luma()))
			row[x] = rgb{l, l, l * 1.01}
		}
	})
}
