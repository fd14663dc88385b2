package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/dialog"
	"tintype/ui/picker"
)

// openChooser opens a list to choose from over the sidebar.
func (m *Model) openChooser(c *picker.Picker, take func(string) tea.Cmd) {
	m.screens.Home()
	m.dialogs.Choose(c, m.now(), take)
}

// openDecision opens a decision over the sidebar.
func (m *Model) openDecision(d dialog.Decision) {
	m.screens.Home()
	m.dialogs.Decide(d, m.now())
}

// openUnconfirmed asks what to do with a prediction that may have been bought.
func (m *Model) openUnconfirmed(e history.Entry) tea.Cmd {
	answers := []dialog.Answer{
		{Key: "r", Word: "I checked: stop asking", Do: func() tea.Cmd { return m.carryOut(m.session.Runner.Dismiss(e)) }},
		{Key: "y", Word: "send again; may be billed twice", Do: func() tea.Cmd { return m.carryOut(m.session.Runner.Resend(e)) }},
		{Key: "esc", Word: "decide later"},
	}
	if m.session.Runner == nil {
		answers = answers[2:]
	}
	m.openDecision(dialog.Decision{
		Title:   "Was this bought?",
		Text:    m.wording().UnconfirmedQuestion(e),
		Answers: answers,
	})
	return nil
}

// openNoKey explains how to set a key, and offers the demo.
func (m *Model) openNoKey() tea.Cmd {
	if m.session.ReadOnly.Long != "" {
		m.notify(m.session.readOnlySentence(m.options.OpenDemo != nil))
		return nil
	}
	d := dialog.Decision{
		Title: "No key for " + m.session.Provider.Title,
		Text:  []string{"Set one, then start tintype again:"},
		Code:  "export " + m.session.KeyName + "=…",
	}
	if m.options.OpenDemo != nil {
		d.After = []string{"Or try the demo: the same program; it paints on this machine and bills nothing."}
		d.Answers = append(d.Answers, dialog.Answer{Key: "d", Word: "start the demo", Do: m.startDemo})
	}
	d.Answers = append(d.Answers, dialog.Answer{Key: "esc", Word: "look around"})
	m.openDecision(d)
	return nil
}
