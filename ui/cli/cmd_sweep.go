package cli

import (
	"context"
	"errors"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"tintype/api/model"
	"tintype/config"
	"tintype/ui/lab"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
	"tintype/ui/preset"
	"tintype/ui/runner/inputimage"
	"tintype/ui/template"
	"tintype/ui/template/wildcards"
)

// sweepFlags are the flags of sweep, as typed.
type sweepFlags struct {
	runFlags
	planFlags
	x, y, axes, skips []string
	how               string
}

// addPlanFlags adds the flags of all commands that buy a plan.
func addPlanFlags(flags *pflag.FlagSet, f *planFlags) {
	flags.BoolVar(&f.dryRun, "dry-run", false, "show the plan and its price; buy nothing")
	flags.BoolVar(&f.yes, "yes", false, "buy without asking")
	flags.StringVar(&f.budget, "budget", "", "the most that the plan may cost in all, in US dollars; buys without asking")
	flags.StringVar(&f.jobs, "jobs", "", "how many may run at once; 8 if not given")
	addAgainFlag(flags, f, "buy cells again whose pictures are here")
	addLabSeedFlag(flags, f, "")
	addSettingFlag(flags, "same_picture")
}

// addAgainFlag adds --again, and a name of it that is not shown.
func addAgainFlag(flags *pflag.FlagSet, f *planFlags, usage string) {
	flags.BoolVar(&f.again, "again", false, usage)
	flags.BoolVar(&f.again, "anew", false, "")
	_ = flags.MarkHidden("anew") // the flag exists
}

// addLabSeedFlag adds the flag of what draws come from; when says when it may be given.
func addLabSeedFlag(flags *pflag.FlagSet, f *planFlags, when string) {
	flags.StringVar(&f.labSeed, "lab-seed", "", when+"what drawn seeds and options come from; 1 if not given")
}

// addInputFlags adds the flags that set a parameter.
func addInputFlags(flags *pflag.FlagSet, f *runFlags) {
	flags.StringVarP(&f.aspectRatio, "aspect-ratio", "a", "", "shape, such as 16:9")
	flags.StringVarP(&f.format, "format", "f", "", "file format, such as webp, png or jpg")
	flags.StringVarP(&f.quality, "quality", "q", "", "quality of the file, up to 100")
	flags.StringVarP(&f.outputs, "outputs", "n", "", "how many pictures")
	flags.StringVarP(&f.seed, "seed", "s", "", "seed; the same one makes the same picture")
	flags.StringArrayVar(&f.set, "set", nil, "any other setting, as key=value; an image is a file or a URL. Repeatable")
}

func sweepCommand(p *program) *cobra.Command {
	var f sweepFlags
	c := &cobra.Command{
		Use:   "sweep PROMPT|-|FILE.toml",
		Short: "Make a table of pictures: what varies, what it costs, and only what is missing",
		Long: "Make a table of pictures. The prompt is a template: each of its groups is an axis, and -x, -y and --axis add others. " +
			"The plan and its price are shown first. Pictures that are here already are not bought again, so the same command after an " +
			"interruption buys the rest.\n\n" +
			"Values are separated by commas, or by || if they contain commas. Numbers may be ranges: 1..9, 1..9:2, 2..4/5 (five, evenly). " +
			"Names are those of parameters, and model, preset, seed (7,8,9, \"3 drawn\", each), replace (the first value is looked for in the " +
			"prompt) and image. Settings can be tied: model+guidance=flux-dev/2.5,flux-schnell/-\n\n" + exitHelp,
		Example: "tintype sweep --demo \"A {red|blue} fox\" -x guidance=2..4/3 -m flux-dev --dry-run\n" +
			"tintype sweep \"A fox\" -x model=flux-schnell,flux-dev --axis \"seed=3 drawn\" --budget 0.50\n" +
			"tintype sweep \"A fox\" -m flux-dev -x guidance=1..9 -y aspect_ratio=1:1,16:9 --how each-pair --yes",
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) { return sweep(ctx, p, args, f) }),
	}
	addModelFlag(c)
	flags := c.Flags()
	addInputFlags(flags, &f.runFlags)
	addPlanFlags(flags, &f.planFlags)
	addParentFlag(p, c, &f.planFlags)
	flags.StringArrayVarP(&f.x, "across", "x", nil, "an axis, as NAME=VALUES")
	flags.StringArrayVarP(&f.y, "down", "y", nil, "another axis, as NAME=VALUES")
	flags.StringArrayVar(&f.axes, "axis", nil, "a further axis, as NAME=VALUES. Repeatable")
	flags.StringArrayVar(&f.skips, "skip", nil, "leave out cells, such as 'model=flux-schnell guidance>2'; names with spaces in double quotes. Repeatable")
	flags.StringVar(&f.how, "how", "", "which cells: all, each-value, each-pair, or a number of them at random")
	addPresetFlag(p, c, &f.preset)
	return c
}

