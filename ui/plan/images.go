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
		if len(a.Of) != 1 || !isImage(a.Of[0]) {
			if len(a.Of) > 1 && slices.ContainsFunc(a.Of, isImage) && slices.ContainsFunc(a.Values, func(v Value) bool { return v.Set == nil }) {
				return nil, fmt.Errorf("%s: an image cannot be tied to other settings. Give it as an axis of its own.", a.Name())
			}
			continue
		}
		var values []Value
		for _, v := range a.Values {
			files := []string{v.Text}
			var err error
			if v.Set == nil && isPattern(v.Text) {
				if files, err = matches(a, v.Text, glob); err != nil {
					return nil, err
				}
			}
			for _, file := range files {
				found := Value{Text: file, Set: v.Set, Skip: v.Skip}
				if v.Set == nil {
					path, err := importImage(file)
					if err != nil {
						return nil, fmt.Errorf("%s: %w", a.Name(), err)
					}
					found.Set = map[string]any{a.Of[0]: path}
				}
				values = append(values, found)
			}
		}
		axes[i].Values = values
	}
	return axes, nil
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

// isImage reports whether the values of an axis are input images, one each.
func isImage(name string) bool {
	return name == OfImage || slices.ContainsFunc(model.All(), func(m model.Model) bool {
		p, ok := m.Parameter(name)
		return ok && p.Type == model.Image
	})
}
