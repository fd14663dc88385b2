package plan

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"fmt"
	"math/big"
	"slices"

	"tintype/api/model"
	"tintype/ui/params"
	"tintype/ui/picturekey"
)

// Limit is the most cells that a plan may have.
const Limit = 10_000

// Options are what Build needs beside the spec.
type Options struct {
	Provider string            // whose prices count
	Images   map[string]string // sha256 of input images by their paths
	Rule     picturekey.Rule   // what makes another picture

	// Measure returns the measure of the input images of a model's input; nil where none can be measured.
	Measure func(m model.Model, input map[string]any) model.Measure

	PromptAxes []Axis                // of the prompt's groups; the plan's first axes
	Prompt     func(at []int) string // the prompt for one value of each of them; nil for the spec's
	Axes       []Axis                // the axes after them; nil for the spec's

	// Preset applies presets, one after the other ("film+ink"), to a model, a prompt and settings; nil if there are none. What the spec and
	// its axes choose wins over what they set.
	Preset func(names, modelID, prompt string, input map[string]any) (string, string, map[string]any, error)
}

// Build makes the plan of a spec, with the state New for all cells that can be bought. Errors are sentences.
func Build(spec Spec, o Options) (*Plan, error) {
	b := builder{spec: spec, o: o, plan: &Plan{Spec: spec, Key: key(spec)}, parsed: map[parsedKey]parsed{}, notes: map[string]int{}, usedSkips: map[int]bool{}, known: map[string]*presets{}}
	b.labSeed = max(spec.LabSeed, 1)
	if err := b.setTable(); err != nil {
		return nil, err
	}
	places, err := b.places()
	if err != nil {
		return nil, err
	}
	b.plan.Cells = make([]Cell, 0, len(places))
	for _, at := range places {
		cell, err := b.makeCell(at)
		if err != nil {
			return nil, err
		}
		b.plan.Cells = append(b.plan.Cells, cell)
	}
	b.leaveOut()
	b.noteUnusedSkips()
	b.plan.SetSame()
	b.noteSameFormat()
	b.plan.Notes = b.sentences()
	return b.plan, nil
}

// key returns the key of a plan: of what makes its table, but not of which of its cells are made, nor of the prediction that they are made from,
// which changes no picture.
func key(s Spec) string {
	type axis struct {
		Of     []string
		Values []string
	}
	axes := make([]axis, len(s.Axes))
	for i, a := range s.Axes {
		axes[i].Of = a.Of
		for _, v := range a.Values {
			axes[i].Values = append(axes[i].Values, v.Text)
			if parent := v.Set[OfParent]; parent != nil { // its text is no more than a name
				axes[i].Values = append(axes[i].Values, fmt.Sprint(parent))
			}
		}
	}
	parts := []any{s.Prompt, s.AsWritten, model.Find(s.Model).Reference(), s.Base, axes, max(s.LabSeed, 1)}
	if len(s.Rows) > 0 {
		parts = append(parts, keyRows(s))
	}
	if s.KeepModel {
		parts = append(parts, "keep model")
	}
	data, err := json.Marshal(parts)
	if err != nil {
		data = []byte(fmt.Sprint(s))
	}
	sum := sha256.Sum256(data)
	return keyAlphabet.EncodeToString(sum[:10])
}

var keyAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// A builder makes a plan.
type builder struct {
	spec     Spec
	o        Options
	plan     *Plan
	labSeed  uint64
	each     bool    // each cell draws a seed of its own
	rowSeeds []int64 // the seeds of rows that have none
	parsed   map[parsedKey]parsed
	known    map[string]*presets // by their names
	notes    map[string]int      // how many cells a sentence concerns
	order    []string            // the sentences, in the order in which they were found

	usedSkips map[int]bool // by index, those that left out a cell
}

// setTable sets the plan's axes: those of a table, or that of rows.
func (b *builder) setTable() error {
	if len(b.spec.Rows) > 0 {
		return b.setRows()
	}
	return b.setAxes()
}

// makeCell makes the cell of a place of the table.
func (b *builder) makeCell(at []int) (Cell, error) {
	if len(b.spec.Rows) > 0 {
		return b.row(at[0]), nil
	}
	return b.cell(at)
}

// setAxes sets the plan's axes: those of the prompt, and those of the spec with their seeds drawn.
func (b *builder) setAxes() error {
	b.plan.Axes = slices.Clone(b.o.PromptAxes)
	hasSeed := b.spec.Base[params.Seed] != nil
	axes := b.o.Axes
	if axes == nil {
		axes = b.spec.Axes
	}
	for _, a := range axes {
		if len(a.Values) == 0 {
			return fmt.Errorf("%s has no values.", a.Name())
		}
		a.Values = slices.Clone(a.Values)
		for i := range a.Values {
			if a.Sets(OfSeed) {
				hasSeed = true
				b.draw(a, i)
			}
		}
		b.plan.Axes = append(b.plan.Axes, a)
	}
	b.uniqueNames()
	if err := b.checkAxes(); err != nil {
		return err
	}
	if total := b.total(); !hasSeed && total.Cmp(big.NewInt(1)) > 0 {
		seed := draw(b.labSeed, "seed 1")
		b.plan.Seed = &seed
	}
	return nil
}

// draw sets a value of seeds that is drawn: to one that the axis does not have yet, since a seed that stands twice would be a picture less.
func (b *builder) draw(a Axis, i int) {
	v := &a.Values[i]
	switch {
	case v.Text == "each":
		b.each = true
	case v.Set == nil && v.Text == drawnText(i):
		seed := draw(b.labSeed, fmt.Sprintf("seed %d", i+1))
		for again := 2; a.hasSeed(seed); again++ {
			seed = draw(b.labSeed, fmt.Sprintf("seed %d again %d", i+1, again))
		}
		v.Set, v.Text = map[string]any{OfSeed: seed}, fmt.Sprint(seed)
	}
}

// hasSeed reports whether a value of the axis is this seed.
func (a Axis) hasSeed(seed int64) bool {
	return slices.ContainsFunc(a.Values, func(v Value) bool {
		n, ok := model.Int(v.Set[OfSeed])
		return ok && n == seed
	})
}

// draw returns a seed from 0 to 2³¹-1, which every model takes. It depends on the lab seed and on what it is for, and on nothing else.
func draw(labSeed uint64, what string) int64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %s", labSeed, what))
	return int64(sum[0]&0x7f)<<24 | int64(sum[1])<<16 | int64(sum[2])<<8 | int64(sum[3])
}

// uniqueNames gives axes with the same name numbers, since the journal keeps coordinates by name.
func (b *builder) uniqueNames() {
	seen := map[string]int{}
	for i := range b.plan.Axes {
		a := &b.plan.Axes[i]
		name := a.Name()
		if seen[name]++; seen[name] > 1 {
			a.Label = fmt.Sprintf("%s (%d)", name, seen[name])
		}
	}
}

// total returns how many cells the table has.
func (b *builder) total() *big.Int { return product(b.plan.Axes) }

func product(axes []Axis) *big.Int {
	n := big.NewInt(1)
	for _, a := range axes {
		n.Mul(n, big.NewInt(int64(len(a.Values))))
	}
	return n
}