// sweep plans and buys a table.
func sweep(ctx context.Context, p *program, args []string, f sweepFlags) (int, error) {
	if len(args) == 1 && isSweepFile(args[0]) {
		f.file = args[0]
	}
	return planAndBuy(ctx, p, f.planFlags, true, func(s *session, l *lab.Lab) (plan.Spec, error) {
		var err error
		if f.under, err = readPresets(p, &s.settings, f.preset); err != nil {
			return plan.Spec{}, err
		}
		spec, err := f.spec(ctx, p, s, l, args)
		if err != nil {
			return spec, err
		}
		return resolveImagesOf(ctx, p, s, spec, "")
	})
}

// isSweepFile reports whether the argument of sweep names a file, and is no prompt.
func isSweepFile(argument string) bool { return strings.HasSuffix(argument, ".toml") }

// planAndBuy makes the plan of a spec, prints it, and buys it if it may. asTable prints cells by their coordinates, and not by their numbers.
func planAndBuy(ctx context.Context, p *program, f planFlags, asTable bool, specOf func(*session, *lab.Lab) (plan.Spec, error)) (int, error) {
	terms, err := f.terms()
	if err != nil {
		return 0, err
	}
	s, err := p.openToBuy()
	if err != nil {
		return 0, err
	}
	defer s.close()
	l := newLab(p, s)
	spec, err := specOf(s, l)
	if err != nil {
		return 0, err
	}
	if spec.Parent, err = f.parentKey(s, l.ResolveParent(spec).Parent); err != nil {
		return 0, err
	}
	made, err := l.Make(ctx, spec)
	if mistake := (*template.Error)(nil); f.file != "" && errors.As(err, &mistake) {
		err = fmt.Errorf("%s, in the prompt: %w", f.file, err)
	}
	if err != nil {
		return 0, usageError("%w", err)
	}
	run := &planRun{p: p, s: s, lab: l, plan: made, terms: terms, flags: f, asTable: asTable}
	return run.run(ctx)
}

// newLab returns what the plans of a session are made with.
func newLab(p *program, s *session) *lab.Lab {
	return &lab.Lab{
		Provider: s.provider.Name, History: s.history, Now: p.now, Lists: wildcards.New(s.settings.Wildcards...),
		Presets: preset.In(s.settings.Config), Rule: pictureRule(s.settings),
		Measure: func(m model.Model, input map[string]any) model.Measure { return inputimage.Sizes(m, input, s.provider) },
	}
}

// pictureRule returns what makes another picture.
func pictureRule(settings config.Settings) picturekey.Rule {
	return picturekey.Rule{SameFormat: settings.SamePicture == config.SameFormat}
}

