package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/tty"
)

// onPromptKey edits the prompt by a key. In its first and last line ↑ and ↓ recall earlier and later prompts.
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
		text, ok = m.recall.Earlier(m.prompt.Value(), m.literal)
	case +1:
		text, ok = m.recall.Later()
	}
	if ok {
		m.literal, m.used = m.recall.IsLiteral(), used{}
		m.prompt.SetRecalled(text)
	}
	if m.session.isOpen && m.recall.StartsToRunOut() {
		return m.readPrompts()
	}
	return nil
}

// breakLine inserts a line break into the prompt.
func (m *Model) breakLine() tea.Cmd {
	m.prompt.Paste("\n")
	m.recall.Leave()
	return nil
}

// undoText undoes the last change of the prompt.
func (m *Model) undoText() tea.Cmd {
	if m.used.key != "" && m.prompt.Value() == m.used.text {
		m.used = used{} // what was loaded is undone
	}
	if !m.prompt.Undo() {
		refuse(m, "Nothing to undo.")
	}
	return nil
}

// editPrompt opens the prompt in the user's editor. No message is handled until it ends.
func (m *Model) editPrompt() tea.Cmd {
	if trouble := m.options.EditorTrouble; trouble != "" {
		m.notify(trouble)
		return nil
	}
	if len(m.options.Editor) == 0 {
		refuse(m, "No editor is set: export EDITOR, then start tintype again.")
		return nil
	}
	m.session.updatesPaused.Store(true)
	o := m.options
	return tty.Editor{Command: o.Editor, Env: o.ChildEnv, In: o.In, Out: o.Out, Input: o.Input, Shutdown: o.Shutdown}.Edit(m.prompt.Value())
}

// onEdited replaces the prompt by the editor's text.
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
