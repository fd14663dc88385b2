package ui

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/ui/picture"
	"tintype/ui/preview"
)

// liveProgram is the real program in an emulator: with Bubble Tea, its renderer and the overlay. Keys are bytes and pictures are pixels.
type liveProgram struct {
	t *testing.T
	*emulator
	m    *Model
	p    *tea.Program
	done chan struct{} // closed when the program has ended
}

// runInEmulator starts the program in a terminal of a protocol, with a history of n predictions.
func runInEmulator(t *testing.T, protocol picture.Protocol, n int) *liveProgram {
	t.Helper()
	s := &app{t: t, dir: t.TempDir(), server: demotest.NewServer(t, demo.Options{})}
	writeHistory(t, s.dir, variedPredictions(n)...)
	files, err := filepath.Glob(filepath.Join(s.dir, "pictures", "past-*.png"))
	if err != nil || len(files) < n {
		t.Fatalf("%d pictures of %d: %v", len(files), n, err)
	}
	for i, file := range files {
		paintGradient(t, file, i)
	}
	env := map[string]string{"LANG": "C.UTF-8", "TERM": "xterm-256color", "COLORTERM": "truecolor"}
	o := s.options(appOptions{dir: s.dir, env: env, appearance: Appearance{Motion: "none"}})
	sh := &liveProgram{t: t, emulator: newEmulator(t, protocol, 120, 40), done: make(chan struct{})}
	overlay := picture.NewOverlay(sh.emulator)
	o.Layer = overlay
	ctx, cancel := context.WithCancel(context.Background())
	sh.m = New(ctx, o)
	sh.p = tea.NewProgram(sh.m, tea.WithInput(sh.emulator), tea.WithOutput(overlay), tea.WithFPS(frameRate), tea.WithoutSignalHandler(),
		tea.WithWindowSize(120, 40), tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color", "COLORTERM=truecolor"}))
	go func() {
		defer close(sh.done)
		if _, err := sh.p.Run(); err != nil && ctx.Err() == nil {
			t.Errorf("the program ended with %v", err)
		}
	}()
	t.Cleanup(func() {
		cancel()
		sh.p.Kill()
		_ = sh.emulator.SafeEmulator.Close()
		sh.m.session.close()
		time.Sleep(time.Minute) // so that pending ticks end
	})
	sh.rest()
	return sh
}

// subjects are prompts for the predictions of the history.
var subjects = []string{
	"A red fox in a snowy forest", "A neon city street in the rain at night", "Desert dunes", "Tulips, watercolor",
	"An old sailor, oil on canvas", "A black cat on a wall", "A paper boat floating on calm water at sunrise",
}

// variedPredictions returns n predictions of different shapes. The last but one has four pictures.
func variedPredictions(n int) []pastPrediction {
	shapes := []image.Point{{320, 180}, {180, 320}, {256, 256}}
	var predictions []pastPrediction
	for i := range n {
		s := shapes[i%len(shapes)]
		outputs := 1
		if i == n-2 {
			outputs = 4
		}
		predictions = append(predictions, pastPrediction{outputs: outputs, age: time.Duration(n-i) * time.Minute, prompt: fmt.Sprintf("%s, number %d", subjects[i%len(subjects)], i), w: 8 * s.X, h: 8 * s.Y, seed: int64(i + 1)})
	}
	return predictions
}

// paintGradient overwrites the i-th picture: it gets redder to the right and greener downwards, without edges that a scaler would soften,
// and each picture has another blue.
func paintGradient(t *testing.T, path string, i int) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	size, err := png.DecodeConfig(f)
	if err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	img := image.NewRGBA(image.Rect(0, 0, size.Width, size.Height))
	for y := range size.Height {
		for x := range size.Width {
			c := color.RGBA{uint8(40 + 160*x/size.Width), uint8(40 + 160*y/size.Height), uint8(30 + i*37%190), 255}
			img.SetRGBA(x, y, c)
		}
	}
	if f, err = os.Create(path); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, img); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// rest waits until the program and the emulator are idle.
