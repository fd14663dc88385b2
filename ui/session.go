package ui

import (
	"context"
	"maps"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// onOpened takes a session that was opened: the first one, without which there is no program, or the demo's. The draft is kept when
// there is one already.
func (m *Model) onOpened(msg openedMsg) tea.Cmd {
	m.background.switching = false
	switch {
	case msg.session.History == nil && m.opened:
		m.notifyError(msg.err)
		return nil
	case msg.session.History == nil:
		m.exit.err = msg.err
		return tea.Quit
	}
	draft, left, first := m.prompt.Value(), m.leaveSession(), !m.opened
	m.session, m.opened = msg.session, true
	if m.session.Runner != nil {
		m.list.SetSource(m.session.Runner)
	}
	m.background.form, m.background.built = &form.FormKeeper{Dir: m.session.History.Path("")}, false
	m.settings = m.newSettings(m.settings.ModelID())
	m.takeForm(msg.form)
	if first && m.options.ModelOverride != "" {
		m.settings.SetModel(m.options.ModelOverride)
	}
	if draft != "" {
		m.prompt.SetValue(draft) // the one that was left is one undo away
	}
	m.showNewest(msg.newest)
	m.notify(format.Sentence(format.Clean(msg.word)))
	m.notify(m.keys.Unknown(m.options.Keys))
	m.notifyError(msg.err)
	m.explainReadOnly()
	h := m.session.History
	return tea.Batch(left, m.submitEarly(draft), resumeJobs(h, m.session.Runner), buildIndex(m.ctx, h), m.watch(), tally(h, m.midnight()), m.readPrompts())
}

// submitEarly buys what was written and entered before the session was there. A draft of the last sitting was not meant.
func (m *Model) submitEarly(draft string) tea.Cmd {
	if !m.guard.TakeHeldEnter() || draft == "" {
		return nil
	}
	return m.submit()
}

// showNewest puts the newest predictions up, and the cursor where it was left.
func (m *Model) showNewest(newest []history.Entry) {
	keys := make([]string, 0, len(newest))
	for _, e := range newest {
		if !e.Trashed {
			keys = append(keys, e.Key)
		}
	}
	m.list.Update(newest...)
	m.list.SetKeys(history.Keys{}.With(keys...))
	if selected := m.background.saved.Selected; selected != "" {
		m.list.Choose(selected)
	}
	m.preview.Pin(m.list.Cursor())
}

// leaveSession forgets what is known of a session that another one takes the place of, and has its form written and it closed.
func (m *Model) leaveSession() tea.Cmd {
	left, before := m.leaveForm(), m.session.Close
	m.list.Reset()
	m.undo = nil
	m.preview.Reset()
	if !m.opened || before == nil {
		return left
	}
	return tea.Batch(left, func() tea.Msg { before(); return nil })
}

// closeSession lets go of the session, at the end.
func (m *Model) closeSession() {
	if m.opened && m.session.Close != nil {
		m.session.Close()
	}
}

// explainReadOnly says what stands in the way of buying, once, at the start.
func (m *Model) explainReadOnly() {
	if m.session.Runner == nil {
		m.notify(m.noKeySentence())
	}
}

// onJobsResumed follows the jobs that an earlier program left.
func (m *Model) onJobsResumed(msg jobsResumedMsg) tea.Cmd {
	for _, row := range msg.rows {
		m.list.Update(row.Entry)
	}
	if len(msg.rows)+msg.others.Total() > 0 {
		m.notify(wording.Resumed(len(msg.rows), msg.others))
	}
	cmds := make([]tea.Cmd, 0, len(msg.tasks))
	for _, t := range msg.tasks {
		cmds = append(cmds, m.perform(t))
	}
	return tea.Batch(cmds...)
}

// perform is the command of a task of this session.
func (m *Model) perform(t runner.Task) tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	return perform(m.ctx, m.session.Runner, t, m.background.unheard)
}

// onPerformed takes what came of a job's task, and goes on with what follows from it.
func (m *Model) onPerformed(msg performedMsg) tea.Cmd {
	cmds := make([]tea.Cmd, 0, len(msg.missed)+2)
	for _, change := range msg.missed {
		cmds = append(cmds, m.onChange(change))
	}
	if !msg.taken {
		change, next := m.session.Runner.Apply(msg.result)
		cmds = append(cmds, m.onChange(change), m.perform(next))
	}
	return tea.Batch(cmds...)
}

