package picture

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/base64"
	"fmt"
	"image"
	"io"
	"strconv"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi/kitty"

	"tintype/ui/picture/imagetest"
	"tintype/ui/picture/raster"
)

// kittyCommands reads commands as a kitty terminal does: the keys of each, and the data of all its chunks.
func kittyCommands(t testing.TB, send []byte) (commands []map[string]string, data [][]byte) {
	t.Helper()
	more := false
	for len(send) > 0 {
		body, rest, ok := bytes.Cut(send, []byte("\x1b\\"))
		if !ok || !bytes.HasPrefix(body, []byte("\x1b_G")) {
			t.Fatalf("not a kitty command: %.80q", send)
		}
		send = rest
		keys, payload, _ := strings.Cut(string(body[3:]), ";")
		if len(payload) > 4096 {
			t.Fatalf("a chunk of %d bytes", len(payload))
		}
		command := map[string]string{}
		for pair := range strings.SplitSeq(keys, ",") {
			name, value, _ := strings.Cut(pair, "=")
			command[name] = value
		}
		chunk, err := base64.StdEncoding.DecodeString(payload)
		if err != nil {
			t.Fatal(err)
		}
		if more {
			data[len(data)-1] = append(data[len(data)-1], chunk...)
		} else {
			commands, data = append(commands, command), append(data, chunk)
		}
		more = command["m"] == "1"
	}
	if more {
		t.Fatal("the last chunk announces more")
	}
	return commands, data
}

// kittyPixels returns the picture that a command transmits.
func kittyPixels(t testing.TB, command map[string]string, data []byte) *image.RGBA {
	t.Helper()
	if command["o"] == "z" {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		if data, err = io.ReadAll(z); err != nil {
			t.Fatal(err)
		}
	}
	w, _ := strconv.Atoi(command["s"])
	h, _ := strconv.Atoi(command["v"])
	if command["f"] != "24" || len(data) != w*h*3 {
		t.Fatalf("%d bytes for %d×%d of format %s", len(data), w, h, command["f"])
	}
	return (&raster.Image{W: w, H: h, Pix: data}).RGBA()
}

// readPlaceholders returns what placeholders name: the picture's number, and for each cell a column and a row of the picture.
func readPlaceholders(t testing.TB, lines []string, colours int) (number uint32, cells [][]image.Point) {
	t.Helper()
	index := map[rune]int{}
	for i := range 297 {
		index[kitty.Diacritic(i)] = i
	}
	for _, line := range lines {
		code, rest, ok := strings.Cut(line, "m")
		rest, closed := strings.CutSuffix(rest, "\x1b[m")
		if !ok || !closed {
			t.Fatalf("a line of %q", line)
		}
		var r, g, b uint32
		if colours >= 1<<24 {
			fmt.Sscanf(code, "\x1b[38;2;%d;%d;%d", &r, &g, &b)
		} else {
			fmt.Sscanf(code, "\x1b[38;5;%d", &b)
		}
		var row []image.Point
		for cell := range strings.SplitSeq(rest[len(string(kitty.Placeholder)):], string(kitty.Placeholder)) {
			m := []rune(cell)
			row = append(row, image.Pt(index[m[1]], index[m[0]]))
			number = r<<16 | g<<8 | b
			if len(m) > 2 {
				number |= uint32(index[m[2]]) << 24
			}
		}
		cells = append(cells, row)
	}
	return number, cells
}

func TestKitty(t *testing.T) {
	img := imagetest.Gradient(300, 200)
	size := Cells{30, 10}
	for _, tt := range []struct {
		name string
		caps Capabilities
		w, h string
	}{
		{"as many pixels as the cells have", Capabilities{Colours: 1 << 24, CellWidth: 8, CellHeight: 16}, "240", "160"},
		{"never more than the picture has", Capabilities{Colours: 1 << 24, CellWidth: 20, CellHeight: 40}, "300", "200"},
		{"unknown cells", Capabilities{Colours: 1 << 24}, "300", "200"},
		{"over SSH", Capabilities{Colours: 1 << 24, Remote: true}, "300", "200"},
		{"256 colours", Capabilities{Colours: 256}, "300", "200"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.caps.Protocol = Kitty
			o := Options{ID: NewIDs().Next(tt.caps)}
			f, err := Render(t.Context(), img, size, tt.caps, o)
			if err != nil {
				t.Fatal(err)
			}
			commands, data := kittyCommands(t, f.Send)
			c := commands[0]
			if len(commands) != 1 || c["a"] != "T" || c["U"] != "1" || c["c"] != "30" || c["r"] != "10" || c["q"] != "2" || c["i"] != formatID(o.ID) || c["t"] != "" {
				t.Errorf("the command is %v", c)
			}
			if c["s"] != tt.w || c["v"] != tt.h {
				t.Errorf("sends %s×%s pixels, want %s×%s", c["s"], c["v"], tt.w, tt.h)
			}
			imagetest.WantSimilar(t, kittyPixels(t, c, data[0]), img, 3)
			number, cells := readPlaceholders(t, f.Lines, tt.caps.Colours)
			if number != o.ID || f.id != o.ID {
				t.Errorf("the cells name picture %d, the frame %d, want %d", number, f.id, o.ID)
			}
			wantPlaceholders(t, cells, size)
			del, _ := kittyCommands(t, f.Delete)
			if del[0]["a"] != "d" || del[0]["d"] != "I" || del[0]["i"] != formatID(o.ID) {
				t.Errorf("deletes with %v", del[0])
			}
		})
	}
}