func (s *liveProgram) rest() {
	time.Sleep(2 * time.Second)
	synctest.Wait()
}

// typeKeys types keys as a terminal sends them.
func (s *liveProgram) typeKeys(keys string) {
	s.SendText(keys)
	s.rest()
}

// resizeTo gives the terminal another size.
func (s *liveProgram) resizeTo(w, h int) {
	s.Resize(w, h)
	s.p.Send(tea.WindowSizeMsg{Width: w, Height: h})
	s.rest()
}

// visiblePicture is a picture that should be on the screen.
type visiblePicture struct{ preview.Picture }

// image returns the part of it that should be on the screen.
func (h visiblePicture) image(t *testing.T) *summedImage {
	t.Helper()
	img := openPNG(t, h.Path)
	if h.Part.Empty() {
		return sumImage(img)
	}
	size := img.Bounds() // smaller than the entry says, so that the test is fast
	at := func(p image.Point) image.Point { return image.Pt(p.X*size.Dx()/h.Of.X, p.Y*size.Dy()/h.Of.Y) }
	return sumImage(img.(interface {
		SubImage(r image.Rectangle) image.Image
	}).SubImage(image.Rectangle{Min: at(h.Part.Min), Max: at(h.Part.Max)}))
}

// visiblePictures returns the pictures that should be on the screen now.
func (s *liveProgram) visiblePictures() []visiblePicture {
	if s.m.screens.Top() == s.m.screens.help {
		return nil
	}
	var all []visiblePicture
	for _, p := range s.m.preview.InSight(s.m.screens.Drawn().Pictures().Thumbs) {
		if _, ok := s.m.preview.Frame(p.Tile); !ok {
			s.t.Fatalf("%s is not ready", p.Path)
		}
		all = append(all, visiblePicture{p})
	}
	return all
}

// colourTolerance is how far the mean colour of a cell may be from the picture's, in a channel from 0 to 255: sixel has a palette of 256
// colours and dithers, and the box filter does not cut its boxes at the same pixels.
const colourTolerance = 14

// checkPictures checks every cell of the screen: where a picture should be it must show the right part of it, and elsewhere no picture.
func (s *liveProgram) checkPictures(where string, want int) {
	s.t.Helper()
	pictures := s.visiblePictures()
	if len(pictures) != want {
		s.t.Errorf("%s: %d pictures should be visible, want %d", where, len(pictures), want)
	}
	covered, menu := map[image.Point]bool{}, s.m.layout.StatusAbove
	for _, p := range pictures {
		if s.protocol == picture.KittyDirect && p.At.Overlaps(menu) {
			continue // it would cover the menu's text, so it is removed
		}
		img := p.image(s.t)
		for y := range p.At.H {
			for x := range p.At.W {
				cell := image.Pt(p.At.X+x, p.At.Y+y)
				if menu.Contains(cell.X, cell.Y) {
					continue
				}
				covered[cell] = true
				got, ok := s.pictureAt(cell.X, cell.Y)
				if want := img.mean(x, y, p.At.W, p.At.H); !ok || colourDistance(got, want) > colourTolerance {
					s.t.Fatalf("%s: of %s at %v, cell %v shows %v (%v), want %v", where, filepath.Base(p.Path), p.At, cell, got, ok, want)
				}
			}
		}
	}
	for y := range s.Height() {
		for x := range s.Width() {
			if _, ok := s.pictureAt(x, y); ok && !covered[image.Pt(x, y)] {
				s.t.Fatalf("%s: a part of a picture is left at %d,%d; the pictures are %v", where, x, y, pictures)
			}
		}
	}
}

