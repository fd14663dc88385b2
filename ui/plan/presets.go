package plan

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// presets are what the presets of a place set, one after the other. They are under the settings that the spec and its axes choose.
type presets struct {
	model  string // "" if they name none
	prompt string // with promptMark in the place of the prompt
	empty  string // of an empty prompt
	input  map[string]any
}

// promptMark is in the place of the prompt in a text of presets. TOML allows no such sign in a text.
const promptMark = "\x00"

// around returns a prompt with the text of the presets around it.
func (p *presets) around(prompt string) string {
	if prompt == "" {
		return p.empty
	}
	return strings.ReplaceAll(p.prompt, promptMark, prompt)
}

// presetsAt returns what the presets of a place set; nil without one.
func (b *builder) presetsAt(at []int) (*presets, error) {
	var names []string
	for i, a := range b.plan.Axes {
		if !slices.Contains(a.Of, OfPreset) {
			continue
		}
		if text, _ := a.Value(at[i], OfPreset); text != "" {
			names = append(names, text)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	return b.presets(strings.Join(names, "+"))
}

// presets returns what a list of presets sets, and keeps it: many cells have the same, and each reading reads files.
func (b *builder) presets(names string) (*presets, error) {
	if found := b.known[names]; found != nil {
		return found, nil
	}
	if b.o.Preset == nil { // without it other pictures would be bought than were asked for
		return nil, fmt.Errorf("no preset %q: there are no presets here.", names)
	}
	id, text, input, err := b.o.Preset(names, "", promptMark, nil)
	if err != nil {
		return nil, err
	}
	_, empty, _, err := b.o.Preset(names, "", "", nil)
	if err != nil {
		return nil, err
	}
	found := &presets{id, text, empty, maps.Clone(input)}
	if found.input == nil {
		found.input = map[string]any{}
	}
	b.known[names] = found
	return found, nil
}
