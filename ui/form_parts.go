package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/picker"
	"tintype/ui/textedit"
	"tintype/ui/theme"
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
	if m.session.isOpen && m.recall.RunsOut() {
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

// pasteLimit bounds what is looked at of a paste: the longest prompt, and as much again that falls away in it.
const pasteLimit = 2 * textedit.PromptLimit

// onPaste puts pasted text where text is typed; from anywhere else, into the prompt. A paste never buys.
func (m *Model) onPaste(s string) tea.Cmd {
	m.guard.Pasted(m.now())
	s, _ = textedit.FitBytes(s, pasteLimit)
	switch {
	case m.dialogs.Paste(s):
	case m.list.IsEditingFilter():
		m.list.PasteFilter(s)
	default:
		path, dropped := parseDroppedPath(s)
		if row, takesImage := m.settings.ImageRow(); dropped && takesImage && m.session.History != nil {
			return m.requestImage(imageRequest{row: row, typed: []string{path}, add: true, pasted: s})
		}
		return m.pasteText(s)
	}
	return nil
}

// undoText takes the prompt's last change back.
func (m *Model) undoText() tea.Cmd {
	if !m.prompt.Undo() {
		m.notify("Nothing to undo.")
	}
	return nil
}

// onSettingsKey takes a key that is bound to no action to the settings.
func (m *Model) onSettingsKey(key tea.KeyPressMsg) tea.Cmd {
	_, request := m.settings.Update(key)
	m.notifySettings()
	return m.onSettingsRequest(request)
}

// moveSettingsRow moves the cursor of the settings by rows.
func (m *Model) moveSettingsRow(by int) tea.Cmd {
	m.settings.MoveRow(by)
	m.notifySettings()
	return nil
}

// stepSetting sets the row under the cursor to its previous or next value.
func (m *Model) stepSetting(by int) tea.Cmd {
	m.settings.Step(by)
	m.notifySettings()
	return nil
}

// resetSetting sets the row under the cursor to its default.
func (m *Model) resetSetting() tea.Cmd {
	m.settings.Reset()
	m.notifySettings()
	return nil
}

// openSetting opens the row under the cursor.
func (m *Model) openSetting() tea.Cmd {
	request := m.settings.OpenChoices()
	m.notifySettings()
	return m.onSettingsRequest(request)
}

// notifySettings shows what the settings say about the last key.
func (m *Model) notifySettings() { m.notify(format.Sentence(m.settings.Note())) }

// onSettingsRequest does what the settings ask for.
func (m *Model) onSettingsRequest(request form.Request) tea.Cmd {
	switch request {
	case form.RequestChoices:
		row := m.settings.Row()
		if m.settings.IsImageRow(row) {
			return m.openImageChooser(row)
		}
		if c, ok := m.settings.Picker(row); ok {
			m.openChooser(c, m.settingSetter(row))
		}
	case form.RequestLeave:
		m.screens.home.setFocus(focusPrompt)
	}
	return nil
}

// choose opens the choices of a setting from anywhere; focus stays where it was.
func (m *Model) choose(row string) tea.Cmd {
	c, ok := m.settings.Picker(row)
	if !ok {
		m.notify("This model does not take that.")
		return nil
	}
	m.screens.Home()
	if m.settings.IsImageRow(row) {
		return m.openImageChooser(row)
	}
	m.openChooser(c, m.settingSetter(row))
	return nil
}

// chooseImage opens the choice of the model's input image.
func (m *Model) chooseImage() tea.Cmd {
	row, ok := m.settings.ImageRow()
	if !ok {
		m.notify("This model takes no image.")
		return nil
	}
	return m.choose(row)
}

// settingSetter takes what was chosen for a row of the settings.
func (m *Model) settingSetter(row string) func(string) tea.Cmd {
	return func(value string) tea.Cmd {
		m.notifyError(m.settings.Choose(row, value))
		m.notify(format.Sentence(m.settings.Note()))
		return nil
	}
}

// searchPrompts searches earlier prompts: enter takes one, tab takes it to edit.
func (m *Model) searchPrompts() tea.Cmd {
	if !m.session.isOpen {
		return nil
	}
	return loadPrompts(m.session.History, promptsFar, true)
}

// onPrompts takes the prompts of the past, for ↑ and ↓, and shows them where they were asked for.
func (m *Model) onPrompts(msg promptsMsg) {
	m.recall.Set(promptTexts(msg.prompts))
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

// usesText is how often a prompt was developed; "" for once.
func usesText(p history.Prompt, g theme.Glyphs) string {
	if p.Used < 2 {
		return ""
	}
	return format.Count(p.Used) + g.Times
}

// outcomesText is how a prompt went: how many of its predictions were done, and how many failed.
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

// editPrompt opens the prompt in the user's editor.
func (m *Model) editPrompt() tea.Cmd {
	if len(m.options.Editor) == 0 {
		m.notify("No editor is set: export EDITOR, then start tintype again.")
		return nil
	}
	m.session.updatesPaused.Store(true)
	return edit(m.options.Editor, m.prompt.Value(), m.options)
}

// onEdited takes the prompt back from the editor.
func (m *Model) onEdited(msg editedMsg) {
	m.session.updatesPaused.Store(false)
	if msg.err != nil {
		m.notifyError(msg.err)
		return
	}
	m.prompt.SetValue(strings.TrimRight(msg.text, "\r\n"))
	m.recall.Leave()
	m.screens.home.setFocus(focusPrompt)
}

// currentForm is the form as it stands now: what the next start begins with.
func (m *Model) currentForm() form.State {
	return form.State{
		Version: form.Version, Draft: m.prompt.Value(), Cursor: m.prompt.At(), Settings: m.settings.State(),
		Selected: m.list.Cursor(), View: int(m.list.View()), Filter: m.list.FilterText(),
		Unseen: m.list.UnseenKeys(), Thumbs: m.screens.gallery.Size(),
	}
}

// restoreForm begins with the form as it was left.
func (m *Model) restoreForm(f form.State) {
	m.autosave.saved = f
	if f.Version == 0 {
		m.autosave.saved = m.currentForm()
		return
	}
	m.prompt.Restore(f.Draft, f.Cursor)
	m.settings.Restore(f.Settings)
	m.list.RestoreFilter(f.Filter, list.View(f.View))
	m.screens.gallery.SetSize(f.Thumbs)
	for _, key := range f.Unseen {
		m.list.SetUnseen(key)
	}
}

// markSeen takes the new from what has stood on the stage for a while.
func (m *Model) markSeen() {
	key, ok := m.preview.Seen(m.now())
	if !ok || !m.list.IsUnseen(key) {
		return
	}
	if e, ok := m.list.Entry(key); ok && e.State != history.Waiting {
		m.list.SetSeen(key)
	}
}

// promptTexts are the texts of prompts.
func promptTexts(prompts []history.Prompt) []string {
	texts := make([]string, len(prompts))
	for i, p := range prompts {
		texts[i] = p.Text
	}
	return texts
}
