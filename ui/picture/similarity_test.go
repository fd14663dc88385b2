package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// TestSimilarity measures how similar our cells and chafa's are to the photos in $TINTYPE_PHOTOS: SSIM and the mean colour
// difference, with glyphs painted at 8×16 pixels, against a Lanczos reference. measure.sh runs it. The painted pictures are
// written to $TINTYPE_PAINTED, to be looked at. Glyphs that only chafa uses are painted with $TINTYPE_FONT.
func TestSimilarity(t *testing.T) {
	photos, _ := filepath.Glob(filepath.Join(os.Getenv("TINTYPE_PHOTOS"), "*.png"))
	if os.Getenv("TINTYPE_PHOTOS") == "" || len(photos) == 0 {
		t.Skip("needs photos: run measure.sh")
	}
	renderers := []struct {
		name string
		draw func(path string) []string
	}{
		{"quadrants", tintype(t, Capabilities{Colours: 1 << 24})},
		{"sextants", tintype(t, Capabilities{Colours: 1 << 24, Sextants: true})},
		{"octants", tintype(t, Capabilities{Colours: 1 << 24, Octants: true})},
		{"256 colours", tintype(t, Capabilities{Colours: 256})},
		{"16 colours", tintype(t, Capabilities{Colours: 16})},
		{"chafa", chafa(t)},
		{"chafa -w 9", chafa(t, "-w", "9")},
		{"chafa -c 256", chafa(t, "-c", "256")},
		{"chafa -c 16", chafa(t, "-c", "16")},
	}
	t.Logf("%-14s %6s %6s   mean of %d photos, 100×50 cells", "", "SSIM", "dE", len(photos))
	for _, r := range renderers {
		var similarity, difference float64
		for _, path := range photos {
			want := reference(t, path)
			got := paint(t, r.draw(path), 8, 16)
			savePainted(t, got, path, r.name)
			similarity += ssim(got, want)
			difference += colourDifference(got, want)
		}
		n := float64(len(photos))
		t.Logf("%-14s %6.4f %6.3f", r.name, similarity/n, difference/n)
	}
}

func tintype(t *testing.T, caps Capabilities) func(path string) []string {
	return func(path string) []string {
		img, _, err := Load(t.Context(), path, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := Render(t.Context(), img, Cells{100, 50}, caps, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return f.Lines
	}
}

func chafa(t *testing.T, flags ...string) func(path string) []string {
	return func(path string) []string {
		args := append([]string{"-f", "symbols", "-c", "full", "-s", "100x50", "--stretch", "--polite", "on"}, flags...)
		out, err := exec.Command("chafa", append(args, path)...).Output()
		if err != nil {
			t.Skip("chafa does not run: ", err)
		}
		return strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	}
}

// reference returns the photo at 800×800 pixels, scaled with Lanczos-3.
func reference(t *testing.T, path string) *image.RGBA {
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	lanczos := draw.Kernel{Support: 3, At: func(x float64) float64 {
		if x == 0 {
			return 1
		}
		return 3 * math.Sin(math.Pi*x) * math.Sin(math.Pi*x/3) / (math.Pi * math.Pi * x * x)
	}}
	out := image.NewRGBA(image.Rect(0, 0, 800, 800))
	lanczos.Scale(out, out.Rect, img, img.Bounds(), draw.Src, nil)
	return out
}

// ssim returns the mean SSIM of brightness over windows of 8×8 pixels (Wang et al. 2004).
func ssim(a, b *image.RGBA) float64 {
	const c1, c2 = 0.01 * 0.01 * 255 * 255, 0.03 * 0.03 * 255 * 255
	sum, windows := 0.0, 0.0
	for y := 0; y+8 <= a.Rect.Dy(); y += 4 {
		for x := 0; x+8 <= a.Rect.Dx(); x += 4 {
			var sa, sb, saa, sbb, sab float64
			for i := range 64 {
				va, vb := brightness(a, x+i%8, y+i/8), brightness(b, x+i%8, y+i/8)
				sa, sb, saa, sbb, sab = sa+va, sb+vb, saa+va*va, sbb+vb*vb, sab+va*vb
			}
			ma, mb := sa/64, sb/64
			va, vb, cov := saa/64-ma*ma, sbb/64-mb*mb, sab/64-ma*mb
			sum += (2*ma*mb + c1) * (2*cov + c2) / ((ma*ma + mb*mb + c1) * (va + vb + c2))
			windows++
		}
	}
	return sum / windows
}

func brightness(m *image.RGBA, x, y int) float64 {
	p := m.Pix[m.PixOffset(x, y):]
	return 0.299*float64(p[0]) + 0.587*float64(p[1]) + 0.114*float64(p[2])
}

// colourDifference returns the mean CIE76 distance, over every second pixel each way.
func colourDifference(a, b *image.RGBA) float64 {
	sum, n := 0.0, 0.0
	for y := 0; y < a.Rect.Dy(); y += 2 {
		for x := 0; x < a.Rect.Dx(); x += 2 {
			p, q := cieLab(a.RGBAAt(x, y)), cieLab(b.RGBAAt(x, y))
			sum += math.Sqrt((p[0]-q[0])*(p[0]-q[0]) + (p[1]-q[1])*(p[1]-q[1]) + (p[2]-q[2])*(p[2]-q[2]))
			n++
		}
	}
	return sum / n
}

// cieLab returns CIE L*a*b* for the white point D65.
func cieLab(c color.RGBA) [3]float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	f := func(v float64) float64 {
		if v > 0.008856 {
			return math.Cbrt(v)
		}
		return 7.787*v + 16.0/116
	}
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	x := f((0.4124*r + 0.3576*g + 0.1805*b) / 0.95047)
	y := f(0.2126*r + 0.7152*g + 0.0722*b)
	z := f((0.0193*r + 0.1192*g + 0.9505*b) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// savePainted writes a painted picture to $TINTYPE_PAINTED.
func savePainted(t *testing.T, img image.Image, photo, renderer string) {
	dir := os.Getenv("TINTYPE_PAINTED")
	if dir == "" {
		return
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	name := strings.TrimSuffix(filepath.Base(photo), ".png") + " " + renderer + ".png"
	if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// fontCoverage returns which of a cell's w×h pixels a font draws, for the glyphs that chafa has beside blocks. It is nil without
// $TINTYPE_FONT.
func fontCoverage(r rune, w, h int) func(px, py, w, h int) bool {
	file, err := os.ReadFile(os.Getenv("TINTYPE_FONT"))
	if err != nil {
		return nil
	}
	parsed, err := opentype.Parse(file)
	if err != nil {
		return nil
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(h) * 0.84, DPI: 72})
	if err != nil {
		return nil
	}
	img := image.NewGray(image.Rect(0, 0, w, h))
	d := font.Drawer{Dst: img, Src: image.White, Face: face, Dot: fixed.P(0, h*4/5)}
	d.DrawString(string(r))
	return func(px, py, _, _ int) bool { return img.GrayAt(px, py).Y > 127 }
}
