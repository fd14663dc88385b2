package cli

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"

	"tintype/api/model"
	"tintype/config"
	"tintype/ui/preset"
)

// presetLayer is what the presets of --preset set. Flags win over it.
type presetLayer struct {
	names string // as film+ink; "" for none
	store preset.Store
	model string         // owner/name; "" if they name none
	input map[string]any // their settings
}

// addPresetFlag adds --preset, with the names of the folder as its completions.
func addPresetFlag(p *program, c *cobra.Command, names *string) {
	c.Flags().StringVar(names, "preset", "", "a preset, or several as film+ink; other flags win over it")
	_ = c.RegisterFlagCompletionFunc("preset", func(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
		return presetNames(p, c), cobra.ShellCompDirectiveNoFileComp
	}) // it fails only for a flag that is unknown
}

// presetNames returns the names of the presets, for completion.
func presetNames(p *program, c *cobra.Command) []string {
	p.readFlags(c)
	settings, _, err := p.loadSettings()
	if err != nil && settingsFileError(err) == nil {
		return nil
	}
	return preset.In(settings.Config).Names()
}

// readPresets reads the presets that --preset names, and makes their model the one to buy from, unless -m names another one.
func readPresets(p *program, settings *config.Settings, names string) (presetLayer, error) {
	l := presetLayer{names: names, store: preset.In(settings.Config)}
	if names == "" {
		return l, nil
	}
	var err error
	if l.model, _, l.input, err = l.store.Apply(names, "", "", nil); err != nil {
		return l, usageError("--preset: %w", err)
	}
	if _, given := p.flagValues["model"]; l.model != "" && !given {
		settings.Model = l.model
	}
	return l, nil
}

// apply returns a prompt with the text of the presets around it.
func (l presetLayer) apply(prompt string) (string, error) { return l.around(prompt, l.store.Apply) }

// applyToTemplate is apply for a prompt that is a template.
func (l presetLayer) applyToTemplate(prompt string) (string, error) {
	return l.around(prompt, l.store.ApplyToTemplate)
}

func (l presetLayer) around(
	prompt string, with func(names, modelID, prompt string, input map[string]any) (string, string, map[string]any, error),
) (string, error) {
	if l.names == "" {
		return prompt, nil
	}
	_, prompt, _, err := with(l.names, "", prompt, nil)
	if err != nil {
		return "", usageError("--preset: %w", err)
	}
	return prompt, nil
}

// addTo adds the settings that nothing else has set, as far as the model takes them and they have an effect. It returns a sentence for
// each that the model does not take.
func (l presetLayer) addTo(m model.Model, input map[string]any) (notes []string) {
	for _, name := range slices.Sorted(maps.Keys(l.input)) {
		if _, given := input[name]; given {
			continue
		}
		if _, takes := m.Parameter(name); m.Known && !takes {
			notes = append(notes, fmt.Sprintf("%s has no %s: it is left out.", m.Name(), name))
			continue
		}
		input[name] = l.input[name]
	}
	for name := range l.input {
		if m.CheckEffect(name, input) != nil {
			delete(input, name)
		}
	}
	return notes
}
