package ui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/runner/inputimage"
	"tintype/ui/text"
)

// imageRequest is a set of input images as they were typed or dropped, and the row of the settings that they are for.
type imageRequest struct {
	row    string
	typed  []string
	add    bool   // to the images that the row has already, if it takes several
	pasted string // the pasted text, which goes into the prompt if it names no file
}

// checkImage reads the files that a request names.
func checkImage(images inputimage.Importer, wish imageRequest) tea.Cmd {
	return ask(func() imageCheckedMsg {
		if wish.pasted != "" && !images.IsFile(wish.typed[0]) {
			return imageCheckedMsg{request: wish}
		}
		var taken []string
		for _, typed := range wish.typed {
			image, err := images.Import(typed)
			if err != nil {
				return imageCheckedMsg{request: wish, err: err}
			}
			taken = append(taken, image)
		}
		return imageCheckedMsg{request: wish, images: taken}
	})
}

// requestImage checks input images. onImageChecked then puts them into the form.
func (s *session) requestImage(env func(string) string, wish imageRequest) tea.Cmd {
	if s.History == nil {
		return nil
	}
	return checkImage(inputimage.New(env, s.History.Path(""), s.Provider), wish)
}

// onImageChecked puts input images into the form. Undo removes them.
func (m *Model) onImageChecked(msg imageCheckedMsg) tea.Cmd {
	switch {
	case msg.err != nil:
		m.notifyError(msg.err)
		return nil
	case len(msg.images) == 0: // the paste named no file
		return m.pasteText(msg.request.pasted)
	}
	before := m.settings.State()
	if err := m.settings.SetImages(msg.request.row, msg.images, msg.request.add); err != nil {
		m.notifyError(err)
		return nil
	}
	m.rememberSettings(before)
	m.notify(format.UpperFirst(params.Label(msg.request.row)) + ": " + format.Clean(m.settings.Text(msg.request.row, m.settings.Value(msg.request.row))) + ".")
	return nil
}

// useAsImage makes the selected prediction's picture the model's input image.
func (m *Model) useAsImage() tea.Cmd {
	path := m.selectedPicture()
	if path == "" {
		refuse(m, "There is no picture here to take.")
		return nil
	}
	take := func(row string) tea.Cmd {
		return m.session.requestImage(m.options.Env, imageRequest{row: row, typed: []string{path}, add: true})
	}
	if row, ok := m.settings.ImageRow(); ok {
		return take(row)
	}
	return chooseImageModel(m, take)
}

// selectedPicture returns the absolute path of the picture under the cursor; "" if there is none.
func (m *Model) selectedPicture() string {
	e, ok := m.list.Selected()
	if !ok || m.session.History == nil {
		return ""
	}
	return m.session.path(picturePath(e, m.list.Output()))
}

// openImageChooser offers no image, the present one, the selected picture, and a path or URL to type.
func (m *Model) openImageChooser(row string) tea.Cmd {
	p, ok := m.settings.Model().Parameter(row)
	if !ok {
		return nil
	}
	choices := []picker.Choice{{Value: "", Text: "none"}}
	at := m.settings.Current(p)
	if at != "" {
		choices = append(choices, picker.Choice{Value: at, Text: m.settings.Text(row, m.settings.Value(row)), Right: "now"})
	}
	selected := m.selectedPicture()
	if selected != "" {
		e, _ := m.list.Selected()
		choices = append(choices, picker.Choice{Value: selected, Text: "selected picture", Right: shortPrompt(e)})
	}
	c := picker.New(format.UpperFirst(params.Label(row)), choices, at)
	c.AllowOther("a path or URL", "~ is home", imageValidator(p))
	m.openChooser(c, func(value string) tea.Cmd {
		switch value {
		case at:
			return nil
		case "":
			m.notifyError(m.settings.Choose(row, ""))
			return nil
		case selected:
			return m.session.requestImage(m.options.Env, imageRequest{row: row, typed: []string{selected}, add: true})
		}
		return m.session.requestImage(m.options.Env, imageRequest{row: row, typed: form.ParseImages(p, value)})
	})
	return nil
}

// shortPrompt returns the beginning of a prompt, enough to recognise the prediction.
func shortPrompt(e history.Entry) string {
	return string(text.Truncate(text.CleanLine(e.Prompt()), 11, "…"))
}

// imageValidator returns a function that distinguishes an image that is typed from words that filter the choices.
func imageValidator(p model.Parameter) func(string) error {
	return func(typed string) error {
		if !strings.ContainsAny(typed, `/\.~:`) {
			return fmt.Errorf("%s takes %s", params.Label(p.Name), p.Domain())
		}
		_, err := p.Parse(typed)
		return err
	}
}

// sendsLocalFiles reports whether an input names a picture on this disk. Only tintype turns its path into data; curl does not.
func sendsLocalFiles(e history.Entry) bool {
	for _, p := range model.Find(e.Model).Parameters {
		v, given := e.Input[p.Name]
		if !given || p.Type != model.Image && p.Type != model.Images {
			continue
		}
		for _, image := range form.Images(v) {
			if model.IsPath(image) {
				return true
			}
		}
	}
	return false
}
