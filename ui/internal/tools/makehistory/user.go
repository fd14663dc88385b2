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
	u := &simulatedUser{rng: rand.New(rand.NewPCG(1856, 2)), now: time.Date(2025, 1, 6, 8, 30, 0, 0, time.UTC)}
	u.startProgram()
	u.newIdea()
	return u
}

// startProgram gives the following entries a new driver.
func (u *simulatedUser) startProgram() { u.driver = u.newKey() }

// newIdea starts with a new prompt and default settings.
func (u *simulatedUser) newIdea() {
	for i := range u.wordIndex {
		u.wordIndex[i] = u.rng.IntN(len(words[i]))
	}
	u.model = min(u.rng.IntN(8), len(models)-1) * u.rng.IntN(2)
	u.input = map[string]any{"prompt": u.prompt(), "aspect_ratio": "1:1", "output_format": "webp"}
	u.setModelParameters()
}

// setModelParameters adds the parameters that the model has and removes the others.
func (u *simulatedUser) setModelParameters() {
	delete(u.input, "num_outputs")
	delete(u.input, "output_quality")
	if models[u.model].takesQuality {
		u.input["num_outputs"], u.input["output_quality"] = 1, 80
	}
}

func (u *simulatedUser) prompt() string {
	var b strings.Builder
	for i, column := range words {
		b.WriteString(column[u.wordIndex[i]])
		if i < len(words)-1 {
			b.WriteString(separators[i])
		}
	}
	return b.String()
}

// change is what the user changes between two pictures.
func (u *simulatedUser) change() {
	in := map[string]any{}
	for k, v := range u.input {
		in[k] = v
	}
	u.input = in
	switch n := u.rng.IntN(20); {
	case n < 6: // another seed
		delete(in, "seed")
		if models[u.model].takesSeed && n < 3 {
			in["seed"] = u.rng.IntN(1 << 16)
		}
	case n < 9:
		in["aspect_ratio"] = ratios[u.rng.IntN(len(ratios))]
	case n < 10:
		in["output_format"] = []string{"webp", "png", "jpg"}[u.rng.IntN(3)]
	case n < 11:
		u.model = u.rng.IntN(len(models))
		u.setModelParameters()
	case n < 17: // another word
		i := u.rng.IntN(len(u.wordIndex))
		u.wordIndex[i] = u.rng.IntN(len(words[i]))
		in["prompt"] = u.prompt()
	default:
		u.now = u.now.Add(time.Duration(u.rng.IntN(5000)) * time.Second)
		u.newIdea()
	}
	if u.rng.IntN(40) == 0 {
		u.now = u.now.Add(time.Duration(8+u.rng.IntN(40)) * time.Hour)
		u.startProgram()
	}
}

func (u *simulatedUser) newKey() string { return randomKey(u.now, u.rng) }

// starLiked returns lines that star earlier pictures.
func (u *simulatedUser) starLiked() (starred []history.Entry) {
	for _, e := range u.toStar {
		u.now = u.now.Add(3 * time.Second)
		e.Rev, e.Time, e.Star = e.Rev+1, u.now, true
		starred = append(starred, e)
	}
	u.toStar = nil
	return starred
}

// predict returns the lines of one prediction, from before the POST to the end. After a restart of the program the
// lines of starLiked come first.
func (u *simulatedUser) predict() []history.Entry {
	before := u.driver
	u.change()
	var starred []history.Entry
	if u.driver != before {
		starred = u.starLiked()
	}
	u.now = u.now.Add(time.Duration(4000+u.rng.IntN(60000)) * time.Millisecond)
	m := models[u.model]
	e := history.Entry{
		V: history.Version, Key: u.newKey(), State: history.Creating, Driver: u.driver, Provider: "replicate",
		BaseURL: "https://api.replicate.com/v1", Model: m.name, Input: u.input, App: "tintype 1.0.0",
	}
	if u.lastKey != "" && u.rng.IntN(3) > 0 {
		e.Parent = u.lastKey
	}
	u.lastKey = e.Key
	if m.price > 0 {
		e.Price = &history.Price{Amount: m.price, Unit: "picture", Source: "replicate.com", Date: "2026-08-01"}
	}
	lines := &journalLines{user: u, at: u.now, entries: starred}
	e = lines.add(e)
	switch n := u.rng.IntN(200); {
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
