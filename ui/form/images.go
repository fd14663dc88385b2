package form

import (
	"maps"
	"slices"
	"sync"

	"tintype/api/model"
)

// imageNames returns the names that models have for their input image: the first image parameter of each, since a second
// one, such as a mask, means something else.
var imageNames = sync.OnceValue(func() []string {
	var names []string
	for _, m := range model.All() {
		if name, ok := ImageParameter(m); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
})

// ImageParameter returns the first parameter of a model that takes an input image; ok is false where there is none.
func ImageParameter(m model.Model) (name string, ok bool) {
	for _, p := range m.Parameters {
		if p.IsImage() {
			return p.Name, true
		}
	}
	return "", false
}

// fitValues returns the chosen values that a model takes, and the names of those that it does not take. The input image
// gets the model's own name for it, as one image or as a list.
func fitValues(m model.Model, chosen map[string]any) (fitted map[string]any, dropped []string) {
	return m.Coerce(withImageRenamed(m, chosen))
}

func withImageRenamed(m model.Model, chosen map[string]any) map[string]any {
	row, ok := ImageParameter(m)
	if _, has := chosen[row]; !ok || has {
		return chosen
	}
	for _, name := range imageNames() {
		_, otherUse := m.Parameter(name) // the model uses the name for something else, such as a mask
		if v, has := chosen[name]; has && !otherUse {
			chosen = maps.Clone(chosen)
			delete(chosen, name)
			chosen[row] = ImageValue(m, row, v)
			return chosen
		}
	}
	return chosen
}

// ImageValue converts an image, or several, to the type of a parameter.
func ImageValue(m model.Model, row string, v any) any {
	images := Images(v)
	p, _ := m.Parameter(row)
	switch {
	case len(images) == 0:
		return nil
	case p.Type == model.Image:
		return images[0]
	}
	return images
}

// deleteImages deletes the input image from the chosen values, under any model's name for it: the form has only one.
func deleteImages(chosen map[string]any) {
	for _, name := range imageNames() {
		delete(chosen, name)
	}
}