func wantPlaceholders(t testing.TB, cells [][]image.Point, size Cells) {
	t.Helper()
	if len(cells) != size.H {
		t.Fatalf("%d rows, want %d", len(cells), size.H)
	}
	for y, row := range cells {
		if len(row) != size.W {
			t.Fatalf("row %d has %d cells, want %d", y, len(row), size.W)
		}
		for x, m := range row {
			if m != image.Pt(x, y) {
				t.Fatalf("the cell %d,%d names %v", x, y, m)
			}
		}
	}
}

func TestKittyInTmux(t *testing.T) {
	f, err := Render(t.Context(), imagetest.Gradient(100, 100), Cells{10, 5}, Capabilities{Protocol: Kitty, Colours: 1 << 24, Tmux: true}, Options{ID: 9})
	if err != nil {
		t.Fatal(err)
	}
	var unwrapped []byte
	for rest := f.Send; len(rest) > 0; {
		inside, ok := bytes.CutPrefix(rest, []byte("\x1bPtmux;"))
		end := bytes.Index(inside, []byte("\x1b\x1b\\\x1b\\"))
		if !ok || end < 0 {
			t.Fatalf("not wrapped: %.60q", rest)
		}
		unwrapped = append(unwrapped, bytes.ReplaceAll(inside[:end+3], []byte("\x1b\x1b"), []byte("\x1b"))...)
		rest = inside[end+5:]
	}
	commands, data := kittyCommands(t, unwrapped)
	imagetest.WantSimilar(t, kittyPixels(t, commands[0], data[0]), imagetest.Gradient(100, 100), 3)
}

func TestKittyFallsBackToBlocks(t *testing.T) {
	f, err := Render(t.Context(), imagetest.Gradient(30, 30), Cells{300, 2}, Capabilities{Protocol: Kitty, Colours: 1 << 24}, Options{ID: 9})
	if err != nil || f.Send != nil {
		t.Fatalf("sends %d bytes, error %v; want blocks", len(f.Send), err)
	}
	wantLines(t, f.Lines, Cells{300, 2})
}

func TestRenderEndsWithContext(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for protocol := range protocols {
		if _, err := Render(ctx, imagetest.Gradient(64, 64), Cells{8, 4}, Capabilities{Protocol: protocol, Colours: 1 << 24}, Options{ID: 9}); err != context.Canceled {
			t.Errorf("%q: %v, want the context's error", protocol, err)
		}
	}
}

func TestIDs(t *testing.T) {
	for _, colours := range []int{256, 1 << 24} {
		ids, seen := &IDs{last: 250}, map[uint32]bool{}
		for range 5000 {
			n := ids.Next(Capabilities{Colours: colours})
			if n == 0 || seen[n] || colours == 256 && n&0xff < 16 || colours == 256 && n&0xffff00 != 0 {
				t.Fatalf("%d colours: number %#x", colours, n)
			}
			seen[n] = true
		}
	}
}

func TestKittyDirect(t *testing.T) {
	img := imagetest.Gradient(300, 200)
	f, err := Render(t.Context(), img, Cells{30, 10}, Capabilities{Protocol: KittyDirect}, Options{ID: 5})
	if err != nil {
		t.Fatal(err)
	}
	commands, data := kittyCommands(t, f.Send)
	if c := commands[0]; c["a"] != "T" || c["U"] != "" || c["C"] != "1" || c["c"] != "30" || c["r"] != "10" || c["i"] != "5" {
		t.Errorf("sends %v", c)
	}
	imagetest.WantSimilar(t, kittyPixels(t, commands[0], data[0]), img, 3)
	redraw, _ := kittyCommands(t, f.redraw)
	hide, _ := kittyCommands(t, f.hide)
	if len(f.redraw) > 100 || redraw[0]["a"] != "p" || hide[0]["d"] != "i" || !f.Overlay {
		t.Errorf("redraw %v, hide %v", redraw[0], hide[0])
	}
	wantLines(t, f.Lines, Cells{30, 10})
}
