package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/preset"
	"tintype/ui/text"
)

func presetsCommand(p *program) *cobra.Command {
	var file string
	c := &cobra.Command{
		Use:   "presets [NAME]",
		Short: "List presets, show one, or import styles",
		Long: "Lists the presets, shows one, or imports A1111's styles.csv. A preset is a file NAME.toml in presets/ beside the settings file, " +
			"with parameters, a model, and a text around the prompt:\n\n" +
			"  model = \"flux-dev\"\n  guidance = 2.5\n  prompt = \"film photo of {prompt}, grain\"\n\n" +
			"run, batch and sweep take --preset NAME, or several as film+ink; flags win over what presets set. In a sweep, presets can be " +
			"an axis: -x preset=film,ink,film+ink.\n\n" +
			"--import saves each style as a preset of its name. Names that are taken are left as they are.",
		Example: "tintype presets\ntintype presets film --json\ntintype presets --import styles.csv\n" +
			"tintype run --preset film \"A red bicycle.\"",
		RunE: p.runE(func(_ context.Context, args []string) (int, error) {
			switch {
			case len(args) > 1 || file != "" && len(args) > 0:
				return 0, usageError("presets takes one name, or --import and a file")
			case file != "":
				return exitOK, importStyles(p, file)
			case len(args) == 1:
				return exitOK, showPreset(p, args[0])
			}
			return exitOK, listPresets(p)
		}),
		ValidArgsFunction: func(c *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			return presetNames(p, c), cobra.ShellCompDirectiveNoFileComp
		},
	}
	c.Flags().StringVar(&file, "import", "", "save the styles of A1111's styles.csv as presets; - is standard input")
	return c
}

// presetJSON is a preset as --json prints it.
type presetJSON struct {
	Name   string         `json:"name"`
	Model  *string        `json:"model"`  // owner/name; null if it leaves the model
	Prompt *string        `json:"prompt"` // with {prompt}; null if it leaves the prompt
	Input  map[string]any `json:"input"`
	File   string         `json:"file"`
}

func newPresetJSON(s preset.Store, one preset.Preset) presetJSON {
	j := presetJSON{Name: one.Name, Prompt: stringOrNil(one.Prompt), Input: one.Input, File: s.Path(one.Name)}
	if one.Model != "" {
		j.Model = stringOrNil(model.Find(one.Model).Reference())
	}
	if j.Input == nil {
		j.Input = map[string]any{}
	}
	return j
}

// presetStore returns the presets beside the settings file, which may have mistakes: nothing is bought here.
func presetStore(p *program) (preset.Store, error) {
	settings, _, err := p.loadSettings()
	if err != nil && settingsFileError(err) == nil {
		return preset.Store{}, err
	}
	return preset.In(settings.Config), nil
}

// listPresets prints the presets, and a sentence for each file that cannot be used.
func listPresets(p *program) error {
	store, err := presetStore(p)
	if err != nil {
		return err
	}
	presets, bad := store.List()
	for _, err := range bad {
		p.printProgress(format.Sentence(err.Error()))
	}
	if p.json {
		all := make([]presetJSON, len(presets))
		for i, one := range presets {
			all[i] = newPresetJSON(store, one)
		}
		return p.writeJSON(all)
	}
	if len(presets) == 0 && len(bad) == 0 {
		p.printProgress("There are no presets in " + cmp.Or(store.Dir(), "presets/ beside the settings file") + ". ctrl+x O saves one in the full screen; --import reads A1111's styles.csv.")
	}
	width := terminalWidth(p.out)
	for _, one := range presets {
		line := columns([]int{16, 20}, one.Name, modelOfPreset(one), presetWords(one))
		if width > 0 {
			line = string(text.Truncate(text.CleanLine(line), width, "…"))
		}
		p.printLine(p.out, line)
	}
	return nil
}

// modelOfPreset returns the short name of a preset's model.
func modelOfPreset(one preset.Preset) string {
	if one.Model == "" {
		return "any model"
	}
	return model.Find(one.Model).Label()
}

// presetWords writes what a preset sets beside the model, in one line.
func presetWords(one preset.Preset) string {
	var words []string
	for _, name := range slices.SortedFunc(maps.Keys(one.Input), params.Compare) {
		words = append(words, name+"="+model.Parameter{}.Format(one.Input[name]))
	}
	if one.Prompt != "" {
		words = append(words, one.Prompt)
	}
	return strings.Join(words, " · ")
}

// showPreset prints a preset.
func showPreset(p *program, name string) error {
	store, err := presetStore(p)
	if err != nil {
		return err
	}
	found, err := store.Find(name)
	switch {
	case err != nil:
		return usageError("%w", err)
	case len(found) > 1:
		return usageError("presets shows one preset: tintype presets %s", found[0].Name)
	}
	one := found[0]
	if p.json {
		return p.writeJSON(newPresetJSON(store, one))
	}
	p.printRow("name", one.Name)
	p.printRow("model", modelOfPreset(one))
	for _, name := range slices.SortedFunc(maps.Keys(one.Input), params.Compare) {
		p.printRow(name, model.Parameter{}.Format(one.Input[name]))
	}
	p.printRow("prompt", one.Prompt)
	p.printRow("file", store.Path(one.Name))
	return nil
}

// importStyles saves the styles of A1111's styles.csv as presets.
func importStyles(p *program, file string) error {
	store, err := presetStore(p)
	if err != nil {
		return err
	}
	in := p.in
	if file == "-" {
		defer p.sayWaiting("the styles on standard input")()
	} else {
		f, err := os.Open(file)
		if err != nil {
			return usageError("%s cannot be read: %s", file, format.Cause(err))
		}
		defer f.Close()
		in = f
	}
	saved, err := saveStyles(p, store, in, file)
	if err != nil {
		return err
	}
	if p.json {
		return p.writeJSON(saved)
	}
	for _, one := range saved {
		p.printLine(p.out, one.Name)
	}
	p.printProgress(format.Plural(len(saved), "preset") + " saved in " + store.Dir() + ".")
	return nil
}

// saveStyles saves styles whose names are not taken.
func saveStyles(p *program, store preset.Store, in io.Reader, file string) ([]presetJSON, error) {
	presets, notes, err := preset.Styles(in)
	if err != nil {
		return nil, usageError("%s: %w", file, err)
	}
	for _, note := range notes {
		p.printProgress(note)
	}
	saved := []presetJSON{}
	for _, one := range presets {
		switch err := store.Save(one, false); {
		case errors.Is(err, preset.ErrExists):
			p.printProgress(one.Name + " is here already, and was left as it is.")
		case err != nil:
			return nil, err
		default:
			saved = append(saved, newPresetJSON(store, one))
		}
	}
	return saved, nil
}
