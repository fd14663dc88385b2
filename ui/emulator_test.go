package ui

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // what an iTerm2 picture may be
	_ "image/png"
	"strconv"
	"strings"
	"sync"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
	"github.com/charmbracelet/x/vt"

	"tintype/ui/picture"
)

// emulator is a terminal in memory that shows text and pictures of one protocol: kitty, iTerm2 or sixel. As in a real terminal, text that
// is written into a cell replaces the part of a sixel or iTerm2 picture there, and kitty's pictures stay until they are deleted. Terminals
// disagree about sixel and iTerm2 pictures in lines that scroll, so it is an error to scroll one.
type emulator struct {
	*vt.SafeEmulator
	t        *testing.T
	protocol picture.Protocol
	mu       sync.Mutex

	painted      []*summedImage             // sixel and iTerm2, in order of arrival; cells link to them
	sent         map[string]*sentPicture    // kitty, by id
	placed       map[string]image.Rectangle // kitty's direct pictures, in cells, by id
	chunks       []byte                     // of the kitty picture that is arriving …
	chunkKeys    map[string]string          // … and the keys of its first chunk
	bytesWritten int                        // written to the terminal
	pictureBytes int                        // of them, those of pictures
}

// sentPicture is a kitty picture and how many columns and rows it fills.
type sentPicture struct {
	img  *summedImage
	c, r int
}

// emulatorCell is the size of a cell in pixels.
var emulatorCell = image.Pt(10, 20)

func newEmulator(t *testing.T, protocol picture.Protocol, w, h int) *emulator {
	e := &emulator{SafeEmulator: vt.NewSafeEmulator(w, h), t: t, protocol: protocol, sent: map[string]*sentPicture{}, placed: map[string]image.Rectangle{}}
	_, _ = e.SafeEmulator.Write([]byte("\x1b[20h")) // a line feed is a new line: Bubble Tea relies on the system for that
	reply := func(s string) bool { _, _ = e.InputPipe().Write([]byte(s)); return true }
	e.RegisterCsiHandler('c', func(ansi.Params) bool {
		return reply(map[bool]string{true: "\x1b[?62;4c", false: "\x1b[?62c"}[protocol == picture.Sixel])
	})
	e.RegisterCsiHandler(ansi.Command('>', 0, 'q'), func(ansi.Params) bool { return reply("\x1bP>|" + emulatorNames[protocol] + "\x1b\\") })
	e.RegisterCsiHandler('t', func(p ansi.Params) bool {
		if what, _, _ := p.Param(0, 0); what == 16 {
			return reply(fmt.Sprintf("\x1b[6;%d;%dt", emulatorCell.Y, emulatorCell.X))
		}
		return true
	})
	e.RegisterApcHandler(func(data []byte) bool {
		if protocol == picture.Kitty || protocol == picture.KittyDirect {
			e.onKitty(data, reply)
		}
		return true
	})
	e.RegisterDcsHandler('q', func(_ ansi.Params, data []byte) bool { e.onSixel(data); return true })
	e.RegisterCsiHandler('r', func(p ansi.Params) bool {
		top, _, _ := p.Param(0, 1)
		bottom, _, _ := p.Param(1, h)
		if top > 1 || bottom < e.Emulator.Height() {
			e.checkScroll(top-1, bottom)
		}
		return false
	})
	e.RegisterOscHandler(1337, func(data []byte) bool { e.onITerm2(data); return true })
	return e
}

// emulatorNames are terminals that support a protocol, as they name themselves.
var emulatorNames = map[picture.Protocol]string{
	picture.Kitty: "kitty(0.41.1)", picture.KittyDirect: "Konsole 22.12.3", picture.ITerm2: "iTerm2 3.5.0", picture.Sixel: "XTerm(379)", picture.Blocks: "plain(1)",
}

