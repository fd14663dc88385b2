package ui

import (
	"context"
	"fmt"
	"slices"
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
	row    string // "" if the model takes no image
	typed  []string
	add    bool           // to the images that the row has already, if it takes several
	pasted string         // the pasted text, which goes into the prompt if it is no picture
	list   *picker.Picker // where it was typed, which stays open if it is refused; nil for none
}

// checkImage reads the files that a request names.
func checkImage(ctx context.Context, images inputimage.Importer, wish imageRequest) tea.Cmd {
	return ask(func() imageCheckedMsg {
		var taken []string
		for _, typed := range wish.typed {
			if wish.pasted != "" && !images.IsPicture(ctx, typed) {
				return imageCheckedMsg{request: wish}
			}
			image, err := images.Import(ctx, typed)
			if err != nil {
				return imageCheckedMsg{request: wish, err: err}
			}
			taken = append(taken, image)
		}
		return imageCheckedMsg{request: wish, images: taken}
	})
}

// importer reads the files that are typed or dropped.
func (s *session) importer(env func(string) string) inputimage.Importer {
	return inputimage.New(env, s.History.Path(""), s.Provider)
}

// requestImage checks input images. onImageChecked then puts them into the form.
func (s *session) requestImage(env func(string) string, wish imageRequest) tea.Cmd {
	if s.History == nil {
		return nil
	}
	return checkImage(context.Background(), s.importer(env), wish)
}

// onImageChecked puts input images into the form. Undo removes them.
func (m *Model) onImageChecked(msg imageCheckedMsg) tea.Cmd {
	wish := msg.request
	switch {
	case wish.list != nil && !m.dialogs.Shows(wish.list): // esc came first
		return nil
	case msg.err != nil:
		if wish.list != nil {
			wish.list.Refuse(format.Clean(msg.err.Error()))
		}
		m.notifyError(msg.err)
		return nil
	case len(msg.images) == 0: // the paste names no picture
		return m.pasteText(wish.pasted)
	}
	m.dialogs.CloseChoice(wish.list)
	if wish.row == "" {
		m.images.pending = msg.images
		return chooseImageModel(m, func(string) tea.Cmd { return nil }) // effects puts them into the form
	}
	before := m.settings.State()
	if err := m.settings.SetImages(wish.row, msg.images, wish.add); err != nil {
		m.notifyError(err)
		return nil
	}
	m.images.announce(wish.row, len(msg.images))
	m.rememberSettings(before)
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

// openImageChooser offers the selected picture and other recent ones, the present one, none, and a path or URL to type.
func (m *Model) openImageChooser(row string) tea.Cmd {
	p, ok := m.settings.Model().Parameter(row)
	if !ok || m.session.History == nil {
		return nil
	}
	at := m.settings.Current(p)
	var choices []picker.Choice
	if at != "" {
		choices = append(choices, picker.Choice{Value: at, Text: m.settings.Text(row, m.settings.Value(row)), Right: "current"})
	}
	choices = append(choices, m.images.recent(m)...)
	choices = append(choices, picker.Choice{Value: "", Text: "none"})
	c := picker.New(format.UpperFirst(params.Label(row)), choices, at)
	c.AllowOther("a path or URL", "~ is home", imageValidator(p))
	c.AllowCompletion()
	several := p.Type == model.Images
	m.screens.Home()
	m.dialogs.ChooseChecked(c, m.now(), func(value string) tea.Cmd {
		switch value {
		case at:
			m.dialogs.CloseChoice(c)
			return nil
		case "":
			m.dialogs.CloseChoice(c)
			m.notifyError(m.settings.Choose(row, ""))
			return nil
		}
		wish := imageRequest{row: row, typed: form.ParseImages(p, value), list: c}
		if slices.ContainsFunc(choices, func(ch picker.Choice) bool { return ch.Value == value }) {
			wish.typed, wish.add = []string{value}, true
		}
		return m.session.requestImage(m.options.Env, wish)
	}, func(typed string) tea.Cmd {
		return completePath(m.session.importer(m.options.Env), c, typed, several)
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
		if !given || !p.IsImage() {
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
