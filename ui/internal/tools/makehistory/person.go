package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"tintype/history"
)

// A person tries a prompt with other seeds and shapes, changes a word, and some days later thinks of something else.
type person struct {
	r      *rand.Rand
	now    time.Time
	scene  [6]int // which of the words' columns make up the prompt
	input  map[string]any
	model  int
	driver string
	last   string          // key
	liked  []history.Entry // to be starred when looking back, the next time
}

// models with the median of their durations in seconds and their price per picture in USD, so that durations look real.
var models = []struct {
	name                    string
	takes                   float64
	price                   float64
	takesSeed, takesQuality bool
}{
	{"black-forest-labs/flux-schnell", 1.2, 0.003, true, true},
	{"black-forest-labs/flux-dev", 8, 0.025, true, true},
	{"black-forest-labs/flux-1.1-pro", 4, 0.04, true, true},
	{"black-forest-labs/flux-kontext-pro", 9, 0.04, true, false},
	{"black-forest-labs/flux-2-flex", 12, 0, false, false},
}

var ratios = []string{"1:1", "16:9", "3:2", "2:3", "4:5", "5:4", "9:16", "21:9"}

func newPerson() *person {
	p := &person{r: rand.New(rand.NewPCG(1856, 2)), now: time.Date(2025, 1, 6, 8, 30, 0, 0, time.UTC)}
	p.sitDown()
	p.think()
	return p
}

// sitDown starts the program anew.
func (p *person) sitDown() { p.driver = p.key() }

// think begins something new.
func (p *person) think() {
	for i := range p.scene {
		p.scene[i] = p.r.IntN(len(words[i]))
	}
	p.model = min(p.r.IntN(8), len(models)-1) * p.r.IntN(2)
	p.input = map[string]any{"prompt": p.prompt(), "aspect_ratio": "1:1", "output_format": "webp"}
	p.settle()
}

// settle makes the input one that the model takes.
func (p *person) settle() {
	delete(p.input, "num_outputs")
	delete(p.input, "output_quality")
	if models[p.model].takesQuality {
		p.input["num_outputs"], p.input["output_quality"] = 1, 80
	}
}

func (p *person) prompt() string {
	var b strings.Builder
	for i, column := range words {
		b.WriteString(column[p.scene[i]])
		if i < len(words)-1 {
			b.WriteString(joints[i])
		}
	}
	return b.String()
}

// change does what somebody does between two pictures.
func (p *person) change() {
	in := map[string]any{}
	for k, v := range p.input {
		in[k] = v
	}
	p.input = in
	switch n := p.r.IntN(20); {
	case n < 6: // another seed
		delete(in, "seed")
		if models[p.model].takesSeed && n < 3 {
			in["seed"] = p.r.IntN(1 << 16)
		}
	case n < 9:
		in["aspect_ratio"] = ratios[p.r.IntN(len(ratios))]
	case n < 10:
		in["output_format"] = []string{"webp", "png", "jpg"}[p.r.IntN(3)]
	case n < 11:
		p.model = p.r.IntN(len(models))
		p.settle()
	case n < 17: // another word
		i := p.r.IntN(len(p.scene))
		p.scene[i] = p.r.IntN(len(words[i]))
		in["prompt"] = p.prompt()
	default:
		p.now = p.now.Add(time.Duration(p.r.IntN(5000)) * time.Second)
		p.think()
	}
	if p.r.IntN(40) == 0 {
		p.now = p.now.Add(time.Duration(8+p.r.IntN(40)) * time.Hour)
		p.sitDown()
	}
}

func (p *person) key() string { return keyAt(p.now, p.r) }

// lookBack stars what was liked before.
func (p *person) lookBack() (starred []history.Entry) {
	for _, e := range p.liked {
		p.now = p.now.Add(3 * time.Second)
		e.Rev, e.Time, e.Star = e.Rev+1, p.now, true
		starred = append(starred, e)
	}
	p.liked = nil
	return starred
}

// predict returns the lines of one prediction, from before the POST to the end; when the program was started anew, behind
// those of looking back.
func (p *person) predict() []history.Entry {
	before := p.driver
	p.change()
	var back []history.Entry
	if p.driver != before {
		back = p.lookBack()
	}
	p.now = p.now.Add(time.Duration(4000+p.r.IntN(60000)) * time.Millisecond)
	m := models[p.model]
	e := history.Entry{
		V: history.Version, Key: p.key(), State: history.Creating, Driver: p.driver, Provider: "replicate",
		BaseURL: "https://api.replicate.com/v1", Model: m.name, Input: p.input, App: "tintype 1.0.0",
	}
	if p.last != "" && p.r.IntN(3) > 0 {
		e.Parent = p.last
	}
	p.last = e.Key
	if m.price > 0 {
		e.Price = &history.Price{Amount: m.price, Unit: "picture", Source: "replicate.com", Date: "2026-08-01"}
	}
	lines := &lines{p: p, at: p.now, list: back}
	e = lines.add(e)
	switch n := p.r.IntN(200); {
	case n < 3:
		lines.refused(e)
	case n < 4:
		lines.unconfirmed(e)
	default:
		lines.accepted(e, m.takes, m.price)
	}
	return lines.list
}

func keyAt(t time.Time, r *rand.Rand) string {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	key := make([]byte, 26)
	milli := t.UnixMilli()
	for i := 9; i >= 0; i-- {
		key[i] = letters[milli&31]
		milli >>= 5
	}
	for i := 10; i < 26; i++ {
		key[i] = letters[r.IntN(32)]
	}
	return string(key)
}

func id(r *rand.Rand) string {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	b := make([]byte, 26)
	for i := range b {
		b[i] = letters[r.IntN(32)]
	}
	return string(b)
}

func hex(r *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < n {
		fmt.Fprintf(&b, "%016x", r.Uint64())
	}
	return b.String()[:n]
}
