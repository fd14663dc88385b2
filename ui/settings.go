package ui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
)

// onSettingsKey handles a key in the settings that is bound to no action.
func (m *Model) onSettingsKey(key tea.KeyPressMsg) tea.Cmd {
	_, request := m.settings.Update(key)
	m.notifySettings()
	return m.onSettingsRequest(request)
}

// openSetting opens the row under the cursor.
func (m *Model) openSetting() tea.Cmd {
	request := m.settings.OpenChoices()
	m.notifySettings()
	return m.onSettingsRequest(request)
}

// notifySettings shows what the settings report about the last change.
func (m *Model) notifySettings() { m.notify(format.Sentence(m.settings.Note())) }

// onSettingsRequest does what the settings request.
func (m *Model) onSettingsRequest(request form.Request) tea.Cmd {
	switch request {
	case form.RequestChoices:
		return m.choose(m.settings.Row())
	case form.RequestLeave:
		m.screens.home.setFocus(focusPrompt)
	}
	return nil
}

// choose opens the choices of a setting from any place. The focus stays.
func (m *Model) choose(row string) tea.Cmd {
	if m.settings.IsImageRow(row) {
		return m.openImageChooser(row)
	}
	m.settings.SetSeedShown(shownSeed(m))
	c, ok := m.settings.Picker(row)
	if !ok {
		refuse(m, m.settings.Model().Name()+" has no "+params.Label(row)+" setting.")
		return nil
	}
	if err := m.settings.CheckEffect(row); err != nil {
		refuseError(m, err)
		return nil
	}
	m.openChooser(c, settingSetter(m, row, c))
	return nil
}

// shownSeed returns the seed of the picture that the preview shows; nil if there is none or it is not known.
func shownSeed(m *Model) *int64 {
	if row, ok := m.list.Row(m.preview.Shown().Key); ok {
		return row.Seed
	}
	return nil
}

// chooseImage opens the choices of the model's input image.
func (m *Model) chooseImage() tea.Cmd {
	if row, ok := m.settings.ImageRow(); ok {
		return m.choose(row)
	}
	return chooseImageModel(m, m.choose)
}

// settingSetter returns the function that sets a row of the settings to what was chosen.
func settingSetter(m *Model, row string, c *picker.Picker) func(string) tea.Cmd {
	return func(value string) tea.Cmd {
		if marked := c.Marked(); len(marked) > 0 {
			value = strings.Join(marked, "||")
		}
		m.notifyError(m.settings.Choose(row, value))
		m.notifySettings()
		return nil
	}
}
