package list

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"tintype/ui/text"
)

// Parameter is one value of a prediction's input.
type Parameter struct {
	Name  string    // as sent
	Value string    // as PlainValue writes it, to be compared
	Text  text.Safe // in a few words: "9:16", "quality 90", "2 outputs"
}

// known are the parameters that have a place of their own, in the order in which they are named: first those that are seen in the
// picture. text writes a value in words; nil writes the name before it, as for all other parameters.
var known = [...]struct {
	name string
	text func(value string) string
}{
	{"aspect_ratio", shapeText},
	{"width", nil},
	{"height", nil},
	{"megapixels", megapixelsText},
	{"resolution", bareText},
	{"output_megapixels", megapixelsText},
	{"num_outputs", countText("output")},
	{"output_format", bareText},
	{"output_quality", qualityText},
	{"guidance", nil},
	{"steps", countText("step")},
	{"num_inference_steps", countText("step")},
	{"prompt_strength", nil},
	{"image_prompt_strength", nil},
}

func bareText(value string) string { return value }

func megapixelsText(value string) string { return value + " MP" }

func qualityText(value string) string { return "quality " + value }

func shapeText(value string) string {
	if value == "match_input_image" {
		return "the image's shape"
	}
	return value
}

// countText returns a text of a number of things.
func countText(thing string) func(value string) string {
	return func(value string) string {
		if value == "1" {
			return "1 " + thing
		}
		return value + " " + thing + "s"
	}
}

// Parameters returns the values of an input, but for the prompt and the seed, in the order in which they are named.
func Parameters(input map[string]any) []Parameter {
	parameters := make([]Parameter, 0, len(input))
	for name, v := range input {
		if v == nil || name == "prompt" || name == "seed" {
			continue
		}
		parameters = append(parameters, Parameter{name, PlainValue(v), ParameterText(name, v)})
	}
	slices.SortFunc(parameters, func(a, b Parameter) int { return CompareNames(a.Name, b.Name) })
	return parameters
}

// CompareNames orders the names of parameters: those with a place of their own, then the others by the alphabet.
func CompareNames(a, b string) int {
	return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a, b))
}

func rank(name string) int {
	for i := range known {
		if known[i].name == name {
			return i
		}
	}
	return len(known)
}

// ParameterText returns a value in a few words: the bare value where it shows what it is, else with its name.
func ParameterText(name string, v any) text.Safe {
	if i := rank(name); i < len(known) && known[i].text != nil {
		return ShortText(known[i].text(PlainValue(v)))
	}
	name = plainName(name)
	if IsImage(v) {
		if path, ok := v.(string); ok && filepath.IsAbs(path) {
			return ShortText(name + " " + filepath.Base(path))
		}
		return ShortText(name)
	}
	switch v {
	case true:
		return ShortText(name + " on")
	case false:
		return ShortText(name + " off")
	}
	return ShortText(name + " " + PlainValue(v))
}

// plainName returns a parameter's name in words.
func plainName(name string) string { return strings.ReplaceAll(name, "_", " ") }

// IsImage reports whether a value is an input image, or a list: it is too long for a row.
func IsImage(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasPrefix(v, "data:") || strings.Contains(v, "://") || filepath.IsAbs(v)
	case []any, map[string]any, []string:
		return true
	}
	return false
}

// ShortText returns raw text cleaned and cut to a few words.
func ShortText(s string) text.Safe { return text.Truncate(text.CleanLine(s), 40, "…") }

// PlainValue writes a value of JSON in one way, whatever its Go type: 80, 80.0 and "80" are the same.
func PlainValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		return plainList(v)
	case []any:
		return plainList(v)
	}
	return fmt.Sprint(v)
}

// plainList writes a list, to be compared. Input images sent as data have megabytes: it keeps their ends and their length.
func plainList[V any](list []V) string {
	var b strings.Builder
	for _, v := range list {
		s := PlainValue(v)
		if n := len(s); n > 256 {
			s = s[:128] + s[n-128:] + strconv.Itoa(n)
		}
		b.WriteString(s)
		b.WriteByte(' ')
	}
	return b.String()
}
