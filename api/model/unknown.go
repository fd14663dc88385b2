package model

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// ParseUnknown parses a value of a parameter that is not in the catalogue: as JSON if it is valid JSON, else as text.
func ParseUnknown(value string) any {
	d := json.NewDecoder(strings.NewReader(value))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil || v == nil || d.More() {
		return value
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return value
	}
	return v
}

// Plain returns a value of a parameter that is not in the catalogue with each number in it as int64, or else as float64, and each list as
// []any: the same value is then the same, whether it was typed or comes from JSON or TOML.
func Plain(v any) any {
	switch v := v.(type) {
	case []string:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return list
	case []any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = Plain(v[i])
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(v))
		for name := range v {
			object[name] = Plain(v[name])
		}
		return object
	}
	if i, ok := Int(v); ok {
		return i
	}
	if f, ok := Float(v); ok {
		return f
	}
	return v
}
