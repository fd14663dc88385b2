package runner

import (
	"fmt"
	"maps"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
)

// wireInput is an entry's input as it goes over the wire: an image that stands as a path on this disk becomes a data: URI, and
// sums holds its sha256 by that path. Everything else is sent exactly as it stands.
func wireInput(e history.Entry, p api.Provider) (input map[string]any, sums map[string]string, err error) {
	input = maps.Clone(e.Input)
	err = eachImages(model.Find(e.Model), e.Input, func(name string, value any) error {
		sent, err := replaceImages(value, func(path string) (string, error) {
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
		input[name] = sent
		return err
	})
	return input, sums, err
}

// eachImages calls do with every value of an input that is an input image, or a list of them.
func eachImages(m model.Model, input map[string]any, do func(name string, value any) error) error {
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

// replaceImages puts another text in the place of an image, or of each in a list.
func replaceImages(value any, by func(string) (string, error)) (any, error) {
	switch v := value.(type) {
	case string:
		return by(v)
	case []string:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return replaceImages(list, by)
	case []any:
		replaced := make([]any, len(v))
		for i := range v {
			one, err := replaceImages(v[i], by)
			if err != nil {
				return nil, err
			}
			replaced[i] = one
		}
		return replaced, nil
	}
	return value, nil
}

// unusable is a refusal of our own, before anything is sent.
func unusable(format string, args ...any) error {
	return &api.Error{Code: api.CodeInvalid, Outcome: api.Refused, Detail: fmt.Sprintf(format, args...)}
}
