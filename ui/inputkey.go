package ui

import (
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/picturekey"
	"tintype/ui/runner"
)

// inputKey identifies what an enter would buy, from a model with its version. Inputs have the same key if the provider is sent the same,
// however they are written: the settings send every default that they show, while the command line sends none.
func inputKey(id string, input map[string]any) string { return string(picturekey.OfRequest(id, input)) }

// draftKey is the inputKey of a draft.
func draftKey(d runner.Draft) string { return inputKey(model.Reference(d.Model, d.Version), d.Input) }

// entryKey is the inputKey of what was bought.
func entryKey(e history.Entry) string { return inputKey(model.Reference(e.Model, e.Version), e.Input) }