// Write counts what the program writes. Close and Fd make the emulator an output for Bubble Tea.
func (e *emulator) Write(p []byte) (int, error) {
	e.mu.Lock()
	e.bytesWritten += len(p)
	e.mu.Unlock()
	return e.SafeEmulator.Write(p)
}
func (e *emulator) Close() error { return nil }
func (e *emulator) Fd() uintptr  { return ^uintptr(0) }

// onKitty handles one graphics command of kitty, or a chunk of it.
func (e *emulator) onKitty(data []byte, reply func(string) bool) {
	head, body, _ := bytes.Cut(bytes.TrimPrefix(data, []byte("G")), []byte(";"))
	keys := map[string]string{}
	for _, pair := range strings.Split(string(head), ",") {
		k, v, _ := strings.Cut(pair, "=")
		keys[k] = v
	}
	if keys["a"] == "q" {
		reply("\x1b_Gi=" + keys["i"] + ";OK\x1b\\")
		return
	}
	e.pictureBytes += len(data)
	payload, err := base64.StdEncoding.DecodeString(string(body))
	if err != nil {
		e.t.Errorf("kitty was not sent base64: %v", err)
	}
	if e.chunkKeys == nil {
		e.chunkKeys = keys
	}
	if e.chunks = append(e.chunks, payload...); keys["m"] == "1" {
		return
	}
	keys, pixels := e.chunkKeys, e.chunks
	e.chunkKeys, e.chunks = nil, nil
	e.runKitty(keys, pixels)
}

func (e *emulator) runKitty(keys map[string]string, pixels []byte) {
	number := func(key string) int { n, _ := strconv.Atoi(keys[key]); return n } // 0 if it is absent
	i := keys["i"]
	switch keys["a"] {
	case "T":
		d := kitty.Decoder{Format: number("f"), Width: number("s"), Height: number("v")}
		img, err := d.Decode(bytes.NewReader(pixels))
		if err != nil {
			e.t.Errorf("kitty cannot draw %v: %v", keys, err)
			return
		}
		e.sent[i] = &sentPicture{img: sumImage(img)}
		fallthrough
	case "p":
		if e.sent[i] == nil {
			e.t.Errorf("kitty was asked for picture %s, which it does not have", i)
			return
		}
		e.sent[i].c, e.sent[i].r = number("c"), number("r")
		if keys["U"] != "1" {
			at := e.cursorLocked()
			e.placed[i] = image.Rect(at.X, at.Y, at.X+number("c"), at.Y+number("r"))
		}
	case "d":
		delete(e.placed, i)
		if keys["d"] == "I" {
			delete(e.sent, i)
		}
	}
}

// cursorLocked returns the cursor's place. It is for handlers, which run while the emulator is locked.
func (e *emulator) cursorLocked() uv.Position { return e.Emulator.CursorPosition() }

// onSixel paints a sixel picture at the cursor.
func (e *emulator) onSixel(data []byte) {
	e.pictureBytes += len(data)
	var w, h int
	if _, err := fmt.Sscanf(string(data), "\"1;1;%d;%d#", &w, &h); err != nil {
		e.t.Errorf("a sixel picture without a size: %.20q", data)
		return
	}
	if w > 1000 || h > 1000 { // xterm's maxGraphicSize
		e.t.Errorf("xterm ignores a picture of %d×%d pixels", w, h)
		return
	}
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	colours, x, y, times := map[int]color.RGBA{}, 0, 0, 1
	var ink color.RGBA
	for len(data) > 0 {
		c := data[0]
		if c == '#' || c == '!' || c == '"' {
			n, length := sixelNumbers(data[1:])
			data = data[1+length:]
			switch {
			case c == '#' && len(n) == 5:
				colours[n[0]] = color.RGBA{uint8(n[2] * 255 / 100), uint8(n[3] * 255 / 100), uint8(n[4] * 255 / 100), 255}
			case c == '#':
				ink = colours[n[0]]
			case c == '!':
				times = n[0]
			}
			continue
		}
		data = data[1:]
		switch {
		case c == '$':
			x = 0
		case c == '-':
			x, y = 0, y+6
		case c >= '?' && c <= '~':
			for ; times > 0; times, x = times-1, x+1 {
				for bit := range 6 {
					if (c-'?')>>bit&1 == 1 {
						img.SetRGBA(x, y+bit, ink)
					}
				}
			}
			times = 1
		}
	}
	e.paint(img, (w+emulatorCell.X-1)/emulatorCell.X, (h+emulatorCell.Y-1)/emulatorCell.Y)
}

