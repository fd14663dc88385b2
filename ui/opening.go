package ui

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/wording"
)

// onOpened takes a session that was opened: the first one, without which the program ends, or the demo's. A draft that the user has
// typed already is kept.
func (m *Model) onOpened(msg openedMsg) tea.Cmd {
	m.session.switching = false
	switch {
	case msg.session.History == nil && m.session.isOpen:
		m.notifyError(msg.err)
		return nil
	case msg.session.History == nil:
		m.exit.err = msg.err
		return tea.Quit
	}
	draft, literal, left, first := m.prompt.Value(), m.literal, m.leaveSession(), !m.session.wasOpen
	m.session.replace(msg.session)
	if m.session.Runner != nil {
		m.list.SetSource(m.session.Runner)
	}
	m.autosave.file = form.NewFile(m.session.History.Path(""))
	m.settings = form.NewSettings(m.settings.ModelID(), m.session.Provider.Name, m.session.typicalDuration)
	m.restoreForm(msg.form)
	if first && m.options.ModelOverride != "" {
		m.settings.SetModel(m.options.ModelOverride)
	}
	if draft != "" {
		m.prompt.SetValue(draft) // undo restores the saved one
		m.literal, m.used = literal, used{}
	}
	m.showNewest(msg.newest)
	m.notify(format.Sentence(format.Clean(msg.formProblem)))
	m.notify(format.Clean(msg.session.Problem))
	m.notify(m.keys.Unknown(m.options.Keys))
	m.notifyError(msg.err)
	if err := m.session.writeError(); wording.IsUnreadable(err) && m.list.Total() > 0 { // otherwise the preview says it
		m.notifyError(err)
	}
	if m.session.Runner == nil && m.list.Total() > 0 { // otherwise the preview says it
		m.notify(m.session.readOnlySentence(m.options.OpenDemo != nil))
	}
	h := m.session.History
	var early tea.Cmd // submits for an enter pressed before the session was open, but not a draft that was only restored
	if m.guard.TakeHeldEnter() && draft != "" {
		early = m.submit()
	}
	return tea.Batch(left, early, resumeJobs(h, m.session.Runner), buildIndex(m.ctx, h), m.session.watch(m.ctx, m.now), tally(h, m.session.Runner, m.now()), m.readPrompts())
}

// showNewest shows the newest predictions, with the cursor where it was at the end of the last session.
func (m *Model) showNewest(newest []history.Entry) {
	keys := make([]string, 0, len(newest))
	for _, e := range newest {
		if !e.Trashed {
			keys = append(keys, e.Key)
		}
	}
	m.list.Update(newest...)
	m.list.SetKeys(history.Keys{}.With(keys...))
	if selected := m.autosave.saved.Selected; selected != "" {
		m.list.Choose(selected)
	}
}

// leaveSession forgets the state of a session that is replaced, writes its form and closes it.
func (m *Model) leaveSession() tea.Cmd {
	left, before := m.autosave.writeIfChanged(m.currentForm()), m.session.Close
	m.list.Reset()
	m.undo, m.used = nil, used{}
	m.trees.forget()
	m.preview.Reset()
	if !m.session.isOpen || before == nil {
		return left
	}
	return tea.Batch(left, func() tea.Msg { before(); return nil })
}

// startDemo replaces the session by the demo's. The draft is kept.
func (m *Model) startDemo() tea.Cmd {
	switch {
	case m.session.switching:
		return nil
	case m.options.OpenDemo == nil:
		refuse(m, "This is the demo.")
		return nil
	case m.session.Runner != nil:
		refuse(m, "There is a key, so pictures are made at "+m.session.Provider.Title+". tintype --demo starts the demo.")
		return nil
	}
	return switchSession(m, m.options.OpenDemo, form.State{})
}

// switchSession replaces the session by the one that open opens. keep is the form that it begins with; the zero State is the one that it
// finds on disk. Without jobs the present session stays until then; with jobs it is closed first, since each job is followed by one
// program only.
func switchSession(m *Model, open func(context.Context) (Session, error), keep form.State) tea.Cmd {
	m.session.switching = true
	m.screens.Home() // other screens show predictions of the previous session
	height := m.list.Height()
	if m.session.Runner == nil {
		return openSession(m.ctx, open, keep, height)
	}
	closeIt, again := m.session.suspend(), m.options.Open
	return openSession(m.ctx, func(ctx context.Context) (Session, error) {
		closeIt()
		s, err := open(ctx)
		if err == nil {
			return s, nil
		}
		if s, failed := again(ctx); failed == nil {
			s.Problem = format.Sentence(err.Error())
			return s, nil
		}
		return Session{}, err
	}, keep, height)
}

// firstRows is how many of the newest predictions are read before the entire history.
const firstRows = 200

// openSession opens a session, acquires the lock for driving its jobs, and reads what the first frames show. keep is the form to begin
// with; the zero State is the one on disk.
func openSession(ctx context.Context, opener func(context.Context) (Session, error), keep form.State, rows int) tea.Cmd {
	return ask(func() openedMsg {
		s, err := opener(ctx)
		if err != nil {
			return openedMsg{err: err}
		}
		if s.Runner != nil {
			_ = s.History.AcquireDriver() // so that the first purchase need not wait for it; the header shows an error
		}
		msg := openedMsg{session: s}
		f, found, err := keep, true, error(nil)
		if keep.Version == 0 {
			f, found, err = form.Load(s.History.Path(""))
		}
		if err != nil {
			msg.formProblem = err.Error()
		}
		if found && err == nil {
			msg.form = f
		}
		msg.newest, msg.err = s.History.Latest(max(rows, firstRows))
		return msg
	})
}
