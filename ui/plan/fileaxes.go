package plan

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
)

// encodeAxis returns an axis as its file has it.
func encodeAxis(a Axis) fileAxis {
	f := fileAxis{Of: joinNames(a.Of), Label: a.Label}
	texts := make([]string, len(a.Values))
	hasSet := false
	for i, v := range a.Values {
		texts[i] = v.Text
		if v.Skip {
			texts[i] = "SKIP: " + v.Text
		}
		hasSet = hasSet || v.Set != nil
	}
	f.Values = texts
	if hasSet {
		for _, v := range a.Values {
			set := map[string]any{}
			for name, value := range v.Set {
				if value != nil { // TOML has no null; a name that is missing is removed
					set[name] = value
				}
			}
			f.Set = append(f.Set, plain(set))
		}
	}
	return f
}

// decodeAxis reads an axis. takesAny: it may set what no known model takes.
func decodeAxis(f fileAxis, takesAny bool) (Axis, error) {
	if strings.TrimSpace(f.Of) == "" {
		return Axis{}, errors.New("of is missing, the name of what the axis sets.")
	}
	a := Axis{Of: splitNames(f.Of), Label: f.Label}
	for _, name := range a.Of {
		if err := checkName(name); err != nil && !takesAny {
			return Axis{}, err
		}
	}
	var err error
	if a.Values, err = decodeValues(a.Of, f); err != nil {
		return Axis{}, err
	}
	switch {
	case len(a.Values) == 0:
		return Axis{}, fmt.Errorf("%s needs values: a text such as \"2..4/5\", or a list.", f.Of)
	case len(a.Values) > mostValues:
		return Axis{}, fmt.Errorf("%s has more than %s values.", f.Of, format.Count(mostValues))
	case len(f.Set) > 0 && len(f.Set) != len(a.Values):
		return Axis{}, fmt.Errorf("%s has %d values and %d sets.", f.Of, len(a.Values), len(f.Set))
	}
	for i, set := range f.Set {
		if len(set) == 0 && a.Sets(OfSeed) && a.Values[i].Text == drawnText(i) {
			continue // a seed to draw beside others that are known
		}
		a.Values[i].Set = map[string]any{}
		for _, name := range a.Of {
			a.Values[i].Set[name] = set[name]
			if list, ok := model.StringList(set[name]); ok { // such as input images
				a.Values[i].Set[name] = list
			}
		}
	}
	return a, nil
}

// decodeValues reads the values of an axis: a text as it is typed, a list, or one value.
func decodeValues(of []string, f fileAxis) (list []Value, err error) {
	switch values := f.Values.(type) {
	case string:
		return ParseValues(of, seedCount(of, values))
	case []any:
		for i, v := range values {
			switch v.(type) {
			case []any, map[string]any:
				return nil, fmt.Errorf("%s: value %d is a list or a table. Write a text in quotes, a number, true or false.", f.Of, i+1)
			}
			text, skip := cutSkip(valueText(v))
			list = append(list, Value{Text: text, Skip: skip})
		}
	case int64, float64, bool:
		list = []Value{{Text: valueText(values)}}
	}
	return list, nil
}

// valueText writes a value of TOML as a person would type it.
func valueText(v any) string {
	if f, ok := v.(float64); ok && !math.IsInf(f, 0) {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}

// encodeSkip returns the conditions of a skip by their names: a text, or a list of them for a name with several.
func encodeSkip(skip Skip) map[string]any {
	texts := map[string][]string{}
	for _, c := range skip {
		texts[c.Of] = append(texts[c.Of], c.Operator+c.Value)
	}
	conditions := map[string]any{}
	for of, all := range texts {
		conditions[of] = all
		if len(all) == 1 {
			conditions[of] = all[0]
		}
	}
	return conditions
}

// decodeSkip reads the conditions of a skip.
func decodeSkip(conditions map[string]any) Skip {
	var skip Skip
	for of, v := range conditions {
		all, isList := v.([]any)
		if !isList {
			all = []any{v}
		}
		for _, one := range all {
			skip = append(skip, decodeCondition(of, valueText(one)))
		}
	}
	slices.SortStableFunc(skip, func(a, b Condition) int { return strings.Compare(a.Of, b.Of) })
	return skip
}

// decodeCondition reads a condition: a value, behind an operator if it is not =.
func decodeCondition(of, text string) Condition {
	for _, operator := range []string{"!=", "<=", ">=", "=", "<", ">"} {
		if rest, ok := strings.CutPrefix(text, operator); ok {
			return Condition{of, operator, strings.TrimSpace(rest)}
		}
	}
	return Condition{of, "=", text}
}
