package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
)

// use loads a prediction into the form, without submitting it. Both undos restore the form.
func (m *Model) use() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	m.rememberForm()
	m.prompt.SetValue(e.Prompt())
	if dropped := m.settings.Load(e.Model, e.Input); len(dropped) > 0 {
		m.notify("Left out, as this model does not take it: " + format.Clean(strings.Join(dropped, ", ")) + ".")
	}
	m.screens.Home()
	m.screens.home.setFocus(focusPrompt)
	return nil
}

// useAndEdit loads a prediction, and opens its prompt in the editor.
func (m *Model) useAndEdit() tea.Cmd {
	if _, ok := m.list.Selected(); !ok {
		return nil
	}
	return tea.Batch(m.use(), m.editPrompt())
}

// useSeed sets the form's seed to the selected prediction's.
func (m *Model) useSeed() tea.Cmd {
	row, ok := m.list.Row(m.list.Cursor())
	switch {
	case !ok:
		return nil
	case row.Seed == nil:
		m.notify("Its seed is not known.")
		return nil
	}
	m.rememberForm()
	if err := m.settings.LoadOne(params.Seed, *row.Seed); err != nil {
		m.notifyError(err)
		return nil
	}
	m.notify(fmt.Sprintf("Seed %d is in the form.", *row.Seed))
	return nil
}

// chooseValue opens a list of the selected prediction's values; the chosen one is set in the form.
func (m *Model) chooseValue() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	values := map[string]any{}
	maps.Copy(values, e.Input)
	if e.Seed != nil {
		values[params.Seed] = *e.Seed
	}
	var choices []picker.Choice
	for _, name := range slices.Sorted(maps.Keys(values)) {
		choices = append(choices, picker.Choice{Value: name, Text: format.Clean(name), Right: format.Clean(params.Plain(values[name]))})
	}
	m.openChooser(picker.New("Take", choices, ""), func(name string) tea.Cmd {
		m.rememberForm()
		if name == params.Prompt {
			m.prompt.SetValue(e.Prompt())
			return nil
		}
		m.notifyError(m.settings.LoadOne(name, values[name]))
		return nil
	})
	return nil
}
