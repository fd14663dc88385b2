package ui

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"tintype/api"
	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/picture"
)

// textWatcher is an output that reports when a text is written, and keeps nothing.
type textWatcher struct {
	mu   sync.Mutex
	text []byte
	seen chan struct{}
}

func (w *textWatcher) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.text != nil && bytes.Contains(p, w.text) {
		w.text = nil
		close(w.seen)
	}
	return len(p), nil
}
func (w *textWatcher) Read([]byte) (int, error) { select {} }
func (w *textWatcher) Close() error             { return nil }
func (w *textWatcher) Fd() uintptr              { return ^uintptr(0) }

// await returns a channel that is closed when a text is written.
func (w *textWatcher) await(text string) <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text, w.seen = []byte(text), make(chan struct{})
	return w.seen
}

// selectionEntries is how many predictions the selection is moved among; their frames fit into the cache.
const selectionEntries = 20

// selectionSeed returns the seed of the i-th prediction, which the caption shows. It shares no digit with its neighbours' seeds, so that the
// renderer writes all of it.
func selectionSeed(i int) int64 { return int64(i%9+1) * 11111 }

// writeSelectionHistory writes a history of predictions with pictures of 1024×1024, or of failed ones.
func writeSelectionHistory(b *testing.B, dir string, pictures bool) {
	b.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "bench"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	if err := os.MkdirAll(h.Path("pictures"), 0o700); err != nil {
		b.Fatal(err)
	}
	for i := range selectionEntries { // the last one is on top
		n := selectionEntries - 1 - i
		seed := selectionSeed(n)
		name := fmt.Sprintf("pictures/%d.png", n)
		writePhoto(b, h.Path(name), n)
		if _, err := h.Append(history.NewKey(time.Now()), func(e history.Entry) history.Entry {
			e.State, e.Provider, e.BaseURL, e.Model, e.Seed = history.Done, api.Replicate, origin, "black-forest-labs/flux-schnell", &seed
			e.CreatedAt, e.Status = time.Now(), "succeeded"
			e.Input = map[string]any{"prompt": fmt.Sprintf("%s, %s", subjects[n%len(subjects)], strings.Repeat("x", n))}
			e.Outputs = []history.Output{{Path: name, Width: 1024, Height: 1024}}
			if !pictures {
				e.State, e.Outputs, e.Input["prompt"] = history.Failed, nil, fmt.Sprint(seed)
				e.Error = &history.EntryError{Code: "failed", Sentence: "It failed."}
			}
			return e
		}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSelection runs the real program, moves the selection down and up again, and measures the time from the key to the frame with its
// caption: with pictures of each protocol, all of them in the cache, and without pictures.
func BenchmarkSelection(b *testing.B) {
	bare := 0.0
	for _, protocol := range append([]picture.Protocol{"none", picture.Blocks}, pixelProtocols...) {
		b.Run(string(protocol), func(b *testing.B) {
			p99 := measureSelection(b, protocol)
			if protocol == "none" {
				bare = p99
			} else if bare > 0 {
				b.ReportMetric(p99/bare, "of-none")
			}
		})
	}
}

func measureSelection(b *testing.B, protocol picture.Protocol) (p99 float64) {
	dir := b.TempDir()
	writeSelectionHistory(b, dir, protocol != "none")
	o := viewerOptions(dir, string(protocol))
	if protocol == "none" {
		o.Appearance.Graphics = ""
	}
	w := &textWatcher{}
	overlay := picture.NewOverlay(w)
	o.Layer, o.WindowPixels = overlay, func() (int, int) { return 1200, 800 }
	ctx, cancel := context.WithCancel(context.Background())
	m := New(ctx, o)
	p := tea.NewProgram(m, tea.WithInput(nil), tea.WithOutput(overlay), tea.WithFPS(frameRate), tea.WithoutSignalHandler(),
		tea.WithWindowSize(120, 40), tea.WithColorProfile(colorprofile.TrueColor), tea.WithEnvironment([]string{"TERM=xterm-256color"}))
	over := make(chan struct{})
	go func() { defer close(over); _, _ = p.Run() }()
	defer func() { cancel(); p.Kill(); <-over; m.session.close() }()
	time.Sleep(700 * time.Millisecond)
	p.Send(uitest.Key("esc"))
	at, by := 0, 1
	time.Sleep(300 * time.Millisecond)
	move := func() time.Duration {
		if at+by < 0 || at+by >= selectionEntries {
			by = -by
		}
		at += by
		seen := w.await(fmt.Sprint(selectionSeed(at)))
		begin := time.Now()
		p.Send(uitest.Key(map[int]string{1: "j", -1: "k"}[by]))
		<-seen
		return time.Since(begin)
	}
	for range 2 * selectionEntries { // fills the cache
		move()
		time.Sleep(150 * time.Millisecond)
	}
	var times []time.Duration
	for b.Loop() {
		times = append(times, move())
		time.Sleep(15 * time.Millisecond)
	}
	slices.Sort(times)
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	b.ReportMetric(ms(times[len(times)/2]), "ms-median")
	b.ReportMetric(ms(times[len(times)*99/100]), "ms-p99")
	return ms(times[len(times)*99/100])
}
