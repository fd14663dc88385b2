package ui

import (
	"errors"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/ui/dialog"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/preset"
	"tintype/ui/wording"
)

// presets is what is known of the preset that was put under the form last, so that another one can replace it.
type presets struct {
	set           map[string]any // the settings that it has set
	before, after string         // the prompt without and with its text
}

// presetsReadMsg: the folder of presets was read, to choose one or to save one.
type presetsReadMsg struct {
	presets []preset.Preset
	bad     []error
	save    *preset.Preset // the one to be saved; nil to choose one
}

// presetSavedMsg: a preset was saved, or not.
type presetSavedMsg struct {
	preset preset.Preset
	err    error
}

// choosePreset reads the presets, and then asks for one.
func choosePreset(m *Model) tea.Cmd { return readPresets(m, nil) }

// savePreset saves the settings of the selected prediction if the list has the focus, else those of the form.
func savePreset(m *Model) tea.Cmd {
	if e, ok := m.list.Selected(); ok && (!m.screens.IsHome() || m.screens.home.focus == focusList) {
		return readPresets(m, presetOf(model.Reference(e.Model, e.Version), e.Prompt(), e.Input))
	}
	return readPresets(m, presetOf(m.settings.ModelID(), m.prompt.Value(), m.settings.Values()))
}

// presetOf makes a preset of a model and the settings that are not its defaults. Seeds and images belong to one picture, and so does a
// prompt without {prompt}.
func presetOf(modelID, prompt string, input map[string]any) *preset.Preset {
	m := model.Find(modelID)
	p := preset.Preset{Model: m.Reference(), Input: map[string]any{}}
	if strings.Contains(prompt, preset.Slot) {
		p.Prompt = prompt
	}
	for _, q := range m.Parameters {
		v, given := input[q.Name]
		isDefault := q.Default != nil && q.Format(v) == q.Format(q.Default)
		if !given || isDefault || q.Name == params.Prompt || q.Name == params.Seed || q.IsImage() {
			continue
		}
		if typed, err := q.Parse(q.Format(v)); err == nil {
			p.Input[q.Name] = typed
		}
	}
	return &p
}

func readPresets(m *Model, save *preset.Preset) tea.Cmd {
	if m.session.Presets.Dir() == "" {
		m.notify("There are no presets without a settings folder.")
		return nil
	}
	store := m.session.Presets
	return ask(func() presetsReadMsg {
		found, bad := store.List()
		return presetsReadMsg{found, bad, save}
	})
}

// onPresetsRead asks which preset to use, or how the new one is called.
func onPresetsRead(m *Model, msg presetsReadMsg) tea.Cmd {
	for _, err := range msg.bad {
		m.notifyError(err)
	}
	if msg.save != nil {
		askPresetName(m, msg)
		return nil
	}
	if len(msg.presets) == 0 {
		if len(msg.bad) == 0 {
			m.notify("There are no presets yet. " + wording.Key(keymap.ActSavePreset) + " saves the form as one.")
		}
		return nil
	}
	list := picker.New("Preset", presetChoices(m, msg.presets), "")
	list.SetVerb("use")
	m.openChooser(list, func(name string) tea.Cmd {
		if i := slices.IndexFunc(msg.presets, func(p preset.Preset) bool { return p.Name == name }); i >= 0 {
			usePreset(m, msg.presets[i])
		}
		return nil
	})
	return nil
}

// presetChoices lists presets with the price that the form would have with them.
func presetChoices(m *Model, presets []preset.Preset) []picker.Choice {
	choices := make([]picker.Choice, len(presets))
	for i, p := range presets {
		id, middle := m.settings.ModelID(), ""
		if p.Model != "" {
			id, middle = p.Model, model.Find(p.Model).Label()
		}
		choices[i] = picker.Choice{
			Value: p.Name, Text: format.Clean(p.Name), Middle: format.Clean(middle), Right: m.settings.PriceWith(id, p.Input), About: presetAbout(p),
		}
	}
	return choices
}

// presetAbout says what a preset sets beside the model.
func presetAbout(p preset.Preset) string {
	var words []string
	for _, name := range slices.SortedFunc(maps.Keys(p.Input), params.Compare) {
		words = append(words, params.Label(name)+" "+model.Parameter{}.Format(p.Input[name]))
	}
	if p.Prompt != "" {
		words = append(words, p.Prompt)
	}
	return format.Clean(strings.Join(words, " · "))
}

