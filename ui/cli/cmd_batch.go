package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/params"
	"tintype/ui/plan"
	"tintype/ui/promptfile"
	"tintype/ui/runner/inputimage"
	"tintype/ui/template"
)

// batchFlags are the flags of batch, as typed.
type batchFlags struct {
	runFlags
	planFlags
	as       string
	template bool
}

func batchCommand(p *program) *cobra.Command {
	var f batchFlags
	c := &cobra.Command{
		Use:   "batch FILE|-",
		Short: "Make a picture of each line of a file, and only those that are missing",
		Long: "Make a picture of each line of a file. All lines are checked first, and the price is shown. Pictures that are here already are " +
			"not bought again, so the same command after an interruption buys the rest. Equal lines without a seed are different pictures.\n\n" +
			"txt: a prompt a line, with options behind it: --ar 16:9 --seed 7 --repeat 2, or --prompt \"…\" --steps 20 --width 512.\n" +
			"csv: the first line names parameters.\n" +
			"jsonl: objects as --json prints them, so that list --json gives pictures to make again, with their seeds. Without --as, the name of the file or its first sign decides.\n\n" +
			"Flags such as -a hold for all lines that do not set the same.\n\n" + exitHelp,
		Example: "tintype batch prompts.txt --dry-run\n" +
			"tintype batch prompts.csv -m flux-dev --budget 2.00\n" +
			"tintype list --json sunset | tintype batch - --again --yes",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) { return batch(ctx, p, args, f) }),
	}
	addModelFlag(c)
	flags := c.Flags()
	addInputFlags(flags, &f.runFlags)
	addPlanFlags(flags, &f.planFlags)
	addPresetFlag(p, c, &f.preset)
	flags.StringVar(&f.as, "as", "", "how the file is written: txt, csv or jsonl")
	flags.BoolVarP(&f.template, "template", "T", false, "expand each prompt: {red|blue} makes two of it")
	flags.BoolVar(&f.keepGoing, "keep-going", false, "go on after a refusal that every line would meet, such as for credit")
	return c
}

// batch plans and buys the lines of a file.
func batch(ctx context.Context, p *program, args []string, f batchFlags) (int, error) {
	lines, err := f.readRows(p, args)
	wrong := &promptfile.Errors{}
	if err != nil && !errors.As(err, &wrong) {
		return 0, wrongFile(args, err)
	}
	return planAndBuy(ctx, p, f.planFlags, false, func(s *session, l *lab.Lab) (plan.Spec, error) {
		var err error
		if f.under, err = readPresets(p, &s.settings, f.preset); err != nil {
			return plan.Spec{}, err
		}
		spec := plan.Spec{AsWritten: true, Model: s.settings.Model}
		if spec.LabSeed, err = parseLabSeed(f.labSeed); err != nil {
			return spec, err
		}
		if spec.Base, err = f.base(spec.Model); err != nil {
			return spec, err
		}
		if spec, err = resolveImagesOf(ctx, p, s, spec, ""); err != nil {
			return spec, err
		}
		rows := batchRows{flags: f, lab: l, spec: &spec, images: inputimage.New(p.env, s.settings.DataDir, s.provider)}
		if args[0] != "-" {
			rows.images = rows.images.In(filepath.Dir(args[0]))
		}
		rows.add(ctx, lines, wrong)
		if err := wrong.OrNil(); err != nil {
			return spec, wrongFile(args, err)
		}
		if note := f.noteAsWritten(lines); note != "" {
			p.printProgress(note)
		}
		return spec, nil
	})
}

// noteAsWritten tells of the first line that would make several pictures as a template; "" if there is none.
func (f batchFlags) noteAsWritten(lines []promptfile.Row) string {
	for _, line := range lines {
		if note := noteAsWritten(line.Prompt); note != "" && !f.template {
			return fmt.Sprintf("Line %d: %s", line.Line, note)
		}
	}
	return ""
}

// wrongFile is the error of a file with mistakes: a line for each.
func wrongFile(args []string, err error) error {
	if usage := (*exitError)(nil); errors.As(err, &usage) {
		return err
	}
	name := args[0]
	if name == "-" {
		name = "Standard input"
	}
	var lines *promptfile.Errors
	if errors.As(err, &lines) {
		return usageError("%s has mistakes, and nothing is bought:\n%w", name, err)
	}
	return usageError("%s: %w", name, err)
}

// readRows reads the file that the arguments name. With mistakes it returns the rows without, so that all are told at once.
func (f batchFlags) readRows(p *program, args []string) ([]promptfile.Row, error) {
	if len(args) != 1 {
		return nil, usageError("batch takes one file, or - to read standard input")
	}
	data, err := readBatchFile(p, args[0])
	if err != nil {
		return nil, err
	}
	form := promptfile.Form(f.as)
	switch form {
	case "":
		form = promptfile.FormOf(args[0], data)
	case promptfile.Text, promptfile.CSV, promptfile.JSONL:
	default:
		return nil, usageError("--as takes txt, csv or jsonl; %q is none of them", f.as)
	}
	return promptfile.Parse(data, form)
}

// readBatchFile reads a file or standard input, and no more of it than a file of prompts may have.
func readBatchFile(p *program, name string) ([]byte, error) {
	in := p.in
	if name == "-" {
		defer p.sayWaiting("the prompts on standard input")()
	} else {
		file, err := os.Open(name)
		if err != nil {
			return nil, usageError("%s cannot be read: %s", name, reasonOf(err))
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil && info.IsDir() {
			return nil, usageError("%s is a folder; batch takes a file", name)
		}
		in = file
	}
	data, err := io.ReadAll(io.LimitReader(in, promptfile.MaxSize+1))
	if err != nil {
		return nil, usageError("the prompts cannot be read: %w", err)
	}
	return data, nil
}

// base returns the settings of the flags, which hold for all lines.
func (f batchFlags) base(modelName string) (map[string]any, error) {
	if err := checkModel(modelName); err != nil {
		return nil, err
	}
	given := map[string]any{}
	return given, f.addTo(model.Find(modelName), given)
}

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
		row := plan.Row{Line: line.Line, Prompt: prompt, Input: input}
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
			input[name] = asTexts(v)
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
	return p.Type == model.Integer || p.Type == model.Number || p.Type == model.Boolean
}

// asTexts returns a list of texts as one of that type, and any other value as it is.
func asTexts(v any) any {
	list, ok := v.([]any)
	if !ok {
		return v
	}
	texts := make([]string, len(list))
	for i, item := range list {
		if texts[i], ok = item.(string); !ok {
			return v
		}
	}
	return texts
}
