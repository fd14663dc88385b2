package ui

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/picker"
	"tintype/ui/plan"
	"tintype/ui/runner/inputimage"
	"tintype/ui/text"
	"tintype/ui/watchfile"
	"tintype/ui/wording"
)

// fileWatch is the file whose saves become the prompt and the settings. It buys nothing. The zero fileWatch watches none.
type fileWatch struct {
	path   string
	saves  <-chan watchfile.Save
	images inputimage.Importer // of those that the file names
	with   *lab.Lab            // finds the run that the file names as its parent
	stop   context.CancelFunc  // nil: no file is watched
}

// fileChosenMsg: a file that is to be watched was looked at.
type fileChosenMsg struct {
	list *picker.Picker // where its path was typed
	path string
	err  error
}

// fileSavedMsg: something happened to the file that is watched.
type fileSavedMsg struct {
	from <-chan watchfile.Save // of the watch that tells it
	save watchfile.Save
	spec plan.Spec
	err  error // a mistake in the file
	over bool  // the watch has ended
}

// label returns what the form's label says of the file, with a separator after it, in at most width columns; "" if none is watched.
func (w *fileWatch) label(width int) string {
	if w.stop == nil || width < len("watching") {
		return ""
	}
	said := "watching " + format.Clean(filepath.Base(w.path))
	return string(text.Truncate(text.Safe(said), width, "…")) + " · "
}

// toggleWatch asks for a file to watch, or stops watching it.
func toggleWatch(m *Model) tea.Cmd {
	if w := &m.watched; w.stop != nil {
		w.stop()
		m.notify(format.Clean(filepath.Base(w.path)) + " is no longer watched. The form is as it was saved last.")
		*w = fileWatch{}
		return nil
	}
	if !m.session.isOpen {
		return nil
	}
	images := m.session.importer(m.options.Env).ForTexts()
	c := picker.New("Watch a file", nil, noValue)
	c.AllowOther("a path", "a file with a prompt", func(typed string) error {
		if strings.TrimSpace(typed) == "" {
			return errors.New("type the path of a file")
		}
		return nil
	})
	c.AllowCompletion()
	m.screens.Home()
	m.dialogs.ChooseChecked(c, m.now(), func(typed string) tea.Cmd {
		path := images.Path(strings.TrimSpace(typed))
		return ask(func() fileChosenMsg {
			_, err := watchfile.Read(path)
			if errors.Is(err, fs.ErrNotExist) {
				err = errors.New("there is no such file; tintype new FILE makes one")
			}
			return fileChosenMsg{c, path, err}
		})
	}, func(typed string) tea.Cmd { return completePath(images, c, typed, false) })
	return nil
}

// onFileChosen begins to watch a file.
func onFileChosen(m *Model, msg fileChosenMsg) tea.Cmd {
	switch {
	case !m.dialogs.Shows(msg.list): // esc came first
		return nil
	case msg.err != nil:
		msg.list.Refuse(format.Clean(format.Sentence(msg.err.Error())))
		return nil
	}
	m.dialogs.CloseChoice(msg.list)
	watch := m.options.WatchFile
	if watch == nil {
		watch = watchfile.Watch
	}
	if m.watched.stop != nil {
		m.watched.stop()
	}
	saves := make(chan watchfile.Save)
	ctx, stop := context.WithCancel(m.ctx)
	m.watched = fileWatch{msg.path, saves, m.session.importer(m.options.Env).In(filepath.Dir(msg.path)), m.session.lab(), stop}
	go func() {
		defer close(saves)
		watch(ctx, msg.path, func(s watchfile.Save) {
			select {
			case saves <- s:
			case <-ctx.Done():
			}
		})
	}()
	m.rememberForm()
	return m.watched.next()
}

// next waits for what happens to the file.
func (w *fileWatch) next() tea.Cmd {
	from, name, images, with := w.saves, filepath.Base(w.path), w.images, w.with
	return ask(func() fileSavedMsg {
		save, ok := <-from
		msg := fileSavedMsg{from: from, save: save, over: !ok}
		if save.Change != watchfile.Saved {
			return msg
		}
		if msg.spec, msg.err = watchfile.Parse(save.Data, name); msg.err == nil {
			msg.spec, msg.err = lab.ResolveImages(context.Background(), images, with.ResolveParent(msg.spec))
		}
		return msg
	})
}

// onFileSaved puts what was saved into the form. It buys nothing.
func onFileSaved(m *Model, msg fileSavedMsg) tea.Cmd {
	if msg.from != m.watched.saves || msg.over {
		return nil
	}
	name := format.Clean(filepath.Base(m.watched.path))
	switch {
	case msg.save.Err != nil:
		m.notifyError(msg.save.Err)
	case msg.save.Change == watchfile.Gone:
		m.notify(name + " is not there. It is waited for.")
	case msg.save.Change == watchfile.Back:
		m.notify(name + " is back, with the same text.")
	case msg.err != nil:
		m.notify(format.Clean(msg.err.Error()))
	default:
		loadFile(m, msg.spec, name)
	}
	return m.watched.next()
}

// loadFile puts a file's prompt into the form, and its settings if it has any.
func loadFile(m *Model, spec plan.Spec, name string) {
	setTemplate(m, spec.Prompt)
	m.literal, m.used = spec.AsWritten, usedFor(m, spec.Parent)
	if spec.Model == "" {
		spec.Model = m.settings.ModelID()
	}
	var dropped []string
	if len(spec.Base)+len(spec.Axes)+len(spec.Skips) > 0 || spec.How != "" || spec.LabSeed > 0 || spec.Model != m.settings.ModelID() {
		dropped = m.settings.LoadPlan(spec)
	}
	if len(dropped) > 0 {
		noteDropped(m, dropped)
		return
	}
	m.notify(name + " is in the form. " + wording.Key("develop") + " develops it.")
}
