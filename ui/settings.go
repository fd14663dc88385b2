package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/format"
)

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
