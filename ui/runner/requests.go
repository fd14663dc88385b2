package runner

import (
	"cmp"
	"maps"

	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// Submit starts a purchase. Its row exists at once; the first task writes it down (fsync) and posts it.
func (r *Runner) Submit(d Draft) (Row, Task) {
	now, m := r.now(), model.Find(d.Model)
	entry := history.Entry{
		Key: history.NewKey(now), Time: now, State: history.Creating, Driver: r.driver(),
		Provider: r.client.Provider().Name, BaseURL: r.client.BaseURL(),
		Model: m.ID, Version: cmp.Or(d.Version, m.Version), Input: maps.Clone(d.Input),
		Template: d.Template, Batch: d.Batch, Cell: maps.Clone(d.Cell), Parent: d.Parent, CreatedAt: now,
	}
	entry.Price = price(entry)
	r.mu.Lock()
	defer r.mu.Unlock()
	t := newTrackedJob(entry, job.New(r.rules(entry.Model)))
	t.terms = terms{claim: d.Claim, planned: d.Planned, budget: d.Budget, acceptUnknown: d.AcceptUnknown}
	t.last = lastLine{} // the journal has no line of it yet
	r.jobs[entry.Key] = t
	r.apply(t, job.Submitted{Moment: r.moment()})
	return r.publish(t), t.nextTask()
}

// price is the provider's price at the time of buying; nil if the catalogue does not know it.
func price(e history.Entry) *history.Price {
	p, ok := model.Find(e.Model).Price(e.Provider, e.Input)
	if !ok {
		return nil
	}
	return &history.Price{Amount: p.Amount, Unit: string(p.Unit), Source: p.Source, Date: p.Date, Guess: p.Guess}
}

// request applies a person's request to a job in memory, and returns what it changed. mu is held.
func (r *Runner) request(t *trackedJob, event job.Event) (Change, Task) {
	return r.changed(t, r.apply(t, event)), t.nextTask()
}

// Cancel requests the end of a job. What was not sent is stopped at once; what runs is cancelled at the provider. A job that is
// not tracked here is looked up by the task: one of another running program is handed over through the journal, and one without
// a driver is resumed and cancelled.
func (r *Runner) Cancel(key string) (Change, Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	if !ok || t.takenOver {
		return Change{}, Task{Key: key, kind: doHandOver}
	}
	return r.request(t, job.CancelRequested{Moment: r.moment()})
}

// Follow follows a stopped, lost or unconfirmed job again, because a person asked for it.
func (r *Runner) Follow(e history.Entry) (Change, Task) {
	return r.requestFor(e, job.FollowRequested{Moment: r.moment()})
}

// Resend buys an unconfirmed or never sent job again, under its key. Ask the person first: an unconfirmed one may be billed
// twice.
func (r *Runner) Resend(e history.Entry) (Change, Task) {
	return r.requestFor(e, job.ResendRequested{Moment: r.moment()})
}

// Dismiss settles an unconfirmed job: its entry is kept, and no longer asks for a decision.
func (r *Runner) Dismiss(e history.Entry) (Change, Task) {
	return r.requestFor(e, job.DismissRequested{Moment: r.moment()})
}

// requestFor applies a person's request to an entry, which is tracked first if it is not yet.
func (r *Runner) requestFor(e history.Entry, event job.Event) (Change, Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[e.Key]
	switch {
	case ok && !t.takenOver:
	case !r.isOurs(e):
		return Change{Row: Row{Entry: e}, Before: e.State, Notice: r.otherProvider(e)}, Task{}
	default:
		t = r.track(e)
	}
	return r.request(t, event)
}

// track takes an entry into memory without driving it. mu is held.
func (r *Runner) track(e history.Entry) *trackedJob {
	rec := record(e)
	j := job.Job{State: rec.State, Reason: rec.Reason, ID: rec.ID, Since: rec.Since, EndSeen: rec.EndSeen, ExpiresAt: rec.ExpiresAt, Rules: r.rules(e.Model)}
	t := newTrackedJob(e, j)
	t.onDisk = true
	r.jobs[e.Key] = t
	r.publish(t)
	return t
}

// UndoCancel undoes a cancel before which nothing was sent: the purchase is resumed. It is false if it is too late for that.
func (r *Runner) UndoCancel(key string) (Change, Task, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	if !ok || t.takenOver || !t.job.CanUndoCancel() {
		return Change{Notice: r.newNotice(CannotUndo)}, Task{}, false
	}
	change, task := r.request(t, job.CancelUndone{Moment: r.moment()})
	return change, task, true
}
