package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/dialog"
	"tintype/ui/keymap"
	"tintype/ui/wording"
)

// exitState is the way out.
type exitState struct {
	leaving bool
	err     error // why the program could not start
}

// askToLeave leaves; with jobs under way it asks once, unless all that stands on the screen is that they go on and how to leave.
func (m *Model) askToLeave() tea.Cmd {
	n := m.session.activeJobs()
	if n == 0 || m.tooSmall() || m.dialogs.IsLeaving() {
		return m.quit()
	}
	m.dialogs.Ask(dialog.Question{
		Text: wording.Leave(n, m.session.Provider.Title), Leaving: true,
		Answers: []dialog.Answer{{Key: "ctrl+c", Word: "leave", Do: m.quit}, {Key: "esc", Word: "stay"}},
	}, m.now())
	return nil
}

// quit ends the program. What runs is closed by who opened it, after the terminal is given back.
func (m *Model) quit() tea.Cmd {
	m.exit.leaving = true
	return m.deleteAllPictures(tea.Quit)
}

// onQuestionKey takes a key to the question. One of a sentence that is typed into the list closes it unanswered.
func (m *Model) onQuestionKey(key string, now time.Time) tea.Cmd {
	if m.place()&keymap.OnRows != 0 && m.guard.IsTyping(key, now) {
		m.dialogs.CloseQuestion()
		m.notify(keysAreCommands)
		return nil
	}
	return m.dialogs.OnQuestionKey(key, now)
}

// keysAreCommands tells who types a sentence into the list what the keys do there.
const keysAreCommands = "Keys act on the list here. esc goes to the prompt."

// openMenu shows a menu in the bottom row.
func (m *Model) openMenu(title string, items []keymap.MenuItem) tea.Cmd {
	m.dialogs.OpenMenu(title, m.availableItems(items))
	return nil
}

// availableItems leaves out what cannot be done now.
func (m *Model) availableItems(items []keymap.MenuItem) []keymap.MenuItem {
	var can []keymap.MenuItem
	for _, item := range items {
		if _, takesImage := m.settings.ImageRow(); item.Action == keymap.ActSetImage && !takesImage {
			continue
		}
		if item.Action == keymap.ActDemo && (m.options.OpenDemo == nil || m.session.Runner != nil) {
			continue
		}
		can = append(can, item)
	}
	return can
}
