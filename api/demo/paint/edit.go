package paint

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// Edit draws a picture of a prompt and a seed that is made from others, as models do that change a picture: it keeps what the first picture
// shows, in the light, the colours, the weather and the style that the prompt asks for. Further pictures are beside the first one. w and h
// are its size in pixels; a size below 1 counts as 1. Without a picture it is Paint.
func Edit(prompt string, seed int64, w, h int, pictures []image.Image) image.Image {
	if len(pictures) == 0 {
		return Paint(prompt, seed, w, h)
	}
	s := newScene(prompt, seed, max(w, 1), max(h, 1))
	s.place(pictures)
	s.stir(0.004)
	s.relight(0.45)
	s.tint(0.45)
	s.drawWeather()
	s.drawExtras()
	s.applyStyle()
	s.applyEffects()
	s.addWatermark()
	return s.image()
}

// Follow draws the picture of a prompt and a seed with the composition of another one: its lines and its light and dark areas, as models do
// that take a picture for control. strength is from 0, which ignores the picture, to 1.
func Follow(prompt string, seed int64, w, h int, picture image.Image, strength float64) image.Image {
	s := newScene(prompt, seed, max(w, 1), max(h, 1))
	s.drawScene()
	scene := append([]rgb(nil), s.pixels...)
	s.place([]image.Image{picture})
	guide := append([]rgb(nil), s.pixels...)
	broad := boxBlur(guide, s.w, s.h, max(1, int(s.U*0.03)))
	step := math.Max(s.U*0.002, 1)
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			fx, fy := float64(x), float64(y)
			gx := s.pixelAt(guide, fx+step, fy).luma() - s.pixelAt(guide, fx-step, fy).luma()
			gy := s.pixelAt(guide, fx, fy+step).luma() - s.pixelAt(guide, fx, fy-step).luma()
			line := smoothstep(0.03, 0.25, math.Hypot(gx, gy))
			here := scene[y*s.w+x]
			light := here.times(0.45 + 1.1*guide[y*s.w+x].luma())
			col := mix(here, mix(light, broad[y*s.w+x], 0.3), 0.85*strength)
			row[x] = mix(col, s.near, 0.55*line*strength)
		}
	})
	s.postprocess()
	return s.image()
}

// Vary draws a variation of a picture: its colours and its composition with another brush.
func Vary(prompt string, seed int64, w, h int, picture image.Image) image.Image {
	s := newScene(prompt, seed, max(w, 1), max(h, 1))
	s.place([]image.Image{picture})
	s.stir(0.03)
	s.relight(0.2)
	if s.chance(0.5) {
		applyOil(s)
	}
	s.postprocess()
	return s.image()
}

// Fill paints the part of a picture that the mask leaves white, and keeps the rest. Without a mask, it is the part that is transparent.
func Fill(prompt string, seed int64, w, h int, picture, mask image.Image) image.Image {
	s := newScene(prompt, seed, max(w, 1), max(h, 1))
	s.drawScene()
	addBloom(s)
	s.applyStyle()
	scene := append([]rgb(nil), s.pixels...)
	s.place([]image.Image{picture})
	share := s.maskShares(picture, mask)
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			row[x] = mix(row[x], scene[y*s.w+x], share[y*s.w+x])
		}
	})
	s.addWatermark()
	return s.image()
}

// maskShares returns how much of each pixel is to be painted, from 0 to 1.
func (s *scene) maskShares(picture, mask image.Image) []float64 {
	transparent := mask == nil
	if transparent {
		mask = picture
	}
	fitted := cover(mask, s.w, s.h, draw.NearestNeighbor)
	share := make([]float64, s.w*s.h)
	for i := range share {
		p := fitted.Pix[4*i : 4*i+4]
		if share[i] = float64(p[0]) / 255; transparent {
			share[i] = 1 - float64(p[3])/255
		}
	}
	return share
}

// place puts pictures on the canvas, side by side with soft edges.
func (s *scene) place(pictures []image.Image) {
	for i, picture := range pictures {
		fitted := cover(picture, s.w, s.h, draw.CatmullRom)
		left, soft := s.W*float64(i)/float64(len(pictures)), s.W*0.06
		s.eachRow(0, s.H, func(y int, row []rgb) {
			for x := range row {
				p := fitted.Pix[y*fitted.Stride+4*x:]
				col := rgb{float32(p[0]) / 255, float32(p[1]) / 255, float32(p[2]) / 255}
				t := 1.0
				if i > 0 {
					t = smoothstep(left-soft, left+soft, float64(x))
				}
				row[x] = mix(row[x], col, t)
			}
		})
	}
}

// cover scales a picture so that it covers w×h pixels, and cuts what is too much equally from both ends.
func cover(picture image.Image, w, h int, by draw.Interpolator) *image.RGBA {
	out, b := image.NewRGBA(image.Rect(0, 0, w, h)), picture.Bounds()
	from := b
	if b.Dx()*h > b.Dy()*w {
		width := max(1, b.Dy()*w/h)
		from.Min.X += (b.Dx() - width) / 2
		from.Max.X = from.Min.X + width
	} else {
		height := max(1, b.Dx()*h/w)
		from.Min.Y += (b.Dy() - height) / 2
		from.Max.Y = from.Min.Y + height
	}
	by.Scale(out, out.Rect, picture, from, draw.Src, nil)
	return out
}

// stir moves the pixels a little, by a share of the shorter side, so that each seed gives another picture.
func (s *scene) stir(by float64) {
	from := append([]rgb(nil), s.pixels...)
	field := newField(s.canvas, 4, func(x, y float64) float64 { return fbm(x/s.U*6, y/s.U*6, 3, s.seed+91) - 0.5 })
	s.eachRow(0, s.H, func(y int, row []rgb) {
		for x := range row {
			d := field.at(x, y) * s.U * by * 2
			row[x] = s.pixelAt(from, float64(x)+d, float64(y)-d*0.6)
		}
	})
}

// relight mixes each tone with the palette's colour for it, from the foreground's dark to the sun's light. At night it is darker.
func (s *scene) relight(share float64) {
	asked := false
	for _, row := range paletteWords {
		asked = asked || s.mentions(row.words)
	}
	if !asked {
		share *= 0.3
	}
	brightness := 1.0
	if asked && s.night {
		share, brightness = 0.62, 0.6
	}
	s.eachRow(0, s.H, func(_ int, row []rgb) {
		for x, p := range row {
			l := p.luma()
			tone := mix(s.near, s.mid, smoothstep(0, 0.55, l))
			tone = mix(tone, mix(s.low, s.sun, 0.3), smoothstep(0.5, 1, l))
			row[x] = mix(p, tone, share).times(brightness)
		}
	})
}

// tint moves the strong colours towards the one that the prompt names.
func (s *scene) tint(share float64) {
	name, ok := s.namedColour()
	if !ok {
		return
	}
	to := colourWords[name]
	s.eachRow(0, s.H, func(_ int, row []rgb) {
		for x, p := range row {
			_, chroma, _ := p.oklch()
			row[x] = mix(p, p.towardHue(to, 1), share+0.5*smoothstep(0.04, 0.15, chroma))
		}
	})
}
