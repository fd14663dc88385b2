package model

// The parameters that models share. A model takes one and changes what differs (withDefault, between, required), so
// that each number is written once.

// ratios11 are cog-flux's aspect ratios, in the order of the schemas.
var ratios11 = []string{"1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21"}

func (p Parameter) between(lo, hi float64) Parameter {
	p.Min, p.Max = new(lo), new(hi)
	return p
}

func (p Parameter) withDefault(v any) Parameter {
	p.Default = v
	return p
}

func (p Parameter) required() Parameter {
	p.Required = true
	return p
}

func (p Parameter) multipleOf(n int) Parameter {
	p.Multiple = n
	return p
}

func prompt() Parameter {
	return Parameter{Name: "prompt", Type: String, Required: true, Help: "what the picture shows"}
}

func aspectRatio(choices ...string) Parameter {
	return Parameter{Name: "aspect_ratio", Type: String, Default: "1:1", Choices: choices, Help: "the shape of the picture"}
}

// customNeedsSize are the dependencies of an aspect ratio that may be custom.
var customNeedsSize = []Dependency{{Value: "custom", On: "width"}, {Value: "custom", On: "height"}}

func image(name, help string) Parameter { return Parameter{Name: name, Type: Image, Help: help} }

func images(name string, most int) Parameter {
	return Parameter{Name: name, Type: Images, MaxItems: most, Default: []string{}, Help: "pictures to work from"}
}

func numOutputs() Parameter {
	return Parameter{Name: "num_outputs", Type: Integer, Default: int64(1), Help: "how many pictures at once"}.between(1, 4)
}

func inferenceSteps(usual int64, lo, hi float64) Parameter {
	return Parameter{Name: "num_inference_steps", Type: Integer, Default: usual, Help: "more steps, finer and slower"}.between(lo, hi)
}

func steps(usual int64, lo, hi float64) Parameter {
	p := inferenceSteps(usual, lo, hi)
	p.Name = "steps"
	return p
}

func guidance(usual, lo, hi float64) Parameter {
	return Parameter{Name: "guidance", Type: Number, Default: usual, Help: "higher keeps closer to the prompt"}.between(lo, hi)
}

func promptStrength() Parameter {
	return Parameter{
		Name: "prompt_strength", Type: Number, Default: 0.8,
		Help: "with an input image: 1 forgets the image",
	}.between(0, 1).with(Dependency{On: "image"})
}

// seed has no range in the schemas. Zero means "no seed" on cog-flux's bf16 path, and its fp8 path takes the seed modulo
// 2³²−1.
func seed() Parameter {
	return Parameter{Name: "seed", Type: Integer, Help: "the same seed gives the same picture; 0 may count as none"}
}

func outputFormat(usual string, choices ...string) Parameter {
	return Parameter{Name: "output_format", Type: String, Default: usual, Choices: choices, Help: "the file format of the picture"}
}

func outputQuality(usual int64) Parameter {
	return Parameter{Name: "output_quality", Type: Integer, Default: usual, Help: "0 to 100; no effect on png"}.
		between(0, 100).with(Dependency{On: "output_format", Is: "png", Not: true})
}

func flag(name string, usual bool, help string) Parameter {
	return Parameter{Name: name, Type: Boolean, Default: usual, Help: help}
}

func disableSafetyChecker() Parameter {
	return flag("disable_safety_checker", false, "do not check the pictures for nudity")
}

func goFast(usual bool) Parameter {
	return flag("go_fast", usual, "faster, but a seed may not repeat exactly")
}

func promptUpsampling(usual bool) Parameter {
	return flag("prompt_upsampling", usual, "let the model embellish the prompt")
}

func safetyTolerance(lo, hi float64) Parameter {
	return Parameter{Name: "safety_tolerance", Type: Integer, Default: int64(2), Help: "lower is stricter"}.between(lo, hi)
}

func megapixels(choices ...string) Parameter {
	return Parameter{Name: "megapixels", Type: String, Default: "1", Choices: choices, Help: "about how many megapixels"}
}

func side(name string, lo, hi float64, multiple int) Parameter {
	p := Parameter{Name: name, Type: Integer, Help: "pixels, when the aspect ratio is custom"}
	return p.between(lo, hi).multipleOf(multiple).with(Dependency{On: "aspect_ratio", Is: "custom"})
}

func loraParameters() []Parameter {
	return []Parameter{
		{Name: "lora_weights", Type: String, Help: "a LoRA: owner/name, or a URL of its weights"},
		Parameter{Name: "lora_scale", Type: Number, Default: 1.0, Help: "how strongly the LoRA is applied"}.
			between(-1, 3).with(Dependency{On: "lora_weights"}),
	}
}

// moreLoraParameters are what flux-dev-lora takes since 2025 (cog-flux, 31 July 2025). The tokens of Hugging Face and Civitai are left
// out: what is in an input is written to the history.
func moreLoraParameters() []Parameter {
	return []Parameter{
		{Name: "extra_lora", Type: String, Help: "a second LoRA: owner/name, or a URL of its weights"},
		Parameter{Name: "extra_lora_scale", Type: Number, Default: 1.0, Help: "how strongly the second LoRA is applied"}.
			between(-1, 3).with(Dependency{On: "extra_lora"}),
	}
}

// kontextLoraParameters follow third parties that use flux-kontext-dev-lora; its schema was not published.
func kontextLoraParameters() []Parameter {
	return []Parameter{
		{Name: "lora_weights", Type: String, Help: "a LoRA: owner/name, or a URL of its weights"},
		Parameter{Name: "lora_strength", Type: Number, Default: 1.0, Help: "how strongly the LoRA is applied"}.with(Dependency{On: "lora_weights"}),
	}
}

// kleinLoraParameters are lists: the klein models take several LoRAs, each with its scale.
func kleinLoraParameters() []Parameter {
	return []Parameter{
		{Name: "lora_weights", Type: Texts, Help: "LoRAs, separated by spaces: owner/name or URLs"},
		Parameter{Name: "lora_scales", Type: Numbers, Help: "how strongly each LoRA is applied, like 1 0.5"}.with(Dependency{On: "lora_weights"}),
	}
}

// commonParameters are the parameters of a model that is not in the catalogue: what nearly every picture model takes.
// They have no defaults, so that only what a person chose is sent.
func commonParameters() []Parameter {
	shape := aspectRatio(ratios11...).withDefault(nil)
	file := outputFormat("", "webp", "jpg", "png").withDefault(nil)
	shape.AllowsOther, file.AllowsOther = true, true
	return []Parameter{prompt(), shape, seed(), file}
}
