package picture

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg"
	"strconv"
	"strings"
	"testing"

	"tintype/ui/picture/imagetest"
	"tintype/ui/picture/raster"
)

// decodeSixel reads a sixel picture according to chapter 14 of the VT330's manual. (The decoder of x/ansi drops what follows a
// repetition.) Every pixel has to be painted once, and none outside w×h.
func decodeSixel(t testing.TB, send []byte, w, h int) image.Image {
	t.Helper()
	body, ok := strings.CutPrefix(string(send), "\x1bP0;1;0q")
	body, ended := strings.CutSuffix(body, "\x1b\\")
	if size := fmt.Sprintf("\"1;1;%d;%d", w, h); !ok || !ended || !strings.HasPrefix(body, size+"#") {
		t.Fatalf("not a sixel picture of %d×%d: %.40q", w, h, send)
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	colours, colour := map[int]color.RGBA{}, color.RGBA{}
	x, y, times := 0, 0, 1
	for body != "" {
		token := sixelToken(body)
		body = body[len(token):]
		n := splitNumbers(token[1:])
		switch c := token[0]; {
		case c == '"':
		case c == '#' && len(n) == 5:
			percent := func(v int) uint8 { return uint8((v*255 + 50) / 100) }
			colours[n[0]] = color.RGBA{percent(n[2]), percent(n[3]), percent(n[4]), 255}
		case c == '#':
			colour, ok = colours[n[0]]
			if !ok {
				t.Fatalf("colour %d is not defined", n[0])
			}
		case c == '!':
			times = n[0]
		case c == '$':
			x = 0
		case c == '-':
			x, y = 0, y+6
		case c >= '?' && c <= '~':
			for ; times > 0; times, x = times-1, x+1 {
				for bit := range 6 {
					if (c-'?')>>bit&1 == 0 {
						continue
					}
					if x >= w || y+bit >= h || img.RGBAAt(x, y+bit).A != 0 {
						t.Fatalf("the pixel %d,%d of %d×%d is outside, or painted twice", x, y+bit, w, h)
					}
					img.SetRGBA(x, y+bit, colour)
				}
			}
			times = 1
		default:
			t.Fatalf("unknown code %q in a sixel picture", token)
		}
	}
	if !img.Opaque() {
		t.Fatal("some pixels are not painted")
	}
	return img
}

// sixelToken returns the sixel at the beginning of body, or the control with its numbers.
func sixelToken(body string) string {
	end := 1
	if strings.ContainsRune(`#!"`, rune(body[0])) {
		for end < len(body) && strings.ContainsRune("0123456789;", rune(body[end])) {
			end++
		}
	}
	return body[:end]
}

func splitNumbers(s string) (n []int) {
	if s == "" {
		return nil
	}
	for field := range strings.SplitSeq(s, ";") {
		v, _ := strconv.Atoi(field)
		n = append(n, v)
	}
	return n
}

func TestSixel(t *testing.T) {
	for _, tt := range []struct {
		name string
		img  image.Image
		size Cells
		caps Capabilities
		tol  int
	}{
		{"a gradient", imagetest.Gradient(200, 100), Cells{20, 5}, Capabilities{CellWidth: 10, CellHeight: 20}, 12},
		{"a last band of fewer rows", imagetest.Gradient(200, 100), Cells{20, 5}, Capabilities{CellWidth: 9, CellHeight: 17}, 12},
		{"one colour", image.NewGray(image.Rect(0, 0, 5, 5)), Cells{4, 2}, Capabilities{}, 0},
		{"one pixel a cell", image.NewGray(image.Rect(0, 0, 9, 9)), Cells{3, 3}, Capabilities{CellWidth: 1, CellHeight: 1}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.caps.Protocol = Sixel
			f, err := Render(t.Context(), tt.img, tt.size, tt.caps, Options{})
			if err != nil {
				t.Fatal(err)
			}
			w, h := tt.caps.pixelSize(tt.size)
			got := decodeSixel(t, f.Send, w, h)
			imagetest.WantSimilar(t, blurred(t, got), blurred(t, tt.img), tt.tol)
			if !f.Overlay {
				t.Error("not an overlay")
			}
			wantLines(t, f.Lines, tt.size)
		})
	}
}

