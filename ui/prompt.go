package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/tty"
)

// onPromptKey takes a key to the prompt; at its upper and lower edge ↑ and ↓ recall earlier and later prompts.
func (m *Model) onPromptKey(key tea.KeyPressMsg) tea.Cmd {
	changed, edge := m.prompt.Update(key)
	if changed {
		m.recall.Leave()
		return nil
	}
	var text string
	var ok bool
	switch edge {
	case -1:
		text, ok = m.recall.Earlier(m.prompt.Value())
	case +1:
		text, ok = m.recall.Later()
	}
	if ok {
		m.prompt.SetRecalled(text)
	}
	if m.session.isOpen && m.recall.StartsToRunOut() {
		return m.readPrompts()
	}
	return nil
}

// breakLine breaks the prompt's line.
func (m *Model) breakLine() tea.Cmd {
	m.prompt.Paste("\n")
	m.recall.Leave()
	return nil
}

// undoText takes the prompt's last change back.
func (m *Model) undoText() tea.Cmd {
	if !m.prompt.Undo() {
		m.notify("Nothing to undo.")
	}
	return nil
}

// editPrompt opens the prompt in the user's editor.
func (m *Model) editPrompt() tea.Cmd {
	if len(m.options.Editor) == 0 {
		m.notify("No editor is set: export EDITOR, then start tintype again.")
		return nil
	}
	m.session.updatesPaused.Store(true)
	o := m.options
	return tty.Editor{Command: o.Editor, Env: o.ChildEnv, In: o.In, Out: o.Out, Shutdown: o.Shutdown}.Edit(m.prompt.Value())
}

// onEdited takes the prompt back from the editor.
func (m *Model) onEdited(msg tty.Edited) {
	m.session.updatesPaused.Store(false)
	if msg.Err != nil {
		m.notifyError(msg.Err)
		return
	}
	m.prompt.SetValue(strings.TrimRight(msg.Text, "\r\n"))
	m.recall.Leave()
	m.screens.home.setFocus(focusPrompt)
}
