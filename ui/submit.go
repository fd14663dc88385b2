package ui

import (
	"encoding/json"
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// submit buys a prediction of the present prompt. The text and the focus stay as they are.
func (m *Model) submit() tea.Cmd {
	now, prompt := m.now(), strings.TrimSpace(m.prompt.Value())
	if m.guard.InPaste(now) {
		m.notify("That enter came with the paste; " + wording.Key(keymap.ActDevelop) + " develops.")
		return nil
	}
	if !m.session.isOpen {
		m.guard.HoldEnter() // the session is opened within milliseconds
		return nil
	}
	if m.session.Runner == nil {
		return enterKey(m)
	}
	if err := m.settings.Check(prompt); err != nil {
		m.notifyError(err)
		return nil
	}
	input := m.settings.Input(prompt)
	if !m.guard.IsNewSubmit(inputName(m.settings.ModelID(), input), now) {
		return nil
	}
	if m.session.History.WriteError() != nil {
		m.notify(m.wording().NotRecorded(""))
		m.guard.AllowResubmit()
		return nil
	}
	row, task := m.session.Runner.Submit(runner.Draft{Model: m.settings.ModelID(), Input: input})
	m.onSubmitted(row)
	return m.session.perform(m.ctx, task)
}

// onSubmitted shows a purchase on top of the list, and remembers its prompt and price.
func (m *Model) onSubmitted(row runner.Row) {
	m.list.ClearFilter()
	m.list.Add(row.Entry)
	m.preview.OnSubmitted(row.Key)
	m.recall.Leave()
	m.recall.AddPrompt(row.Entry.Prompt())
	m.spending.lastPrice, _ = m.settings.Cost()
}

// inputName identifies a model and an input, so that a held enter is distinguished from a new purchase.
func inputName(model string, input map[string]any) string {
	b, err := json.Marshal(input) // Marshal sorts the keys of maps
	if err != nil {
		return fmt.Sprint(model, input)
	}
	return model + string(b)
}