// onChange shows what happened to a job.
func (m *Model) onChange(c runner.Change) tea.Cmd {
	if c.IsZero() {
		return nil
	}
	if c.Notice.Kind == runner.NotRecorded {
		m.list.Drop(c.Row.Key)
		m.guard.AllowResubmit()
		m.notify(m.wording().Notice(c, m.session.History.WriteError()))
		return nil
	}
	if c.Row.Key != "" {
		m.list.Update(c.Row.Entry)
	}
	if wording.IsPassing(c.Notice.Kind) {
		m.notify(m.wording().Notice(c, m.session.History.WriteError()))
	}
	if c.Row.State == c.Before {
		return nil
	}
	m.list.Refilter()
	return m.onJobEnded(c)
}

// onJobEnded takes note of the end of a job: its picture goes on the stage, or its row says "new", and the money is counted.
func (m *Model) onJobEnded(c runner.Change) tea.Cmd {
	if !c.Row.State.Ended() && c.Row.State != history.Unconfirmed {
		return nil
	}
	key := c.Row.Key
	switch c.Row.State {
	case history.Done:
		m.preview.OnSaved(key)
		m.list.SetUnseen(key)
	case history.Failed, history.Lost:
		m.list.SetUnseen(key) // what was stopped is known, what is unconfirmed says so by itself
	}
	return tea.Batch(m.ring(c), tally(m.session.History, m.midnight()))
}

// onIndexed takes the whole history's keys.
func (m *Model) onIndexed(msg indexedMsg) tea.Cmd {
	m.notifyError(msg.err)
	m.background.built = true
	m.takeKeys()
	return thenFreeMemory(m.session.History, m.readPrompts())
}

// readPrompts reads as many earlier prompts as ↑ has needed so far.
func (m *Model) readPrompts() tea.Cmd {
	if m.recall.Far {
		return earlierPrompts(m.session.History, promptsFar, false)
	}
	return earlierPrompts(m.session.History, promptsNear, false)
}

// takeKeys takes the history's keys, as they are now, and those of jobs that are not in it yet.
func (m *Model) takeKeys() {
	if !m.background.built {
		return
	}
	var live []string
	if m.session.Runner != nil {
		for _, row := range m.session.Runner.Live() {
			live = append(live, row.Key)
		}
	}
	m.list.SetKeys(m.session.History.Keys().With(live...))
	m.list.Refilter()
}

// watch looks out for other programs' lines in this session's journal, and no longer in the one before.
func (m *Model) watch() tea.Cmd {
	if m.background.unwatch != nil {
		m.background.unwatch()
	}
	ctx, stop := context.WithCancel(m.ctx)
	m.background.unwatch = stop
	return watch(ctx, m.session.History, m.now)
}

// onRefreshed takes what other programs appended.
func (m *Model) onRefreshed(msg refreshedMsg) tea.Cmd {
	if msg.ended {
		return nil
	}
	if msg.slept {
		m.pollNow()
	}
	next := m.watch()
	if len(msg.changed) == 0 {
		return next
	}
	m.list.Update(msg.changed...)
	m.takeKeys()
	if m.session.Runner == nil {
		return next
	}
	return tea.Batch(next, tally(m.session.History, m.midnight()), m.observe(msg.changed))
}

// observe passes lines that somebody else wrote to the runner, so that its rows have them.
func (m *Model) observe(changed []history.Entry) tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	changes, tasks := m.session.Runner.ObserveJournal(changed)
	cmds := make([]tea.Cmd, 0, len(changes)+len(tasks))
	for _, c := range changes {
		cmds = append(cmds, m.onChange(c))
	}
	for _, t := range tasks {
		cmds = append(cmds, m.perform(t))
	}
	return tea.Batch(cmds...)
}

// onRecorded takes an entry that the user changed.
func (m *Model) onRecorded(msg recordedMsg) tea.Cmd {
	if msg.err != nil {
		m.notifyError(msg.err)
		return nil
	}
	m.list.Update(msg.entry)
	m.list.Refilter()
	return m.observe([]history.Entry{msg.entry})
}

// pollNow polls at once: the terminal has the focus again, or the machine has slept.
func (m *Model) pollNow() {
	if m.session.Runner != nil {
		m.session.Runner.PollNow()
	}
}

// midnight is the beginning of today, where the user is.
func (m *Model) midnight() time.Time {
	now := m.now()
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
}

// promptTexts are the texts of prompts.
func promptTexts(prompts []history.Prompt) []string {
	texts := make([]string, len(prompts))
	for i, p := range prompts {
		texts[i] = p.Text
	}
	return texts
}

// inputWithout is an entry's input without the prompt.
func inputWithout(e history.Entry) map[string]any {
	input := maps.Clone(e.Input)
	delete(input, "prompt")
	return input
}
