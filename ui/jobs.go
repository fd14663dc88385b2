package ui

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// onJobsResumed follows the jobs that an earlier program left behind.
func (m *Model) onJobsResumed(msg jobsResumedMsg) tea.Cmd {
	for _, row := range msg.rows {
		m.list.Update(row.Entry)
	}
	if len(msg.rows)+msg.others.Total() > 0 {
		m.notify(wording.ResumedJobs(len(msg.rows), msg.others))
	}
	cmds := make([]tea.Cmd, 0, len(msg.tasks))
	for _, t := range msg.tasks {
		cmds = append(cmds, m.session.perform(m.ctx, t))
	}
	return tea.Batch(cmds...)
}

// onPerformed shows the results of a job's tasks, and performs the task that follows.
func (m *Model) onPerformed(msg performedMsg) tea.Cmd {
	if msg.by != m.session.Runner {
		return nil // its session was replaced
	}
	cmds := make([]tea.Cmd, 0, len(msg.changes)+2)
	for _, change := range msg.changes {
		cmds = append(cmds, m.onChange(change))
	}
	if !msg.finished {
		change, next := m.session.Runner.Apply(msg.result)
		cmds = append(cmds, m.onChange(change), m.session.perform(m.ctx, next))
	}
	return tea.Batch(cmds...)
}

// onChange shows what happened to a job.
func (m *Model) onChange(c runner.Change) tea.Cmd {
	if c.IsZero() {
		return nil
	}
	planned, ours := m.onPlanChange(c)
	switch c.Notice.Kind {
	case runner.AlreadyComing, runner.FailedElsewhere, runner.OverBudget, runner.UnknownPrice:
		onGateRefused(m, c, ours)
		return planned
	}
	if c.Notice.Kind == runner.NotRecorded {
		m.list.Drop(c.Row.Key)
		m.guard.AllowResubmit()
		m.notify(m.wording().Notice(c))
		return planned
	}
	if c.Row.Key != "" {
		m.list.Update(c.Row.Entry)
	}
	m.notify(m.cancels.note(c, m.wording()))
	if c.Row.State == c.Before {
		return planned
	}
	m.estimates.recount = true // its pictures may be had by now
	m.list.Refilter()
	return tea.Batch(planned, m.onJobEnded(c), matchTree(m))
}

// onJobEnded handles the end of a job: the preview shows its picture, its row says "new", and today's sum is counted again.
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
		m.list.SetUnseen(key) // not a job that the user stopped, nor an unconfirmed one, whose row says so
	}
	var ended tea.Cmd
	if !m.terminal.IsFocused {
		ended = ringBell(m.now().Sub(c.Row.Entry.CreatedTime()))
	}
	return tea.Batch(ended, tally(m.session.History, m.session.Runner, m.now()))
}

// observe hands entries that changed outside the runner to it, so that its rows have the changes.
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
		cmds = append(cmds, m.session.perform(m.ctx, t))
	}
	return tea.Batch(cmds...)
}

// carryOut shows what an action of the runner changed, and performs the task that follows.
func (m *Model) carryOut(c runner.Change, t runner.Task) tea.Cmd {
	return tea.Batch(m.onChange(c), m.session.perform(m.ctx, t))
}

// resumeJobs resumes the jobs that an earlier program left unfinished. Without a runner it returns no command.
func resumeJobs(h *history.History, s *runner.Runner) tea.Cmd {
	if s == nil {
		return nil
	}
	return ask(func() jobsResumedMsg {
		entries, _ := h.Active() // the header shows an error of the history
		rows, tasks, others := s.Resume(entries)
		return jobsResumedMsg{rows, tasks, others}
	})
}

// perform performs a job's task and brings back the result. Without a task it returns no command. While an editor has the terminal,
// Update handles no messages, so the command performs the tasks that follow too: the provider deletes pictures after an hour.
func perform(ctx context.Context, s *runner.Runner, t runner.Task, unheard *atomic.Bool) tea.Cmd {
	if t.IsZero() {
		return nil
	}
	return ask(func() performedMsg {
		msg := performedMsg{by: s, result: s.Perform(ctx, t)}
		for unheard.Load() && ctx.Err() == nil {
			change, next := s.Apply(msg.result)
			msg.changes = append(msg.changes, change)
			if next.IsZero() {
				msg.finished = true
				break
			}
			msg.result = s.Perform(ctx, next)
		}
		return msg
	})
}
