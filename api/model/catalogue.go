package model

import (
	"slices"
	"strings"
	"time"
)

// buildCatalogue returns the catalogue, in the order in which it is shown. The first generation follows Replicate's
// published input schemas; a model that differs from them says so.
func buildCatalogue() []Model {
	all := []Model{schnell(), dev(), krea(), pro(), pro11(), ultra()}
	all = append(all, kontextFamily()...)
	all = append(all, flux2Family()...)
	all = append(all, flux3Image())
	all = append(all, loraFamily()...)
	all = append(all, toolFamily()...)
	for i := range all {
		all[i].ID = owner + all[i].ID
		all[i].Known = true
		described := descriptions[strings.TrimPrefix(all[i].ID, owner)]
		all[i].Group, all[i].About = described.group, described.about
	}
	return all
}

func schnell() Model {
	return Model{
		ID: "flux-schnell", Outputs: Many, TypicalDuration: 1200 * time.Millisecond,
		Parameters: []Parameter{
			prompt(), aspectRatio(ratios11...), numOutputs(), inferenceSteps(4, 1, 4), seed(),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(), goFast(true), megapixels("1", "0.25"),
		},
	}
}

func dev() Model {
	return Model{
		ID: "flux-dev", Outputs: Many, TypicalDuration: 8 * time.Second,
		Parameters: []Parameter{
			prompt(), aspectRatio(ratios11...).with(Dependency{On: "image", Not: true}),
			image("image", "start from this picture, and keep its shape"), promptStrength(), numOutputs(),
			inferenceSteps(28, 1, 50), guidance(3, 0, 10), seed(),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(), goFast(true), megapixels("1", "0.25"),
		},
	}
}

// krea takes what dev takes (cog-flux, FluxKreaDevPredictor).
func krea() Model {
	m := dev()
	m.ID = "flux-krea-dev"
	return m
}

// proRatios are the ratios of the models that accept a custom size.
var proRatios = []string{"custom", "1:1", "16:9", "3:2", "2:3", "4:5", "5:4", "9:16", "3:4", "4:3"}

func pro() Model {
	interval := Parameter{Name: "interval", Type: Number, Default: 2.0, Help: "higher gives more varied pictures"}.between(1, 4)
	return Model{
		ID: "flux-pro", Outputs: One, TypicalDuration: 4 * time.Second,
		Parameters: []Parameter{
			prompt(), image("image_prompt", "a picture to take the composition from"), aspectRatio(proRatios...).with(customNeedsSize...),
			side("width", 256, 1440, 32), side("height", 256, 1440, 32), steps(25, 1, 50), guidance(3, 2, 5), interval,
			safetyTolerance(1, 6), promptUpsampling(false), seed(), outputFormat("webp", "webp", "jpg", "png"), outputQuality(80),
		},
	}
}

func pro11() Model {
	return Model{
		ID: "flux-1.1-pro", Outputs: One, TypicalDuration: 4 * time.Second,
		Parameters: []Parameter{
			prompt(), image("image_prompt", "a picture to take the composition from"), aspectRatio(proRatios...).with(customNeedsSize...),
			side("width", 256, 1440, 32), side("height", 256, 1440, 32),
			safetyTolerance(1, 6), seed(), promptUpsampling(false), outputFormat("webp", "webp", "jpg", "png"), outputQuality(80),
		},
	}
}

func ultra() Model {
	blend := Parameter{
		Name: "image_prompt_strength", Type: Number, Default: 0.1,
		Help: "how much the image counts beside the prompt",
	}.between(0, 1).with(Dependency{On: "image_prompt"})
	return Model{
		ID: "flux-1.1-pro-ultra", Outputs: One, TypicalDuration: 8 * time.Second,
		Parameters: []Parameter{
			prompt(), image("image_prompt", "a picture to take the composition from"), blend,
			aspectRatio("21:9", "16:9", "3:2", "4:3", "5:4", "1:1", "4:5", "3:4", "2:3", "9:16", "9:21"),
			safetyTolerance(1, 6), seed(), flag("raw", false, "less polished, more natural"), outputFormat("jpg", "jpg", "png"),
		},
	}
}

func loraFamily() []Model {
	quick, slow, edit := schnell(), dev(), kontextDev()
	quick.ID, slow.ID, edit.ID = "flux-schnell-lora", "flux-dev-lora", "flux-kontext-dev-lora"
	quick.Parameters = insertBeforeLast(quick.Parameters, loraParameters())
	slow.Parameters = append(insertBeforeLast(slow.Parameters, loraParameters()), moreLoraParameters()...)
	edit.Parameters = append(edit.Parameters, kontextLoraParameters()...)
	return []Model{quick, slow, edit}
}

// insertBeforeLast inserts parameters before the last one, which is megapixels in both LoRA schemas.
func insertBeforeLast(list, added []Parameter) []Parameter {
	return slices.Insert(slices.Clone(list), len(list)-1, added...)
}
