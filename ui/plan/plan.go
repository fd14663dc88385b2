package plan

import (
	"maps"
	"slices"
	"time"

	"tintype/api/model"
	"tintype/ui/picturekey"
)

// The names of axes that are not those of parameters. A seed is a parameter, too, and has values of its own, such as "3 drawn".
const (
	OfModel   = "model"
	OfPreset  = "preset"
	OfSeed    = "seed"
	OfPrompt  = "prompt"
	OfReplace = "replace"
	OfImage   = "image"
	OfParent  = "parent" // the prediction that a cell is made from
)

// An Axis is what varies along one side of the table.
type Axis struct {
	Of     []string // what it sets; several are tied: model and guidance
	Label  string   // how it is shown; "" for the names of Of joined with +
	Values []Value
}

// A Value is one value of an axis.
type Value struct {
	Text string         // as a person writes and reads it; tied values are joined with /
	Set  map[string]any // what it sets, by the names of Of, in the types of package model; nil if Text is to be parsed
	Skip bool           // its cells are shown and left out
}

// A Skip leaves out the cells in which all its conditions hold.
type Skip []Condition

// A Condition compares a setting of a cell, or the text of its value on an axis, with a value.
type Condition struct {
	Of       string // a name that an axis sets, an axis's label, or a parameter
	Operator string // = != < <= > or >=
	Value    string
}

// TooManyError is the sentence about a plan with more than Limit cells, of which fewer can be chosen (How).
type TooManyError string

func (e TooManyError) Error() string { return string(e) }

// How says which of the cells are made. A number at random is that number, such as "12".
type How string

// The ways.
const (
	All       How = "all"
	EachValue How = "each-value" // every value of every axis in at least one cell
	EachPair  How = "each-pair"  // every pair of values of any two axes in at least one cell
)

// Name returns the way in words: "each pair once".
func (h How) Name() string {
	switch h {
	case "", All:
		return "all"
	case EachValue:
		return "each value once"
	case EachPair:
		return "each pair once"
	}
	return string(h) + " at random"
}

// A Spec is all that a plan is made from, and what a sweep's file and labs/KEY.toml have.
type Spec struct {
	Prompt    string         // a template, unless AsWritten is set
	AsWritten bool           // the prompt is sent as it is
	Model     string         // owner/name, or owner/name:version
	KeepModel bool           // presets do not replace the model
	Base      map[string]any // the other settings, in the types of package model
	Axes      []Axis
	Rows      []Row // the cells one by one, in the place of the prompt and the axes
	Skips     []Skip
	How       How        // "" for All
	LeftOut   [][]string // cells that a person left out: the texts of their values, in the order of the plan's axes
	LabSeed   uint64     // what draws come from; 0 for 1
	Parent    string     // key of the prediction that all cells are made from, unless an axis or a row names another; "" for none
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
	At       []int          // index of its value on each axis of the plan
	Model    string         // owner/name
	Version  string         // of the model; "" for the one that the provider chooses
	Input    map[string]any // as it would be sent
	Key      picturekey.Key // "" if it is invalid
	Pictures int            // how many pictures it asks for
	State    State
	SameAs   int             // index of the cell that it is the same as, if State is Same
	Why      string          // why it is Invalid, in a sentence
	Entries  []string        // keys of the predictions that are had or coming
	Parent   string          // key of the prediction that this one is made from; "" if it is made from none
	Job      string          // key of the prediction that was bought for this cell since the plan was made; "" if none was
	Estimate *model.Estimate // nil if the price is unknown
}

// NewestKey returns the key of the cell's newest prediction; "" if it has none. That of a cell that is had is the newest with a picture.
func (c *Cell) NewestKey() string {
	if len(c.Entries) > 0 && (c.Job == "" || c.State == Had && !slices.Contains(c.Entries, c.Job)) {
		return c.Entries[0]
	}
	return c.Job
}

// A Plan is a table of cells.
type Plan struct {
	Key     string // 16 letters and digits, the same for the same prompt, settings, axes and lab seed
	Spec    Spec
	Axes    []Axis // those of the prompt's groups, and those of the Spec, with drawn seeds
	Seed    *int64 // the seed that was drawn for all cells; nil if none was
	Cells   []Cell // in the order of the axes, of which the last turns fastest
	known   map[picturekey.Key]known
	Matched time.Time // when its cells were compared with the history; zero if they were not
	Notes   []string  // sentences about what was dropped, and what is invalid
}

