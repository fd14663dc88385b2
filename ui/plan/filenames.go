package plan

import (
	"encoding/json"
	"slices"
	"strings"

	"tintype/api/model"
)

// mayTakeAny reports whether a setting of any name may be in a file: it or the caller has a model that is not in the catalogue, or a
// preset that may name one. Build checks the names then.
func (f *fileSpec) mayTakeAny(models []string) bool {
	isUnknown := func(id string) bool { return id != "" && !model.Find(id).Known }
	if isUnknown(f.Model) || slices.ContainsFunc(models, isUnknown) {
		return true
	}
	return slices.ContainsFunc(f.Axis, func(a fileAxis) bool {
		names := splitNames(strings.TrimSpace(a.Of))
		if slices.Contains(names, OfPreset) {
			return true
		}
		read, err := decodeAxis(a, true)
		if err != nil || !slices.Contains(names, OfModel) {
			return false
		}
		for i := range read.Values {
			if id, _ := read.Value(i, OfModel); id != "" && model.CheckID(id) == nil && !model.Find(id).Known {
				return true
			}
		}
		return false
	})
}

// plain returns settings with the numbers that TOML has: one of JSON would be written as a text, and bought as another picture.
func plain(settings map[string]any) map[string]any {
	if settings == nil {
		return nil
	}
	written := make(map[string]any, len(settings))
	for name, v := range settings {
		written[name] = v
		switch v.(type) {
		case json.Number, []any, map[string]any:
			written[name] = model.Plain(v)
		}
	}
	return written
}
