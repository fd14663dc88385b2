package ui

import (
	"cmp"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/picker"
	"tintype/ui/template"
)

// readPrompts reads as many earlier prompts as ↑ has needed so far.
func (m *Model) readPrompts() tea.Cmd {
	if m.recall.NeedsMore() {
		return loadPrompts(m.session.History, promptsFar, false)
	}
	return loadPrompts(m.session.History, promptsNear, false)
}

// How many earlier prompts are read. Each takes a read of its line in the journal.
const (
	promptsNear = 100  // for ↑, at the start
	promptsFar  = 2000 // for ↑ beyond those, and for the search
)

// loadPrompts reads the newest earlier prompts. If search is set, they are then shown in a list.
func loadPrompts(h *history.History, most int, search bool) tea.Cmd {
	return ask(func() promptsMsg { return promptsMsg{h.Prompts("", most), search} })
}

// searchPrompts opens the history: a list of earlier prompts.
func (m *Model) searchPrompts() tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	return loadPrompts(m.session.History, promptsFar, true)
}

// onPrompts keeps earlier prompts for ↑ and ↓, and shows them in a list if that was requested.
func (m *Model) onPrompts(msg promptsMsg) {
	prompts := differentDrafts(msg.prompts)
	m.recall.SetPrompts(draftsOf(prompts))
	if !msg.search {
		return
	}
	if len(prompts) == 0 {
		m.notify("No earlier prompts yet.")
		return
	}
	m.screens.Home()
	pictured := map[string]string{}
	for _, p := range prompts {
		pictured[draftOf(p.Template, p.Text)] = p.Picture
	}
	take := func(prompt string) tea.Cmd {
		m.prompt.SetValue(prompt)
		m.screens.home.setFocus(focusPrompt)
		if key := pictured[prompt]; key != "" && m.list.Has(key) {
			m.list.Choose(key)
		}
		return nil
	}
	m.dialogs.ChooseWithPictures(promptPicker(prompts), m.now(), take, func(prompt string) string { return pictured[prompt] })
}

// promptPicker returns the list of earlier prompts.
func promptPicker(prompts []history.Prompt) *picker.Picker {
	choices := make([]picker.Choice, len(prompts))
	for i, p := range prompts {
		shown := cmp.Or(p.Template, p.Text)
		choices[i] = picker.Choice{Value: draftOf(p.Template, p.Text), Text: format.Clean(shown), Middle: usesText(p)}
	}
	c := picker.New("History", choices, noValue)
	c.ShowInFull()
	c.SetVerb("use it")
	return c
}

// usesText returns in few words how a prompt was used: how often it was used, if more than once, or that it failed.
func usesText(p history.Prompt) string {
	switch {
	case p.Done == 0 && p.Failed > 0:
		return "failed"
	case p.Used > 1:
		return "used " + format.Count(p.Used) + "×"
	}
	return ""
}

// draftOf returns what of an earlier prompt goes into the form: the template that it was made from; without one the text that was sent,
// with the signs of the language escaped, so that it means itself.
func draftOf(written, sent string) string {
	if written != "" {
		return written
	}
	return template.Escape(sent)
}

// draftsOf returns what of earlier prompts goes into the form.
func draftsOf(prompts []history.Prompt) []string {
	texts := make([]string, len(prompts))
	for i, p := range prompts {
		texts[i] = draftOf(p.Template, p.Text)
	}
	return texts
}

// differentDrafts returns earlier prompts without those that were made from the same template as a newer one.
func differentDrafts(prompts []history.Prompt) []history.Prompt {
	var different []history.Prompt
	seen := map[string]bool{}
	for _, p := range prompts {
		if text := draftOf(p.Template, p.Text); !seen[text] {
			seen[text] = true
			different = append(different, p)
		}
	}
	return different
}
