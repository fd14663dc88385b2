package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"tintype/history"
)

// simulatedUser tries a prompt with other seeds and shapes, changes a word, and some days later starts something new.
type simulatedUser struct {
	rng       *rand.Rand
	now       time.Time
	wordIndex [6]int // the word of each column that makes up the prompt
	input     map[string]any
	model     int
	driver    string
	lastKey   string          // key of the last prediction
	toStar    []history.Entry // to be starred when the program starts next
}

// models are models with their median duration in seconds and their price per picture in USD.
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

func newUser() *simulatedUser {
	p := &simulatedUser{rng: rand.New(rand.NewPCG(1856, 2)), now: time.Date(2025, 1, 6, 8, 30, 0, 0, time.UTC)}
	p.startProgram()
	p.newIdea()
	return p
}

// startProgram gives the following entries a new driver.
func (p *simulatedUser) startProgram() { p.driver = p.newKey() }

// newIdea starts with a new prompt and default settings.
func (p *simulatedUser) newIdea() {
	for i := range p.wordIndex {
		p.wordIndex[i] = p.rng.IntN(len(words[i]))
	}
	p.model = min(p.rng.IntN(8), len(models)-1) * p.rng.IntN(2)
	p.input = map[string]any{"prompt": p.prompt(), "aspect_ratio": "1:1", "output_format": "webp"}
	p.setModelParameters()
}

// setModelParameters adds the parameters that the model has and removes the others.
func (p *simulatedUser) setModelParameters() {
	delete(p.input, "num_outputs")
	delete(p.input, "output_quality")
	if models[p.model].takesQuality {
		p.input["num_outputs"], p.input["output_quality"] = 1, 80
	}
}

func (p *simulatedUser) prompt() string {
	var b strings.Builder
	for i, column := range words {
		b.WriteString(column[p.wordIndex[i]])
		if i < len(words)-1 {
			b.WriteString(separators[i])
		}
	}
	return b.String()
}

// change is what the user changes between two pictures.
func (p *simulatedUser) change() {
	in := map[string]any{}
	for k, v := range p.input {
		in[k] = v
	}
	p.input = in
	switch n := p.rng.IntN(20); {
	case n < 6: // another seed
		delete(in, "seed")
		if models[p.model].takesSeed && n < 3 {
			in["seed"] = p.rng.IntN(1 << 16)
		}
	case n < 9:
		in["aspect_ratio"] = ratios[p.rng.IntN(len(ratios))]
	case n < 10:
		in["output_format"] = []string{"webp", "png", "jpg"}[p.rng.IntN(3)]
	case n < 11:
		p.model = p.rng.IntN(len(models))
		p.setModelParameters()
	case n < 17: // another word
		i := p.rng.IntN(len(p.wordIndex))
		p.wordIndex[i] = p.rng.IntN(len(words[i]))
		in["prompt"] = p.prompt()
	default:
		p.now = p.now.Add(time.Duration(p.rng.IntN(5000)) * time.Second)
		p.newIdea()
	}
	if p.rng.IntN(40) == 0 {
		p.now = p.now.Add(time.Duration(8+p.rng.IntN(40)) * time.Hour)
		p.startProgram()
	}
}

func (p *simulatedUser) newKey() string { return randomKey(p.now, p.rng) }

// starLiked returns lines that star earlier pictures.
func (p *simulatedUser) starLiked() (starred []history.Entry) {
	for _, e := range p.toStar {
		p.now = p.now.Add(3 * time.Second)
		e.Rev, e.Time, e.Star = e.Rev+1, p.now, true
		starred = append(starred, e)
	}
	p.toStar = nil
	return starred
}

// predict returns the lines of one prediction, from before the POST to the end. After a restart of the program the
// lines of starLiked come first.
func (p *simulatedUser) predict() []history.Entry {
	before := p.driver
	p.change()
	var starred []history.Entry
	if p.driver != before {
		starred = p.starLiked()
	}
	p.now = p.now.Add(time.Duration(4000+p.rng.IntN(60000)) * time.Millisecond)
	m := models[p.model]
	e := history.Entry{
		V: history.Version, Key: p.newKey(), State: history.Creating, Driver: p.driver, Provider: "replicate",
		BaseURL: "https://api.replicate.com/v1", Model: m.name, Input: p.input, App: "tintype 1.0.0",
	}
	if p.lastKey != "" && p.rng.IntN(3) > 0 {
		e.Parent = p.lastKey
	}
	p.lastKey = e.Key
	if m.price > 0 {
		e.Price = &history.Price{Amount: m.price, Unit: "picture", Source: "replicate.com", Date: "2026-08-01"}
	}
	lines := &journalLines{user: p, at: p.now, entries: starred}
	e = lines.add(e)
	switch n := p.rng.IntN(200); {
	case n < 3:
		lines.addRefused(e)
	case n < 4:
		lines.addUnconfirmed(e)
	default:
		lines.addAccepted(e, m.takes, m.price)
	}
	return lines.entries
}

func randomKey(t time.Time, r *rand.Rand) string {
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

func randomID(r *rand.Rand) string {
	const letters = "0123456789abcdefghjkmnpqrstvwxyz"
	b := make([]byte, 26)
	for i := range b {
		b[i] = letters[r.IntN(32)]
	}
	return string(b)
}

func randomHex(r *rand.Rand, n int) string {
	var b strings.Builder
	for b.Len() < n {
		fmt.Fprintf(&b, "%016x", r.Uint64())
	}
	return b.String()[:n]
}
