package plan

import (
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picturekey"
)

// Limit is how many cells a plan may have.
const Limit = 10_000

// Options is what Build needs to know of the world.
type Options struct {
	Provider string            // whose prices count
	Measure  model.Measure     // sizes of input images; may be nil
	Images   map[string]string // sha256 of input images by their paths

	PromptAxes []Axis                // of the prompt's groups; the plan's first axes
	Prompt     func(at []int) string // the prompt for one value of each of them; nil for the spec's
	Axes       []Axis                // the axes after them; nil for the spec's

	// Preset applies presets, one after the other ("film+ink"), to a cell; nil if there are none.
	Preset func(names, modelID, prompt string, input map[string]any) (string, string, map[string]any, error)
}

// Build makes the plan of a spec, with the state New for all cells that can be bought. Errors are sentences.
func Build(spec Spec, o Options) (*Plan, error) {
	b := builder{spec: spec, o: o, plan: &Plan{Spec: spec, Key: key(spec)}, parsed: map[parsedKey]parsed{}, notes: map[string]int{}}
	b.labSeed = max(spec.LabSeed, 1)
	if err := b.setAxes(); err != nil {
		return nil, err
	}
	places, err := b.places()
	if err != nil {
		return nil, err
	}
	b.plan.Cells = make([]Cell, 0, len(places))
	for _, at := range places {
		cell, err := b.cell(at)
		if err != nil {
			return nil, err
		}
		b.plan.Cells = append(b.plan.Cells, cell)
	}
	b.plan.SetSame()
	b.plan.Notes = b.sentences()
	return b.plan, nil
}

// key returns the key of a plan: of what makes its table, but not of which of its cells are made.
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
		}
	}
	data, err := json.Marshal([]any{s.Prompt, s.AsWritten, s.Model, s.Base, axes, max(s.LabSeed, 1)})
	if err != nil {
		data = []byte(fmt.Sprint(s))
	}
	sum := sha256.Sum256(data)
	return keyAlphabet.EncodeToString(sum[:10])
}

var keyAlphabet = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// A builder makes a plan.
type builder struct {
	spec    Spec
	o       Options
	plan    *Plan
	labSeed uint64
	each    bool // each cell draws a seed of its own
	parsed  map[parsedKey]parsed
	notes   map[string]int // how many cells a sentence concerns
	order   []string       // the sentences, in the order in which they were found
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
			if slices.Contains(a.Of, OfSeed) && len(a.Of) == 1 {
				hasSeed = true
				b.draw(&a.Values[i], i)
			}
		}
		b.plan.Axes = append(b.plan.Axes, a)
	}
	b.uniqueNames()
	if total := b.total(); !hasSeed && total.Cmp(big.NewInt(1)) > 0 {
		seed := draw(b.labSeed, "seed 1")
		b.plan.Seed = &seed
	}
	return nil
}

