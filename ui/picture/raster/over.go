package raster

import "image"

// Over is an image over a colour, which is what Scale shows where the image is transparent; else that is black.
type Over struct {
	image.Image
	Colour [3]byte // red, green and blue
}

// source is that of the image, with the colour added to what its alpha leaves.
func (o Over) source() imageSource {
	from := newImageSource(o.Image)
	if !from.hasAlpha() {
		return from
	}
	return imageSource{from.channels, func(rgb []byte, line [4][]byte) {
		from.toRGB(rgb, line)
		for i, alpha := range line[3] {
			for c, v := range o.Colour {
				at := &rgb[3*i+c]
				*at = byte(min(int(*at)+(int(v)*(255-int(alpha))+127)/255, 255)) // means are rounded one by one
			}
		}
	}}
}

// hasAlpha reports whether the fourth channel is there, which is alpha.
func (s imageSource) hasAlpha() bool {
	channels := 0
	for _, from := range s.channels {
		channels += from.channels
	}
	return channels == 4
}
