package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
)

// chooseImageModel opens the models that take an input image, since the present one takes none. then is called with the row of the image
// when one was chosen.
func chooseImageModel(m *Model, then func(row string) tea.Cmd) tea.Cmd {
	m.notify(m.settings.Model().Name() + " takes no image: choose a model that does.")
	m.openChooser(m.settings.ImageModelPicker(), func(id string) tea.Cmd {
		m.rememberForm()
		if err := m.settings.Choose(form.RowModel, id); err != nil {
			m.notifyError(err)
			return nil
		}
		row, ok := m.settings.ImageRow()
		if !ok {
			return nil
		}
		return then(row)
	})
	return nil
}