// sixelNumbers reads the numbers of a command, which are separated by semicolons, and how many bytes they are. A missing number is 0.
func sixelNumbers(data []byte) (n []int, length int) {
	n = []int{0}
	for ; length < len(data); length++ {
		switch c := data[length]; {
		case c == ';':
			n = append(n, 0)
		case c >= '0' && c <= '9':
			n[len(n)-1] = 10*n[len(n)-1] + int(c-'0')
		default:
			return n, length
		}
	}
	return n, length
}

// checkScroll fails the test if a sixel or iTerm2 picture is in rows that are about to be scrolled.
func (e *emulator) checkScroll(top, bottom int) {
	for y := top; y < bottom; y++ {
		for x := range e.Emulator.Width() {
			if cell := e.Emulator.CellAt(x, y); cell != nil && cell.Link.URL != "" {
				e.t.Errorf("the rows %d to %d scroll, and there is a picture in row %d", top, bottom-1, y)
				return
			}
		}
	}
}

// onITerm2 paints the image file of an iTerm2 sequence at the cursor.
func (e *emulator) onITerm2(data []byte) {
	e.pictureBytes += len(data)
	head, body, ok := strings.Cut(strings.TrimPrefix(string(data), "1337;File="), ":")
	file, err := base64.StdEncoding.DecodeString(body)
	if err != nil || !ok {
		e.t.Errorf("iTerm2 was not sent base64: %v", err)
	}
	img, _, err := image.Decode(bytes.NewReader(file))
	if err != nil {
		e.t.Errorf("iTerm2 was not sent a picture: %v", err)
		return
	}
	var w, h int
	for _, pair := range strings.Split(head, ";") {
		switch k, v, _ := strings.Cut(pair, "="); k {
		case "width":
			w, _ = strconv.Atoi(v)
		case "height":
			h, _ = strconv.Atoi(v)
		}
	}
	e.paint(img, w, h)
}

// paint puts the parts of a picture into the cells from the cursor on.
func (e *emulator) paint(img image.Image, w, h int) {
	e.painted = append(e.painted, sumImage(img))
	at := e.cursorLocked()
	if b := e.Emulator.Bounds(); at.X+w > b.Dx() || at.Y+h > b.Dy() {
		e.t.Errorf("a picture of %d×%d cells at %v is over the edge of %v", w, h, at, b)
	}
	for y := range h {
		for x := range w {
			if cell := e.Emulator.CellAt(at.X+x, at.Y+y); cell != nil {
				with := *cell
				with.Link = uv.Link{URL: fmt.Sprintf("%d %d %d %d %d", len(e.painted)-1, x, y, w, h)}
				e.Emulator.SetCell(at.X+x, at.Y+y, &with)
			}
		}
	}
}

// pictureAt returns the mean colour of what a cell shows of a picture; false if it shows none.
func (e *emulator) pictureAt(x, y int) (mean color.RGBA, ok bool) {
	cell := e.CellAt(x, y)
	if cell == nil {
		return color.RGBA{}, false
	}
	for i, r := range e.placed {
		if (image.Point{X: x, Y: y}).In(r) {
			return e.sent[i].img.mean(x-r.Min.X, y-r.Min.Y, r.Dx(), r.Dy()), true
		}
	}
	var n, px, py, w, h int
	if _, err := fmt.Sscan(cell.Link.URL, &n, &px, &py, &w, &h); err == nil {
		return e.painted[n].mean(px, py, w, h), true
	}
	if strings.HasPrefix(cell.Content, string(kitty.Placeholder)) {
		return e.placeholderAt(cell)
	}
	return color.RGBA{}, false
}

