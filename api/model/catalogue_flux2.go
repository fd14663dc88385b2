package model

import (
	"slices"
	"time"
)

// The later models. Types, defaults and ranges are from Replicate's version pages, choices from dumps of the schemas.

func kontextFamily() []Model {
	pro := Model{
		ID: "flux-kontext-pro", Outputs: One, TypicalDuration: 5 * time.Second,
		Parameters: []Parameter{
			prompt(), image("input_image", "the picture to change"),
			aspectRatio("match_input_image", "1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "4:5", "5:4", "21:9", "9:21",
				"2:1", "1:2").withDefault("match_input_image"),
			seed(), outputFormat("png", "jpg", "png"), safetyTolerance(0, 6), promptUpsampling(false),
		},
	}
	// Assumed, not confirmed: max has the same choices as pro.
	most := pro
	most.ID, most.TypicalDuration = "flux-kontext-max", 6*time.Second
	return []Model{pro, most, kontextDev()}
}

func kontextDev() Model {
	return Model{
		ID: "flux-kontext-dev", Outputs: One, TypicalDuration: 4 * time.Second,
		Parameters: []Parameter{
			prompt(), image("input_image", "the picture to change"),
			aspectRatio("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21",
				"match_input_image").withDefault("match_input_image"),
			inferenceSteps(30, 4, 50), guidance(2.5, 0, 10), seed(),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(), goFast(true),
		},
	}
}

// matchNeeds is the dependency of a size that is taken from the input image.
func matchNeeds(images string) Dependency { return Dependency{Value: "match_input_image", On: images} }

func flux2Ratio() Parameter {
	return aspectRatio("match_input_image", "custom", "1:1", "16:9", "3:2", "2:3", "4:5", "5:4", "9:16", "3:4", "4:3").
		with(customNeedsSize...).with(matchNeeds("input_images"))
}

func flux2Pro(name string, multiple int, usual time.Duration) Model {
	resolution := Parameter{
		Name: "resolution", Type: String, Default: "1 MP",
		Choices: []string{"match_input_image", "0.5 MP", "1 MP", "2 MP", "4 MP"}, Help: "about how many megapixels; not when custom",
	}.with(Dependency{On: "aspect_ratio", Is: "custom", Not: true}, matchNeeds("input_images"))
	return Model{
		ID: name, Outputs: One, TypicalDuration: usual,
		Parameters: []Parameter{
			prompt(), images("input_images", 8), flux2Ratio(), resolution,
			side("width", 256, 2048, multiple), side("height", 256, 2048, multiple),
			safetyTolerance(1, 5), seed(), outputFormat("webp", "webp", "jpg", "png"), outputQuality(80),
		},
	}
}

func flux2Flex() Model {
	m := flux2Pro("flux-2-flex", 32, 16*time.Second)
	m.Parameters[1].MaxItems = 10
	m.Parameters = append(m.Parameters, steps(30, 1, 50), guidance(4.5, 1.5, 10), promptUpsampling(true))
	return m
}

func flux2Dev() Model {
	return Model{
		ID: "flux-2-dev", Outputs: One, TypicalDuration: 5 * time.Second,
		Parameters: []Parameter{
			prompt(), images("input_images", 4), goFast(true), flux2Ratio(),
			side("width", 256, 1440, 32), side("height", 256, 1440, 32), seed(),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(),
		},
	}
}

// klein returns one of the klein models. Their megapixels are not published, so the usual ones are offered, and others may be typed.
func klein(name string, usual time.Duration) Model {
	shape := aspectRatio("match_input_image", "1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "9:16", "9:21", "3:4", "4:3").with(matchNeeds("images"))
	size := Parameter{
		Name: "output_megapixels", Type: String, Default: "1", Choices: []string{"0.25", "1"}, AllowsOther: true,
		Help: "about how many megapixels",
	}
	shape.AllowsOther = true
	return Model{
		ID: name, Outputs: Many, TypicalDuration: usual,
		Parameters: []Parameter{
			prompt(), images("images", 5), shape, size, seed(), goFast(false),
			outputFormat("jpg", "webp", "jpg", "png"), outputQuality(95), disableSafetyChecker(),
		},
	}
}

// kleinBase is an undistilled klein model: it is slower, and takes a guidance.
func kleinBase(name string, usual time.Duration) Model {
	m := klein(name, usual)
	m.Parameters = append(m.Parameters, guidance(4, 1, 10))
	return m
}

// kleinLora is an undistilled klein model with LoRAs, instead of go_fast and guidance.
func kleinLora(name string, usual time.Duration) Model {
	m := klein(name, usual)
	m.Parameters = slices.DeleteFunc(m.Parameters, func(p Parameter) bool { return p.Name == "go_fast" })
	m.Parameters = append(m.Parameters, kleinLoraParameters()...)
	return m
}

// flux2Family has typical durations of real requests, as far as somebody measured them: those of max and flex are Lumenfall's medians of
// 30 days in 2026 (p95 47 s and 23 s).
func flux2Family() []Model {
	return []Model{
		flux2Pro("flux-2-pro", 32, 6*time.Second), flux2Pro("flux-2-max", 16, 26*time.Second), flux2Flex(), flux2Dev(),
		klein("flux-2-klein-4b", 1500*time.Millisecond), klein("flux-2-klein-9b", 2500*time.Millisecond),
		kleinBase("flux-2-klein-4b-base", 4*time.Second), kleinBase("flux-2-klein-9b-base", 5*time.Second),
		kleinLora("flux-2-klein-4b-base-lora", 5*time.Second), kleinLora("flux-2-klein-9b-base-lora", 6*time.Second),
	}
}

// flux3Resolutions are the sizes of flux-3-image, small ones first. 1k is about one megapixel.
var flux3Resolutions = []string{"768sq", "1k", "1.5k", "2k", "4k"}

// flux3Image follows Replicate's schema of 1 October 2026. It has no seed: the same prompt gives another picture each time.
func flux3Image() Model {
	references := images("images", 10)
	references.MinSide = 256
	return Model{
		ID: "flux-3-image", Outputs: One, TypicalDuration: 22 * time.Second,
		Parameters: []Parameter{
			prompt(), references,
			aspectRatio("auto", "21:9", "2:1", "16:9", "3:2", "7:5", "4:3", "5:4", "1:1", "4:5", "3:4", "5:7", "2:3", "9:16", "1:2", "9:21").withDefault("auto"),
			{Name: "resolution", Type: String, Default: "1k", Choices: flux3Resolutions, Help: "the size; 4k takes minutes"},
			flag("grounding", true, "search the web for the prompt; off for comparisons"),
			safetyTolerance(0, 4), outputFormat("webp", "webp", "jpg", "png"), outputQuality(80),
		},
	}
}
