package picture

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// sixelPixels reads a sixel picture as chapter 14 of the VT330's manual says. (The decoder of x/ansi drops what follows a
// repetition.) Every pixel has to be painted, and none outside w×h.
func sixelPixels(t testing.TB, send []byte, w, h int) image.Image {
	t.Helper()
	body, ok := strings.CutPrefix(string(send), "\x1bP0;1;0q")
	body, ended := strings.CutSuffix(body, "\x1b\\")
	if size := fmt.Sprintf("\"1;1;%d;%d", w, h); !ok || !ended || !strings.HasPrefix(body, size+"#") {
		t.Fatalf("no sixel picture of %d×%d: %.40q", w, h, send)
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	colours, colour := map[int]color.RGBA{}, color.RGBA{}
	x, y, times := 0, 0, 1
	for _, token := range regexp.MustCompile(`[#!"][0-9;]*|.`).FindAllString(body, -1) {
		n := numbersOf(token[1:])
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
			t.Fatalf("a sixel picture holds %q", token)
		}
	}
	if !img.Opaque() {
		t.Fatal("some pixels are not painted")
	}
	return img
}

func numbersOf(s string) (n []int) {
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
		{"a gradient", gradient(200, 100), Cells{20, 5}, Capabilities{CellWidth: 10, CellHeight: 20}, 12},
		{"a last band of fewer rows", gradient(200, 100), Cells{20, 5}, Capabilities{CellWidth: 9, CellHeight: 17}, 12},
		{"one colour", image.NewGray(image.Rect(0, 0, 5, 5)), Cells{4, 2}, Capabilities{}, 0},
		{"one pixel a cell", image.NewGray(image.Rect(0, 0, 9, 9)), Cells{3, 3}, Capabilities{CellWidth: 1, CellHeight: 1}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.caps.Protocol = Sixel
			f, err := Render(t.Context(), tt.img, tt.size, tt.caps, Options{})
			if err != nil {
				t.Fatal(err)
			}
			w, h := tt.caps.pixelSize(tt.size)
			got := sixelPixels(t, f.Send, w, h)
			near(t, mean3(t, got), mean3(t, tt.img), tt.tol)
			if !f.Overlay {
				t.Error("it is no overlay")
			}
			wantSize(t, f.Lines, tt.size)
		})
	}
}

// TestSixelInPieces: what xterm would pass over for its size comes in pieces that lie beside each other, of one palette and one dither.
func TestSixelInPieces(t *testing.T) {
	for _, tt := range []struct {
		name   string
		size   Cells
		caps   Capabilities
		pieces int
	}{
		{"as large as one may be", Cells{99, 49}, Capabilities{CellWidth: 10, CellHeight: 20}, 1},
		{"one column more", Cells{100, 49}, Capabilities{CellWidth: 10, CellHeight: 20}, 2},
		{"one row more", Cells{99, 50}, Capabilities{CellWidth: 10, CellHeight: 20}, 2},
		{"both, in cells that are no sixths", Cells{230, 73}, Capabilities{CellWidth: 9, CellHeight: 19}, 6},
		{"cells larger than a piece", Cells{2, 1}, Capabilities{CellWidth: 1200, CellHeight: 10}, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.caps.Protocol = Sixel
			w, h := tt.caps.pixelSize(tt.size)
			img := gradient(w, h)
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
				draw.Draw(got, image.Rect(0, 0, pw, ph).Add(at), sixelPixels(t, piece.send, pw, ph), image.Point{}, draw.Src)
			}
			if !got.Opaque() {
				t.Error("some pixels are in no piece")
			}
			near(t, mean3(t, got), mean3(t, img), 12)
			if f.SendSize() < len(f.Send)+(tt.pieces-1)*100 {
				t.Errorf("%d pieces count as %d bytes", tt.pieces, f.SendSize())
			}
		})
	}
}

// mean3 evens out a dither.
func mean3(t testing.TB, img image.Image) image.Image {
	t.Helper()
	b := img.Bounds()
	r, err := scale(t.Context(), img, max(1, min(20, b.Dx()/4)), max(1, min(20, b.Dy()/4)), color.RGBA{})
	if err != nil {
		t.Fatal(err)
	}
	return rasterImage(r)
}

