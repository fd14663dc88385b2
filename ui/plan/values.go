package plan

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
)

// mostValues is how many values an axis may have.
const mostValues = 5_000

// ParseAxis reads an axis as it is typed: guidance=2..4/5, model+guidance=flux-dev/2.5,flux-schnell/-. Build checks if a model takes what it
// names. Errors are sentences.
func ParseAxis(typed string) (Axis, error) {
	of, values, ok := strings.Cut(typed, "=")
	if of = strings.TrimSpace(of); of == "" || !ok {
		return Axis{}, fmt.Errorf("An axis is NAME=VALUES, such as guidance=2..4/5; %q is not.", typed)
	}
	a := Axis{Of: splitNames(of)}
	for _, name := range a.Of {
		switch name {
		case OfParent: // plans of finals have it, and no person types it
			return Axis{}, notTaken(name, Names())
		case "":
			return Axis{}, fmt.Errorf("%s: a name is missing beside the +.", of)
		}
	}
	var err error
	a.Values, err = ParseValues(a.Of, seedCount(a.Of, values))
	return a, err
}

// splitNames splits the names of tied settings.
func splitNames(of string) []string {
	if strings.HasPrefix(of, "${") {
		return []string{of}
	}
	names := strings.Split(of, "+")
	for i := range names {
		names[i] = strings.TrimSpace(names[i])
	}
	return names
}

func joinNames(of []string) string { return strings.Join(of, "+") }

// notParameters are the names of axes that set no parameter.
var notParameters = []string{OfModel, OfPreset, OfPrompt, OfReplace, OfImage, OfSeed}