// usePreset puts a preset under the form: what was chosen there stays, except what an earlier preset has set.
func usePreset(m *Model, p preset.Preset) {
	m.rememberForm()
	earlier := m.presets
	m.presets = presets{set: map[string]any{}}
	for name, v := range earlier.set {
		if isChosen(m, name, v) {
			m.settings.Set(name, nil)
		}
	}
	if p.Model != "" {
		m.notifyError(m.settings.LoadOne(form.RowModel, p.Model))
	}
	chosen := m.settings.State().Chosen
	var kept, lacking []string
	for _, name := range slices.SortedFunc(maps.Keys(p.Input), params.Compare) {
		if _, was := chosen[name]; was {
			kept = append(kept, params.Label(name))
			continue
		}
		if err := m.settings.LoadOne(name, p.Input[name]); err != nil {
			lacking = append(lacking, name)
			continue
		}
		m.presets.set[name] = p.Input[name]
	}
	presetPrompt(m, p, earlier)
	switch {
	case len(lacking) > 0:
		noteDropped(m, lacking)
	case len(kept) > 0:
		m.notify("Preset " + format.Clean(p.Name) + " is in the form. Your " + strings.Join(kept, ", ") + " stayed.")
	default:
		m.notify("Preset " + format.Clean(p.Name) + " is in the form.")
	}
}

// isChosen reports whether the form has a value for a parameter.
func isChosen(m *Model, name string, v any) bool {
	chosen, ok := m.settings.State().Chosen[name]
	return ok && model.Parameter{}.Format(chosen) == model.Parameter{}.Format(v)
}

// presetPrompt puts the text of a preset around the prompt, in the place of that of an earlier one. An empty prompt has the cursor where
// the prompt goes.
func presetPrompt(m *Model, p preset.Preset, earlier presets) {
	written := m.prompt.Value()
	if earlier.after != "" && written == earlier.after {
		written = earlier.before
	}
	around := p.ApplyTo(written, m.literal)
	m.presets.before, m.presets.after = written, around
	if around != m.prompt.Value() {
		m.prompt.SetValue(around)
	}
	if at := strings.Index(p.Prompt, preset.Slot); at >= 0 && strings.TrimSpace(written) == "" {
		m.prompt.MoveTo(len(preset.Preset{Prompt: p.Prompt[:at] + preset.Slot}.ApplyTo("", m.literal)))
	}
	m.screens.home.setFocus(focusPrompt)
}

// askPresetName asks for the name of a preset that is saved. One that is taken is asked about.
func askPresetName(m *Model, msg presetsReadMsg) {
	choices := make([]picker.Choice, len(msg.presets))
	for i, p := range msg.presets {
		choices[i] = picker.Choice{Value: p.Name, Text: format.Clean(p.Name), Right: "replace", About: presetAbout(p)}
	}
	list := picker.New("Save as a preset", choices, "")
	list.AllowOther("new", "type a name", preset.CheckName)
	list.SetVerb("save")
	if len(choices) == 0 {
		m.notify("Type a name for the preset.")
	}
	m.openChooser(list, func(name string) tea.Cmd {
		p := *msg.save
		p.Name = name
		return writePreset(m, p, false)
	})
}

func writePreset(m *Model, p preset.Preset, replace bool) tea.Cmd {
	store := m.session.Presets
	return ask(func() presetSavedMsg { return presetSavedMsg{p, store.Save(p, replace)} })
}

// onPresetSaved says that a preset was saved, or asks whether it may replace the one that has its name.
func onPresetSaved(m *Model, msg presetSavedMsg) tea.Cmd {
	name := format.Clean(msg.preset.Name)
	switch {
	case errors.Is(msg.err, preset.ErrExists):
		m.dialogs.Ask(dialog.Question{
			Text: "A preset " + name + " is here already.",
			Answers: []dialog.Answer{
				{Key: "y", Word: "replace it", Do: func() tea.Cmd { return writePreset(m, msg.preset, true) }}, {Key: "esc", Word: "keep it"},
			},
		}, m.now())
	case msg.err != nil:
		m.notifyError(msg.err)
	case msg.preset.Prompt == "":
		m.notify("Saved as preset " + name + ", without the prompt: one with {prompt} in it is kept, too.")
	default:
		m.notify("Saved as preset " + name + ".")
	}
	return nil
}
