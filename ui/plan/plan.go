package plan

import (
	"tintype/api/model"
	"tintype/ui/picturekey"
)

// Names of axes that are no parameter.
const (
	OfModel   = "model"
	OfPreset  = "preset"
	OfSeed    = "seed"
	OfPrompt  = "prompt"
	OfReplace = "replace"
	OfImage   = "image"
)

// An Axis is what varies along one side of the table.
type Axis struct {
	Of     []string // what it sets; several are tied: model and guidance
	Label  string   // how it is shown; "" for Of joined with +
	Values []Value
}

// A Value is one value of an axis.
type Value struct {
	Text string         // as a person writes and reads it
	Set  map[string]any // what it sets, by the names of Of, in the types of package model; a nil value removes it
	Skip bool           // the column is kept and left empty
}

// A Skip leaves out the cells in which all its conditions hold.
type Skip struct{ Conditions []Condition }

// A Condition compares a setting of a cell with a value.
type Condition struct{ Of, Operator, Value string } // Operator is one of = != < <= > >=

// How says which of the cells are made.
type How string

// The ways. A number at random is written as the number, such as "12".
const (
	All       How = "all"
	EachValue How = "each-value" // every value of every axis in at least one cell
	EachPair  How = "each-pair"  // every pair of values of any two axes in at least one cell
)

// A Spec is everything that a plan is made from. It is what labs/KEY.toml keeps.
type Spec struct {
	Prompt    string         // the template as written; an axis may have replaced it
	AsWritten bool           // the prompt is no template
	Model     string         // owner/name
	Base      map[string]any // the other settings
	Axes      []Axis
	Skips     []Skip
	How       How
	LabSeed   uint64
}

// State is what is known of a cell.
type State string

// The states of a cell.
const (
	New     State = "new"
	Had     State = "had"    // on disk
	Coming  State = "coming" // running, waiting or unconfirmed
	Same    State = "same"   // the same picture as another cell
	LeftOut State = "left_out"
	Invalid State = "invalid"
)

// A Cell is one prediction that could be made.
type Cell struct {
	At       []int // index of its value on each axis of the plan
	Prompt   string
	Model    string
	Input    map[string]any // as it would be sent
	Key      picturekey.Key // "" if invalid
	Pictures int            // how many pictures it asks for
	State    State
	SameAs   int             // index of the cell that it is the same as, if State is Same
	Why      string          // a sentence, if it is Invalid, or something was dropped
	Entries  []string        // keys of the journal's predictions that are had or coming
	Parent   string          // key of the prediction that this one is made from; "" if it is made from none
	Job      string          // key of the prediction that was bought for this cell here; "" if none was
	Estimate *model.Estimate // nil if the price is unknown
}

// A Plan is the table.
type Plan struct {
	Key   string // names the plan: the same for the same Spec
	Spec  Spec
	Axes  []Axis // of Spec, with those of the prompt's groups and drawn seeds
	Cells []Cell // in the order of the axes, the last turning fastest; only those that How takes
	Notes []string
}

// Totals counts a plan.
type Totals struct {
	Cells, Had, Coming, New, Same, LeftOut, Invalid int
	Cost                                            float64 // of the new ones, USD
	Unknown                                         int     // how many of the new ones have no known price
	Guess                                           bool    // a price is a guess
}

// Totals returns the counts.
func (p *Plan) Totals() Totals { return Totals{} }

// Order returns the indices of the cells that are new, in the order of buying, coarse to fine.
func (p *Plan) Order() []int { return nil }

// Coordinates returns where a cell is, by the labels of the axes, as the journal keeps it.
func (p *Plan) Coordinates(cell int) map[string]string { return nil }
