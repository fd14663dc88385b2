package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/guard"
	"tintype/ui/keymap"
	"tintype/ui/runner/inputimage"
	"tintype/ui/text"
	"tintype/ui/textedit"
)

// pasteLimit is how many bytes of a paste are used: the longest prompt, and as much again for what cleaning removes.
const pasteLimit = 2 * textedit.MaxPrompt

// onPaste inserts text where the user is typing, otherwise into the prompt. It never submits.
func (m *Model) onPaste(s string) tea.Cmd {
	drop := inputimage.ParseDrop(s)
	s, _ = text.CutBytes(s, pasteLimit)
	if cmd, taken := m.dialogs.Paste(s); taken {
		return cmd
	}
	switch {
	case isKey(s):
		return onPastedKey(m, s)
	case m.list.IsEditingFilter():
		m.list.PasteFilter(s)
	case m.place() == keymap.InSettings && isEntry(s) && m.settings.TakesEntry():
		return typeEntry(m, strings.TrimSpace(s))
	default:
		if len(drop) > 0 && m.session.History != nil {
			row, _ := m.settings.ImageRow()
			return m.session.requestImage(m.options.Env, imageRequest{row: row, typed: drop, add: true, pasted: s})
		}
		return m.pasteText(s)
	}
	return nil
}

// onBurst inserts text that arrived at once but not as a paste: a paste without brackets, or text from an input method. Its line ends break
// the line. Where letters are commands, it runs none.
func (m *Model) onBurst(s string) tea.Cmd {
	if m.guard.Swallows(m.now()) {
		return nil
	}
	where := m.place()
	_, _, edits := m.screens.Top().Cursor()
	switch {
	case m.dialogs.HasMenu():
		return nil
	case m.dialogs.TakesKeys(), m.list.IsEditingFilter():
		return m.onPaste(s)
	case !m.screens.IsHome() && edits, where&keymap.OnAny != 0 && guard.OnlyMoves(s), where == keymap.InSettings && isEntry(s):
		var cmds []tea.Cmd
		for _, r := range strings.ReplaceAll(s, "\n", "") { // single keys that a slow connection delivered at once; enter would run something
			cmds = append(cmds, m.onKey(tea.KeyPressMsg{Code: r, Text: string(r)}))
		}
		return tea.Batch(cmds...)
	}
	return m.onPaste(s)
}

// typeEntry types a pasted number, or another value, into the row of the settings under the cursor.
func typeEntry(m *Model, s string) tea.Cmd {
	var cmds []tea.Cmd
	for _, r := range s {
		cmds = append(cmds, m.onSettingsKey(tea.KeyPressMsg{Code: r, Text: string(r)}))
	}
	return tea.Batch(cmds...)
}

// isEntry reports whether a text can be typed into a row of the settings.
func isEntry(s string) bool { return form.IsEntryText(strings.TrimSpace(s)) }

// pasteText inserts pasted text into the prompt.
func (m *Model) pasteText(s string) tea.Cmd {
	m.screens.Home()
	m.screens.home.setFocus(focusPrompt)
	if whole := m.prompt.Paste(s); !whole {
		m.notify("The paste was longer than a prompt may be; its end was cut.")
	}
	m.recall.Leave()
	return nil
}
