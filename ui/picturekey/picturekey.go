// Package picturekey computes the key of a picture: equal keys mean that a provider would make the same picture.
//
// It is pure. A key is made of the model, its version if named, the input with the model's defaults put in and what it does not take
// dropped, input images by the sha256 of their content, and the requested seed. The provider, its address, and the format and the quality of
// the file are not in it.
package picturekey

import "tintype/history"

// A Key names a picture that could be made; 64 hexadecimal digits.
type Key string

// Of returns the key of an input. images has the sha256 of each input image that is a path, by the path; an image without one
// counts by its path.
func Of(modelID, version string, input map[string]any, images map[string]string) Key { return "" }

// OfEntry returns the key of an entry of the journal.
func OfEntry(e history.Entry) Key { return Of(e.Model, e.Version, e.Input, e.Images) }

// HasSeed reports whether an input of a model fixes the picture: the model takes a seed, and the input has one.
func HasSeed(modelID string, input map[string]any) bool { return false }
