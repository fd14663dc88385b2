package cli

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/api"
	"tintype/config"
	"tintype/history"
	"tintype/ui/preset"
)

// settingJSON is a setting, its value, and where that came from: default, file, an environment variable or a flag.
type settingJSON struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
}

// keyJSON says where a key was found. It never contains the key.
type keyJSON struct {
	Needed bool     `json:"needed"` // false for the demo
	Found  bool     `json:"found"`
	From   *string  `json:"from"`  // the environment variable or the file
	Names  []string `json:"names"` // the environment variables that are searched, in order
}

// reportSettings adds a finding for each setting that cannot be used or is ignored.
func (p *program) reportSettings(d *diagnosis, broken *config.FileError, warnings []config.Warning) {
	if broken != nil {
		for _, part := range broken.Errors {
			d.addFinding(history.Finding{Kind: findingSetting, Sentence: part.Error(), Fix: "Correct it: until then nothing is bought, and no provider is asked."})
		}
	}
	for _, warning := range warnings {
		d.addFinding(history.Finding{Kind: findingSetting, Sentence: string(warning), Fix: "Remove it, or spell it as in the list of settings."})
		if p.flagValues["provider"] != "" { // a provider named for this run ignores what is set for another one
			d.Findings[len(d.Findings)-1].Harmless = true
		}
	}
}

// listSettings lists all settings, and adds a finding for an address or a model that cannot be used. A base URL that cannot be used is not printed, since it may contain a password.
func (d *diagnosis) listSettings(settings config.Settings) {
	for _, setting := range config.All() {
		value := settings.Value(setting.Name)
		if _, err := api.CheckBaseURL(value); setting.Name == "base_url" && value != "" && err != nil {
			value = "(cannot be used)"
			d.addFinding(history.Finding{
				Kind: findingSetting, Sentence: "The base URL (from " + string(settings.SourceOf("base_url")) + ") cannot be used: " + err.Error(),
				Fix: "Use the address directly above /models and /predictions, or remove it.",
			})
		}
		if err := checkModel(value); setting.Name == "model" && err != nil {
			d.addFinding(history.Finding{
				Kind: findingSetting, Sentence: "The model (from " + string(settings.SourceOf("model")) + ") cannot be used: " + err.Error(),
				Fix: "Name one that tintype models lists, or remove it.",
			})
		}
		d.Settings = append(d.Settings, settingJSON{setting.Name, value, string(settings.SourceOf(setting.Name))})
	}
	if err := checkModel(settings.FinalModel); settings.FinalModel != "" && err != nil {
		d.addFinding(history.Finding{Kind: findingSetting, Sentence: "The model of [final] cannot be used: " + err.Error(), Fix: "Name one that tintype models lists, or remove it."})
	}
	for _, action := range slices.Sorted(maps.Keys(settings.Keys)) {
		d.Settings = append(d.Settings, settingJSON{"keys." + action, strings.Join(settings.Keys[action], " "), string(config.SourceFile)})
	}
}

// checkPresets adds a finding for each preset that cannot be used.
func (d *diagnosis) checkPresets(settings config.Settings) {
	_, bad := preset.In(settings.Config).List()
	for _, err := range bad {
		d.addFinding(history.Finding{Kind: findingPreset, Sentence: err.Error(), Fix: "Correct it, or remove the file; the other presets work."})
	}
}

// checkKey reports where the key was found.
func (p *program) checkKey(s *session, d *diagnosis) {
	d.Key = keyJSON{Needed: !s.provider.Free, Names: append([]string{}, s.provider.KeyNames...)}
	if s.provider.Free {
		return
	}
	value, from, err := findKey(p.env, s)
	switch {
	case err != nil:
		d.addFinding(history.Finding{Kind: findingKey, Sentence: err.Error(), Fix: "Set " + s.provider.KeyNames[0] + " again, or correct the file."})
	case value == "":
		d.addFinding(history.Finding{
			Kind: findingKey, Sentence: "There is no key for " + s.provider.Title + ".",
			Fix: fmt.Sprintf("Set %s, or try the demo with --demo. Keys are made at %s.", s.provider.KeyNames[0], s.provider.KeyURL),
		})
	default:
		d.Key.Found, d.Key.From = true, stringOrNil(from)
	}
}
