package ui

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // what an iTerm2 picture may be
	_ "image/png"
	"regexp"
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

	painted      []image.Image              // sixel and iTerm2, in order of arrival; cells link to them
	sent         map[string]*sentPicture    // kitty, by id
	placed       map[string]image.Rectangle // kitty's direct pictures, in cells, by id
	chunks       []byte                     // of the kitty picture that is arriving …
	chunkKeys    map[string]string          // … and the keys of its first chunk
	bytesWritten int                        // written to the terminal
	pictureBytes int                        // of them, those of pictures
}

// sentPicture is a kitty picture and how many columns and rows it fills.
type sentPicture struct {
	img  image.Image
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

// onKitty takes one graphics command of kitty, or a chunk of it.
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
		e.sent[i] = &sentPicture{img: img}
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

// cursorLocked is the cursor's place, for handlers: they run while the emulator is locked.
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
	for _, token := range sixelTokens.FindAllString(string(data), -1) {
		n := sixelNumbers(token[1:])
		switch c := token[0]; {
		case c == '#' && len(n) == 5:
			colours[n[0]] = color.RGBA{uint8(n[2] * 255 / 100), uint8(n[3] * 255 / 100), uint8(n[4] * 255 / 100), 255}
		case c == '#':
			ink = colours[n[0]]
		case c == '!':
			times = n[0]
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

// sixelTokens matches a sixel picture's commands and sixels. (The decoder of x/ansi drops what follows a repetition.)
var sixelTokens = regexp.MustCompile(`[#!"][0-9;]*|.`)

func sixelNumbers(s string) (n []int) {
	for field := range strings.SplitSeq(s, ";") {
		v, _ := strconv.Atoi(field) // 0 for "", after a command without numbers
		n = append(n, v)
	}
	return n
}

// checkScroll fails if a sixel or iTerm2 picture stands in rows that are about to be scrolled.
func (e *emulator) checkScroll(top, bottom int) {
	for y := top; y < bottom; y++ {
		for x := range e.Emulator.Width() {
			if cell := e.Emulator.CellAt(x, y); cell != nil && cell.Link.URL != "" {
				e.t.Errorf("the rows %d to %d scroll, and in row %d stands a picture", top, bottom-1, y)
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
	e.painted = append(e.painted, img)
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

// pictureAt is the mean colour of what a cell shows of a picture; false if it shows none.
func (e *emulator) pictureAt(x, y int) (mean color.RGBA, ok bool) {
	cell := e.CellAt(x, y)
	if cell == nil {
		return color.RGBA{}, false
	}
	for i, r := range e.placed {
		if (image.Point{X: x, Y: y}).In(r) {
			return meanColour(e.sent[i].img, x-r.Min.X, y-r.Min.Y, r.Dx(), r.Dy()), true
		}
	}
	var n, px, py, w, h int
	if _, err := fmt.Sscan(cell.Link.URL, &n, &px, &py, &w, &h); err == nil {
		return meanColour(e.painted[n], px, py, w, h), true
	}
	if strings.HasPrefix(cell.Content, string(kitty.Placeholder)) {
		return e.placeholderAt(cell)
	}
	return color.RGBA{}, false
}

// placeholderAt is the mean colour of the part of a kitty picture that a cell names.
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
	return meanColour(p.img, diacritics[marks[1]], diacritics[marks[0]], p.c, p.r), true
}

// diacritics are the rows and columns that kitty's combining characters mean.
var diacritics = func() map[rune]int {
	numbers := map[rune]int{}
	for i := range 297 {
		numbers[kitty.Diacritic(i)] = i
	}
	return numbers
}()

// meanColour is the mean colour of the part at x, y of a picture cut into w×h parts.
func meanColour(img image.Image, x, y, w, h int) color.RGBA {
	b := img.Bounds()
	from := image.Pt(b.Min.X+x*b.Dx()/w, b.Min.Y+y*b.Dy()/h)
	to := image.Pt(max(b.Min.X+(x+1)*b.Dx()/w, from.X+1), max(b.Min.Y+(y+1)*b.Dy()/h, from.Y+1))
	var sum [3]uint32
	var n uint32
	for py := from.Y; py < min(to.Y, b.Max.Y); py++ {
		for px := from.X; px < min(to.X, b.Max.X); px++ {
			r, g, b, _ := img.At(px, py).RGBA()
			sum[0], sum[1], sum[2], n = sum[0]+r>>8, sum[1]+g>>8, sum[2]+b>>8, n+1
		}
	}
	n = max(n, 1)
	return color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255}
}
