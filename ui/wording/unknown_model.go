package wording

import "tintype/ui/format"

// UnknownModel warns that a model is not in the catalogue, before something is bought from it for the first time.
func UnknownModel(id string) string {
	return format.Clean(id) + " is not in the catalogue: what it makes may not be a picture (perhaps a film), and its price is unknown."
}
