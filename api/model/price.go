package model

import (
	"math"
	"slices"
	"strings"
	"sync/atomic"
)

// Unit is what a price is per.
type Unit string

// The units of the providers' price lists.
const (
	PerPicture    Unit = "picture"    // per requested picture
	PerPrediction Unit = "prediction" // per create, whatever its output
	PerMegapixel  Unit = "megapixel"  // Base, plus Amount per megapixel of output, plus Input per megapixel of each input image
)

// Price is one row of a provider's price list for a model, in US dollars.
type Price struct {
	Provider    string
	With, Value string // only for inputs in which the parameter With has this value, as a person would type it; "" for all
	Amount      float64
	Base        float64 // once per prediction, with PerMegapixel
	Input       float64 // per megapixel of input images, with PerMegapixel
	Unit        Unit
	Source      string // who published it
	Date        string // when it was read, as exactly as is known
	Guess       bool   // no list of this provider has it: it is our guess, and Source says from what
}

// Estimate is what a prediction will cost by a price list. It is arithmetic, not a bill.
type Estimate struct {
	USD   float64
	Price Price // the row that it follows
}

// Measure returns the size in pixels of an input image, which is a path, a URL or a data: URI; ok is false where it is unknown.
type Measure func(image string) (w, h int, ok bool)

// freeProviders bill nothing for any model. They are the rows of package api with Free set.
var freeProviders = map[string]bool{"demo": true}

// IsFree reports whether a provider bills nothing.
func IsFree(provider string) bool { return freeProviders[provider] }

// published are the prices that a provider's own list has, by the model's full id in lower case. They count before the catalogue's.
var published atomic.Pointer[map[string][]Price]

// Publish makes prices from a provider's own list count before those of the catalogue, for the rest of the program. The keys are models'
// full ids.
func Publish(prices map[string][]Price) {
	published.Store(byLowerID(prices))
}

// byLowerID returns a copy of prices, by the models' full ids in lower case.
func byLowerID(prices map[string][]Price) *map[string][]Price {
	byID := make(map[string][]Price, len(prices))
	for id, list := range prices {
		byID[strings.ToLower(id)] = slices.Clone(list)
	}
	return &byID
}

// own are the prices that a person gave. They count before all others.
var own atomic.Pointer[map[string][]Price]

// PublishOwn makes prices that a person gave count before all others, for the rest of the program. The keys are models' full ids.
func PublishOwn(prices map[string][]Price) {
	own.Store(byLowerID(prices))
}

// Prices returns the prices of a model: a person's own first, then those of a provider's own list. Where CometAPI publishes none, a guess from Replicate's
// list is the last.
func (m Model) Prices() []Price {
	var list []Price
	for _, given := range []*map[string][]Price{own.Load(), published.Load()} {
		if given != nil {
			list = append(list, (*given)[strings.ToLower(m.ID)]...)
		}
	}
	list = append(list, prices[m.ID]...)
	if !slices.ContainsFunc(list, func(p Price) bool { return p.Provider == "cometapi" }) {
		list = append(list, guesses(list)...)
	}
	return list
}

// cometDiscount is CometAPI's general rule: its prices are 0.8 times those of the model's maker or host.
const cometDiscount = 0.8

// guesses returns what CometAPI probably asks, by its general rule.
func guesses(list []Price) []Price {
	var guessed []Price
	for _, p := range list {
		if p.Provider != "replicate" {
			continue
		}
		p.Provider, p.Guess, p.Source = "cometapi", true, "0.8 × Replicate's list"
		for _, usd := range []*float64{&p.Amount, &p.Base, &p.Input} {
			*usd = math.Round(*usd*cometDiscount*1e9) / 1e9 // 0.02, not 0.020000000000000004
		}
		guessed = append(guessed, p)
	}
	return guessed
}

