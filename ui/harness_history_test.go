package ui

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tintype/api"
	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

// pastPrediction is a prediction to be written into a data folder before a program is started over it.
type pastPrediction struct {
	age         time.Duration // when the program starts
	prompt      string
	model       string // "": flux-schnell
	input       map[string]any
	state       history.State // "": done
	seed        int64
	predictTime float64 // seconds
	cost        float64 // negative: unknown
	w, h        int     // of each picture, in pixels
	outputs     int     // 0: one
	star        bool
	change      func(*history.Entry)
}

// keyGap is the time between two predictions. Tests in other bubbles make keys too, so only those of different milliseconds ascend.
const keyGap = time.Millisecond

// writeHistory writes predictions into a folder, the oldest first, each at its time. Afterwards each is as old as it says.
func writeHistory(t *testing.T, dir string, predictions ...pastPrediction) {
	t.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: utcNow})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	now := utcNow()
	longest := predictions[0].age
	for i, p := range predictions {
		until := longest - p.age - utcNow().Sub(now)
		if i > 0 {
			until = max(until, keyGap)
		}
		time.Sleep(until)
		p.write(t, h, i)
	}
	time.Sleep(longest - utcNow().Sub(now))
}

// write appends the entry.
func (p pastPrediction) write(t *testing.T, h *history.History, number int) {
	t.Helper()
	e := p.entry(t, h, number)
	if _, err := h.Append(history.NewKey(utcNow()), func(latest history.Entry) history.Entry {
		e.V, e.Key, e.Rev = latest.V, latest.Key, latest.Rev
		return e
	}); err != nil {
		t.Fatal(err)
	}
}

// entry returns the prediction's entry in the history, and writes its pictures.
func (p pastPrediction) entry(t *testing.T, h *history.History, number int) history.Entry {
	t.Helper()
	input := map[string]any{
		"prompt": p.prompt, "aspect_ratio": "1:1", "output_format": "webp", params.Quality: 80.0, "num_outputs": 1.0,
	}
	for k, v := range p.input {
		input[k] = v
	}
	e := history.Entry{
		State: history.Done, Provider: api.Replicate, BaseURL: origin + "/v1", Model: "black-forest-labs/flux-schnell",
		ID: fmt.Sprintf("id%024d", number), Input: input, Status: "succeeded", CreatedAt: utcNow(), Time: utcNow(),
		Metrics: map[string]float64{"predict_time": p.predictTime},
	}
	if p.model != "" {
		e.Model = p.model
	}
	if p.state != "" {
		e.State = p.state
	}
	if p.seed != 0 {
		e.Seed = &p.seed
	}
	if p.cost >= 0 {
		e.Cost = &p.cost
	}
	e.Star = p.star
	for i := range max(p.outputs, 1) {
		if e.State == history.Done {
			e.Outputs = append(e.Outputs, p.picture(t, h, number, i))
		}
	}
	if p.change != nil {
		p.change(&e)
	}
	return e
}

// picture writes one of the pictures.
func (p pastPrediction) picture(t *testing.T, h *history.History, number, i int) history.Output {
	t.Helper()
	w, hh := p.w, p.h
	if w == 0 {
		w, hh = 1024, 1024
	}
	name := fmt.Sprintf("pictures/past-%d-%d.png", number, i)
	path := h.Path(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, plainPicture(t, w, hh), 0o600); err != nil {
		t.Fatal(err)
	}
	return history.Output{URL: origin + "/outputs/x", Path: name, Width: w, Height: hh}
}

// plainPictures are the files that plainPicture has made, by size.
var plainPictures sync.Map

// plainPicture returns the file of a picture of one colour with the shape of w×h, an eighth of that size.
func plainPicture(t *testing.T, w, h int) []byte {
	t.Helper()
	size := image.Pt(max(w/8, 1), max(h/8, 1))
	if file, ok := plainPictures.Load(size); ok {
		return file.([]byte)
	}
	img := image.NewPaletted(image.Rectangle{Max: size}, color.Palette{color.RGBA{200, 120, 40, 255}})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	plainPictures.Store(size, b.Bytes())
	return b.Bytes()
}

