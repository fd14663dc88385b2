package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/promptfile"
	"tintype/ui/runner/inputimage"
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
	addParentFlag(p, c, &f.planFlags)
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
			return nil, usageError("%s cannot be read: %s", name, format.Cause(err))
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
	if err := f.checkPlaces("Each line of the file has its prompt."); err != nil {
		return nil, err
	}
	given := map[string]any{}
	return given, f.addTo(model.Find(modelName), given)
}
