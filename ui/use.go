package ui

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/plan"
	"tintype/ui/template"
	"tintype/ui/text"
)

// used is the prediction that was loaded into the form, and will be the parent of the next one. The zero value is for none.
type used struct {
	key  string
	text string // its prompt, as it was loaded
}

// usedFor returns what was loaded into the form with its present prompt: a prediction, by its key, or none for "".
func usedFor(m *Model, key string) used {
	if key == "" {
		return used{}
	}
	return used{key, m.prompt.Value()}
}

// follow forgets what was loaded if the prompt is empty, since what is written next is something else.
func (u *used) follow(prompt string) {
	if prompt == "" {
		*u = used{}
	}
}

// use loads a prediction into the form, without submitting it. Both undos restore the form.
func (m *Model) use() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	m.rememberForm()
	setTemplate(m, template.Escape(e.Prompt()))
	m.used = usedFor(m, e.Key)
	noteDropped(m, m.settings.Load(model.Reference(e.Model, e.Version), e.Input))
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

// chooseValue opens a list of the selected prediction's settings; the chosen one is copied to the form.
func (m *Model) chooseValue() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	values := valuesOf(e)
	list := picker.New("Copy one setting to the form", valueChoices(e, values), noValue)
	list.SetVerb("copy")
	m.openChooser(list, func(name string) tea.Cmd {
		m.rememberForm()
		if name == params.Prompt || name == templateValue {
			written := e.Template
			if name == params.Prompt {
				written = template.Escape(e.Prompt())
			}
			setTemplate(m, written)
			m.used = usedFor(m, e.Key) // as the prompt is that of the run
			return nil
		}
		m.notifyError(m.settings.LoadOne(name, values[name]))
		return nil
	})
	return nil
}

// valuesOf returns what of a prediction can be copied to the form: its model, and its input with the seed that it had.
func valuesOf(e history.Entry) map[string]any {
	values := map[string]any{form.RowModel: model.Reference(e.Model, e.Version)}
	if e.Template != "" {
		values[templateValue] = e.Template
	}
	maps.Copy(values, e.Input)
	if e.Seed != nil {
		values[params.Seed] = *e.Seed
	}
	return values
}

// valueChoices lists values in the form's words and order, after the prompt and the model.
func valueChoices(e history.Entry, values map[string]any) []picker.Choice {
	of := model.Find(model.Reference(e.Model, e.Version))
	first := []string{form.RowModel, templateValue, params.Prompt} // the last comes first
	names := slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(first, b), slices.Index(first, a)), params.Compare(a, b))
	})
	column := 0
	for _, name := range names {
		column = max(column, text.Width(text.CleanLine(params.Label(name))))
	}
	choices := make([]picker.Choice, len(names))
	for i, name := range names {
		value := of.Label()
		if name != form.RowModel {
			value = form.ValueText(of, name, values[name])
		}
		choices[i] = picker.Choice{Value: name, Text: string(text.PadRight(text.CleanLine(params.Label(name)), column)) + "  " + format.Clean(value)}
	}
	return choices
}

// templateValue is the prompt as it was written, among what can be copied.
const templateValue = "template"

// promptOf returns the prompt of a plan as a template: one that was no template is escaped.
func promptOf(s plan.Spec) string {
	if s.AsWritten {
		return template.Escape(s.Prompt)
	}
	return s.Prompt
}

// noteDropped names what the settings do not take.
func noteDropped(m *Model, dropped []string) {
	if len(dropped) == 0 {
		return
	}
	for i, name := range dropped {
		dropped[i] = params.Label(name)
	}
	m.notify("Left out, as this model does not take it: " + format.Clean(strings.Join(dropped, ", ")) + ".")
}