// placeholderAt returns the mean colour of the part of a kitty picture that a cell names.
func (e *emulator) placeholderAt(cell *uv.Cell) (mean color.RGBA, ok bool) {
	marks := []rune(cell.Content)[1:]
	if len(marks) < 2 || cell.Style.Fg == nil {
		e.t.Errorf("a placeholder without row and column: %q", cell.Content)
		return color.RGBA{}, false
	}
	r, gr, b, _ := cell.Style.Fg.RGBA()
	number := r>>8<<16 | gr>>8<<8 | b>>8
	if len(marks) > 2 {
		number |= uint32(diacritics[marks[2]]) << 24
	}
	p := e.sent[strconv.FormatUint(uint64(number), 10)]
	if p == nil {
		e.t.Errorf("a placeholder names picture %d, which kitty does not have", number)
		return color.RGBA{}, false
	}
	return p.img.mean(diacritics[marks[1]], diacritics[marks[0]], p.c, p.r), true
}

// diacritics are the rows and columns that kitty's combining characters mean.
var diacritics = func() map[rune]int {
	numbers := map[rune]int{}
	for i := range 297 {
		numbers[kitty.Diacritic(i)] = i
	}
	return numbers
}()

// summedImage is a picture whose mean colours are known fast: of each pixel, the sums of red, green and blue of all pixels that are
// neither below it nor right of it.
type summedImage struct {
	size image.Point
	sums [][3]uint32 // (size.X+1)×(size.Y+1), with a row and a column of zeros before the first
}

// sumImage adds up the pixels of a picture.
func sumImage(img image.Image) *summedImage {
	b := img.Bounds()
	s := &summedImage{size: b.Size(), sums: make([][3]uint32, (b.Dx()+1)*(b.Dy()+1))}
	at := s.sums[b.Dx()+1:]
	for y := range b.Dy() {
		var row [3]uint32
		for x := range b.Dx() {
			c := colourOf(img, b.Min.X+x, b.Min.Y+y)
			row[0], row[1], row[2] = row[0]+uint32(c.R), row[1]+uint32(c.G), row[2]+uint32(c.B)
			above := s.sums[y*(b.Dx()+1)+x+1]
			at[x+1] = [3]uint32{above[0] + row[0], above[1] + row[1], above[2] + row[2]}
		}
		at = at[b.Dx()+1:]
	}
	return s
}

// colourOf returns the colour of a pixel. Its first cases only save time.
func colourOf(img image.Image, x, y int) color.RGBA {
	switch img := img.(type) {
	case *image.RGBA:
		return img.RGBAAt(x, y)
	case *image.NRGBA:
		if c := img.NRGBAAt(x, y); c.A == 255 {
			return color.RGBA(c)
		}
	}
	r, g, b, a := img.At(x, y).RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), uint8(a >> 8)}
}

// mean returns the mean colour of the part at x, y of the picture cut into w×h parts.
func (s *summedImage) mean(x, y, w, h int) color.RGBA {
	from := image.Pt(x*s.size.X/w, y*s.size.Y/h)
	to := image.Pt(min(max((x+1)*s.size.X/w, from.X+1), s.size.X), min(max((y+1)*s.size.Y/h, from.Y+1), s.size.Y))
	n := max(uint32(max(to.X-from.X, 0)*max(to.Y-from.Y, 0)), 1)
	sum := func(x, y int) [3]uint32 { return s.sums[y*(s.size.X+1)+x] }
	var mean [3]uint8
	for i := range mean {
		mean[i] = uint8((sum(to.X, to.Y)[i] - sum(from.X, to.Y)[i] - sum(to.X, from.Y)[i] + sum(from.X, from.Y)[i]) / n)
	}
	return color.RGBA{mean[0], mean[1], mean[2], 255}
}
