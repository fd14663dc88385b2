package model

// Where and when the prices were read.
const (
	replicateSource = "replicate.com"
	cometSource     = "www.cometapi.com/models/replicate/black-forest-labs/flux-2-flex/"
	priceDate       = "2026-08"
)

// prices are the published prices by model. A missing price is unknown: it is neither free nor guessed.
var prices = map[string][]Price{
	owner + "flux-schnell":       replicatePerPicture(0.003),
	owner + "flux-dev":           replicatePerPicture(0.025),
	owner + "flux-pro":           replicatePerPicture(0.055),
	owner + "flux-1.1-pro":       replicatePerPicture(0.04),
	owner + "flux-1.1-pro-ultra": replicatePerPicture(0.06),
	owner + "flux-kontext-pro":   replicatePerPicture(0.04),
	owner + "flux-kontext-max":   replicatePerPicture(0.08),
	owner + "flux-2-pro": {{
		Provider: "replicate", Base: 0.015, Amount: 0.015, Unit: PerMegapixel, Source: replicateSource, Date: priceDate,
	}},
	owner + "flux-2-flex": {{
		Provider: "cometapi", Amount: 0.192, Unit: PerPrediction, Source: cometSource, Date: priceDate,
	}},
}

// freeProviders bill nothing for any model. They are the rows of package api with Free set.
var freeProviders = map[string]bool{"demo": true}

// IsFree reports whether a provider bills nothing.
func IsFree(provider string) bool { return freeProviders[provider] }

func replicatePerPicture(usd float64) []Price {
	return []Price{{Provider: "replicate", Amount: usd, Unit: PerPicture, Source: replicateSource, Date: priceDate}}
}

// Price returns a provider's price for this model.
func (m Model) Price(provider string) (Price, bool) {
	for _, p := range m.Prices {
		if p.Provider == provider {
			return p, true
		}
	}
	return Price{}, false
}

// Cost returns the cost of a prediction with this input, in US dollars; false if it is not known.
func (m Model) Cost(provider string, input map[string]any) (usd float64, ok bool) {
	if IsFree(provider) {
		return 0, true
	}
	p, ok := m.Price(provider)
	if !ok {
		return 0, false
	}
	switch p.Unit {
	case PerPicture:
		return p.Amount * float64(m.Pictures(input)), true
	case PerPrediction:
		return p.Amount, true
	case PerMegapixel:
		return m.costBySize(p, input)
	}
	return 0, false
}

// costBySize is unknown with input images: their megapixels are billed too, and only the provider measures them.
func (m Model) costBySize(p Price, input map[string]any) (float64, bool) {
	w, h, ok := m.Size(input)
	if !ok || m.hasImage(input) {
		return 0, false
	}
	return p.Base + p.Amount*float64(w)*float64(h)/1e6, true
}

func (m Model) hasImage(input map[string]any) bool {
	for _, p := range m.Parameters {
		switch p.Type {
		case Image:
			if s, _ := input[p.Name].(string); s != "" {
				return true
			}
		case Images:
			if list, _ := stringList(input[p.Name]); len(list) > 0 {
				return true
			}
		}
	}
	return false
}
