package runner

import (
	"maps"

	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// Submit takes a draft as bought: its row stands at once, and the first task writes it down (fsync) and posts it.
func (r *Runner) Submit(d Draft) (Row, Task) {
	now := r.now()
	entry := history.Entry{
		Key: history.NewKey(now), Time: now, State: history.Creating, Driver: r.driver(),
		Provider: r.client.Provider().Name, BaseURL: r.client.BaseURL(),
		Model: model.Find(d.Model).ID, Version: d.Version, Input: maps.Clone(d.Input),
		Template: d.Template, Batch: d.Batch, Parent: d.Parent, CreatedAt: now,
	}
	entry.Price = price(entry)
	r.mu.Lock()
	defer r.mu.Unlock()
	t := newTrackedJob(entry, job.New(r.rules(entry.Model)))
	t.lastLine = history.Entry{} // there is no line of it yet
	r.jobs[entry.Key] = t
	r.apply(t, job.Submitted{Moment: r.moment()})
	return r.publish(t), t.nextTask()
}

// price is what the provider asks at the time of buying; nil when nobody knows.
func price(e history.Entry) *history.Price {
	p, ok := model.Find(e.Model).Price(e.Provider)
	if !ok {
		return nil
	}
	return &history.Price{Amount: p.Amount, Unit: string(p.Unit), Source: p.Source, Date: p.Date}
}

// request applies what a person asks for to a job that is in memory, and tells what came of it. mu is held.
func (r *Runner) request(t *trackedJob, e job.Event) (Change, Task) {
	before := t.job
	r.apply(t, e)
	return r.changed(t, r.noticeFor(t, before, e)), t.nextTask()
}

// Cancel asks for the end of a job. What was not sent is stopped at once; what runs is cancelled at the provider. What this
// studio does not know is looked up by the task: another running program's job is handed over through the journal, one
// without a driver is taken up and cancelled.
func (r *Runner) Cancel(key string) (Change, Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	if !ok || t.takenOver {
		return Change{}, Task{Key: key, kind: doHandOver}
	}
	return r.request(t, job.CancelRequested{Moment: r.moment()})
}

// Follow takes up what was stopped, lost or left unconfirmed, by hand.
func (r *Runner) Follow(e history.Entry) (Change, Task) {
	return r.requestFor(e, job.FollowRequested{Moment: r.moment()})
}

// Resend buys an unconfirmed or never sent one again, under its key. The person was asked first: an unconfirmed one may be
// billed twice.
func (r *Runner) Resend(e history.Entry) (Change, Task) {
	return r.requestFor(e, job.ResendRequested{Moment: r.moment()})
}

// Dismiss marks an unconfirmed one as settled: it is kept, and no longer asks.
func (r *Runner) Dismiss(e history.Entry) (Change, Task) {
	return r.requestFor(e, job.DismissRequested{Moment: r.moment()})
}

// requestFor applies a wish to an entry, which is taken into memory first if it is not there.
func (r *Runner) requestFor(e history.Entry, event job.Event) (Change, Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[e.Key]
	switch {
	case ok && !t.takenOver:
	case !r.isOurs(e):
		notice := r.newNotice(OtherProvider)
		notice.Detail = e.BaseURL
		return Change{Row: Row{Entry: e}, Before: e.State, Notice: notice}, Task{}
	default:
		t = r.track(e)
	}
	return r.request(t, event)
}

// track takes an entry into memory without driving it. mu is held.
func (r *Runner) track(e history.Entry) *trackedJob {
	rec := record(e)
	j := job.Job{State: rec.State, Reason: rec.Reason, ID: rec.ID, Since: rec.Since, ExpiresAt: rec.ExpiresAt, Rules: r.rules(e.Model)}
	t := newTrackedJob(e, j)
	t.onDisk = true
	r.jobs[e.Key] = t
	r.publish(t)
	return t
}

// UndoCancel undoes a cancel of which nothing has left: what was stopped before it was sent goes on. It is false when it is too
// late for that.
func (r *Runner) UndoCancel(key string) (Change, Task, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	if !ok || t.takenOver || !t.job.CanUndoCancel() {
		return Change{Notice: r.newNotice(CannotUndo)}, Task{}, false
	}
	c, task := r.request(t, job.CancelUndone{Moment: r.moment()})
	return c, task, true
}
