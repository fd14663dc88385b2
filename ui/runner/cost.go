package runner

import (
	"maps"
	"math"

	"tintype/api/model"
	"tintype/history"
)

// cost is what a prediction cost, in USD: what it was sent at, so that a price list that changes meanwhile frees nothing of a budget; else
// by the catalogue; nil if neither knows it. Where pictures are billed one by one, it counts those that the provider says it made, or
// those that came.
func cost(e history.Entry) *float64 {
	m, input := model.Find(e.Model), e.Input
	made := countOutputs(e)
	if n := int(e.Metrics["image_count"]); n > 0 {
		made = n
	}
	if made > 0 && made < m.Pictures(input) {
		input = maps.Clone(input)
		input["num_outputs"] = made
	}
	usd, ok := m.Cost(e.Provider, input, e.MeasureImage)
	if n := len(e.Attempts); n > 0 && e.Attempts[n-1].Price > 0 {
		usd, ok = e.Attempts[n-1].Price*madePart(e, usd), true
	}
	if !ok {
		return nil
	}
	usd = math.Round(usd*1e9) / 1e9
	return &usd
}

// madePart returns what part of its full price a prediction costs, whose pictures cost usd by the catalogue: 1 if that is not known.
func madePart(e history.Entry, usd float64) float64 {
	full, ok := model.Find(e.Model).Cost(e.Provider, e.Input, e.MeasureImage)
	if !ok || full <= 0 || usd <= 0 || usd > full {
		return 1
	}
	return usd / full
}
