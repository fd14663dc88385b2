// Package preset reads, saves and applies presets: TOML files with a model, settings, and text around the prompt.
//
// A preset is presets/NAME.toml beside the settings file. Its keys are parameters, "model", and "prompt", whose {prompt} is where the
// prompt goes. The relative path of an input image is from the folder of presets. A file with a mistake is an error of its own; the other
// presets work.
package preset

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/template"
)

// Slot is where a preset's text has the prompt.
const Slot = "{prompt}"

// A Preset is a model, settings, and text around the prompt. Each of them may be absent.
type Preset struct {
	Name   string
	Model  string         // owner/name, or a short name, with :version if one is named; "" leaves the model
	Prompt string         // with Slot, or to be added after a comma; "" leaves the prompt
	Input  map[string]any // settings by the names of parameters
}

// Apply returns a model, a prompt and settings with the preset applied. It does not change input.
func (p Preset) Apply(modelID, prompt string, input map[string]any) (newModel, newPrompt string, newInput map[string]any) {
	newInput = map[string]any{}
	maps.Copy(newInput, input)
	maps.Copy(newInput, p.Input)
	if p.Model != "" {
		modelID = model.Find(p.Model).Reference()
	}
	return modelID, p.around(prompt, p.Prompt), newInput
}

// ApplyToTemplate is Apply for a prompt that is a template. The preset's own text is escaped, so that it means itself. Remarks are
// removed: beside other text they would be text, or make remarks of it.
func (p Preset) ApplyToTemplate(modelID, prompt string, input map[string]any) (newModel, newPrompt string, newInput map[string]any) {
	newModel, _, newInput = p.Apply(modelID, prompt, input)
	if p.Prompt == "" {
		return newModel, prompt, newInput
	}
	parts := strings.Split(p.Prompt, Slot)
	for i, part := range parts {
		parts[i] = template.Escape(part)
	}
	return newModel, p.around(withoutRemarks(prompt), strings.Join(parts, Slot)), newInput
}

// ApplyTo returns a prompt with the preset's text around it, as Apply does if it is sent as written, else as ApplyToTemplate.
func (p Preset) ApplyTo(prompt string, asWritten bool) string {
	with := p.ApplyToTemplate
	if asWritten {
		with = p.Apply
	}
	_, prompt, _ = with("", prompt, nil)
	return prompt
}

// around puts a preset's text around a prompt.
func (p Preset) around(prompt, around string) string {
	switch {
	case around == "":
		return prompt
	case strings.Contains(around, Slot):
		return strings.ReplaceAll(around, Slot, prompt)
	case prompt == "":
		return around
	}
	return prompt + ", " + around
}

// withoutRemarks removes the lines of a template that are remarks.
func withoutRemarks(prompt string) string {
	var b strings.Builder
	for line := range strings.Lines(prompt) {
		if !template.BeginsRemark(strings.TrimLeft(line, " \t")) {
			b.WriteString(line)
		}
	}
	return strings.TrimRight(b.String(), "\r\n")
}

// parse reads the text of a preset. path is named in errors.
func parse(name, path string, raw []byte) (Preset, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // some editors begin a text with it
	var all map[string]any
	if err := toml.Unmarshal(raw, &all); err != nil {
		var at *toml.DecodeError
		if errors.As(err, &at) {
			line, _ := at.Position()
			return Preset{}, fmt.Errorf("%s, line %d: %s. A line is a name, = and a value, with text in quotes", path, line, strings.TrimPrefix(at.Error(), "toml: "))
		}
		return Preset{}, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	p := Preset{Name: name, Input: map[string]any{}}
	var id any = all["model"]
	for _, key := range slices.Concat([]string{"model"}, slices.Sorted(maps.Keys(all))) {
		value, given := all[key]
		if !given || key == "model" && id == nil {
			continue
		}
		if err := p.set(key, value); err != nil {
			return Preset{}, fmt.Errorf("%s, line %d: %w", path, lineOf(raw, key), err)
		}
	}
	return p, nil
}

// set sets one key of a preset.
func (p *Preset) set(key string, value any) error {
	text, isText := value.(string)
	switch {
	case (key == "model" || key == "prompt") && !isText:
		return fmt.Errorf("%s must be a text in quotes", key)
	case key == "model":
		p.Model = text
		return model.CheckID(text)
	case key == "prompt":
		p.Prompt = text
		return nil
	}
	if table, ok := value.(map[string]any); ok {
		return fmt.Errorf("[%s] is a table of %s; a preset has lines alone, such as guidance = 2.5", key, format.Plural(len(table), "line"))
	}
	typed, err := checkValue(p.Model, key, value)
	if err == nil {
		p.Input[key] = typed
	}
	return err
}

// checkValue returns a setting in the type of its parameter: of the named model, or of the first of all models that takes it.
func checkValue(modelID, name string, value any) (any, error) {
	models := model.All()
	if modelID != "" {
		m := model.Find(modelID)
		if !m.Known {
			return value, nil
		}
		models = []model.Model{m}
	}
	var names []string
	var refused error
	for _, m := range models {
		for _, q := range m.Parameters {
			names = append(names, q.Name)
		}
		q, takes := m.Parameter(name)
		if !takes {
			continue
		}
		typed, err := q.Parse(q.Format(value))
		if err == nil {
			return typed, nil
		}
		refused = err
	}
	switch {
	case refused != nil:
		return nil, refused
	case modelID != "":
		return nil, fmt.Errorf("%s takes no %q.%s", models[0].Name(), name, format.DidYouMeanParameter(name, names))
	}
	slices.Sort(names)
	return nil, fmt.Errorf("no model here takes %q.%s", name, format.DidYouMeanParameter(name, slices.Compact(names)))
}

// lineOf returns the number of the line that sets a key, 1 if it is not found.
func lineOf(raw []byte, key string) int {
	set := regexp.MustCompile(`^\s*\[?\[?["']?` + regexp.QuoteMeta(key) + `["']?\s*[\].=]`)
	for i, line := range bytes.Split(raw, []byte("\n")) {
		if set.Match(line) {
			return i + 1
		}
	}
	return 1
}