// spec makes the spec of a sweep of the arguments and flags.
func (f sweepFlags) spec(ctx context.Context, p *program, s *session, l *lab.Lab, args []string) (plan.Spec, error) {
	if len(args) != 1 {
		return plan.Spec{}, usageError("sweep takes one prompt in quotes, a file that ends with .toml, or - to read the prompt from standard input")
	}
	var spec plan.Spec
	var err error
	if isSweepFile(args[0]) {
		if spec, err = l.Load(args[0], s.settings.Model); err != nil {
			return spec, usageError("%w", err)
		}
		if spec, err = resolveImagesOf(ctx, p, s, spec, filepath.Dir(args[0])); err != nil {
			return spec, err
		}
	} else if spec.Prompt, err = p.readPrompt(args, nil); err != nil {
		return spec, err
	}
	_, given := p.flagValues["model"]
	if given || spec.Model == "" || f.under.model != "" {
		spec.Model = s.settings.Model
	}
	if err := f.checkPlaces("Write it as the argument of sweep."); err != nil {
		return spec, err
	}
	if err := f.addBase(&spec); err != nil {
		return spec, err
	}
	if err = f.addAxes(&spec); err == nil {
		err = f.checkGiven(spec)
	}
	ofPreset := func(a plan.Axis) bool { return slices.Contains(a.Of, plan.OfPreset) }
	spec.KeepModel = spec.KeepModel || given && slices.ContainsFunc(spec.Axes, ofPreset)
	return spec, err
}

// addBase adds the settings that all cells share.
func (f sweepFlags) addBase(spec *plan.Spec) error {
	if err := checkModel(spec.Model); err != nil {
		return err
	}
	m := model.Find(spec.Model)
	spec.Model = m.Reference()
	given := map[string]any{}
	if err := f.addTo(m, given); err != nil {
		return err
	}
	if spec.Base == nil {
		spec.Base = map[string]any{}
	}
	for name, v := range given {
		spec.Base[name] = v
	}
	return nil
}

// addAxes adds axes, skips and the way of choosing cells.
func (f sweepFlags) addAxes(spec *plan.Spec) error {
	for _, typed := range slices.Concat(f.x, f.y, f.axes) {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			return usageError("%w", err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	if f.preset != "" {
		spec.Axes = append(spec.Axes, plan.Axis{Of: []string{plan.OfPreset}, Values: []plan.Value{{Text: f.preset}}})
	}
	for _, typed := range f.skips {
		skip, err := plan.ParseSkip(typed)
		if err != nil {
			return usageError("%w", err)
		}
		spec.Skips = append(spec.Skips, skip)
	}
	if f.how != "" {
		spec.How = plan.How(f.how)
	}
	seed, err := parseLabSeed(f.labSeed)
	if seed > 0 {
		spec.LabSeed = seed
	}
	return err
}

// parseLabSeed parses a lab seed; 0 if none is given.
func parseLabSeed(s string) (uint64, error) {
	if s == "" {
		return 0, nil
	}
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || n == 0 {
		return 0, usageError("--lab-seed takes a whole number above zero; %q is not", s)
	}
	return n, nil
}

// resolveImagesOf makes the input images of a spec absolute and checks them, before anything is bought. folder is that of the file which names
// them, and "" for those that were typed.
func resolveImagesOf(ctx context.Context, p *program, s *session, spec plan.Spec, folder string) (plan.Spec, error) {
	spec, err := lab.ResolveImages(ctx, inputimage.New(p.env, s.settings.DataDir, s.provider).In(folder), spec)
	if err != nil {
		return spec, usageError("%w", err)
	}
	return spec, nil
}

// parseDollars parses an amount above zero.
func parseDollars(flag, s string) (float64, error) {
	usd, err := strconv.ParseFloat(s, 64)
	if err != nil || !(usd > 0) || math.IsInf(usd, 0) || strings.ContainsAny(s, "xXpP_") {
		return 0, usageError("--%s takes US dollars as a number above zero, such as 0.50; %q is not", flag, s)
	}
	return usd, nil
}
