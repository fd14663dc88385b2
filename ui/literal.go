package ui

import tea "charm.land/bubbletea/v2"

// toggleLiteral turns the language of the prompt off for this draft, or on again.
func toggleLiteral(m *Model) tea.Cmd {
	m.literal = !m.literal
	if m.literal {
		m.notify("The prompt is sent as it is written: its signs mean themselves.")
	} else {
		m.notify("The prompt is a template again.")
	}
	if p := m.screens.sheet.Plan(); m.screens.Top() == m.screens.sheet && p.Spec.Prompt == m.prompt.Value() {
		return openPlan(m, m.spec(m.prompt.Value())) // what is shown is of the form
	}
	return nil
}

// setTemplate replaces the draft by a template.
func setTemplate(m *Model, written string) {
	m.prompt.SetValue(written)
	m.used = used{}
	m.literal = false
}
