package history

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// noon is the time of the tests' clock.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

func openHistory(t testing.TB, dir string) *History {
	t.Helper()
	h, err := Open(Options{Dir: dir, App: "test", Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h
}

func withPrompt(text string) func(Entry) Entry {
	return func(e Entry) Entry {
		e.State, e.Model, e.Provider = Creating, "black-forest-labs/flux-schnell", "demo"
		e.Input = map[string]any{"prompt": text, "aspect_ratio": "16:9", "output_format": "webp"}
		return e
	}
}

func withState(s State) func(Entry) Entry { return func(e Entry) Entry { e.State = s; return e } }

func mustAppend(t testing.TB, h *History, key string, change func(Entry) Entry) Entry {
	t.Helper()
	e, err := h.Append(key, change)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func keysOf(entries []Entry) (keys []string) {
	for _, e := range entries {
		keys = append(keys, e.Key)
	}
	return keys
}

// writeEntries makes a data folder with a journal of the entries, without a sync for each.
func writeEntries(t testing.TB, entries []Entry) string {
	var data []byte
	for _, e := range entries {
		line, err := e.MarshalLine()
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, line...)
	}
	return writeJournal(t, string(data))
}

// writeJournal makes a data folder with a journal of that content.
func writeJournal(t testing.TB, data string) string {
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "history.jsonl"), []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// encodePNG returns a PNG of w×h pixels.
func encodePNG(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, color.NRGBA{uint8(i * 7), uint8(i * 13), uint8(i * 31), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func savePicture(t testing.TB, h *History, e Entry, output int, data []byte) (Output, error) {
	t.Helper()
	p, err := h.Download(e, output)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(data); err != nil {
		t.Fatal(err)
	}
	return p.Commit()
}

// appendPrediction appends a prediction that has one output, not yet downloaded.
func appendPrediction(t testing.TB, h *History, text string) Entry {
	return mustAppend(t, h, NewKey(noon), func(e Entry) Entry {
		e = withPrompt(text)(e)
		e.Outputs = []Output{{URL: "https://example.com/../../etc/passwd.exe"}}
		return e
	})
}

func countInvalid(data []byte) (n int) {
	for line := range bytes.Lines(data) {
		if !json.Valid(line) {
			n++
		}
	}
	return n
}

// readRevisions reads a journal in the simplest way and returns the greatest revision of each key.
func readRevisions(data []byte) map[string]int {
	found := map[string]int{}
	for line := range bytes.Lines(data) {
		var e struct {
			Key string
			Rev int
		}
		if json.Unmarshal(line, &e) == nil && e.Key != "" {
			found[e.Key] = max(found[e.Key], e.Rev)
		}
	}
	return found
}
