package ui

import "tintype/ui/picturekey"

// inputKey identifies what an enter would buy. Inputs have the same key if the provider is sent the same, however they are written: the
// settings send every default that they show, while the command line sends none.
func inputKey(id string, input map[string]any) string { return string(picturekey.OfRequest(id, input)) }