// Clone returns a plan whose cells can be changed while those of p are. Their inputs are shared.
func (p *Plan) Clone() *Plan {
	c := *p
	c.Cells, c.known = slices.Clone(p.Cells), maps.Clone(p.known)
	return &c
}

// Totals counts the cells of a plan by their states.
type Totals struct {
	Cells, Had, Coming, New, Same, LeftOut, Invalid int

	Cost    float64 // of the new ones with a known price, in USD
	Unknown int     // how many of the new ones have no known price
	Guess   bool    // one of the prices is a guess
}

// Totals counts the cells.
func (p *Plan) Totals() Totals {
	t := Totals{Cells: len(p.Cells)}
	for i := range p.Cells {
		t.add(&p.Cells[i])
	}
	return t
}

// add counts a cell. It is called for each cell of each frame of the sheet.
func (t *Totals) add(c *Cell) {
	switch c.State {
	case Had:
		t.Had++
	case Coming:
		t.Coming++
	case Same:
		t.Same++
	case LeftOut:
		t.LeftOut++
	case Invalid:
		t.Invalid++
	case New:
		t.New++
		if c.Estimate == nil {
			t.Unknown++
			return
		}
		t.Cost += c.Estimate.USD
		t.Guess = t.Guess || c.Estimate.Price.Guess
	}
}

// Name returns the label of an axis, or else the names of what it sets, joined with +.
func (a Axis) Name() string {
	if a.Label != "" {
		return a.Label
	}
	return joinNames(a.Of)
}

// Sets reports whether an axis sets one thing alone, and that is this one.
func (a Axis) Sets(name string) bool { return len(a.Of) == 1 && a.Of[0] == name }

// Coordinates returns the text of a cell's value on each axis, by the axis's name; nil without axes. cell is its index. The journal keeps it.
func (p *Plan) Coordinates(cell int) map[string]string {
	if len(p.Axes) == 0 {
		return nil
	}
	at := make(map[string]string, len(p.Axes))
	for i, a := range p.Axes {
		at[a.Name()] = a.Values[p.Cells[cell].At[i]].Text
	}
	return at
}

// LeaveOut leaves out the cells with these indices, or, if out is false, includes them again. It does nothing to invalid ones.
func (p *Plan) LeaveOut(cells []int, out bool) {
	p.remember()
	for _, i := range cells {
		c := &p.Cells[i]
		switch {
		case c.State == Invalid:
		case out:
			c.State = LeftOut
		case c.State == LeftOut:
			p.restore(c)
		}
	}
	p.keepLeftOut(cells, out)
	p.SetSame()
}

// known is what is known of a picture: the state of the cell that has its key.
type known struct {
	state   State
	entries []string
}

// remember keeps what is known of each picture, for when another cell has it.
func (p *Plan) remember() {
	if p.known == nil {
		p.known = map[picturekey.Key]known{}
	}
	for i := range p.Cells {
		if c := &p.Cells[i]; c.State == New || c.State == Had || c.State == Coming {
			p.known[c.Key] = known{c.State, c.Entries}
		}
	}
}

// restore gives a cell the state of its picture.
func (p *Plan) restore(c *Cell) {
	c.State, c.Entries = New, nil
	if k, ok := p.known[c.Key]; ok {
		c.State, c.Entries = k.state, k.entries
	}
}

// SetSame finds the cells that would make the same picture as another one. Call it after states were changed.
func (p *Plan) SetSame() {
	p.remember()
	first := make(map[picturekey.Key]int, len(p.Cells))
	for i := range p.Cells {
		c := &p.Cells[i]
		if c.State == Invalid || c.State == LeftOut {
			continue
		}
		if at, seen := first[c.Key]; seen && !p.wantsItsOwn(c) {
			c.State, c.SameAs, c.Entries = Same, at, nil
			continue
		}
		first[c.Key] = i
		if c.State == Same {
			p.restore(c)
		}
	}
}
