package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/dialog"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// onGateRefused shows that a purchase was not made: its picture is here or coming, or the budget does not allow it. Its row goes, since the
// journal has nothing of it; the prompt is kept. A person who is at the form can agree to a price that is not known.
func onGateRefused(m *Model, c runner.Change, ofPlan bool) {
	m.list.Drop(c.Row.Key)
	if ofPlan {
		return // the end of the plan says it once
	}
	m.guard.AllowResubmit()
	if c.Notice.Kind == runner.UnknownPrice && !m.dialogs.TakesKeys() {
		openUnknownPrice(m, c)
		return
	}
	m.notify(m.wording().Notice(c))
}

// openUnknownPrice asks whether predictions of a model are bought although a budget cannot hold their price.
func openUnknownPrice(m *Model, c runner.Change) {
	e := c.Row.Entry
	draft := runner.Draft{Model: e.Model, Version: e.Version, Input: e.Input, Template: e.Template, AcceptUnknown: true}
	m.openDecision(dialog.Decision{
		Title: "The price is not known",
		Text:  []string{format.Sentence(format.Clean(c.Notice.Detail)), "Nothing was sent."},
		Answers: []dialog.Answer{
			{Key: "y", Word: "send it, and do not ask again for this model", Do: func() tea.Cmd {
				m.repeats.agreed = e.Model
				return buy(m, draft)
			}},
			{Key: "esc", Word: "do not send it"},
		},
	})
}

// openExpensive asks about a purchase that costs more than ask_above in the settings.
func openExpensive(m *Model, usd float64, draft runner.Draft) {
	m.openDecision(dialog.Decision{
		Title: "Develop this for about " + format.Dollars(usd) + "?",
		Text:  []string{"What costs more than " + format.Dollars(m.spending.limits.AskAbove) + " at once is asked about: ask_above in the settings."},
		Answers: []dialog.Answer{
			{Key: "y", Word: "develop", Do: func() tea.Cmd { return buy(m, draft) }},
			{Key: "esc", Word: "do not"},
		},
	})
}
