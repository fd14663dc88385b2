package ui

import (
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"runtime"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/internal/uitest"
	"tintype/ui/preview"
)

// benchEntries is the number of predictions in the gallery of the benchmark. Each has a file of its own, which is a link to one of
// benchFiles pictures of 1024×1024 pixels.
const (
	benchEntries = 10_000
	benchFiles   = 20
)

// photo returns a picture with smooth colours and fine grain, like a photo.
func photo(n int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, 1024, 1024))
	for y := range 1024 {
		for x := range 1024 {
			v := math.Sin(float64(x*(n+3))/301) + math.Cos(float64(y*(n+5))/257)
			img.SetRGBA(x, y, color.RGBA{uint8(127 + 60*v), uint8(y/4 + x*y%7), uint8(255 - x/5), 255})
		}
	}
	return img
}

// writePhoto writes the n-th such picture.
func writePhoto(b *testing.B, path string, n int) {
	b.Helper()
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(f, photo(n)); err != nil {
		b.Fatal(err)
	}
	if err := f.Close(); err != nil {
		b.Fatal(err)
	}
}

// writeBenchGallery writes a history of benchEntries predictions and returns its folder.
func writeBenchGallery(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	h, err := history.Open(history.Options{Dir: dir, App: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	if err := os.MkdirAll(h.Path("pictures"), 0o700); err != nil {
		b.Fatal(err)
	}
	for i := range benchFiles {
		writePhoto(b, h.Path(fmt.Sprintf("pictures/%d.png", i)), i)
	}
	f, err := os.OpenFile(h.Path("history.jsonl"), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	begin := time.Now().Add(-benchEntries * time.Minute)
	for i := range benchEntries {
		if err := os.Link(h.Path(fmt.Sprintf("pictures/%d.png", i%benchFiles)), h.Path(benchPicturePath(i))); err != nil {
			b.Fatal(err)
		}
		if _, err := f.Write(benchLine(b, i, begin.Add(time.Duration(i)*time.Minute))); err != nil {
			b.Fatal(err)
		}
	}
	return dir
}

// benchPicturePath returns the path of the i-th prediction's picture.
func benchPicturePath(i int) string { return fmt.Sprintf("pictures/made-%d.png", i) }

// benchLine returns the line of one prediction in the history.
func benchLine(b *testing.B, i int, at time.Time) []byte {
	e := history.Entry{
		V: 1, Key: history.NewKey(at), Rev: 1, Time: at, State: history.Done, Provider: api.Replicate, BaseURL: origin, CreatedAt: at,
		Model: "black-forest-labs/flux-schnell", ID: fmt.Sprintf("id%024d", i), Status: "succeeded",
		Input:   map[string]any{"prompt": fmt.Sprint("A paper boat floating on calm water, number ", i), "aspect_ratio": "1:1"},
		Outputs: []history.Output{{Path: benchPicturePath(i), Width: 1024, Height: 1024}},
	}
	line, err := e.MarshalLine()
	if err != nil {
		b.Fatal(err)
	}
	return line
}

// benchProgram is the program without Bubble Tea: its commands run as goroutines, and step takes their messages.
type benchProgram struct {
	m        *Model
	pending  []tea.Cmd
	messages chan tea.Msg
}

// newViewer returns the program with the history of a folder and without an API key, and its first messages: the session and a size of
// 160×50.
func newViewer(tb testing.TB, dir, graphics string) (m *Model, first []tea.Msg) {
	tb.Helper()
	ctx, leave := context.WithCancel(context.Background())
	m = New(ctx, viewerOptions(dir, graphics))
	tb.Cleanup(func() { leave(); m.session.close() })
	return m, []tea.Msg{openSession(ctx, m.options.Open, form.State{}, 40)(), tea.WindowSizeMsg{Width: 160, Height: 50}}
}

// viewerOptions returns the options of a program that opens a folder without an API key.
func viewerOptions(dir, graphics string) Options {
	provider, _ := api.FindProvider(api.Replicate)
	env := map[string]string{"LANG": "C.UTF-8", "COLORTERM": "truecolor", "TERM": "xterm-256color"}
	return Options{
		Open: func(context.Context) (Session, error) {
			h, err := history.Open(history.Options{Dir: dir, App: "bench"})
			return Session{Provider: provider, History: h, Close: func() { _ = h.Close() }}, err
		},
		MarshalEntry: func(e history.Entry) []byte { return []byte(e.Prompt()) },
		Provider:     provider, Model: "black-forest-labs/flux-schnell", Env: func(name string) string { return env[name] },
		Appearance: Appearance{Colours: 1 << 24, Graphics: graphics, Motion: "none"},
	}
}

// openBenchGallery opens the gallery of a folder.
func openBenchGallery(b *testing.B, dir, graphics string) *benchProgram {
	b.Helper()
	m, first := newViewer(b, dir, graphics)
	d := &benchProgram{m: m, messages: make(chan tea.Msg, 1024)}
	for _, msg := range first {
		d.send(msg)
	}
	d.settle()
	d.send(uitest.Key("ctrl+g"))
	d.settle()
	if m.list.Total() != benchEntries || len(m.screens.gallery.Pictures().Thumbs) == 0 {
		b.Fatalf("%d entries, %d thumbnails", m.list.Total(), len(m.screens.gallery.Pictures().Thumbs))
	}
	return d
}

// send gives the program a message and keeps the commands that it returns.
func (d *benchProgram) send(msg tea.Msg) {
	if batch, ok := msg.(tea.BatchMsg); ok {
		d.pending = append(d.pending, batch...)
		return
	}
	if msg == nil {
		return
	}
	_, cmd := d.m.Update(msg)
	if cmd != nil {
		d.pending = append(d.pending, cmd)
	}
}

// idleAfter is how long no message has come when the program counts as idle.
const idleAfter = 1200 * time.Millisecond

// step starts the pending commands and takes the next message. It reports false if none comes soon: only ticks are left.
func (d *benchProgram) step() bool {
	for _, cmd := range d.pending {
		if cmd != nil {
			go func() { d.messages <- cmd() }()
		}
	}
	d.pending = nil
	select {
	case msg := <-d.messages:
		d.send(msg)
		return true
	case <-time.After(idleAfter):
		return false
	}
}

// settle takes messages until the program is idle.
func (d *benchProgram) settle() {
	for d.step() {
	}
}

// countDrawn returns how many thumbnails in sight can be drawn.
func (d *benchProgram) countDrawn() (n int) {
	for _, t := range d.m.screens.Top().Pictures().Thumbs {
		if _, missing := d.m.preview.FirstMissing(t.Tiles); !missing && len(t.Tiles) > 0 {
			n++
		}
	}
	return n
}

// turnPage presses page down and measures until the first thumbnail is drawn, and until all are.
func (d *benchProgram) turnPage() (first, all time.Duration) {
	return d.measure(func() { d.send(uitest.Key("pgdown")) })
}

// jump goes to the n-th prediction at once, as a filter or another view would.
func (d *benchProgram) jump(n int) (first, all time.Duration) {
	return d.measure(func() {
		d.m.list.Choose(d.m.list.Keys().At(n))
		d.send(uitest.Key("right"))
	})
}

// measure takes the time from a key until the first thumbnail in sight is drawn, and until all are.
func (d *benchProgram) measure(press func()) (first, all time.Duration) {
	begin := time.Now()
	press()
	for d.countDrawn() == 0 && d.step() {
	}
	_ = d.m.View()
	first = time.Since(begin)
	for d.countDrawn() < len(d.m.screens.Top().Pictures().Thumbs) && d.step() {
	}
	_ = d.m.View()
	return first, time.Since(begin)
}

// BenchmarkPageDown turns pages of a gallery of 10,000 predictions at 160×50. “new” turns pages without thumbnails one after the other;
// “far” jumps to such a page each time, which no page before it could prefetch: the time of one decoding. “held” then turns the pages
// without a pause, as a held key does, and “rested” pauses on each. Pages are turned as often as the benchmark is repeated, so give it a
// number: -benchtime 12x. ms-first is the time to the first thumbnail of a page.
func BenchmarkPageDown(b *testing.B) {
	dir := writeBenchGallery(b)
	for _, graphics := range []string{"cells", "kitty"} {
		b.Run(graphics+"/new", func(b *testing.B) { measurePages(b, dir, graphics, pagesNew) })
		b.Run(graphics+"/far", func(b *testing.B) { measurePages(b, dir, graphics, pagesFar) })
		b.Run(graphics+"/held", func(b *testing.B) { measurePages(b, dir, graphics, pagesHeld) })
		b.Run(graphics+"/rested", func(b *testing.B) { measurePages(b, dir, graphics, pagesRested) })
	}
}

// Ways to turn pages.
const (
	pagesNew = iota
	pagesFar
	pagesHeld
	pagesRested
)

func measurePages(b *testing.B, dir, graphics string, way int) {
	if way == pagesNew || way == pagesFar {
		_ = os.RemoveAll(dir + "/" + preview.ThumbnailsFolder)
	}
	d := openBenchGallery(b, dir, graphics)
	d.jump(benchEntries / 2)
	var firsts, alls []time.Duration
	for n := 0; b.Loop(); n++ {
		press := d.turnPage
		if way == pagesFar {
			press = func() (first, all time.Duration) { return d.jump(n%10*500 + 450) }
		}
		first, all := press()
		firsts, alls = append(firsts, first), append(alls, all)
		if way == pagesRested {
			b.StopTimer()
			d.settle()
			b.StartTimer()
		}
	}
	slices.Sort(firsts)
	slices.Sort(alls)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(firsts[len(firsts)/2]), "ms-first")
	b.ReportMetric(ms(firsts[len(firsts)*99/100]), "ms-first-p99")
	b.ReportMetric(ms(alls[len(alls)/2]), "ms-page")
	runtime.GC()
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	b.ReportMetric(float64(mem.HeapAlloc)/(1<<20), "MB-heap")
	b.ReportMetric(float64(mem.Sys)/(1<<20), "MB-sys")
}
