package model

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// Int reads a whole number from any type that JSON decoding and Go code use.
func Int(v any) (int64, bool) {
	switch n := v.(type) {
	case int64:
		return n, true
	case int:
		return int64(n), true
	case json.Number:
		if i, err := n.Int64(); err == nil {
			return i, true
		}
		f, err := n.Float64()
		return exactInt(f, err == nil)
	case float64:
		return exactInt(n, true)
	}
	return 0, false
}

// exactInt refuses fractions, and numbers too large to be exact in a float64.
func exactInt(f float64, ok bool) (int64, bool) {
	return int64(f), ok && f == math.Trunc(f) && math.Abs(f) <= 1<<53
}

// Float reads a number like Int. NaN and infinities are refused.
func Float(v any) (float64, bool) {
	switch n := v.(type) {
	case float64:
		return n, !math.IsNaN(n) && !math.IsInf(n, 0)
	case json.Number:
		f, err := n.Float64()
		return f, err == nil
	}
	i, ok := Int(v)
	return float64(i), ok
}

// StringList reads a list of strings, as Go code or JSON has it; ok is false for any other value.
func StringList(v any) ([]string, bool) {
	switch list := v.(type) {
	case []string:
		return list, true
	case []any:
		all := make([]string, 0, len(list))
		for _, item := range list {
			s, ok := item.(string)
			if !ok {
				return nil, false
			}
			all = append(all, s)
		}
		return all, true
	}
	return nil, false
}

// numberList reads a list of numbers, whatever type each has.
func numberList(v any) ([]float64, bool) {
	switch list := v.(type) {
	case []float64:
		return list, true
	case []any:
		all := make([]float64, 0, len(list))
		for _, item := range list {
			f, ok := Float(item)
			if !ok {
				return nil, false
			}
			all = append(all, f)
		}
		return all, true
	}
	return nil, false
}

// Parse reads a value as a person types it: a number, on or off, a choice in any case, images separated by spaces (with
// \ before a space within a path). The error is a sentence that says what is allowed.
func (p Parameter) Parse(s string) (any, error) {
	if p.Name == "prompt" {
		return s, p.check(s)
	}
	s = strings.TrimSpace(s)
	v, ok := p.parse(s)
	if !ok {
		return nil, fmt.Errorf("%s takes %s; %q is not", p.Name, p.Domain(), s)
	}
	if err := p.check(v); err != nil {
		return nil, err
	}
	return v, nil
}

func (p Parameter) parse(s string) (any, bool) {
	switch p.Type {
	case Integer:
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil
	case Number:
		f, err := strconv.ParseFloat(s, 64)
		return f, err == nil && !math.IsNaN(f) && !math.IsInf(f, 0)
	case Boolean:
		return readBool(s)
	case Images, Texts:
		return splitImages(s), true
	case Numbers:
		return parseNumbers(strings.Fields(s))
	case String:
		return p.matchChoice(s), true
	}
	return s, true
}

// parseNumbers reads a list of numbers; ok is false if one of them is none.
func parseNumbers(words []string) (numbers []float64, ok bool) {
	numbers = make([]float64, 0, len(words))
	for _, word := range words {
		f, err := strconv.ParseFloat(word, 64)
		if err != nil || math.IsNaN(f) || math.IsInf(f, 0) {
			return nil, false
		}
		numbers = append(numbers, f)
	}
	return numbers, true
}

func readBool(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "on", "1":
		return true, true
	case "false", "no", "off", "0":
		return false, true
	}
	return false, false
}

// matchChoice returns the choice in the model's spelling.
func (p Parameter) matchChoice(s string) string {
	for _, c := range p.Choices {
		if strings.EqualFold(c, s) {
			return c
		}
	}
	return s
}

// Format writes a value as a person would type it; "" for nil.
func (p Parameter) Format(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		if v {
			return "on"
		}
		return "off"
	}
	if list, ok := StringList(v); ok {
		return joinImages(list)
	}
	if list, ok := numberList(v); ok {
		words := make([]string, len(list))
		for i, f := range list {
			words[i] = formatNumber(f)
		}
		return strings.Join(words, " ")
	}
	if n, ok := Int(v); ok {
		return strconv.FormatInt(n, 10)
	}
	if f, ok := Float(v); ok {
		return formatNumber(f)
	}
	return fmt.Sprint(v)
}

// Domain describes the allowed values in a few words: "a whole number from 1 to 4", "webp, jpg or png", "on or off".
func (p Parameter) Domain() string {
	switch {
	case len(p.Choices) > 0:
		return joinChoices(p.Choices)
	case p.Type == Boolean:
		return "on or off"
	case p.Type == Image:
		return "a file, an https URL or a data: URI"
	case p.Type == Images && p.MaxItems > 0:
		return fmt.Sprintf("up to %d files, https URLs or data: URIs", p.MaxItems)
	case p.Type == Images:
		return "files, https URLs or data: URIs"
	case p.Type == Texts:
		return "texts separated by spaces"
	case p.Type == Numbers:
		return "numbers separated by spaces"
	}
	return p.numberRange()
}

func (p Parameter) numberRange() string {
	kind := map[Type]string{Integer: "a whole number", Number: "a number", String: "text"}[p.Type]
	switch {
	case p.Min != nil && p.Max != nil:
		return kind + " from " + formatNumber(*p.Min) + " to " + formatNumber(*p.Max)
	case p.Min != nil:
		return kind + " from " + formatNumber(*p.Min) + " on"
	case p.Max != nil:
		return kind + " up to " + formatNumber(*p.Max)
	}
	return kind
}

func formatNumber(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }

func joinChoices(choices []string) string {
	last := len(choices) - 1
	if last == 0 {
		return choices[0]
	}
	return strings.Join(choices[:last], ", ") + " or " + choices[last]
}
