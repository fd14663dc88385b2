// Package picturekey computes the key of a picture: two inputs have the same key if a provider would make the same picture of them.
//
// It is pure. A key is made of the model, its version if named, and the input: with the model's defaults put in, without what the model does
// not take or what has no effect beside the other values, with input images by the sha256 of their content, and with the requested seed.
// What a provider names as the version where none was asked for does not count.
// The provider and its address are not in it, and the format and the quality of the file only if a Rule says so.
package picturekey

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/params"
)

// A Key names a picture: 64 hexadecimal digits.
type Key string

// A Rule says what makes another picture. The zero value is the usual one. All keys that are compared must be made by the same rule.
type Rule struct {
	SameFormat bool // files of another format or quality are other pictures
}

// Of returns the key of an input, which may have the types of package model or those that JSON decoding makes. images has the sha256 of
// input images by their paths. An image that is not in it counts by its path or address.
func (r Rule) Of(modelID, version string, input map[string]any, images map[string]string) Key {
	m := model.Find(modelID)
	effective := maps.Clone(input)
	for name := range input {
		if _, taken := m.Parameter(name); m.Known && !taken || name != params.Prompt && m.CheckEffect(name, input) != nil {
			delete(effective, name) // as if it were the default
		}
	}
	named := withDefaults(m, effective, images)
	if !r.SameFormat {
		delete(named, params.Format)
		delete(named, params.Quality)
	}
	return sum(m.ID, cmp.Or(model.CleanVersion(version), m.Version), named)
}

// OfRequest returns the key of an input as it is sent, however it is written: nothing but the defaults makes no difference.
func OfRequest(modelID string, input map[string]any) Key {
	m := model.Find(modelID)
	return sum(m.ID, m.Version, withDefaults(m, input, nil))
}

// withDefaults returns an input with the model's defaults, each value in the one way in which a key has it.
func withDefaults(m model.Model, input map[string]any, images map[string]string) map[string]any {
	named := make(map[string]any, len(input)+len(m.Parameters))
	for _, p := range m.Parameters {
		if p.Default != nil {
			named[p.Name] = canonical(p, p.Default, nil)
		}
	}
	for name, v := range input {
		if p, known := m.Parameter(name); known {
			v = canonical(p, v, images)
		} else {
			v = model.Plain(v)
		}
		if v != nil && v != "" {
			named[name] = v
		}
	}
	return named
}

// sum returns the key of a model and an input.
func sum(modelID, version string, named map[string]any) Key {
	b, err := json.Marshal([]any{modelID, version, named}) // the keys of maps are sorted
	if err != nil {
		return "" // not an input that could be sent
	}
	sum := sha256.Sum256(b)
	return Key(hex.EncodeToString(sum[:]))
}

// IsOfFile reports whether a parameter changes the file, and not what is in the picture.
func IsOfFile(name string) bool { return name == params.Format || name == params.Quality }

// canonical returns a value in the one way in which a key has it.
func canonical(p model.Parameter, v any, images map[string]string) any {
	switch p.Type {
	case model.Image:
		return imageName(v, images)
	case model.Images:
		return imageNames(v, images)
	case model.String:
		if text, ok := v.(string); ok && p.Name == params.Prompt {
			return strings.TrimSpace(text)
		}
	}
	return p.Format(v)
}

// imageName returns the checksum of an image, or else its path or address.
func imageName(v any, images map[string]string) any {
	if path, ok := v.(string); ok && images[path] != "" {
		return "sha256:" + images[path]
	}
	return v
}

// imageNames returns imageName of each image of a list.
func imageNames(v any, images map[string]string) any {
	var named []any
	switch list := v.(type) {
	case []string:
		for _, path := range list {
			named = append(named, imageName(path, images))
		}
	case []any:
		for _, path := range list {
			named = append(named, imageName(path, images))
		}
	default:
		return imageName(v, images)
	}
	if len(named) == 0 {
		return nil
	}
	return named
}

// OfEntry returns the key of an entry of the journal.
func (r Rule) OfEntry(e history.Entry) Key { return r.Of(e.Model, e.Version, e.Input, e.Images) }

// OfSeed returns the key that an entry of the journal would have if its input named a seed.
func (r Rule) OfSeed(e history.Entry, seed int64) Key {
	input := maps.Clone(e.Input)
	if input == nil {
		input = map[string]any{}
	}
	input[params.Seed] = seed
	return r.Of(e.Model, e.Version, input, e.Images)
}

// HasSeed reports whether an input fixes its picture: the model takes a seed, and the input has one.
func HasSeed(modelID string, input map[string]any) bool {
	m := model.Find(modelID)
	if _, takes := m.Parameter(params.Seed); m.Known && !takes {
		return false
	}
	_, ok := model.Int(input[params.Seed])
	return ok
}
