package model

import (
	"math"
	"strconv"
	"strings"
)

// sizes are cog-flux's ASPECT_RATIOS (predict.py), about one megapixel each. The last two are only in kontext, whose
// sizes are not published; they were chosen in the same way.
var sizes = map[string][2]int{
	"1:1": {1024, 1024}, "16:9": {1344, 768}, "21:9": {1536, 640}, "3:2": {1216, 832}, "2:3": {832, 1216},
	"4:5": {896, 1088}, "5:4": {1088, 896}, "3:4": {896, 1152}, "4:3": {1152, 896}, "9:16": {768, 1344}, "9:21": {640, 1536},
	"2:1": {1408, 704}, "1:2": {704, 1408},
}

// Size returns the size of the pictures in pixels. It is false if it depends on an input image, or the model decides.
func (m Model) Size(input map[string]any) (w, h int, ok bool) {
	if _, has := m.Parameter("aspect_ratio"); !has || !m.Known {
		return 0, 0, false
	}
	if s, _ := input["image"].(string); s != "" { // image to image keeps the image's shape
		return 0, 0, false
	}
	shape := m.stringValue(input, "aspect_ratio")
	if shape == "custom" {
		return m.customSize(input)
	}
	base, ok := sizes[shape]
	if !ok {
		return 0, 0, false
	}
	scale, ok := m.sideScale(input)
	if !ok {
		return 0, 0, false
	}
	return scaleSide(base[0], scale), scaleSide(base[1], scale), true
}

func (m Model) customSize(input map[string]any) (w, h int, ok bool) {
	width, okW := Int(input["width"])
	height, okH := Int(input["height"])
	if !okW || !okH || width < 1 || height < 1 {
		return 0, 0, false
	}
	p, _ := m.Parameter("width")
	return roundToMultiple(int(width), p.Multiple), roundToMultiple(int(height), p.Multiple), true
}

// sideScale is the factor for the sides in the table.
func (m Model) sideScale(input map[string]any) (float64, bool) {
	for _, name := range []string{"megapixels", "output_megapixels", "resolution"} {
		p, has := m.Parameter(name)
		if !has {
			continue
		}
		mp, err := strconv.ParseFloat(strings.TrimSuffix(m.stringValue(input, p.Name), " MP"), 64)
		return math.Sqrt(mp), err == nil && mp > 0 && mp <= 16
	}
	if m.ID == owner+"flux-1.1-pro-ultra" { // "up to 4 megapixels"
		return 2, true
	}
	return 1, true
}

func scaleSide(side int, scale float64) int {
	if scale == 0.5 || scale == 1 || scale == 2 {
		return int(float64(side) * scale)
	}
	return roundToMultiple(int(math.Round(float64(side)*scale)), 32)
}

// roundToMultiple rounds as the models do with a custom size.
func roundToMultiple(n, multiple int) int {
	if multiple < 2 {
		return n
	}
	return max(multiple, (n+multiple/2)/multiple*multiple)
}

// stringValue returns the value of a parameter, or its default.
func (m Model) stringValue(input map[string]any, name string) string {
	if s, ok := input[name].(string); ok {
		return s
	}
	p, _ := m.Parameter(name)
	s, _ := p.Default.(string)
	return s
}

// Pictures returns how many pictures this input asks for.
func (m Model) Pictures(input map[string]any) int {
	if n, ok := Int(input["num_outputs"]); ok && n >= 1 && n <= 100 {
		return int(n)
	}
	return 1
}
