// Package model is the catalogue of the FLUX models: the parameters of each with their ranges and defaults, what it
// returns and what it costs.
//
// Its rules: the tables are written by hand from Replicate's published input schemas and pages, in Replicate's order. A
// price is listed only if it was published. A model that is not in the catalogue still works, with the parameters that
// all models share (Known is false). The package reads no files and no network, and imports no other package of tintype.
//
// Values have JSON's types: string, bool, int64 for Integer, float64 for Number, []string for Images. Values decoded
// from JSON (float64, json.Number, int, []any) are accepted everywhere.
package model

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Type is the type of a parameter's value.
type Type string

// The types that FLUX models use.
const (
	String  Type = "string"
	Integer Type = "integer"
	Number  Type = "number"
	Boolean Type = "boolean"
	Image   Type = "image"  // a URL, a data: URI, or a path on this machine, which the sender converts to a data: URI
	Images  Type = "images" // a list of images
)

// Parameter is one key of a prediction's input.
type Parameter struct {
	Name        string
	Type        Type
	Required    bool
	Default     any          // nil if the model decides
	Min, Max    *float64     // nil for no limit
	Choices     []string     // the allowed values, in Replicate's order
	AllowsOther bool         // Choices are suggestions; other values may work
	Multiple    int          // if not 0, the value must be a multiple of it
	MaxItems    int          // of Images; 0 if unknown
	DependsOn   []Dependency // all must hold, or the value has no effect
	Help        string       // one short line for a person
}

// OutputCount says how a model returns its pictures.
type OutputCount int

// The ways of returning pictures.
const (
	One  OutputCount = iota // the output is a single URL
	Many                    // the output is a list of URLs, even of one picture
)

// Unit is what a price is per.
type Unit string

// The units of the providers' price lists.
const (
	PerPicture    Unit = "picture"    // per requested picture
	PerPrediction Unit = "prediction" // per create, whatever its output
	PerMegapixel  Unit = "megapixel"  // Base, plus Amount per megapixel of output
)

// Price is a provider's price for a model, in US dollars.
type Price struct {
	Provider string
	Amount   float64
	Base     float64 // once per prediction, with PerMegapixel
	Unit     Unit
	Source   string // who published it
	Date     string // when it was read, as exactly as is known
}

// Model is one model of the catalogue.
type Model struct {
	ID              string // owner/name
	Known           bool   // false if it is not in the catalogue; then it has the common parameters
	Parameters      []Parameter
	Outputs         OutputCount
	Prices          []Price
	TypicalDuration time.Duration // how long a prediction usually takes; 0 if unknown
}

// Default is the model that is used if none is named.
const Default = owner + "flux-schnell"

const owner = "black-forest-labs/"

// All returns the catalogue, schnell first, then by family. The result is a copy.
func All() []Model { return slices.Clone(catalogue) }

var catalogue = buildCatalogue()

// Find returns the model with that id. An id without an owner ("flux-dev") is one of Black Forest Labs'. A model that is
// not in the catalogue gets the common parameters, and Known is false.
func Find(id string) Model {
	full := id
	if !strings.Contains(id, "/") {
		full = owner + id
	}
	for _, m := range catalogue {
		if strings.EqualFold(m.ID, full) {
			return m
		}
	}
	return Model{ID: full, Parameters: commonParameters()}
}

var idShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*$`)

// CheckID reports in a sentence what is wrong with a model's id. It must be owner/name, or a short name in the
// catalogue.
func CheckID(id string) error {
	m := Find(id)
	if !idShape.MatchString(m.ID) || len(m.ID) > 200 {
		return fmt.Errorf("a model is named as owner/name, like %s; %q is not", Default, id)
	}
	if !strings.Contains(id, "/") && !m.Known {
		return fmt.Errorf("no model is called %q; see `tintype models`, or name any other as owner/name", id)
	}
	return nil
}

// Name is the short name of a model in the catalogue, and the full id of any other.
func (m Model) Name() string {
	if m.Known {
		return strings.TrimPrefix(m.ID, owner)
	}
	return m.ID
}

// Parameter returns the parameter with that name.
func (m Model) Parameter(name string) (Parameter, bool) {
	for _, p := range m.Parameters {
		if p.Name == name {
			return p, true
		}
	}
	return Parameter{}, false
}

// ValueIn returns the value of a parameter in an input: as sent, or else the model's default. ok is false where there is neither.
func (m Model) ValueIn(input map[string]any, name string) (v any, ok bool) {
	if v, ok := input[name]; ok && v != nil {
		return v, true
	}
	p, ok := m.Parameter(name)
	return p.Default, ok && p.Default != nil
}

// Defaults returns the values that the model uses itself, of the parameters that have one.
func (m Model) Defaults() map[string]any {
	defaults := map[string]any{}
	for _, p := range m.Parameters {
		if p.Default != nil {
			defaults[p.Name] = p.Default
		}
	}
	return defaults
}
