package plan

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
)

// ResolveImages returns axes whose input images were found: glob returns the files that a pattern such as refs/*.png matches, in order, and
// importImage turns what was typed into the value that is sent. Values that set something already stay as they are. Errors are sentences.
func ResolveImages(axes []Axis, glob func(pattern string) ([]string, error), importImage func(typed string) (string, error)) ([]Axis, error) {
	axes = slices.Clone(axes)
	for i, a := range axes {
		if !slices.ContainsFunc(a.Of, IsImage) {
			continue
		}
		resolve := resolveImages
		if len(a.Of) > 1 {
			resolve = resolveTied
		}
		var values []Value
		for _, v := range a.Values {
			files := []string{v.Text}
			var err error
			if v.Set == nil && len(a.Of) == 1 && isPattern(v.Text) {
				if files, err = matches(a, v.Text, glob); err != nil {
					return nil, err
				}
			}
			for _, file := range files {
				found := Value{Text: file, Set: v.Set, Skip: v.Skip}
				if v.Set == nil && file != "" {
					if err := resolve(a, &found, importImage); err != nil {
						return nil, fmt.Errorf("%s: %w", a.Name(), err)
					}
				}
				values = append(values, found)
			}
		}
		axes[i].Values = values
	}
	return axes, nil
}

// resolveImages sets a value to the images that its text names. A person still reads the text.
func resolveImages(a Axis, v *Value, importImage func(typed string) (string, error)) error {
	name := a.Of[0]
	typed := []string{v.Text}
	list := imageList(name)
	if list != nil {
		parsed, err := list.Parse(v.Text)
		if err != nil {
			return err
		}
		typed, _ = parsed.([]string)
	}
	paths := make([]string, len(typed))
	for i := range typed {
		var err error
		if paths[i], err = importImage(typed[i]); err != nil {
			return err
		}
	}
	v.Set = map[string]any{name: paths}
	if list == nil {
		v.Set[name] = paths[0]
	}
	return nil
}

// resolveTied puts the paths of images into the text of a tied value.
func resolveTied(a Axis, v *Value, importImage func(typed string) (string, error)) error {
	parts := splitTied(a.Of, v.Text)
	for i, name := range a.Of {
		text := strings.TrimSpace(parts[i])
		if !IsImage(name) || text == "-" || text == "" {
			continue
		}
		path, err := importImage(text)
		if err != nil {
			return err
		}
		parts[i] = path
	}
	v.Text = strings.Join(parts, "/")
	return nil
}

// matches returns the files that a pattern matches.
func matches(a Axis, pattern string, glob func(pattern string) ([]string, error)) ([]string, error) {
	files, err := glob(pattern)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %q is no pattern of files. Write \\ before a sign of a name that is one of * ? [.", a.Name(), pattern)
	case len(files) == 0:
		return nil, fmt.Errorf("%s: no file matches %q.", a.Name(), pattern)
	case len(files) > mostValues:
		return nil, fmt.Errorf("%s: %s files match %q, and an axis has at most %s values.", a.Name(), format.Count(len(files)), pattern, format.Count(mostValues))
	}
	return files, nil
}

// isPattern reports whether a value of an image is a pattern of files.
func isPattern(text string) bool { return model.IsPath(text) && strings.ContainsAny(text, "*?[") }

// IsImage reports whether what an axis sets by a name are input images.
func IsImage(name string) bool { return name == OfImage || model.IsImage(name) }

// imageList returns the parameter of an axis whose values are lists of input images; nil for another axis.
func imageList(name string) *model.Parameter {
	for _, m := range model.All() {
		if p, ok := m.Parameter(name); ok && p.Type == model.Images {
			return &p
		}
	}
	return nil
}
