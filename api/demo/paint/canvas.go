package paint

import (
	"image"
	"image/draw"
	"math"
	"runtime"
	"sync"

	"golang.org/x/image/vector"
)

// canvas holds the pixels of a picture. W, H and U (the shorter side) are its size; scenes are laid
// out in fractions of them.
type canvas struct {
	w, h       int
	W, H, U    float64
	pixels     []rgb
	rasterizer vector.Rasterizer
	mask       image.Alpha
}

func newCanvas(w, h int) *canvas {
	c := &canvas{w: w, h: h, W: float64(w), H: float64(h), pixels: make([]rgb, w*h)}
	c.U = math.Min(c.W, c.H)
	return c
}

// parallel calls f for 0 to n-1 on all processors.
func parallel(n int, f func(i int)) {
	workers := min(runtime.GOMAXPROCS(0), n)
	var wait sync.WaitGroup
	for k := range workers {
		wait.Go(func() {
			for i := n * k / workers; i < n*(k+1)/workers; i++ {
				f(i)
			}
		})
	}
	wait.Wait()
}

// eachRow calls f for each pixel row from top up to bottom, in parallel.
func (c *canvas) eachRow(top, bottom float64, f func(y int, row []rgb)) {
	first, last := max(int(top), 0), min(int(math.Ceil(bottom)), c.h)
	if last <= first {
		return
	}
	parallel(last-first, func(i int) {
		y := first + i
		f(y, c.pixels[y*c.w:(y+1)*c.w])
	})
}

// shader returns the colour and the opacity (0 to 1) of a pixel.
type shader func(x, y float64) (rgb, float64)

// solid is one colour everywhere.
func solid(col rgb, alpha float64) shader {
	return func(_, _ float64) (rgb, float64) { return col, alpha }
}

// verticalGradient goes from colour a at height y0 to colour b at y1.
func verticalGradient(y0 float64, a rgb, y1 float64, b rgb) shader {
	return func(_, y float64) (rgb, float64) { return mix(a, b, clamp((y-y0)/(y1-y0))), 1 }
}

// horizontalGradient goes from colour a at x0 to colour b at x1.
func horizontalGradient(x0 float64, a rgb, x1 float64, b rgb) shader {
	return func(x, _ float64) (rgb, float64) { return mix(a, b, clamp((x-x0)/(x1-x0))), 1 }
}

// fill paints a shape with antialiased edges.
func (c *canvas) fill(p path, shade shader) {
	box := p.bounds().Intersect(image.Rect(0, 0, c.w, c.h))
	if box.Empty() {
		return
	}
	size := box.Size()
	c.rasterizer.Reset(size.X, size.Y)
	c.rasterizer.DrawOp = draw.Src
	p.addTo(&c.rasterizer, float64(box.Min.X), float64(box.Min.Y))
	if need := size.X * size.Y; cap(c.mask.Pix) < need {
		c.mask.Pix = make([]uint8, need)
	}
	c.mask.Pix = c.mask.Pix[:size.X*size.Y]
	c.mask.Stride, c.mask.Rect = size.X, image.Rectangle{Max: size}
	c.rasterizer.Draw(&c.mask, c.mask.Rect, image.Opaque, image.Point{})
	for y := range size.Y {
		row := c.pixels[(box.Min.Y+y)*c.w+box.Min.X:]
		for x, cover := range c.mask.Pix[y*size.X : (y+1)*size.X] {
			if cover == 0 {
				continue
			}
			col, alpha := shade(float64(box.Min.X+x), float64(box.Min.Y+y))
			row[x] = mix(row[x], col, alpha*float64(cover)/255)
		}
	}
}

// addGlow adds light around a point, falling to zero at the radius.
func (c *canvas) addGlow(cx, cy, radius float64, col rgb, strength float64) {
	left, right := max(int(cx-radius), 0), min(int(cx+radius)+1, c.w)
	c.eachRow(cy-radius, cy+radius, func(y int, row []rgb) {
		dy := (float64(y) - cy) / radius
		for x := left; x < right; x++ {
			dx := (float64(x) - cx) / radius
			d := 1 - (dx*dx + dy*dy)
			if d <= 0 {
				continue
			}
			row[x] = lighten(row[x], col, strength*d*d)
		}
	})
}

// lighten adds light to a colour, and less to a bright one, so that it does not clip.
func lighten(a, light rgb, t float64) rgb {
	k := float32(t)
	for i := range a {
		a[i] += light[i] * k * max(0.15, 1-a[i])
	}
	return a
}

// image converts the canvas to 8 bits a channel.
func (c *canvas) image() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, c.w, c.h))
	c.eachRow(0, c.H, func(y int, row []rgb) {
		out := img.Pix[y*img.Stride:]
		for x, p := range row {
			out[x*4], out[x*4+1], out[x*4+2], out[x*4+3] = toByte(p[0]), toByte(p[1]), toByte(p[2]), 255
		}
	})
	return img
}

func toByte(v float32) uint8 { return uint8(max(0, min(1, v))*255 + 0.5) }
