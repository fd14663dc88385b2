package model

// rows builds the catalogue.
func rows() []Model { return []Model{{ID: Default, Known: true, Output: Many, Parameters: common()}} }

// common are the parameters that all models share.
func common() []Parameter {
	return []Parameter{{Name: "prompt", Type: String, Required: true, Help: "what to show"}}
}
