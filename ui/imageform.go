package ui

import (
	"context"
	"fmt"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/runner/inputimage"
)

// imageForm is what the program knows of the input images in the form, besides their paths.
type imageForm struct {
	pending   []string // dropped while the model took no image
	described string   // the model and the images that were asked about last
	new       string   // the row that was changed and is to be told about; "" for none
	added     int      // how many images were given for it
}

// announce tells about the images of a row as soon as it is known what will be sent.
func (f *imageForm) announce(row string, images int) { f.new, f.added, f.described = row, images, "" }

// needs returns the commands that the images in the form need: those that wait for a model are put into it, and what will be sent of each
// is found out.
func (f *imageForm) needs(m *Model) tea.Cmd {
	if row, ok := m.settings.ImageRow(); ok && len(f.pending) > 0 && !m.dialogs.HasChoice() {
		images := f.pending
		f.pending = nil
		return m.session.requestImage(m.options.Env, imageRequest{row: row, typed: images, add: true})
	}
	input := m.settings.Values()
	key := m.settings.Model().ID + m.session.Provider.Name
	for _, p := range m.settings.Model().Parameters {
		if p.IsImage() {
			key += fmt.Sprintf("\x00%v", input[p.Name])
		}
	}
	if key == f.described {
		return nil
	}
	f.described = key
	chosen, provider := m.settings.Model(), m.session.Provider
	return ask(func() imagesDescribedMsg {
		sent, err := inputimage.Describe(context.Background(), chosen, input, provider)
		return imagesDescribedMsg{key, sent, err}
	})
}

// onDescribed shows what will be sent of the images in the form.
func (f *imageForm) onDescribed(msg imagesDescribedMsg, m *Model) {
	if msg.key != f.described {
		return
	}
	texts := map[string]form.SentText{}
	for path, sent := range msg.sent {
		if sent.IsCopy {
			texts[path] = form.SentText{Full: sent.String(), Brief: sent.Brief()}
		}
	}
	m.settings.SetSent(texts)
	m.settings.SetMeasure(func(image string) (w, h int, ok bool) {
		sent, ok := msg.sent[image]
		return sent.Width, sent.Height, ok
	})
	row := f.new
	f.new = ""
	if row == "" {
		return
	}
	if msg.err != nil {
		m.notifyError(msg.err)
		return
	}
	m.notify(f.sentence(row, msg.sent, m))
}

// sentence tells about the images of a row: "Input image: boat.png, sent as JPEG 1024×1024, 141 kB."
func (f *imageForm) sentence(row string, sent map[string]inputimage.Sent, m *Model) string {
	images := form.Images(m.settings.Value(row))
	text := format.UpperFirst(params.Label(row)) + ": " + format.Clean(m.settings.Text(row, m.settings.Value(row)))
	if s := sent[images[len(images)-1]]; s.IsCopy && len(images) == 1 {
		text += ", " + m.look.Glyphs.Translate(s.String())
	}
	if p, _ := m.settings.Model().Parameter(row); p.Type == model.Image && f.added > 1 {
		text += fmt.Sprintf(". %s takes one; %d more left out", m.settings.Model().Name(), f.added-1)
	}
	return text + "."
}

// mostRecent is how many recent pictures are offered as input images.
const mostRecent = 6

// recent returns the picture under the cursor and the newest others in the list.
func (f *imageForm) recent(m *Model) []picker.Choice {
	var choices []picker.Choice
	selected := m.selectedPicture()
	if selected != "" {
		e, _ := m.list.Selected()
		choices = append(choices, picker.Choice{Value: selected, Text: "selected picture", Right: shortPrompt(e)})
	}
	keys := m.list.Keys()
	for i := 0; i < keys.Len() && i < 8*mostRecent && len(choices) <= mostRecent; i++ {
		e, ok := m.list.Entry(keys.At(i))
		if path := m.session.path(picturePath(e, 0)); ok && path != "" && path != selected {
			choices = append(choices, picker.Choice{Value: path, Text: e.Prompt(), Right: format.Age(m.now().Sub(e.CreatedTime()))})
		}
	}
	return choices
}

// completePath completes a typed path.
func completePath(images inputimage.Importer, list *picker.Picker, typed string, several bool) tea.Cmd {
	return ask(func() pathCompletedMsg {
		found := images.Complete(typed, several)
		msg := pathCompletedMsg{list: list, typed: typed, line: found.Line}
		for _, c := range found.Files {
			choice := picker.Choice{Value: c.Line, Text: c.Name, Right: format.Bytes(c.Bytes), Continues: c.IsFolder}
			if c.IsFolder {
				choice.Text, choice.Right = c.Name+"/", ""
			}
			msg.files = append(msg.files, choice)
		}
		return msg
	})
}
