// Package params knows how a prediction's parameters are named, ordered and written in words: in the settings, in the rows of the
// list, in the details and in the comparison. To give a parameter a place of its own in any of these, add or change its row in one of
// the tables.
package params

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"tintype/ui/text"
)

// Names of parameters, as they are sent.
const (
	Prompt  = "prompt"
	Shape   = "aspect_ratio"
	Format  = "output_format"
	Quality = "output_quality"
	Outputs = "num_outputs"
	Seed    = "seed"
)

// parameter is how one parameter is shown.
type parameter struct {
	name     string
	label    string                    // its name in the settings; "" for the plain name
	settings int                       // its place in the settings; 0 for the page of all others
	text     func(value string) string // writes a value in words; nil for the plain name and the value
	inverts  bool                      // it turns off what its label names
	help     string                    // one short line beside its label; "" for the catalogue's
}

// ordered are the parameters that rows and details name first, in this order. The first are those that can be seen in the picture.
var ordered = []parameter{
	{name: Shape, label: "shape", settings: 1, text: shapeText},
	{name: "width", settings: 2},
	{name: "height", settings: 3},
	{name: "megapixels", text: megapixelsText},
	{name: "resolution", text: bareText},
	{name: "output_megapixels", text: megapixelsText},
	{name: Outputs, label: "outputs", settings: 6, text: countText("output")},
	{name: Format, label: "format", settings: 4, text: bareText},
	{name: Quality, label: "quality", settings: 5, text: qualityText},
	{name: "guidance"},
	{name: "steps", text: countText("step")},
	{name: "num_inference_steps", label: "steps", text: countText("step")},
	{name: "prompt_strength"},
	{name: "image_prompt_strength"},
}

// unordered are parameters with a label or a place in the settings, but no place of their own in the order.
var unordered = []parameter{
	{name: Seed, settings: 7},
	{name: "disable_safety_checker", label: "safety check", inverts: true, help: "check the pictures for nudity"},
}

// find returns how a parameter is shown, and its place in the order.
func find(name string) (p parameter, place int) {
	isNamed := func(p parameter) bool { return p.name == name }
	if i := slices.IndexFunc(ordered, isNamed); i >= 0 {
		return ordered[i], i
	}
	if i := slices.IndexFunc(unordered, isNamed); i >= 0 {
		return unordered[i], len(ordered)
	}
	return parameter{name: name}, len(ordered)
}

// InSettings returns the names of the parameters that are in the settings themselves, in order.
func InSettings() []string {
	shown := slices.DeleteFunc(slices.Concat(ordered, unordered), func(p parameter) bool { return p.settings == 0 })
	slices.SortFunc(shown, func(a, b parameter) int { return cmp.Compare(a.settings, b.settings) })
	names := make([]string, len(shown))
	for i, p := range shown {
		names[i] = p.name
	}
	return names
}

// Label returns a parameter's name in the settings.
func Label(name string) string {
	p, _ := find(name)
	return cmp.Or(p.label, PlainName(name))
}

// Inverts reports whether a parameter turns off what its label names: then its value true is shown as off.
func Inverts(name string) bool {
	p, _ := find(name)
	return p.inverts
}

// Help returns the short line about a parameter beside its label; usual is the catalogue's, about its name as sent.
func Help(name, usual string) string {
	p, _ := find(name)
	return cmp.Or(p.help, usual)
}

// Compare orders the names of parameters as rows and details name them.
func Compare(a, b string) int {
	_, placeA := find(a)
	_, placeB := find(b)
	return cmp.Or(cmp.Compare(placeA, placeB), strings.Compare(a, b))
}

// Value is one value of a prediction's input.
type Value struct {
	Name  string    // of the parameter, as sent
	Plain string    // as Plain writes it, to be compared
	Text  text.Safe // in a few words: "9:16", "quality 90", "2 outputs"
}

// Of returns the values of an input, except the prompt and the seed, in the order in which rows and details name them.
func Of(input map[string]any) []Value {
	values := make([]Value, 0, len(input))
	for name, v := range input {
		if v != nil && name != Prompt && name != Seed {
			values = append(values, Value{name, Plain(v), Text(name, v)})
		}
	}
	slices.SortFunc(values, func(a, b Value) int { return Compare(a.Name, b.Name) })
	return values
}

// Text returns a value in a few words: the bare value where it shows what it is, else with its name.
func Text(name string, v any) text.Safe {
	p, _ := find(name)
	if p.text != nil {
		return Short(p.text(Plain(v)))
	}
	name = PlainName(name)
	if on, isBool := v.(bool); isBool && p.inverts {
		name, v = p.label, !on
	}
	if IsImage(v) {
		if path, ok := v.(string); ok && filepath.IsAbs(path) {
			return Short(name + " " + filepath.Base(path))
		}
		return Short(name)
	}
	switch v {
	case true:
		return Short(name + " on")
	case false:
		return Short(name + " off")
	}
	return Short(name + " " + Plain(v))
}

// Bare returns a value in a few words without the parameter's name, for where the name is beside it.
func Bare(name string, v any) text.Safe {
	switch {
	case v == true:
		return "on"
	case v == false:
		return "off"
	case name == Shape:
		return Short(shapeText(Plain(v)))
	}
	if p, _ := find(name); strings.HasSuffix(p.name, "megapixels") {
		return Short(megapixelsText(Plain(v)))
	}
	return Short(Plain(v))
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

// PlainName returns a parameter's name in words.
func PlainName(name string) string { return strings.ReplaceAll(name, "_", " ") }

// IsImage reports whether a value is an input image, a list or an object, which is too long for a row.
func IsImage(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasPrefix(v, "data:") || strings.Contains(v, "://") || filepath.IsAbs(v)
	case []any, map[string]any, []string:
		return true
	}
	return false
}

// Short returns raw text cleaned and cut to a few words.
func Short(s string) text.Safe { return text.Truncate(text.CleanLine(s), 40, "…") }

// Plain writes a value of JSON in one way, whatever its Go type: 80, 80.0 and "80" are the same.
func Plain(v any) string {
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
		s := Plain(v)
		if n := len(s); n > 256 {
			s = s[:128] + s[n-128:] + strconv.Itoa(n)
		}
		b.WriteString(s)
		b.WriteByte(' ')
	}
	return b.String()
}
