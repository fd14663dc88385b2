package model

// The sources of prices. Two of them are the providers' own pages; the others are lists that somebody else keeps, so their prices are
// likely, not certain.
const (
	replicateSource = "replicate.com"
	cometSource     = "www.cometapi.com/models/replicate/black-forest-labs/flux-2-flex/"
	puterSource     = "replicate.com, as read by puter.com"
	lumenfallSource = "lumenfall.ai"
	genfeedSource   = "replicate.com, as read by genfeed.ai"
	hkSource        = "replicate.com, as copied by openai-hk"
)

// prices are the published prices by model. Where several rows of a provider could hold for an input, the first counts. A missing price
// is unknown: it is neither free nor guessed.
var prices = map[string][]Price{
	owner + "flux-schnell":         perPicture(0.003, replicateSource, "2026-10"),
	owner + "flux-dev":             perPicture(0.025, replicateSource, "2026-10"),
	owner + "flux-krea-dev":        perPicture(0.025, lumenfallSource, "2026-11"),
	owner + "flux-pro":             perPicture(0.055, replicateSource, "2026-08"),
	owner + "flux-1.1-pro":         perPicture(0.04, replicateSource, "2026-10"),
	owner + "flux-1.1-pro-ultra":   perPicture(0.06, replicateSource, "2026-08"),
	owner + "flux-kontext-pro":     perPicture(0.04, replicateSource, "2026-08"),
	owner + "flux-kontext-max":     perPicture(0.08, replicateSource, "2026-08"),
	owner + "flux-kontext-dev":     perPicture(0.025, hkSource, "2026-11"),
	owner + "flux-dev-lora":        perPicture(0.032, puterSource, "2026-09-16"),
	owner + "flux-fill-pro":        perPicture(0.05, puterSource, "2026-09-16"),
	owner + "flux-fill-dev":        perPicture(0.04, puterSource, "2026-09-16"),
	owner + "flux-canny-pro":       perPicture(0.05, puterSource, "2026-09-16"),
	owner + "flux-canny-dev":       perPicture(0.025, puterSource, "2026-09-16"),
	owner + "flux-depth-pro":       perPicture(0.05, puterSource, "2026-09-16"),
	owner + "flux-depth-dev":       perPicture(0.025, puterSource, "2026-09-16"),
	owner + "flux-redux-schnell":   perPicture(0.003, puterSource, "2026-09-16"),
	owner + "flux-redux-dev":       perPicture(0.025, puterSource, "2026-09-16"),
	owner + "flux-2-pro":           perMegapixel(0.015, 0.015, 0.015, puterSource, "2026-09-16"),
	owner + "flux-2-max":           perMegapixel(0.04, 0.03, 0.03, puterSource, "2026-09-16"),
	owner + "flux-2-flex":          append(perMegapixel(0, 0.06, 0.06, puterSource, "2026-09-16"), cometFlex),
	owner + "flux-2-dev":           fastDev(),
	owner + "flux-2-klein-4b":      perMegapixel(0, 0.001, 0.001, puterSource, "2026-09-16"),
	owner + "flux-2-klein-9b":      perMegapixel(0, 0.015, 0.002, lumenfallSource, "2026-11"),
	owner + "flux-2-klein-9b-base": perMegapixel(0, 0.011, 0.011, puterSource, "2026-09-16"),
	owner + "flux-3-image":         byResolution(map[string]float64{"768sq": 0.0205, "1k": 0.024, "1.5k": 0.035, "2k": 0.05, "4k": 0.3035}),
}

// cometFlex is 0.8 times the price of four megapixels, whatever the size. One megapixel costs a third of it at Replicate.
var cometFlex = Price{Provider: "cometapi", Amount: 0.192, Unit: PerPrediction, Source: cometSource, Date: "2026-08"}

// perPicture is Replicate's price of a model that costs the same for each picture.
func perPicture(usd float64, source, date string) []Price {
	return []Price{{Provider: "replicate", Amount: usd, Unit: PerPicture, Source: source, Date: date}}
}

// perMegapixel is Replicate's price of a model that costs an amount per run and per megapixel of output and input.
func perMegapixel(run, output, input float64, source, date string) []Price {
	return []Price{{Provider: "replicate", Base: run, Amount: output, Input: input, Unit: PerMegapixel, Source: source, Date: date}}
}

// fastDev is the price of flux-2-dev, which is lower with go_fast.
func fastDev() []Price {
	fast := perMegapixel(0, 0.012, 0.012, puterSource, "2026-09-16")
	fast[0].With, fast[0].Value = "go_fast", "on"
	return append(fast, perMegapixel(0, 0.014, 0.014, puterSource, "2026-09-16")...)
}

// byResolution is the price of flux-3-image, which depends on its resolution alone.
func byResolution(usd map[string]float64) []Price {
	var list []Price
	for _, resolution := range flux3Resolutions {
		p := perPicture(usd[resolution], genfeedSource, "2026-10-01")[0]
		p.With, p.Value = "resolution", resolution
		list = append(list, p)
	}
	return list
}
