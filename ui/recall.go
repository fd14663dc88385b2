package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/picker"
	"tintype/ui/theme"
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

// searchPrompts opens a list of earlier prompts.
func (m *Model) searchPrompts() tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	return loadPrompts(m.session.History, promptsFar, true)
}

// onPrompts keeps earlier prompts for ↑ and ↓, and shows them in a list if that was requested.
func (m *Model) onPrompts(msg promptsMsg) {
	m.recall.SetPrompts(promptTexts(msg.prompts))
	if !msg.search {
		return
	}
	if len(msg.prompts) == 0 {
		m.notify("No earlier prompts yet.")
		return
	}
	choices := make([]picker.Choice, len(msg.prompts))
	for i, p := range msg.prompts {
		choices[i] = picker.Choice{Value: p.Text, Text: format.Clean(p.Text), Middle: usesText(p, m.look.Glyphs), Right: outcomesText(p, m.look.Glyphs)}
	}
	c := picker.New("Earlier prompts", choices, noValue)
	c.AllowEdit()
	take := func(value string) tea.Cmd {
		m.prompt.SetValue(value)
		m.screens.home.setFocus(focusPrompt)
		return nil
	}
	m.screens.Home()
	m.dialogs.Choose(c, m.now(), take, take)
}

// usesText returns how often a prompt was submitted; "" for once.
func usesText(p history.Prompt, g theme.Glyphs) string {
	if p.Used < 2 {
		return ""
	}
	return format.Count(p.Used) + g.Times
}

// outcomesText returns how many of a prompt's predictions were done, and how many failed.
func outcomesText(p history.Prompt, g theme.Glyphs) string {
	var parts []string
	if p.Done > 0 {
		parts = append(parts, g.Done+format.Count(p.Done))
	}
	if p.Failed > 0 {
		parts = append(parts, g.Failed+format.Count(p.Failed))
	}
	return strings.Join(parts, " ")
}

// promptTexts returns the texts of prompts.
func promptTexts(prompts []history.Prompt) []string {
	texts := make([]string, len(prompts))
	for i, p := range prompts {
		texts[i] = p.Text
	}
	return texts
}
