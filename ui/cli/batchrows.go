package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/params"
	"tintype/ui/plan"
	"tintype/ui/promptfile"
	"tintype/ui/runner/inputimage"
	"tintype/ui/template"
)

// batchRows makes the rows of a plan of the lines of a file.
type batchRows struct {
	flags  batchFlags
	lab    *lab.Lab
	spec   *plan.Spec
	images inputimage.Importer // relative paths are those from the folder of the file
}

// add adds the rows of all lines, and their mistakes to those that were found before.
func (b batchRows) add(ctx context.Context, lines []promptfile.Row, wrong *promptfile.Errors) {
	for _, line := range lines {
		if err := b.addLine(ctx, line); err != nil {
			wrong.Add(line.Line, err)
		}
		if len(b.spec.Rows) > lab.Limit {
			wrong.Add(line.Line, fmt.Errorf("this makes more than %s cells, the most that a plan has", format.Count(lab.Limit)))
			break
		}
	}
}

// addLine adds the rows of a line: one for each of its prompts, as often as it repeats.
func (b batchRows) addLine(ctx context.Context, line promptfile.Row) error {
	m, err := b.modelOf(line)
	if err != nil {
		return err
	}
	input, err := inputOf(m, line)
	if err != nil {
		return err
	}
	if input, err = b.images.Resolve(ctx, m, input); err != nil {
		return err
	}
	prompts, err := b.prompts(line)
	if err != nil {
		return err
	}
	written, err := b.flags.under.applyToTemplate(line.Prompt)
	if err != nil {
		return err
	}
	b.addPreset(m, input)
	if input, err = b.images.Resolve(ctx, m, input); err != nil { // a preset's, too
		return err
	}
	for _, prompt := range prompts {
		if prompt, err = b.flags.under.apply(prompt); err != nil {
			return err
		}
		row := plan.Row{Line: line.Line, Prompt: prompt, Input: input, Parent: line.Parent}
		if m.Reference() != model.Find(b.spec.Model).Reference() {
			row.Model = m.Reference()
		}
		if b.flags.template {
			row.Template = written
		}
		for range line.Repeat {
			b.spec.Rows = append(b.spec.Rows, row)
		}
	}
	return nil
}

// addPreset adds the settings of presets to those of a line. Both its own settings and those of flags win over them.
func (b batchRows) addPreset(m model.Model, input map[string]any) {
	if len(b.flags.under.input) == 0 {
		return
	}
	for name, v := range b.spec.Base {
		if _, given := input[name]; !given {
			input[name] = v
		}
	}
	b.flags.under.addTo(m, input)
}

// modelOf returns the model of a line, with its version. A line may have the version by itself, as predictions do in --json.
func (b batchRows) modelOf(line promptfile.Row) (model.Model, error) {
	of, version := cutVersion(line.Version)
	name := cmp.Or(line.Model, of, b.spec.Model)
	switch written := model.Find(line.Model).Version; {
	case version != "" && written != "" && written != version:
		return model.Model{}, fmt.Errorf("model names the version %s, and version is %s; leave one of them out", written, version)
	case of != "" && model.Find(of).ID != model.Find(name).ID:
		return model.Model{}, fmt.Errorf("model is %s, and version is one of %s; leave one of them out", line.Model, of)
	case version != "":
		name, _, _ = strings.Cut(name, ":")
		name += ":" + version
	}
	if err := checkModel(name); err != nil {
		return model.Model{}, err
	}
	return model.Find(name), nil
}

// cutVersion separates the model that may be named before a version. What providers give as the version where none was asked for is none.
func cutVersion(written string) (of, version string) {
	if at := strings.LastIndexByte(written, ':'); at >= 0 {
		of, written = written[:at], written[at+1:]
	}
	return of, model.CleanVersion(written)
}

// prompts returns the prompts of a line: its text, or what it expands to.
func (b batchRows) prompts(line promptfile.Row) ([]string, error) {
	if !b.flags.template {
		return []string{line.Prompt}, nil
	}
	t, err := template.Parse(line.Prompt, b.lab.Lists)
	if err != nil {
		return nil, err
	}
	if n := t.Count(); !n.IsInt64() || n.Int64() > lab.Limit {
		return nil, fmt.Errorf("this expands to %s prompts, and a plan has at most %s", template.Thousands(n), format.Count(lab.Limit))
	}
	return t.Expand(max(b.spec.LabSeed, 1), 0)
}

// inputOf returns the settings of a line in the types of its model.
func inputOf(m model.Model, line promptfile.Row) (map[string]any, error) {
	input := map[string]any{}
	for name, v := range line.Input {
		text, isText := v.(string)
		p, takes := m.Parameter(name)
		switch {
		case !takes && m.Known:
			return nil, fmt.Errorf("%s has no %s.%s", m.Name(), name, format.DidYouMeanParameter(name, parameterNames(m)))
		case isText && (!line.Exact || takes && isNumberOrSwitch(p)):
			if err := setParameter(m, input, name, text); err != nil {
				return nil, err
			}
		case takes && p.Type == model.Images:
			input[name] = v
			if list, ok := model.StringList(v); ok {
				input[name] = list
			}
		default:
			input[name] = v
		}
	}
	check := func() error {
		sent := maps.Clone(input)
		sent[params.Prompt] = line.Prompt
		return m.Check(sent)
	}
	if _, takes := m.Parameter(params.Seed); takes && line.Made != nil {
		input[params.Seed] = line.Made
		if check() != nil { // a provider may draw seeds that it does not take
			delete(input, params.Seed)
		}
	}
	return input, check()
}

// isNumberOrSwitch reports whether a parameter takes no text, so that a text in JSON is its value in quotes.
func isNumberOrSwitch(p model.Parameter) bool {
	return p.IsNumber() || p.Type == model.Boolean
}
