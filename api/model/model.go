// Package model is the catalogue of the FLUX models: what each one takes, in
// which range, with which default, what it gives back and what it costs.
//
// Its rules: the tables are written by hand from Replicate's published input
// schemas and pages, in Replicate's own order; a price stands here only where
// somebody published it; a model that is not in the catalogue still works, with
// the parameters that all models share (Known is false). The package reads no
// file and no network, and imports nothing of ours.
//
// Values are those of JSON: string, bool, int64 for Integer, float64 for Number,
// []string for Images. What comes in from JSON (float64, json.Number, int, []any)
// is understood everywhere.
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
	Image   Type = "image"  // a URL, a data: URI, or a path on this disk, which whoever sends it turns into one
	Images  Type = "images" // several of them
)

// Parameter is one key of a prediction's input.
type Parameter struct {
	Name        string
	Type        Type
	Required    bool
	Default     any      // nil: none; the model decides
	Min, Max    *float64 // nil: no limit on that side
	Choices     []string // the only values allowed, in Replicate's order
	AllowsOther bool     // Choices are suggestions, other values may work
	Multiple    int      // 0, or the value must be a multiple of it
	MaxItems    int      // of Images; 0: unknown
	Help        string   // one short line for a person
}

// OutputCount says how a model gives its pictures back.
type OutputCount int

// One: output is a single URL. Many: output is a list of URLs, even of one.
const (
	One OutputCount = iota
	Many
)

// Unit is what a price is paid for.
type Unit string

// The units that the providers' lists use.
const (
	PerPicture    Unit = "picture"    // each picture asked for
	PerPrediction Unit = "prediction" // each create, whatever it gives
	PerMegapixel  Unit = "megapixel"  // Base, and Amount for each megapixel of output
)

// Price is what a provider asks for a model, in US dollars.
type Price struct {
	Provider string
	Amount   float64
	Base     float64 // added once per prediction, with PerMegapixel
	Unit     Unit
	Source   string // who published it
	Date     string // when it was read, as far as that is known
}

// Model is one row of the catalogue.
type Model struct {
	ID              string // owner/name
	Known           bool   // false: not in the catalogue, Parameters are the common ones
	Parameters      []Parameter
	Outputs         OutputCount
	Prices          []Price
	TypicalDuration time.Duration // how long a prediction usually takes; 0 unknown
}

// Default is the model that is taken when none is named.
const Default = owner + "flux-schnell"

const owner = "black-forest-labs/"

// All lists the catalogue, schnell first, then by family. The result is the
// caller's own.
func All() []Model { return slices.Clone(catalogue) }

var catalogue = buildCatalogue()

// Find gives the model of that id. A short name ("flux-dev") is one of
// Black Forest Labs'. An id that the catalogue does not know gets the parameters
// common to all, and Known is false.
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

// CheckID says in a sentence what is wrong with an id that Find would not be
// able to use: a model is named owner/name, or by a short name of the catalogue.
func CheckID(id string) error {
	full := Find(id).ID
	if !idShape.MatchString(full) || len(full) > 200 {
		return fmt.Errorf("a model is named as owner/name, like %s; %q is not", Default, id)
	}
	if !strings.Contains(id, "/") && !Find(id).Known {
		return fmt.Errorf("no model is called %q; see `tintype models`, or name any other as owner/name", id)
	}
	return nil
}

// Name is the short name of one of our models, and the whole id of any other.
func (m Model) Name() string {
	if m.Known {
		return strings.TrimPrefix(m.ID, owner)
	}
	return m.ID
}

// Parameter finds a parameter by its name.
func (m Model) Parameter(name string) (Parameter, bool) {
	for _, p := range m.Parameters {
		if p.Name == name {
			return p, true
		}
	}
	return Parameter{}, false
}

// Defaults are the values that the model itself would take, of the parameters
// that have one.
func (m Model) Defaults() map[string]any {
	defaults := map[string]any{}
	for _, p := range m.Parameters {
		if p.Default != nil {
			defaults[p.Name] = p.Default
		}
	}
	return defaults
}
