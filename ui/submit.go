package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/guard"
	"tintype/ui/keymap"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// submitOnce buys a prediction, unless its enter is a repeat of a held one.
func submitOnce(m *Model, s submission) tea.Cmd {
	name := draftKey(s.draft)
	kind := m.guard.SubmitKind(name, s.pressed)
	if !s.again.IsZero() {
		m.guard.SubmitKind(name, s.again) // so that a repeat after it is one of a held enter
	}
	switch kind {
	case guard.HeldPress:
		m.repeats.forget()
		return nil
	case guard.MaybePress:
		return after(guard.RepeatPause, m.repeats.keep(s.draft))
	}
	return submitDraft(m, s.draft)
}

// onEnterDue submits for an enter that might have been held, and was not.
func onEnterDue(m *Model, msg enterDueMsg) tea.Cmd {
	draft, ok := m.repeats.take(msg)
	if !ok || m.session.Runner == nil || m.dialogs.TakesKeys() {
		return nil
	}
	return submitDraft(m, draft)
}

// submitDraft buys a prediction, unless a person must decide first: the same may have been bought, waits to be sent, or is here.
func submitDraft(m *Model, draft runner.Draft) tea.Cmd {
	m.repeats.forget()
	if e, ok := m.session.undecided(draft); ok {
		return openUndecided(m, e, draft)
	}
	name := draftKey(draft)
	if had := m.session.findSame(draft); had != "" && m.repeats.told != name {
		m.repeats.told = name
		m.notify(wording.SamePicture(had == history.Done, m.session.Provider.Free))
		return nil
	}
	if m.session.isNewModel(draft.Model) && m.repeats.warned != draft.Model {
		m.repeats.warned = draft.Model
		m.notify(wording.UnknownModel(draft.Model, m.session.Provider.Free) + " " + wording.Key(keymap.ActDevelop) + " sends it.")
		return nil
	}
	if usd, known := m.settings.Cost(); known && m.spending.mustAsk(usd) {
		openExpensive(m, usd, draft)
		return nil
	}
	return buy(m, draft)
}

// isNewModel reports whether a model is not in the catalogue and has made nothing yet.
func (s *session) isNewModel(id string) bool {
	return !model.Find(id).Known && len(s.History.Durations(id, 1)) == 0
}

// buy sends a purchase.
func buy(m *Model, draft runner.Draft) tea.Cmd {
	m.repeats.told = ""
	draft.AcceptUnknown = draft.AcceptUnknown || m.repeats.agreed == draft.Model
	if m.session.History.WriteError() != nil {
		m.notify(m.wording().NotRecorded(""))
		m.guard.AllowResubmit()
		return nil
	}
	row, task := m.session.Runner.Submit(draft)
	m.onSubmitted(row)
	return m.session.perform(m.ctx, task)
}

// onSubmitted shows a purchase on top of the list, and remembers its prompt and price.
func (m *Model) onSubmitted(row runner.Row) {
	m.list.ClearFilter()
	m.list.Add(row.Entry)
	m.preview.OnSubmitted(row.Key)
	m.recall.Leave()
	m.recall.AddPrompt(draftOf(row.Template, row.Entry.Prompt()))
	m.spending.lastPrice, _ = m.settings.Cost()
}
