package model

import "time"

// toolFamily are the models that start from a picture: fill, redux, canny, depth.
func toolFamily() []Model {
	return []Model{
		fillPro(), fillDev(), reduxSchnell(), reduxDev(),
		controlPro("flux-canny-pro", 30), controlDev("flux-canny-dev", 30),
		controlPro("flux-depth-pro", 10), controlDev("flux-depth-dev", 10),
	}
}

func fillPro() Model {
	outpaint := Parameter{
		Name: "outpaint", Type: String, Default: "None", Help: "grow the picture; the mask is then ignored",
		Choices: []string{
			"None", "Zoom out 1.5x", "Zoom out 2x", "Make square", "Left outpaint", "Right outpaint",
			"Top outpaint", "Bottom outpaint",
		},
	}
	return Model{
		ID: "flux-fill-pro", Outputs: One, TypicalDuration: 6 * time.Second,
		Parameters: []Parameter{
			prompt(), image("image", "the picture to fill").required(), image("mask", "white is filled, black is kept").with(Dependency{On: "outpaint", Is: "None"}), outpaint,
			seed(), steps(50, 1, 50), promptUpsampling(false), guidance(3, 2, 5), safetyTolerance(1, 6), outputFormat("jpg", "jpg", "png"),
		},
	}
}

// fillDev follows the published schema. cog-flux has since added lora_weights and lora_scale, which Replicate has not
// published yet.
func fillDev() Model {
	return Model{
		ID: "flux-fill-dev", Outputs: Many, TypicalDuration: 8 * time.Second,
		Parameters: []Parameter{
			prompt(), image("image", "the picture to fill").required(), image("mask", "white is filled, black is kept"), numOutputs(),
			inferenceSteps(28, 1, 50), guidance(30, 0, 100), seed(), megapixels("1", "0.25", "match_input"),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(),
		},
	}
}

// reduxImage is optional in the schema, but cog-flux requires it since July 2025.
func reduxImage() Parameter {
	return image("redux_image", "the picture to vary; newer versions need one")
}

func reduxSchnell() Model {
	return Model{
		ID: "flux-redux-schnell", Outputs: Many, TypicalDuration: 1500 * time.Millisecond,
		Parameters: []Parameter{
			reduxImage(), aspectRatio(ratios11...), numOutputs(), inferenceSteps(4, 1, 4), seed(),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(), megapixels("1", "0.25"),
		},
	}
}

func reduxDev() Model {
	return Model{
		ID: "flux-redux-dev", Outputs: Many, TypicalDuration: 8 * time.Second,
		Parameters: []Parameter{
			reduxImage(), aspectRatio(ratios11...), numOutputs(), inferenceSteps(28, 1, 50), guidance(3, 0, 10), seed(),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(), megapixels("1", "0.25"),
		},
	}
}

func controlImage() Parameter {
	return image("control_image", "the picture whose lines or depth are kept").required()
}

func controlPro(name string, guide float64) Model {
	return Model{
		ID: name, Outputs: One, TypicalDuration: 6 * time.Second,
		Parameters: []Parameter{
			prompt(), controlImage(), seed(), steps(50, 15, 50), promptUpsampling(false), guidance(guide, 1, 50), safetyTolerance(1, 6),
			outputFormat("jpg", "jpg", "png"),
		},
	}
}

func controlDev(name string, guide float64) Model {
	return Model{
		ID: name, Outputs: Many, TypicalDuration: 8 * time.Second,
		Parameters: []Parameter{
			prompt(), controlImage(), numOutputs(), inferenceSteps(28, 1, 50), guidance(guide, 0, 100), seed(),
			outputFormat("webp", "webp", "jpg", "png"), outputQuality(80), disableSafetyChecker(), megapixels("1", "0.25", "match_input"),
		},
	}
}