// newAppWithHistory starts the program over a folder with predictions; by default those of sampleHistory.
func newAppWithHistory(t *testing.T, o appOptions, predictions ...pastPrediction) *app {
	t.Helper()
	if len(predictions) == 0 {
		predictions = sampleHistory()
	}
	o.dir = t.TempDir()
	writeHistory(t, o.dir, predictions...)
	return newApp(t, o)
}

// sampleHistory returns predictions in several states.
func sampleHistory() []pastPrediction {
	return []pastPrediction{
		{age: 3 * 24 * time.Hour, prompt: "A lighthouse in a storm, oil on canvas", model: "black-forest-labs/flux-dev", predictTime: 8.04, cost: 0.025, seed: 7},
		{age: 2 * time.Hour, prompt: "A red bicycle leaning on a yellow wall", state: history.Unconfirmed, cost: 0.025, change: withoutAnswer},
		{age: time.Hour, prompt: "A red bicycle against a wall", state: history.Failed, predictTime: 0.4, change: withFlaggedError},
		{age: 10 * time.Minute, prompt: "A red bicycle against a tree", state: history.Stopped, cost: -1, change: func(e *history.Entry) {
			e.Status, e.CancelReason = "canceled", "canceled"
		}},
		{age: 5 * time.Minute, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.003, seed: 13},
		{age: 2 * time.Minute, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.003, seed: 51022},
		{age: 70 * time.Second, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.003, seed: 62182, star: true},
	}
}

func withoutAnswer(e *history.Entry) {
	e.ID, e.Status = "", ""
	e.Attempts = []history.Attempt{{Time: utcNow(), Sent: "maybe", Error: "unreachable"}}
}

func withFlaggedError(e *history.Entry) {
	e.Status = "failed"
	e.Error = &history.EntryError{Code: "flagged", Sentence: "Flagged.", Detail: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"}
}

// manyPredictions returns n predictions with a picture each.
func manyPredictions(n int) (predictions []pastPrediction) {
	for i := range n {
		predictions = append(predictions, pastPrediction{age: time.Duration(n-i) * time.Hour, prompt: uitest.Dusk, predictTime: 1.2, cost: 0.003, seed: int64(i)})
	}
	return predictions
}

// addPredictionsElsewhere writes finished predictions as another program does.
func addPredictionsElsewhere(t *testing.T, dir string, predictions ...pastPrediction) {
	t.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "another", Now: utcNow})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	for i, p := range predictions {
		time.Sleep(keyGap)
		p.write(t, h, 100+i)
	}
}

// sampleAlbum returns the predictions of sampleHistory, a dozen older ones, and one with four pictures.
func sampleAlbum() []pastPrediction {
	shapes := []string{"1:1", "16:9", "9:16", "3:2"}
	sizes := map[string][2]int{"1:1": {1024, 1024}, "16:9": {1344, 768}, "9:16": {768, 1344}, "3:2": {1216, 832}}
	var predictions []pastPrediction
	for i := range 12 {
		shape := shapes[i%len(shapes)]
		predictions = append(predictions, pastPrediction{
			age: time.Duration(24-i) * time.Hour * 10, prompt: uitest.Dusk, predictTime: 1.2, cost: 0.003, seed: int64(i),
			w: sizes[shape][0], h: sizes[shape][1], input: map[string]any{"aspect_ratio": shape},
		})
	}
	predictions = append(predictions, sampleHistory()...)
	return append(predictions, pastPrediction{
		age: 60 * time.Second, prompt: uitest.Sunrise, predictTime: 2.4, cost: 0.012, seed: 5, outputs: 4, input: map[string]any{"num_outputs": 4.0},
	})
}

// newestKey returns the key of the newest prediction with a prompt.
func newestKey(s *app, prompt string) string {
	s.t.Helper()
	for _, key := range s.m.list.Keys().All() {
		if e, _ := s.m.list.Entry(key); e.Prompt() == prompt {
			return key
		}
	}
	s.t.Fatalf("no prediction with the prompt %q", prompt)
	return ""
}