// draw sets the value of a seed that is drawn.
func (b *builder) draw(v *Value, i int) {
	switch {
	case v.Text == "each":
		b.each = true
	case v.Set == nil && v.Text == drawnText(i):
		seed := draw(b.labSeed, fmt.Sprintf("seed %d", i+1))
		v.Set, v.Text = map[string]any{OfSeed: seed}, fmt.Sprint(seed)
	}
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

// cell makes the cell of a place. The error is that of a preset or a replacement, which the person must mend.
func (b *builder) cell(at []int) (Cell, error) {
	c := Cell{At: at, State: New, Model: b.spec.Model}
	for i, a := range b.plan.Axes { // the model first: it decides how values are read
		if slices.Contains(a.Of, OfModel) {
			c.Model, _ = b.text(a, at[i], OfModel)
		}
	}
	m := model.Find(c.Model)
	c.Model = m.ID
	input := b.base(m)
	prompt := b.prompt(at)
	var problem error
	var presets []string
	for i, a := range b.plan.Axes[len(b.o.PromptAxes):] {
		v := a.Values[at[i+len(b.o.PromptAxes)]]
		for _, name := range a.Of {
			text, set := b.text(a, at[i+len(b.o.PromptAxes)], name)
			var err error
			switch name {
			case OfModel:
			case OfPreset:
				presets = append(presets, text)
			case OfPrompt:
				prompt = text
			case OfParent:
				c.Parent = text
			case OfReplace:
				if prompt, err = replace(prompt, a.Values[0].Text, text); err != nil {
					return Cell{}, err
				}
			case OfImage:
				err = b.setImage(m, input, text, set)
			case OfSeed:
				if text != "each" {
					err = b.set(m, input, name, text, set)
				}
			default:
				err = b.set(m, input, name, text, set)
			}
			problem = errors.Join(problem, err)
		}
		if v.Skip {
			c.State = LeftOut
		}
	}
	b.setSeed(m, input, at)
	for _, names := range presets {
		if names == "" || b.o.Preset == nil {
			continue
		}
		id, text, changed, err := b.o.Preset(names, c.Model, prompt, input)
		if err != nil {
			return Cell{}, err
		}
		m, prompt, input = model.Find(id), text, changed
		c.Model = m.ID
	}
	b.finish(m, &c, prompt, input, problem)
	if c.State != Invalid && b.isSkipped(c) {
		c.State = LeftOut
	}
	return c, nil
}

// base returns the settings that all cells share, as a model takes them. A value that is the default of the spec's model is left to the
// defaults of another one.
func (b *builder) base(m model.Model) map[string]any {
	input := maps.Clone(b.spec.Base)
	if input == nil {
		input = map[string]any{}
	}
	own := model.Find(b.spec.Model)
	if own.ID == m.ID {
		return input
	}
	for name, v := range input {
		if p, ok := own.Parameter(name); ok && p.Default != nil && p.Format(v) == p.Format(p.Default) {
			delete(input, name)
		}
	}
	return input
}

// prompt returns the prompt of a place, before presets and replacements.
func (b *builder) prompt(at []int) string {
	if b.o.Prompt == nil {
		return b.spec.Prompt
	}
	return b.o.Prompt(slices.Clone(at[:len(b.o.PromptAxes)]))
}

// text returns what a value of an axis sets one of its names to: its text, and the value if it is given; nil otherwise.
func (b *builder) text(a Axis, value int, name string) (text string, set any) {
	v := a.Values[value]
	if set, ok := v.Set[name]; ok {
		text, _ := set.(string)
		if text == "" {
			text = v.Text
		}
		return text, set
	}
	if len(a.Of) == 1 {
		return v.Text, nil
	}
	parts := strings.Split(v.Text, "/")
	for len(parts) > len(a.Of) { // a model's id has a slash, too
		parts[0] += "/" + parts[1]
		parts = slices.Delete(parts, 1, 2)
	}
	if text = strings.TrimSpace(parts[slices.Index(a.Of, name)]); text == "-" {
		return "", nil
	}
	return text, nil
}

// A parsedKey names a value that was read for a model.
type parsedKey struct{ model, name, text string }

type parsed struct {
	value any
	err   error
}

// set sets a parameter to a value, or to what a text means to the model. "" leaves it to the model.
func (b *builder) set(m model.Model, input map[string]any, name, text string, value any) error {
	if value == nil && text == "" {
		delete(input, name)
		return nil
	}
	p, ok := m.Parameter(name)
	if !ok && m.Known {
		b.note(fmt.Sprintf("%s has no %s: it is left out there", m.Name(), name))
		delete(input, name)
		return nil
	}
	if value != nil {
		input[name] = value
		return nil
	}
	if !ok {
		input[name] = text
		return nil
	}
	key := parsedKey{m.ID, name, text}
	known, seen := b.parsed[key]
	if !seen {
		known.value, known.err = p.Parse(text)
		b.parsed[key] = known
	}
	if known.err == nil {
		input[name] = known.value
	}
	return b.explain(m, p, text, known.err)
}

// explain makes a sentence of a value that a model does not take.
func (b *builder) explain(m model.Model, p model.Parameter, text string, err error) error {
	f, isNumber := model.Float(jsonNumber(text))
	switch {
	case err == nil:
		return nil
	case isNumber && p.Max != nil && f > *p.Max:
		return fmt.Errorf("%s: %s is over %s, the most that %s takes", p.Name, text, p.Format(*p.Max), m.Name())
	case isNumber && p.Min != nil && f < *p.Min:
		return fmt.Errorf("%s: %s is under %s, the least that %s takes", p.Name, text, p.Format(*p.Min), m.Name())
	}
	return errors.New(strings.TrimSuffix(err.Error(), "."))
}

// jsonNumber returns a text as a number, if it is one.
func jsonNumber(text string) any { return json.Number(text) }

// setImage sets the input image of a model.
func (b *builder) setImage(m model.Model, input map[string]any, path string, set any) error {
	for _, p := range m.Parameters {
		switch p.Type {
		case model.Image:
			return b.set(m, input, p.Name, path, path)
		case model.Images:
			if set == nil || fmt.Sprintf("%T", set) == "string" {
				set = []string{path}
			}
			return b.set(m, input, p.Name, path, set)
		}
	}
	return fmt.Errorf("%s takes no input image", m.Name())
}

// replace puts a text in the place of another one.
func replace(prompt, old, text string) (string, error) {
	if old == "" || !strings.Contains(prompt, old) {
		return "", fmt.Errorf("replace: %q is not in the prompt. The first value is the text that is looked for.", old)
	}
	return strings.ReplaceAll(prompt, old, text), nil
}

// setSeed sets the seed of a cell: one for all, or one of its own.
func (b *builder) setSeed(m model.Model, input map[string]any, at []int) {
	if _, takes := m.Parameter(params.Seed); m.Known && !takes {
		return
	}
	switch {
	case b.each:
		input[params.Seed] = draw(b.labSeed, fmt.Sprint("cell ", b.place(at)))
	case b.plan.Seed != nil:
		input[params.Seed] = *b.plan.Seed
	}
}

// place names a place by the texts of its values, so that an axis added elsewhere changes only what it must.
func (b *builder) place(at []int) []string {
	texts := make([]string, len(at))
	for i, a := range b.plan.Axes {
		texts[i] = a.Name() + "=" + a.Values[at[i]].Text
	}
	return texts
}

// finish completes a cell: what the model does not take or what has no effect is dropped, and the rest is checked.
func (b *builder) finish(m model.Model, c *Cell, prompt string, input map[string]any, problem error) {
	for name := range input {
		if _, ok := m.Parameter(name); m.Known && !ok {
			b.note(fmt.Sprintf("%s has no %s: it is left out there", m.Name(), name))
			delete(input, name)
		}
	}
	if _, ok := m.Parameter(params.Prompt); ok || !m.Known {
		input[params.Prompt] = prompt
	}
	for name := range input {
		if name != params.Prompt && m.CheckEffect(name, input) != nil {
			delete(input, name)
		}
	}
	c.Input, c.Pictures = input, m.Pictures(input)
	if problem == nil {
		problem = m.Check(input)
	}
	if problem != nil {
		why, _, _ := strings.Cut(problem.Error(), "\n")
		c.State, c.Why = Invalid, strings.TrimSuffix(why, ".")
		b.note(c.Why)
		return
	}
	c.Key = picturekey.Of(c.Model, "", input, b.o.Images)
	if e, ok := m.Estimate(b.o.Provider, input, b.o.Measure); ok {
		c.Estimate = &e
	}
}

// note counts a sentence.
func (b *builder) note(sentence string) {
	if b.notes[sentence]++; b.notes[sentence] == 1 {
		b.order = append(b.order, sentence)
	}
}

// mostNotes is how many notes a plan has at most.
const mostNotes = 20

// sentences returns the notes with the numbers of their cells.
func (b *builder) sentences() (notes []string) {
	invalid := map[string]bool{}
	for i := range b.plan.Cells {
		if c := &b.plan.Cells[i]; c.State == Invalid {
			invalid[c.Why] = true
		}
	}
	slices.Sort(b.order)
	for _, s := range b.order {
		switch {
		case len(notes) == mostNotes:
			return append(notes, fmt.Sprintf("… and %d more.", len(b.order)-mostNotes))
		case invalid[s] && b.notes[s] == 1:
			notes = append(notes, s+"; 1 cell is left out.")
		case invalid[s]:
			notes = append(notes, fmt.Sprintf("%s; %s cells are left out.", s, format.Count(b.notes[s])))
		default:
			notes = append(notes, s+".")
		}
	}
	return notes
}

// isSkipped reports whether all conditions of one of the skips hold for a cell.
func (b *builder) isSkipped(c Cell) bool {
	for _, skip := range b.spec.Skips {
		if len(skip) > 0 && !slices.ContainsFunc(skip, func(condition Condition) bool { return !b.holds(condition, c) }) {
			return true
		}
	}
	return false
}

// holds reports whether a condition holds for a cell.
func (b *builder) holds(condition Condition, c Cell) bool {
	var text string
	i := slices.IndexFunc(b.plan.Axes, func(a Axis) bool { return a.Name() == condition.Of })
	m := model.Find(c.Model)
	switch p, ok := m.Parameter(condition.Of); {
	case i >= 0:
		text = b.plan.Axes[i].Values[c.At[i]].Text
	case condition.Of == OfModel:
		return compare(condition.Operator, strings.Compare(m.ID, model.Find(condition.Value).ID))
	case ok:
		v, _ := m.ValueIn(c.Input, condition.Of)
		text = p.Format(v)
	}
	if condition.Of == OfModel {
		return compare(condition.Operator, strings.Compare(model.Find(text).ID, model.Find(condition.Value).ID))
	}
	x, okX := model.Float(jsonNumber(text))
	y, okY := model.Float(jsonNumber(condition.Value))
	if okX && okY {
		return compare(condition.Operator, int(sign(x-y)))
	}
	return compare(condition.Operator, strings.Compare(text, condition.Value))
}

func sign(f float64) float64 {
	switch {
	case f > 0:
		return 1
	case f < 0:
		return -1
	}
	return 0
}

// compare reports whether an operator holds for the result of a comparison.
func compare(operator string, result int) bool {
	switch operator {
	case "=":
		return result == 0
	case "!=":
		return result != 0
	case "<":
		return result < 0
	case "<=":
		return result <= 0
	case ">":
		return result > 0
	}
	return result >= 0
}
