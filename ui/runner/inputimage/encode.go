package inputimage

import (
	"maps"

	"tintype/api"
	"tintype/api/model"
)

// Encode returns an input as it is sent: an image that is a path on this disk becomes a data: URI, and sums has its SHA-256 by that
// path. Everything else is sent exactly as it is. The given input is not changed. An image that cannot be sent is an *api.Error
// with the outcome Refused.
func Encode(m model.Model, input map[string]any, p api.Provider) (wire map[string]any, sums map[string]string, err error) {
	wire = maps.Clone(input)
	err = eachImage(m, input, func(name string, value any) error {
		sent, err := mapImages(value, func(path string) (string, error) {
			if !model.IsPath(path) {
				return path, nil
			}
			f, err := readImage(path, p)
			if err != nil {
				return "", err
			}
			if sums == nil {
				sums = map[string]string{}
			}
			sums[path] = f.sha256
			return f.uri, nil
		})
		wire[name] = sent
		return err
	})
	return wire, sums, err
}

// eachImage calls do with every value of an input that is an input image, or a list of them.
func eachImage(m model.Model, input map[string]any, do func(name string, value any) error) error {
	for _, p := range m.Parameters {
		value, given := input[p.Name]
		if !given || p.Type != model.Image && p.Type != model.Images {
			continue
		}
		if err := do(p.Name, value); err != nil {
			return err
		}
	}
	return nil
}

// mapImages replaces an image, or each of a list, by what f returns for it.
func mapImages(value any, f func(string) (string, error)) (any, error) {
	switch v := value.(type) {
	case string:
		return f(v)
	case []string:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return mapImages(list, f)
	case []any:
		mapped := make([]any, len(v))
		for i := range v {
			image, err := mapImages(v[i], f)
			if err != nil {
				return nil, err
			}
			mapped[i] = image
		}
		return mapped, nil
	}
	return value, nil
}
