package model

import (
	"math"
	"slices"
)

// IsNumber reports whether the parameter takes one number.
func (p Parameter) IsNumber() bool { return p.Type == Integer || p.Type == Number }

// Step returns the value by steps further: the next choice, on or off, or the next round number. It stops at the ends. A
// nil or invalid value counts as the default. Text and images do not change.
func (p Parameter) Step(v any, by int) any {
	if v == nil {
		v = p.Default
	}
	switch {
	case len(p.Choices) > 0:
		return p.nextChoice(v, by)
	case p.Type == Boolean:
		return by > 0 || by == 0 && v == true
	case p.Type == Integer:
		n, ok := Int(v)
		return int64(p.nextNumber(float64(n), ok, by))
	case p.Type == Number:
		f, ok := Float(v)
		return p.nextNumber(f, ok, by)
	}
	return v
}

func (p Parameter) nextChoice(v any, by int) any {
	s, _ := v.(string)
	at := slices.Index(p.Choices, s)
	if at < 0 {
		return p.Choices[0]
	}
	return p.Choices[min(max(at+by, 0), len(p.Choices)-1)]
}

// nextNumber moves along round numbers: from 83, a step of 5 leads to 85.
func (p Parameter) nextNumber(f float64, known bool, by int) float64 {
	if !known {
		return p.startValue()
	}
	step := p.stepSize()
	if by == 0 {
		return f
	}
	grid := math.Floor(f/step + 1e-9)
	if by < 0 {
		grid = math.Ceil(f/step - 1e-9)
	}
	next := math.Round((grid+float64(by))*step*1e6) / 1e6
	if p.Min != nil {
		next = max(next, *p.Min)
	}
	if p.Max != nil {
		next = min(next, *p.Max)
	}
	return next
}

// startValue is the first value of a number without one: for the side of a picture, the usual size.
func (p Parameter) startValue() float64 {
	switch {
	case p.Multiple > 0 && p.Max != nil:
		return min(1024, *p.Max)
	case p.Min != nil:
		return *p.Min
	}
	return 1
}

// stepSize is the distance of one step: small in narrow ranges, larger in wide ones.
func (p Parameter) stepSize() float64 {
	if p.Multiple > 0 {
		return float64(p.Multiple)
	}
	if p.Min == nil || p.Max == nil {
		return 1
	}
	wide := *p.Max - *p.Min
	switch {
	case p.Type == Integer && wide <= 50:
		return 1
	case p.Type == Integer:
		return 5
	case wide <= 1:
		return 0.05
	case wide <= 4:
		return 0.1
	case wide <= 10:
		return 0.5
	}
	return 1
}
