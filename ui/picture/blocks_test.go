package picture

import (
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"
	"unicode/utf8"

	"tintype/ui/picture/imagetest"
	"tintype/ui/picture/raster"
)

var blockKinds = map[string]Capabilities{
	"quadrants": {Colours: 1 << 24}, "sextants": {Colours: 1 << 24, Sextants: true}, "octants": {Colours: 1 << 24, Octants: true},
	"256": {Colours: 256}, "16": {Colours: 16}, "no glyphs": {Colours: 1 << 24, ASCII: true}, "no glyphs, 16": {Colours: 16, ASCII: true},
}

// TestBlocksShowPicture paints the cells back into pixels and compares them with the picture.
func TestBlocksShowPicture(t *testing.T) {
	img := imagetest.Gradient(400, 400)
	for name, caps := range blockKinds {
		t.Run(name, func(t *testing.T) {
			f, err := Render(t.Context(), img, Cells{40, 20}, caps, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if f.Send != nil || f.Delete != nil || f.id != 0 || f.Overlay {
				t.Error("there is more than text")
			}
			wantLines(t, f.Lines, Cells{40, 20})
			painted := paint(t, f.Lines, 8, 16)
			tolerance := map[int]int{1 << 24: 14, 256: 40, 16: 130}[caps.Colours]
			coarse, err := raster.Scale(t.Context(), painted, 5, 5)
			if err != nil {
				t.Fatal(err)
			}
			want, err := raster.Scale(t.Context(), img, 5, 5)
			if err != nil {
				t.Fatal(err)
			}
			imagetest.WantSimilar(t, coarse.RGBA(), want.RGBA(), tolerance)
			if caps.Colours == 1<<24 && !caps.ASCII {
				imagetest.WantSimilar(t, painted, img, 20)
			}
		})
	}
}

// TestBlocksOfOneColour: rows of the same look have different texts.
func TestBlocksOfOneColour(t *testing.T) {
	for name, caps := range blockKinds {
		for _, size := range []Cells{{40, 60}, {8, 200}, {3, 2}, {1, 1}} {
			flat := image.NewGray(image.Rect(0, 0, 7, 7))
			f, err := Render(t.Context(), flat, size, caps, Options{})
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			wantLines(t, f.Lines, size)
			imagetest.WantSimilar(t, paint(t, f.Lines, 8, 16), flat, 10)
		}
	}
}

// TestFitterFindsSmallestError compares the fitter with a slow search, which paints every glyph in its two means sample by sample.
func TestFitterFindsSmallestError(t *testing.T) {
	coverage := glyphCoverage()
	img := imagetest.Noise(samplesPerSide*30, samplesPerSide)
	pixels, err := raster.Scale(t.Context(), img, samplesPerSide*30, samplesPerSide)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := raster.Scale(t.Context(), img, 2*30, samplesPerSide)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := raster.Scale(t.Context(), img, samplesPerSide*30, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, set := range []glyphSet{quadrants, octantGlyphs()} { // not sextants, whose thirds end within samples
		f := newFitter(set, &cellSamples{rows, columns})
		runes := []rune("▁▂▃▄▅▆▇▉▊▋▌▍▎▏")
		for mask, r := range set.runes {
			if set.runes[len(set.runes)-1-mask] != 0 {
				runes = append(runes, r)
			}
		}
		for x := range 30 {
			got := f.fit(x, 0, glyphRules{true, true})
			gotErr := squaredError(pixels, x, got.fg, got.bg, coverage[got.glyph])
			for _, r := range runes {
				if r == 0 || r == ' ' || r == '█' {
					continue
				}
				fg, bg := means(pixels, x, coverage[r])
				if err := squaredError(pixels, x, fg, bg, coverage[r]); err < gotErr*0.999-200 && coverage[r] != nil { // means are rounded
					t.Fatalf("%d parts: the error of %c is %.0f, of %c only %.0f", set.parts(), got.glyph, gotErr, r, err)
				}
			}
			if got.swapped != 0 {
				if err := squaredError(pixels, x, got.bg, got.fg, coverage[got.swapped]); err != gotErr {
					t.Fatalf("the error of %c is %.0f, of its swapped twin %c %.0f", got.glyph, gotErr, got.swapped, err)
				}
			}
		}
	}
}

func sampleOf(r raster.Image, x, i int) vec {
	p := r.Pix[(i/samplesPerSide*r.W+x*samplesPerSide+i%samplesPerSide)*3:]
	return vec{float32(p[0]), float32(p[1]), float32(p[2])}
}

func means(r raster.Image, x int, covers func(px, py, w, h int) bool) (fg, bg rgb) {
	var sums [2]vec
	var n [2]float32
	for i := range samplesPerCell {
		side := 0
		if covers(i%samplesPerSide, i/samplesPerSide, samplesPerSide, samplesPerSide) {
			side = 1
		}
		sums[side] = sums[side].add(sampleOf(r, x, i))
		n[side]++
	}
	return sums[1].scale(1 / n[1]).round(), sums[0].scale(1 / n[0]).round()
}

func squaredError(r raster.Image, x int, fg, bg rgb, covers func(px, py, w, h int) bool) (sum float32) {
	for i := range samplesPerCell {
		c := bg
		if covers(i%samplesPerSide, i/samplesPerSide, samplesPerSide, samplesPerSide) {
			c = fg
		}
		sum += sampleOf(r, x, i).sub(c.vec()).squared()
	}
	return sum
}

// TestGlyphCodePoints compares some glyphs with the names in Unicode's charts.
func TestGlyphCodePoints(t *testing.T) {
	sextants, octants := sextantGlyphs().runes, octantGlyphs().runes
	for _, tt := range []struct {
		got, want rune
		name      string
	}{
		{sextants[1], 0x1fb00, "BLOCK SEXTANT-1"},
		{sextants[62], 0x1fb3b, "BLOCK SEXTANT-23456"},
		{sextants[20], 0x1fb13, "BLOCK SEXTANT-35"},
		{sextants[22], 0x1fb14, "BLOCK SEXTANT-235"},
		{sextants[21], '▌', "left half"},
		{sextants[42], '▐', "right half"},
		{octants[4], 0x1cd00, "BLOCK OCTANT-3"},
		{octants[254], 0x1cde5, "BLOCK OCTANT-2345678"},
		{octants[7], 0x1cd02, "BLOCK OCTANT-123"},
		{octants[15], '▀', "upper half"},
		{octants[0b01010101], '▌', "left half"},
		{octants[255], '█', "full"},
		{octants[0], ' ', "none"},
		{octants[1], 0, "BLOCK OCTANT-1, which kitty draws as a box"},
	} {
		if tt.got != tt.want {
			t.Errorf("%s is %U, want %U", tt.name, tt.got, tt.want)
		}
	}
}

// TestMonochrome draws the brightness of a gradient that gets lighter from top to bottom.
func TestMonochrome(t *testing.T) {
	img := imagetest.Gradient(200, 200)
	dark, err := Render(t.Context(), img, Cells{40, 20}, Capabilities{}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	light, err := Render(t.Context(), img, Cells{40, 20}, Capabilities{}, Options{Light: true})
	if err != nil {
		t.Fatal(err)
	}
	for y, line := range dark.Lines {
		if utf8.RuneCountInString(line) != 40 || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("row %d is %q", y, line)
		}
	}
	if weight(dark.Lines[0]) >= weight(dark.Lines[19]) || weight(light.Lines[0]) <= weight(light.Lines[19]) {
		t.Errorf("the bottom is not lighter than the top:\n%s", strings.Join(dark.Lines, "\n"))
	}
}

// weight is how much ink a line of asciiRamp has.
func weight(line string) (sum int) {
	for _, r := range line {
		sum += strings.IndexRune(asciiRamp, r)
	}
	return sum
}

// TestBlocksGolden compares all bytes of a small picture.
func TestBlocksGolden(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 40, 40))
	draw.Draw(img, img.Rect, image.Black, image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(0, 0, 10, 10), image.NewUniform(color.RGBA{255, 0, 0, 255}), image.Point{}, draw.Src)
	draw.Draw(img, image.Rect(30, 30, 40, 40), image.NewUniform(color.RGBA{0, 0, 255, 255}), image.Point{}, draw.Src)
	for _, tt := range []struct {
		caps Capabilities
		want string
	}{
		{Capabilities{Colours: 1 << 24}, "\x1b[38;2;0;0;0;48;2;255;0;0m▟\x1b[48;2;0;0;0m▀\x1b[m\n\x1b[38;2;0;0;0;48;2;0;0;0m▀\x1b[38;2;0;0;255m▗\x1b[m"},
		{Capabilities{Colours: 256}, "\x1b[38;5;16;48;5;196m▟\x1b[48;5;16m▀\x1b[m\n\x1b[38;5;16;48;5;16m▀\x1b[38;5;21m▗\x1b[m"},
		{Capabilities{Colours: 16}, "\x1b[30;101m▟\x1b[40m▀\x1b[m\n\x1b[30;40m▀\x1b[34m▗\x1b[m"},
	} {
		f, err := Render(t.Context(), img, Cells{2, 2}, tt.caps, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(f.Lines, "\n"); got != tt.want {
			t.Errorf("%d colours:\n got %q\nwant %q", tt.caps.Colours, got, tt.want)
		}
	}
}

func BenchmarkBlocks(b *testing.B) {
	img := imagetest.Gradient(1024, 1024)
	for name, caps := range blockKinds {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, err := Render(b.Context(), img, Cells{100, 50}, caps, Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