// TestSixelInPieces: a picture that is too large for xterm comes in adjacent pieces, with one palette and one dithering for all.
func TestSixelInPieces(t *testing.T) {
	for _, tt := range []struct {
		name   string
		size   Cells
		caps   Capabilities
		pieces int
	}{
		{"the largest single piece", Cells{99, 49}, Capabilities{CellWidth: 10, CellHeight: 20}, 1},
		{"one column more", Cells{100, 49}, Capabilities{CellWidth: 10, CellHeight: 20}, 2},
		{"one row more", Cells{99, 50}, Capabilities{CellWidth: 10, CellHeight: 20}, 2},
		{"both, in cells whose height is no multiple of six", Cells{230, 73}, Capabilities{CellWidth: 9, CellHeight: 19}, 6},
		{"cells larger than a piece", Cells{2, 1}, Capabilities{CellWidth: 1200, CellHeight: 10}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.caps.Protocol = Sixel
			w, h := tt.caps.pixelSize(tt.size)
			img := imagetest.Gradient(w, h)
			f, err := Render(t.Context(), img, tt.size, tt.caps, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if n := 1 + len(f.pieces); n != tt.pieces {
				t.Fatalf("%d pieces, want %d", n, tt.pieces)
			}
			got := image.NewRGBA(image.Rect(0, 0, w, h))
			for _, piece := range append([]piece{{send: f.Send}}, f.pieces...) {
				var pw, ph int
				if _, err := fmt.Sscanf(string(piece.send), "\x1bP0;1;0q\"1;1;%d;%d#", &pw, &ph); err != nil {
					t.Fatal(err)
				}
				if (pw > 1000 || ph > 1000) && tt.caps.CellWidth < 1000 {
					t.Errorf("a piece has %d×%d pixels", pw, ph)
				}
				at := image.Pt(piece.x*tt.caps.CellWidth, piece.y*tt.caps.CellHeight)
				draw.Draw(got, image.Rect(0, 0, pw, ph).Add(at), decodeSixel(t, piece.send, pw, ph), image.Point{}, draw.Src)
			}
			if !got.Opaque() {
				t.Error("some pixels are not in any piece")
			}
			imagetest.WantSimilar(t, blurred(t, got), blurred(t, img), 12)
			if f.SendSize() < len(f.Send)+(tt.pieces-1)*100 {
				t.Errorf("%d pieces count as %d bytes", tt.pieces, f.SendSize())
			}
		})
	}
}

// blurred averages out dithering.
func blurred(t testing.TB, img image.Image) image.Image {
	t.Helper()
	b := img.Bounds()
	r, err := raster.Scale(t.Context(), img, max(1, min(20, b.Dx()/4)), max(1, min(20, b.Dy()/4)))
	if err != nil {
		t.Fatal(err)
	}
	return r.RGBA()
}

func BenchmarkPixels(b *testing.B) {
	img := image.NewYCbCr(image.Rect(0, 0, 1024, 1024), image.YCbCrSubsampleRatio420)
	for y := range 1024 {
		for x := range 1024 {
			img.Y[y*1024+x] = uint8(x*y>>8 ^ x>>2)
			img.Cb[y/2*512+x/2], img.Cr[y/2*512+x/2] = uint8(x>>2), uint8(y>>2)
		}
	}
	for _, protocol := range []Protocol{Kitty, ITerm2, Sixel} {
		b.Run(string(protocol), func(b *testing.B) {
			for b.Loop() {
				if _, err := Render(b.Context(), img, Cells{80, 40}, Capabilities{Protocol: protocol, Colours: 1 << 24}, Options{ID: 3}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