// Price returns the row of a provider's price list that holds for an input.
func (m Model) Price(provider string, input map[string]any) (Price, bool) {
	for _, p := range m.Prices() {
		if p.Provider == provider && m.matches(p, input) {
			return p, true
		}
	}
	return Price{}, false
}

// matches reports whether an input is one that a price is for.
func (m Model) matches(p Price, input map[string]any) bool {
	if p.With == "" {
		return true
	}
	v, ok := m.ValueIn(input, p.With)
	parameter, _ := m.Parameter(p.With)
	return ok && strings.EqualFold(parameter.Format(v), p.Value)
}

// Cost returns the cost of a prediction with this input, in US dollars; false if it is not known.
func (m Model) Cost(provider string, input map[string]any, measure Measure) (usd float64, ok bool) {
	e, ok := m.Estimate(provider, input, measure)
	return e.USD, ok
}

// Estimate returns the cost of a prediction with this input and the row of the price list that it follows; false if it is not known.
// measure may be nil, if no input image can be measured.
func (m Model) Estimate(provider string, input map[string]any, measure Measure) (e Estimate, ok bool) {
	if IsFree(provider) {
		return Estimate{}, true
	}
	if e.Price, ok = m.Price(provider, input); !ok {
		return e, false
	}
	switch p := e.Price; p.Unit {
	case PerPicture:
		e.USD = p.Amount * float64(m.Pictures(input))
	case PerPrediction:
		e.USD = p.Amount
	case PerMegapixel:
		e.USD, ok = m.costBySize(p, input, measure)
	}
	return e, ok
}

// costBySize adds up the megapixels of the output and of each input image.
func (m Model) costBySize(p Price, input map[string]any, measure Measure) (usd float64, ok bool) {
	w, h, ok := m.Size(input)
	images := m.images(input)
	if !ok && len(images) > 0 && measure != nil {
		w, h, ok = m.matchedSize(input, images[0], measure)
	}
	if !ok {
		return 0, false
	}
	usd = p.Base + p.Amount*Megapixels(w, h)*float64(m.Pictures(input))
	for _, image := range images {
		if p.Input == 0 {
			break
		}
		if measure == nil {
			return 0, false
		}
		w, h, ok := measure(image)
		if !ok {
			return 0, false
		}
		usd += p.Input * Megapixels(w, h)
	}
	return usd, true
}

// matchedSize returns the size of a picture that takes it from the first input image. Replicate clamps it to between 0.5 and 4
// megapixels where the resolution follows the image too; otherwise the image gives the shape alone.
func (m Model) matchedSize(input map[string]any, image string, measure Measure) (w, h int, ok bool) {
	if m.stringValue(input, "aspect_ratio") != "match_input_image" {
		return 0, 0, false
	}
	w, h, ok = measure(image)
	if !ok || w < 1 || h < 1 {
		return 0, 0, false
	}
	pixels := float64(w) * float64(h)
	want := min(max(pixels, megapixel/2), 4*megapixel)
	if scale, fixed := m.sideScale(input); fixed {
		want = scale * scale * megapixel
	}
	scale := math.Sqrt(want / pixels)
	return int(float64(w) * scale), int(float64(h) * scale), true
}

// megapixel is the providers' megapixel: 1024×1024 pixels count as one.
const megapixel = 1024 * 1024

// Megapixels returns the megapixels that providers bill for a picture of a size: they round up, and count at least one. (A picture of
// 2.25 megapixels "was billed as 3": HeyPuter/puter, pull request 2806.)
func Megapixels(w, h int) float64 {
	return max(math.Ceil(float64(w)*float64(h)/megapixel), 1)
}

// images returns the input images of an input.
func (m Model) images(input map[string]any) []string {
	var all []string
	for _, p := range m.Parameters {
		switch p.Type {
		case Image:
			if s, _ := input[p.Name].(string); s != "" {
				all = append(all, s)
			}
		case Images:
			list, _ := StringList(input[p.Name])
			all = append(all, list...)
		}
	}
	return all
}
