package paint

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"reflect"
	"testing"
)

// lightness is the mean lightness of a part of a picture, and how much two pictures differ there.
func compareIn(a, b image.Image, part image.Rectangle) (lightA, lightB, difference float64) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			p, q := color.GrayModel.Convert(a.At(x, y)).(color.Gray), color.GrayModel.Convert(b.At(x, y)).(color.Gray)
			lightA, lightB = lightA+float64(p.Y), lightB+float64(q.Y)
			difference += math.Abs(float64(p.Y) - float64(q.Y))
		}
	}
	n := float64(part.Dx() * part.Dy())
	return lightA / n, lightB / n, difference / n
}

// TestEditKeepsThePicture: an edit is like its picture and unlike another one, darker at night, and the same for the same seed.
func TestEditKeepsThePicture(t *testing.T) {
	t.Parallel()
	boat, all := Paint("a paper boat at noon", 3, 160, 120), image.Rect(0, 0, 160, 120)
	night := Edit("Make it night.", 1, 160, 120, []image.Image{boat})
	before, after, _ := compareIn(boat, night, all)
	if after > before*0.7 {
		t.Errorf("the lightness was %.0f and is %.0f", before, after)
	}
	plain := Edit("keep it", 1, 160, 120, []image.Image{boat})
	_, _, same := compareIn(boat, plain, all)
	_, _, other := compareIn(Paint("a city", 3, 160, 120), plain, all)
	if same*2 > other {
		t.Errorf("it differs from its picture by %.1f, and from another one by %.1f", same, other)
	}
	if !reflect.DeepEqual(night, Edit("Make it night.", 1, 160, 120, []image.Image{boat})) || reflect.DeepEqual(night, Edit("Make it night.", 2, 160, 120, []image.Image{boat})) {
		t.Error("the seed does not decide")
	}
	both := Edit("both", 1, 160, 120, []image.Image{boat, image.NewUniform(color.Black)}[:1])
	if both.Bounds() != all {
		t.Errorf("the size is %v", both.Bounds())
	}
}

// TestFillChangesOnlyTheMask: what the mask leaves black stays as it was, but for the mark in the corner.
func TestFillChangesOnlyTheMask(t *testing.T) {
	t.Parallel()
	boat, hole := Paint("a paper boat at noon", 3, 160, 120), image.Rect(40, 30, 90, 80)
	mask := image.NewGray(image.Rect(0, 0, 160, 120))
	draw.Draw(mask, hole, image.White, image.Point{}, draw.Src)
	clear := image.NewNRGBA(mask.Rect)
	draw.Draw(clear, clear.Rect, boat, image.Point{}, draw.Src)
	draw.Draw(clear, hole, image.Transparent, image.Point{}, draw.Src)
	for name, filled := range map[string]image.Image{"mask": Fill("a red fox", 1, 160, 120, boat, mask), "alpha": Fill("a red fox", 1, 160, 120, clear, nil)} {
		if _, _, d := compareIn(boat, filled, image.Rect(0, 0, 160, 30)); d > 1 {
			t.Errorf("%s: above the mask it differs by %.1f", name, d)
		}
		if _, _, d := compareIn(boat, filled, hole); d < 10 {
			t.Errorf("%s: within the mask it differs by %.1f only", name, d)
		}
	}
}

// TestFollowAndVary: a control picture leaves its lines, and a variation its colours.
func TestFollowAndVary(t *testing.T) {
	t.Parallel()
	boat, all := Paint("a paper boat at noon", 3, 160, 120), image.Rect(0, 0, 160, 120)
	free := Paint("a city at night", 1, 160, 120)
	led := Follow("a city at night", 1, 160, 120, boat, 1)
	_, _, toFree := compareIn(boat, free, all)
	_, _, toLed := compareIn(boat, led, all)
	if toLed >= toFree {
		t.Errorf("with control it differs by %.1f, without by %.1f", toLed, toFree)
	}
	if _, _, d := compareIn(boat, Vary("", 1, 160, 120, boat), all); d < 1 || d > toFree {
		t.Errorf("the variation differs by %.1f", d)
	}
}
