package wording

import "tintype/ui/format"

// UnknownModel warns that a model is not in the catalogue, before something is bought from it for the first time. free means that nothing is
// billed.
func UnknownModel(id string, free bool) string {
	s := format.Clean(id) + " is not in the catalogue: what it makes may not be a picture (perhaps a film)"
	if free {
		return s + "."
	}
	return s + ", and its price is unknown."
}
