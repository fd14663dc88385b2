package demo

import (
	"image"
	"image/color"
)

// Paint draws a scene.
func Paint(prompt string, seed int64, w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	k := hash(prompt) + uint64(seed)
	for y := range h {
		for x := range w {
			img.SetRGBA(x, y, color.RGBA{uint8(x*255/w) ^ uint8(k), uint8(y * 255 / h), uint8(k >> 8), 255})
		}
	}
	return img
}