func openPNG(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// colourDistance returns the largest difference between two colours in a channel.
func colourDistance(a, b color.RGBA) int {
	diff := func(a, b uint8) int { return max(int(a)-int(b), int(b)-int(a)) }
	return max(diff(a.R, b.R), diff(a.G, b.G), diff(a.B, b.B))
}

// pixelProtocols are the protocols that draw pixels rather than cells.
var pixelProtocols = []picture.Protocol{picture.Kitty, picture.KittyDirect, picture.ITerm2, picture.Sixel}

// Keys as terminals send them.
const (
	keyEsc      = "\x1b"
	keyF1       = "\x1bOP"
	keyCtrlG    = "\a"
	keyPageDown = "\x1b[6~"
)

// TestPicturesReachTheTerminal goes through all screens of the program in a terminal of each protocol, and checks every cell.
func TestPicturesReachTheTerminal(t *testing.T) {
	t.Parallel()
	for _, protocol := range pixelProtocols {
		t.Run(string(protocol), func(t *testing.T) {
			inBubble(t, func(t *testing.T) { visitAllScreens(runInEmulator(t, protocol, 40)) })
		})
	}
}

func visitAllScreens(s *liveProgram) {
	if got := s.m.terminal.Capabilities.Protocol; got != s.protocol {
		s.t.Fatalf("draws by %s (%s)", got, s.m.terminal.Capabilities.Reason)
	}
	for _, step := range []struct {
		where, keys string
		pictures    int
	}{
		{"the list", keyEsc, 1},
		{"four at once", "j", 4},
		{"a third", "j", 1},
		{"the model chooser", "\x18m", 1},
		{"its filter", "dev", 1},
		{"after it", keyEsc, 1},
		{"the help", keyF1, 0},
		{"after the help", keyEsc, 1},
		{"the whole screen", "\r", 1},
		{"the next picture", "j", 1},
		{"larger", "+", 1},
		{"further right", "\x1b[1;2C", 1},
		{"as far down as it goes", strings.Repeat("\x1b[1;2B", 20), 1},
		{"the next picture there", "j", 1},
		{"larger still", "+", 1},
		{"the log under it", "ii", 1},
		{"no details under it", "ii", 1},
		{"smaller again", "--", 1},
		{"a menu over the whole screen", "\x18", 1},
		{"after the menu", keyEsc, 1},
		{"help over the whole screen", keyF1, 0},
		{"after that", keyEsc, 1},
		{"home again", keyEsc, 1},
		{"details below", "i", 1},
		{"the log", "i", 1},
		{"no details", "i", 1},
		{"details again", "i", 1},
		{"the gallery", keyCtrlG, 18},
		{"a page down", keyPageDown, 15},
		{"the end", "G", 15},
		{"larger thumbnails", "+", 8},
		{"one of them", "\r", 1},
		{"the gallery again", keyEsc, 8},
		{"home from it", keyEsc, 1},
		{"the newest", "g", 1},
		{"side by side", "  c", 5},
		{"the chosen one", "\r", 4},
		{"the comparison again", keyEsc, 5},
		{"home from that", keyEsc, 4},
		{"the newest again", "g", 1},
		{"redrawn", "\f", 1},
	} {
		s.typeKeys(step.keys)
		s.checkPictures(step.where, step.pictures)
	}
	s.resizeTo(80, 24)
	s.checkPictures("a smaller screen", 1)
	s.resizeTo(140, 50)
	s.checkPictures("a larger screen", 1)
	s.typeKeys("\x03")
	<-s.done
	s.checkNothingLeft()
}

// checkNothingLeft fails the test if the program has left pictures in the terminal.
func (s *liveProgram) checkNothingLeft() {
	s.t.Helper()
	if s.IsAltScreen() {
		s.t.Error("the shell's screen was not restored")
	}
	for y := range s.Height() {
		for x := range s.Width() {
			if _, ok := s.pictureAt(x, y); ok {
				s.t.Fatalf("a picture is left at %d,%d of the shell's screen", x, y)
			}
		}
	}
	if len(s.sent)+len(s.placed) > 0 {
		s.t.Errorf("the terminal keeps %d pictures, of which it shows %d", len(s.sent), len(s.placed))
	}
}
