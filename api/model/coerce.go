package model

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Coerce converts another model's values to this model's. A number out of range becomes the nearest allowed one, a ratio
// the nearest ratio, and any other choice the default. dropped are the sorted keys that this model does not take. The
// input is not changed.
func (m Model) Coerce(input map[string]any) (fitted map[string]any, dropped []string) {
	fitted = map[string]any{}
	for name, v := range input {
		p, ok := m.Parameter(name)
		if !ok {
			dropped = append(dropped, name)
			continue
		}
		if v = p.coerce(v); v != nil {
			fitted[name] = v
		}
	}
	slices.Sort(dropped)
	return fitted, dropped
}

// coerce returns nil if there is nothing to keep.
func (p Parameter) coerce(v any) any {
	if v == nil || p.check(v) == nil {
		return v
	}
	switch {
	case p.Name == "prompt":
		return v // even if it is empty: it is still being written
	case p.Name == "aspect_ratio":
		return p.nearestRatio(v)
	case p.Type == Integer:
		if n, ok := Int(v); ok {
			return int64(p.clamp(float64(n)))
		}
	case p.Type == Number:
		if f, ok := Float(v); ok {
			return p.clamp(f)
		}
	case p.Type == Images:
		if list, ok := StringList(v); ok && p.MaxItems > 0 && len(list) > p.MaxItems {
			return p.coerce(slices.Clone(list[:p.MaxItems]))
		}
	}
	return p.Default
}

func (p Parameter) clamp(f float64) float64 {
	if p.Min != nil {
		f = max(f, *p.Min)
	}
	if p.Max != nil {
		f = min(f, *p.Max)
	}
	return f
}

// nearestRatio compares logarithms of ratios, so that 2:1 and 1:2 are equally far from 1:1.
func (p Parameter) nearestRatio(v any) any {
	s, _ := v.(string)
	wanted, ok := ratioOf(s)
	if !ok {
		return p.Default
	}
	best := p.Default
	least := math.Inf(1)
	for _, c := range p.Choices {
		if r, ok := ratioOf(c); ok && math.Abs(math.Log(r/wanted)) < least {
			best, least = c, math.Abs(math.Log(r/wanted))
		}
	}
	return best
}

func ratioOf(s string) (float64, bool) {
	left, right, ok := strings.Cut(s, ":")
	w, errW := strconv.ParseFloat(left, 64)
	h, errH := strconv.ParseFloat(right, 64)
	return w / h, ok && errW == nil && errH == nil && w > 0 && h > 0
}
