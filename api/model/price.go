package model

// Where the prices were read, and when, as exactly as is known.
const (
	replicateSource = "replicate.com"
	cometSource     = "www.cometapi.com/models/replicate/black-forest-labs/flux-2-flex/"
	priceDate       = "2026-08"
)

// prices holds what was published, by model. What is missing is unknown, not
// free, and is never guessed.
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

func replicatePerPicture(usd float64) []Price {
	return []Price{{Provider: "replicate", Amount: usd, Unit: PerPicture, Source: replicateSource, Date: priceDate}}
}

// Price finds what a provider asks for this model.
func (m Model) Price(provider string) (Price, bool) {
	for _, p := range m.Prices {
		if p.Provider == provider {
			return p, true
		}
	}
	return Price{}, false
}

// Cost is what a prediction with this input will cost at a provider, in US
// dollars. ok is false where that is not known. The demo costs nothing.
func (m Model) Cost(provider string, input map[string]any) (usd float64, ok bool) {
	if provider == "demo" {
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

// costBySize is unknown with input images: their megapixels count too, and only
// the provider measures them.
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