// Names returns all names that an axis may have: those of every model's parameters, and those that set no parameter.
func Names() []string {
	names := slices.Clone(notParameters)
	for _, m := range model.All() {
		for _, p := range m.Parameters {
			if !slices.Contains(names, p.Name) {
				names = append(names, p.Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// checkName returns an error for a name that no model of the catalogue takes.
func checkName(name string) error {
	if strings.HasPrefix(name, "${") && strings.HasSuffix(name, "}") || name == OfParent {
		return nil
	}
	names := Names()
	if slices.Contains(names, name) {
		return nil
	}
	return notTaken(name, names)
}

// isNumeric reports whether a name is that of a number in some model, or one that no model of the catalogue has, so that its values may be
// written as a range.
func isNumeric(name string) bool {
	if checkName(name) != nil {
		return true
	}
	for _, m := range model.All() {
		if p, ok := m.Parameter(name); ok && p.IsNumber() {
			return true
		}
	}
	return false
}

// ParseValues reads the values of an axis: separated by commas, or by || where they contain commas. Numbers may be ranges: 1..9, 1..9:2,
// 2..4/5 (five, evenly), "1, 2, .., 9", "1-9 (+2)" and "1-9 [5]". SKIP: before a value leaves its cells out. Errors are sentences.
func ParseValues(of []string, typed string) ([]Value, error) {
	parts := split(typed)
	if slices.ContainsFunc(of, IsImage) {
		parts = joinData(parts)
	}
	if len(of) == 1 && of[0] == OfSeed {
		if v, err, ok := seedValues(parts); ok {
			return v, err
		}
	}
	numeric := len(of) == 1 && isNumeric(of[0])
	var values []Value
	for i := 0; i < len(parts); i++ {
		text, skip := cutSkip(parts[i])
		texts := []string{text}
		if numeric {
			if numbers, used, err := series(parts[i:]); err != nil {
				return nil, fmt.Errorf("%s: %w", joinNames(of), err)
			} else if used > 0 {
				texts, skip, i = numbers, false, i+used-1
			}
		}
		for _, text := range texts {
			if text == "" && len(parts) == 1 {
				return nil, fmt.Errorf("%s has no values. Write them behind the =.", joinNames(of))
			}
			if text == "" && len(of) == 1 && of[0] != OfReplace && of[0] != OfPreset {
				return nil, fmt.Errorf("%s: value %d is empty. Take one of the commas away.", joinNames(of), i+1)
			}
			if n := strings.Count(text, "/") + 1; len(of) > 1 && n < len(of) {
				return nil, fmt.Errorf("%s: %q needs %d values with / between them, - for none.", joinNames(of), text, len(of))
			}
			values = append(values, Value{Text: text, Skip: skip})
		}
		if len(values) > mostValues {
			return nil, fmt.Errorf("%s: these are more than %s values. Take a larger step.", joinNames(of), format.Count(mostValues))
		}
	}
	return values, nil
}

// split splits values at || if there is one, else at commas.
func split(typed string) []string {
	sep := ","
	if strings.Contains(typed, "||") {
		sep = "||"
	}
	parts := strings.Split(typed, sep)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// joinData joins the parts of images that are written as data: URIs, which have a comma.
func joinData(parts []string) (joined []string) {
	for i := 0; i < len(parts); i++ {
		part := parts[i]
		if at := strings.LastIndex(part, "data:"); at >= 0 && !strings.Contains(part[at:], ",") && i+1 < len(parts) {
			i++
			part += "," + parts[i]
		}
		joined = append(joined, part)
	}
	return joined
}

// cutSkip cuts off the mark of a value whose cells are left out.
func cutSkip(text string) (string, bool) {
	rest, ok := strings.CutPrefix(text, "SKIP:")
	return strings.TrimSpace(rest), ok
}

const numberPattern = `([+-]?(?:\d+\.?\d*|\.\d+))`

var (
	dotsPattern  = regexp.MustCompile(`^` + numberPattern + `\s*\.\.\s*` + numberPattern + `(?:\s*([:/])\s*` + numberPattern + `)?$`)
	stepPattern  = regexp.MustCompile(`^` + numberPattern + `\s*-\s*` + numberPattern + `(?:\s*\(\s*([+-]?\d*\.?\d+)\s*\))?$`)
	evenPattern  = regexp.MustCompile(`^` + numberPattern + `\s*-\s*` + numberPattern + `\s*\[\s*(\d+)\s*\]$`)
	plainPattern = regexp.MustCompile(`^` + numberPattern + `$`)
)

// series reads a range at the beginning of parts, and returns its numbers and how many parts it takes; 0 if there is none.
func series(parts []string) (numbers []string, used int, err error) {
	if len(parts) >= 4 && (parts[2] == ".." || parts[2] == "...") && plainPattern.MatchString(parts[0]) && plainPattern.MatchString(parts[1]) && plainPattern.MatchString(parts[3]) {
		from, next := number(parts[0]), number(parts[1])
		numbers, err = steps(from, number(parts[3]), next-from, places(parts[0], parts[1]))
		return numbers, 4, err
	}
	text := parts[0]
	if m := dotsPattern.FindStringSubmatch(text); m != nil {
		switch m[3] {
		case "/":
			numbers, err = evenly(number(m[1]), number(m[2]), number(m[4]))
		case ":":
			numbers, err = steps(number(m[1]), number(m[2]), number(m[4]), places(m[1], m[4]))
		default:
			numbers, err = steps(number(m[1]), number(m[2]), 1, places(m[1]))
		}
		return numbers, 1, err
	}
	if m := evenPattern.FindStringSubmatch(text); m != nil {
		numbers, err = evenly(number(m[1]), number(m[2]), number(m[3]))
		return numbers, 1, err
	}
	if m := stepPattern.FindStringSubmatch(text); m != nil {
		step := 1.0
		if m[3] != "" {
			step = number(m[3])
		}
		numbers, err = steps(number(m[1]), number(m[2]), step, places(m[1], m[3]))
		return numbers, 1, err
	}
	return nil, 0, nil
}

// number returns the number of a text that matches numberPattern.
func number(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

// places returns the most decimal places of some numbers.
func places(texts ...string) (most int) {
	for _, s := range texts {
		if _, decimals, ok := strings.Cut(s, "."); ok {
			most = max(most, len(decimals))
		}
	}
	return most
}

// steps returns the numbers from one to another by a step, the last included if a step meets it.
func steps(from, to, step float64, places int) (texts []string, err error) {
	if step == 0 || math.IsInf(from, 0) || math.IsInf(to, 0) || math.IsInf(step, 0) {
		return nil, fmt.Errorf("the step of a range cannot be %s.", decimal(step, places))
	}
	if step > 0 == (to < from) && to != from {
		step = -step
	}
	n := math.Floor((to-from)/step+1e-9) + 1
	if n > mostValues {
		return nil, fmt.Errorf("these are more than %s values. Take a larger step.", format.Count(mostValues))
	}
	for i := range int(n) {
		texts = append(texts, decimal(from+float64(i)*step, places))
	}
	return texts, nil
}

// evenly returns n numbers from one to another, evenly spaced.
func evenly(from, to, n float64) (texts []string, err error) {
	if n != math.Floor(n) || n < 1 || n > mostValues {
		return nil, fmt.Errorf("the number of values must be a whole number from 1 to %s.", format.Count(mostValues))
	}
	if n == 1 {
		return []string{decimal(from, 6)}, nil
	}
	for i := range int(n) {
		texts = append(texts, decimal(from+(to-from)*float64(i)/(n-1), 6))
	}
	return texts, nil
}

// decimal writes a number with at most that many decimal places.
func decimal(f float64, places int) string {
	s := strconv.FormatFloat(f, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}
