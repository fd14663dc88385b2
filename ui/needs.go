package ui

import (
	"reflect"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/form"
	"tintype/ui/theme"
)

// background is what goes on in the background on the screen's behalf.
type background struct {
	tick       int          // the generation of the tick that counts
	ticking    bool         // it is on its way …
	tickAt     time.Time    // … and comes then
	built      bool         // the whole history has been read
	switching  bool         // another session is being opened
	unheard    *atomic.Bool // an editor has the terminal, or is about to: no message is heard meanwhile
	usual      map[string]time.Duration
	form       *form.FormKeeper // writes the form's file
	saved      form.Form        // the form as it was last given to be written
	savePause  bool             // a save is due, or under way
	unwatch    func()           // ends the watch over the journal
	formFailed bool             // said once that the form cannot be written
	said       notices
}

// formEvery is how long a change of the form may wait to be written.
const formEvery = time.Second

// effects asks for what the state wants and does not have. It is called after every message.
func (m *Model) effects() tea.Cmd {
	if !m.opened || m.exit.going {
		return nil
	}
	m.notice()
	return tea.Batch(m.fetchRows(), m.startSearch(), m.renderNext(), m.trimThumbnails(), m.scheduleSave(), m.scheduleTick(), m.syncLayer(), m.deletePictures())
}

// fetchRows reads the entries in sight.
func (m *Model) fetchRows() tea.Cmd {
	want := m.list.Missing()
	if key := m.preview.Pinned(); key != "" {
		want = append(want, m.list.MissingOf(key)...)
	}
	want = append(want, m.list.MissingOf(m.screens.Top().Missing()...)...)
	if len(want) == 0 {
		return nil
	}
	return read(m.session.History, want)
}

// startSearch asks the history again when filter, view or the entries have changed.
func (m *Model) startSearch() tea.Cmd {
	ctx, s, ok := m.list.StartSearch(m.ctx)
	if !ok {
		return nil
	}
	return search(ctx, m.session.History, s, m.now())
}

// scheduleSave has the form written a second after it has changed.
func (m *Model) scheduleSave() tea.Cmd {
	if m.background.savePause || reflect.DeepEqual(m.currentForm(), m.background.saved) {
		return nil
	}
	m.background.savePause = true
	return after(formEvery, formDueMsg{})
}

// onFormDue writes the form as it is now.
func (m *Model) onFormDue() tea.Cmd {
	m.background.saved = m.currentForm()
	return saveForm(m.background.form, m.background.saved)
}

// leaveForm writes the form of a session that another one takes the place of.
func (m *Model) leaveForm() tea.Cmd {
	form := m.currentForm()
	if !m.opened || reflect.DeepEqual(form, m.background.saved) {
		return nil
	}
	return saveForm(m.background.form, form)
}

// keepForm writes the form as it was left, after the last second of it too, whether or not a write of it is still under way.
// What goes wrong now was told when the form was written before, and nobody is there to be told.
func (m *Model) keepForm() {
	if !m.opened {
		return
	}
	if form := m.currentForm(); m.background.form.Behind() || !reflect.DeepEqual(form, m.background.saved) {
		_ = m.background.form.Store(m.background.form.Number(), form)
	}
}

// onFormSaved lets the next change be written. What went wrong is said once; the trouble of the disk is the header's.
func (m *Model) onFormSaved(msg formSavedMsg) {
	m.background.savePause = false
	if msg.err != nil && !m.background.formFailed {
		m.background.formFailed = true
		m.notifyError(msg.err)
	}
}

// scheduleTick has the screen drawn again when time changes what it says.
func (m *Model) scheduleTick() tea.Cmd {
	now := m.now()
	due := m.nextChange(now)
	if due <= 0 {
		return nil
	}
	at := now.Add(due)
	if m.background.ticking && !at.Before(m.background.tickAt.Add(-time.Millisecond)) {
		return nil
	}
	m.background.ticking, m.background.tickAt = true, at
	m.background.tick++
	return after(due, tickMsg{m.background.tick})
}

// onTick takes a tick, unless a nearer one was set in the meantime.
func (m *Model) onTick(msg tickMsg) {
	if msg.generation != m.background.tick {
		return
	}
	m.background.ticking = false
	now := m.now()
	m.dialogs.Expire(now)
	m.guard.Expire(now)
}

// nextChange is how long what stands on the screen stays true.
func (m *Model) nextChange(now time.Time) time.Duration {
	due := ageTick
	sooner := func(d time.Duration) {
		if d < due {
			due = max(d, time.Millisecond)
		}
	}
	if spins, live := m.moving(); spins {
		sooner(time.Second / theme.SpinnerRate)
	} else if live {
		sooner(time.Second - time.Duration(now.Nanosecond())%time.Second)
	}
	if left, ok := m.dialogs.NoteLeft(now); ok {
		sooner(left)
	}
	if left, ok := m.guard.ArmedFor(now); ok {
		sooner(left + time.Millisecond)
	}
	if d, ok := m.preview.NextChange(now); ok {
		sooner(d)
	}
	return due
}

// ageTick is how often ages are looked at when nothing else moves.
const ageTick = 20 * time.Second

// moving tells whether a spinner turns (progress unknown, motion allowed), and whether anything is under way at all.
func (m *Model) moving() (spins, live bool) {
	if m.session.Runner == nil {
		return false, false
	}
	for _, row := range m.session.Runner.Live() {
		live = true
		if row.Live != nil && row.Live.Progress < 0 && row.Live.Waiting == "" {
			spins = true
		}
	}
	return spins && m.motion(), live
}

// motion tells whether things may move.
func (m *Model) motion() bool {
	return m.options.Appearance.Motion != "none" && m.options.Env("NO_MOTION") == ""
}
