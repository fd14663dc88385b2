package demo

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
)

// Replicate validates with gojsonschema; these are its messages.

// checkBody checks the top level: a version (or a model) if the path has none, an input, and no
// unknown names.
func checkBody(body map[string]any, needsVersion, modelInBody bool) []invalidField {
	var invalid []invalidField
	allowed := []string{"input", "webhook", "webhook_events_filter", "stream"}
	if needsVersion {
		allowed = append(allowed, "version")
		if modelInBody {
			allowed = append(allowed, "model")
		}
		if body["version"] == nil && (!modelInBody || body["model"] == nil) {
			invalid = append(invalid, invalidField{"required", "", "version is required"})
		}
	}
	switch body["input"].(type) {
	case nil:
		invalid = append(invalid, invalidField{"required", "", "input is required"})
	case map[string]any:
	default:
		invalid = append(invalid, invalidField{"invalid_type", "input", "Invalid type. Expected: object, given: " + jsonType(body["input"])})
	}
	for _, name := range slices.Sorted(maps.Keys(body)) {
		if !slices.Contains(allowed, name) {
			invalid = append(invalid, invalidField{"additional_property_not_allowed", "", "Additional property " + name + " is not allowed"})
		}
	}
	return invalid
}

// checkInput checks the parameters. Unknown ones are accepted: whether Replicate refuses them is
// not known.
func checkInput(m model.Model, input map[string]any) []invalidField {
	var invalid []invalidField
	for _, p := range m.Parameters {
		v := input[p.Name]
		if v == nil {
			if p.Required {
				invalid = append(invalid, invalidField{"required", "input", p.Name + " is required"})
			}
			continue
		}
		if kind, text := checkValue(p, v); kind != "" {
			invalid = append(invalid, invalidField{kind, "input." + p.Name, text})
		}
	}
	return invalid
}

func checkValue(p model.Parameter, v any) (kind, text string) {
	if want := schemaType(p.Type); !isJSONType(want, v) {
		return "invalid_type", fmt.Sprintf("Invalid type. Expected: %s, given: %s", want, jsonType(v))
	}
	switch p.Type {
	case model.Integer, model.Number:
		return checkRange(p, v)
	case model.Image:
		return checkImage(v.(string))
	case model.Images, model.Texts, model.Numbers:
		return checkList(p, v.([]any))
	case model.String:
		if s, _ := v.(string); len(p.Choices) > 0 && !p.AllowsOther && !slices.Contains(p.Choices, s) {
			return "enum", p.Name + ` must be one of the following: "` + strings.Join(p.Choices, `", "`) + `"`
		}
	}
	return "", ""
}

// maxDataURI is the longest data: URI that is accepted, in bytes, as Replicate's specification says.
const maxDataURI = 256_000

func checkImage(uri string) (kind, text string) {
	switch {
	case !strings.Contains(uri, ":"):
		return "format", "Does not match format 'uri'"
	case strings.HasPrefix(uri, "data:") && len(uri) > maxDataURI:
		return "format", "A data URI may have at most 256kB"
	}
	return "", ""
}

func checkRange(p model.Parameter, v any) (kind, text string) {
	f, _ := model.Float(v)
	switch {
	case p.Min != nil && f < *p.Min:
		return "number_gte", "Must be greater than or equal to " + p.Format(*p.Min)
	case p.Max != nil && f > *p.Max:
		return "number_lte", "Must be less than or equal to " + p.Format(*p.Max)
	}
	return "", ""
}

func checkList(p model.Parameter, list []any) (kind, text string) {
	for _, item := range list {
		if want := itemType(p.Type); !isJSONType(want, item) {
			return "invalid_type", "Invalid type. Expected: " + want + ", given: " + jsonType(item)
		}
		if s, _ := item.(string); p.Type == model.Images {
			if kind, text := checkImage(s); kind != "" {
				return kind, text
			}
		}
	}
	if p.MaxItems > 0 && len(list) > p.MaxItems {
		return "array_max_items", fmt.Sprintf("Array must have at most %d items", p.MaxItems)
	}
	return "", ""
}

// itemType is the JSON type of the items of a list.
func itemType(t model.Type) string {
	if t == model.Numbers {
		return "number"
	}
	return "string"
}

func schemaType(t model.Type) string {
	switch t {
	case model.Image:
		return "string"
	case model.Images, model.Texts, model.Numbers:
		return "array"
	}
	return string(t)
}

func isJSONType(want string, v any) bool {
	given := jsonType(v)
	return given == want || want == "number" && given == "integer"
}

// jsonType is the name of a value's JSON type.
func jsonType(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case string:
		return "string"
	case bool:
		return "boolean"
	case []any:
		return "array"
	case json.Number:
		if _, ok := model.Int(v); ok {
			return "integer"
		}
		return "number"
	}
	return "object"
}