func TestQuantise(t *testing.T) {
	few := raster{3, 1, []byte{1, 2, 3, 200, 100, 50, 1, 2, 3}}
	p := quantise(few, 256)
	if len(p) != 2 {
		t.Fatalf("two colours became %v", p)
	}
	numbers := make([]uint8, few.w*few.h)
	newDiffuser(newNearestTable(p), few.w).indexRows(numbers, few.pix)
	for i, n := range numbers {
		if want := (rgb{int32(few.pix[3*i]), int32(few.pix[3*i+1]), int32(few.pix[3*i+2])}); p[n] != want {
			t.Errorf("pixel %d is %v, want %v", i, p[n], want)
		}
	}
	many, err := scale(t.Context(), noise(100, 100), 100, 100, color.RGBA{})
	if err != nil {
		t.Fatal(err)
	}
	if p := quantise(many, 256); len(p) != 256 {
		t.Errorf("noise has %d colours, want 256", len(p))
	}
}

func TestITerm2(t *testing.T) {
	img := gradient(300, 200)
	form := regexp.MustCompile(`^\x1b\]1337;File=inline=1;doNotMoveCursor=1;preserveAspectRatio=0;size=(\d+);width=30;height=10:([A-Za-z0-9+/=]+)\a$`)
	for name, remote := range map[string]bool{"png": false, "jpeg": true} {
		f, err := Render(t.Context(), img, Cells{30, 10}, Capabilities{Protocol: ITerm2, CellWidth: 8, CellHeight: 16, Remote: remote}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		parts := form.FindSubmatch(f.Send)
		if parts == nil {
			t.Fatalf("sends %.120q", f.Send)
		}
		file, err := base64.StdEncoding.DecodeString(string(parts[2]))
		if err != nil || fmt.Sprint(len(file)) != string(parts[1]) {
			t.Fatalf("%d bytes, %s said, %v", len(file), parts[1], err)
		}
		got, kind, err := image.Decode(bytes.NewReader(file))
		if err != nil || kind != name || got.Bounds().Size() != image.Pt(240, 160) {
			t.Fatalf("a %s of %v, %v", kind, got.Bounds(), err)
		}
		near(t, got, img, 12)
		wantSize(t, f.Lines, Cells{30, 10})
	}
}

func TestDirect(t *testing.T) {
	img := gradient(300, 200)
	f, err := Render(t.Context(), img, Cells{30, 10}, Capabilities{Protocol: KittyDirect}, Options{ID: 5})
	if err != nil {
		t.Fatal(err)
	}
	commands, data := kittyCommands(t, f.Send)
	if c := commands[0]; c["a"] != "T" || c["U"] != "" || c["C"] != "1" || c["c"] != "30" || c["r"] != "10" || c["i"] != "5" {
		t.Errorf("sends %v", c)
	}
	near(t, kittyPixels(t, commands[0], data[0]), img, 3)
	again, _ := kittyCommands(t, f.redraw)
	hide, _ := kittyCommands(t, f.hide)
	if len(f.redraw) > 100 || again[0]["a"] != "p" || hide[0]["d"] != "i" || !f.Overlay {
		t.Errorf("again %v, hide %v", again[0], hide[0])
	}
	wantSize(t, f.Lines, Cells{30, 10})
}

// TestNothingReadsFiles looks at all that is ever sent: a terminal is never told to open a file.
func TestNothingReadsFiles(t *testing.T) {
	for protocol := range protocols {
		f, err := Render(t.Context(), gradient(64, 64), Cells{8, 4}, Capabilities{Protocol: protocol, Colours: 1 << 24}, Options{ID: 3})
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range [][]byte{f.Send, f.redraw, f.hide, f.Delete} {
			for command := range strings.SplitSeq(string(b), "\x1b_G") {
				keys, _, _ := strings.Cut(command, ";")
				if strings.Contains(keys, "t=") {
					t.Errorf("%s sends %q", protocol, keys)
				}
			}
		}
	}
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

// TestNearest is a search of all colours, for every bin.
func TestNearest(t *testing.T) {
	many, err := scale(t.Context(), noise(40, 40), 40, 40, color.RGBA{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 30, 256} {
		p := quantise(many, n)
		near := newNearestTable(p)
		for bin := range bins {
			at := rgb{int32(bin>>10<<3 | 4), int32(bin>>5&31<<3 | 4), int32(bin&31<<3 | 4)}.vec()
			f := near.lookUp(bin)
			got := at.sub(p[uint8(f)].vec()).squared()
			for i, c := range p {
				if d := at.sub(c.vec()).squared(); d < got {
					t.Fatalf("of %d, %v is nearest to bin %d at %.0f; %d is at %.0f", n, f, bin, got, i, d)
				}
			}
		}
	}
}
