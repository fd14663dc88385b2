// Package model is the catalogue of the FLUX models: the parameters of each with their ranges and defaults, what it
// returns and what it costs.
//
// Its rules: the tables are written by hand from Replicate's published input schemas and pages, in Replicate's order. A
// price is listed only if it was published. A model that is not in the catalogue still works, with the parameters that
// all models share (Known is false). The package reads no files and no network, and imports no other package of tintype.
//
// Values have JSON's types: string, bool, int64 for Integer, float64 for Number, []string for Images and Texts, []float64 for
// Numbers. Values decoded from JSON (float64, json.Number, int, []any) are accepted everywhere.
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
	Texts   Type = "texts"  // a list of texts
	Numbers Type = "numbers"
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
	MinSide     int          // the least width and height of an image, in pixels; 0 if unknown
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

// Group says what a model is for.
type Group string

// The groups, in the order in which they are shown.
const (
	Fast  Group = "fast"  // cheap and quick: for trying prompts
	Best  Group = "best"  // slower, and more exact
	Edit  Group = "edit"  // changes a picture as the prompt says
	Tools Group = "tools" // fills, varies or redraws a picture, or applies a LoRA
)

// Groups returns the groups in the order in which they are shown.
func Groups() []Group { return []Group{Fast, Best, Edit, Tools} }

// Model is one model of the catalogue.
type Model struct {
	ID              string // owner/name
	Version         string // the version that Find was asked for; "" for the one that the provider chooses
	Known           bool   // false if it is not in the catalogue; then it has the common parameters
	Group           Group  // "" if it is not in the catalogue
	About           string // what it is good for, in a few words; "" if it is not in the catalogue
	Parameters      []Parameter
	Outputs         OutputCount
	TypicalDuration time.Duration // how long a prediction usually takes; 0 if unknown
}

// Default is the model that is used if none is named.
const Default = owner + "flux-schnell"

const owner = "black-forest-labs/"

// All returns the catalogue, schnell first, then by family. The result is a copy.
func All() []Model { return slices.Clone(catalogue) }

var catalogue = buildCatalogue()

// Find returns the model with that id, which may have a version behind it: owner/name:version. An id without an owner ("flux-dev") is
// one of Black Forest Labs'. A model that is not in the catalogue gets the common parameters, and Known is false.
func Find(id string) Model {
	id, version, _ := strings.Cut(id, ":")
	full := id
	if !strings.Contains(id, "/") {
		full = owner + id
	}
	for _, m := range catalogue {
		if strings.EqualFold(m.ID, full) {
			m.Version = version
			return m
		}
	}
	return Model{ID: full, Version: version, Parameters: commonParameters()}
}

// Reference is the model's id, with its version if it has one: owner/name or owner/name:version. Find reads it.
func (m Model) Reference() string { return Reference(m.ID, m.Version) }

// Reference is the id of a model with a version behind it. What providers give as the version where none was asked for is left out.
func Reference(id, version string) string {
	if version = CleanVersion(version); version == "" {
		return id
	}
	return id + ":" + version
}

// CleanVersion returns a version as it is requested, without the model's name before it; "" for what providers give where none was
// asked for: "hidden", or the name of their own deployment of the model.
func CleanVersion(version string) string {
	version = version[strings.LastIndexByte(version, ':')+1:]
	if version == "hidden" || strings.HasPrefix(version, "dp-") || strings.Contains(version, "/") {
		return ""
	}
	return version
}

var (
	idShape      = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*$`)
	versionShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)
)

// filmModels are models of the same owner that return films, which tintype cannot show. An unknown id goes out with the common
// parameters, so one of these would be paid for in vain. Replicate calls flux-3 its "first video model" (blog, 2026-08-04).
var filmModels = []string{owner + "flux-3"}

// CheckID reports in a sentence what is wrong with a model's id. It must be owner/name, or a short name in the
// catalogue, and must not be known to make films. It may have a version behind it: owner/name:version.
func CheckID(id string) error {
	m := Find(id)
	name, _, hasVersion := strings.Cut(id, ":")
	if slices.ContainsFunc(filmModels, func(film string) bool { return strings.EqualFold(film, m.ID) }) {
		return fmt.Errorf("%s makes films, not pictures; its sister for pictures is flux-3-image", strings.TrimPrefix(m.ID, owner))
	}
	if !idShape.MatchString(m.ID) || len(m.ID) > 200 {
		return fmt.Errorf("a model is named as owner/name, like %s; %q is not", Default, id)
	}
	if !strings.Contains(name, "/") && !m.Known {
		return fmt.Errorf("no model is called %q; see `tintype models`, or name any other as owner/name", name)
	}
	switch {
	case !hasVersion:
		return nil
	case m.Version == "":
		return fmt.Errorf("%q has no version behind the colon; write owner/name:version, or leave the colon out", id)
	case !versionShape.MatchString(m.Version) || len(m.Version) > 200 || CleanVersion(m.Version) == "":
		return fmt.Errorf("%q is no version of a model; copy it from the model's page, as in owner/name:version", m.Version)
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

// Label is Name, with the beginning of the version if there is one: flux-dev:8dab33aa. Versions are long, and are told apart by that.
func (m Model) Label() string {
	if m.Version == "" {
		return m.Name()
	}
	return m.Name() + ":" + m.Version[:min(len(m.Version), shownVersion)]
}

// shownVersion is how many bytes of a version Label has.
const shownVersion = 8

// TakesImages reports whether a model takes input images, and how many at most: 0 if it takes none, or if the number is unknown.
func (m Model) TakesImages() (takes bool, most int) {
	for _, p := range m.Parameters {
		switch p.Type {
		case Image:
			takes, most = true, most+1
		case Images:
			return true, p.MaxItems
		}
	}
	return takes, most
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
