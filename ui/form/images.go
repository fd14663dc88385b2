package form

import (
	"maps"
	"slices"
	"sync"

	"tintype/api/model"
)

// imageNames are the names that models have for their input image: each model's first, since a second one, as a mask, means
// something else.
var imageNames = sync.OnceValue(func() []string {
	var names []string
	for _, m := range model.All() {
		if name, ok := imageRowOf(m); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
})

// imageRowOf is the parameter of a model that takes an input image, the first of several; not ok where it takes none.
func imageRowOf(m model.Model) (name string, ok bool) {
	for _, p := range m.Parameters {
		if p.Type == model.Image || p.Type == model.Images {
			return p.Name, true
		}
	}
	return "", false
}

// fitTo is what of the chosen values a model takes. The input image goes along under the model's own name for it, one of a list, or
// a list of one.
func fitTo(m model.Model, chosen map[string]any) (fitted map[string]any, dropped []string) {
	return m.Coerce(renamedImage(m, chosen))
}

func renamedImage(m model.Model, chosen map[string]any) map[string]any {
	row, ok := imageRowOf(m)
	if _, has := chosen[row]; !ok || has {
		return chosen
	}
	for _, name := range imageNames() {
		if v, has := chosen[name]; has && !takesOtherwise(m, name) {
			chosen = maps.Clone(chosen)
			delete(chosen, name)
			chosen[row] = imagesFor(m, row, v)
			return chosen
		}
	}
	return chosen
}

// takesOtherwise tells whether a model has the name for something else than its input image.
func takesOtherwise(m model.Model, name string) bool {
	_, has := m.Parameter(name)
	return has
}

// imagesFor is an image, or several, as a parameter takes them.
func imagesFor(m model.Model, row string, v any) any {
	images := ImagesOf(v)
	p, _ := m.Parameter(row)
	switch {
	case len(images) == 0:
		return nil
	case p.Type == model.Image:
		return images[0]
	}
	return images
}

// forgetImages takes the input image out of what was chosen, under whichever name: the form has one.
func forgetImages(chosen map[string]any) {
	for _, name := range imageNames() {
		delete(chosen, name)
	}
}
