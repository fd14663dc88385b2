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
func writeHistory(t *testing.T, dir string, pasts ...pastPrediction) {
	t.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: utcNow})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	now := utcNow()
	longest := pasts[0].age
	for i, p := range pasts {
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
