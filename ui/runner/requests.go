package runner

import (
	"maps"

	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// Submit takes a draft as bought: its row stands at once, and the first task writes it down (fsync) and posts it.
func (s *Runner) Submit(d Draft) (Row, Task) {
	now := s.now()
	entry := history.Entry{
		Key: history.NewKey(now), Time: now, State: history.Creating, Driver: s.driver(),
		Provider: s.client.Provider().Name, BaseURL: s.client.BaseURL(),
		Model: model.Find(d.Model).ID, Version: d.Version, Input: maps.Clone(d.Input),
		Template: d.Template, Batch: d.Batch, Parent: d.Parent, CreatedAt: now,
	}
	entry.Price = price(entry)
	s.mu.Lock()
	defer s.mu.Unlock()
	w := newWork(entry, job.New(s.rules(entry.Model)))
	w.seen = history.Entry{} // there is no line of it yet
	s.works[entry.Key] = w
	s.applyEvent(w, job.Submitted{Moment: s.moment()})
	return s.publish(w), w.issue()
}

// price is what the provider asks at the time of buying; nil when nobody knows.
func price(e history.Entry) *history.Price {
	p, ok := model.Find(e.Model).Price(e.Provider)
	if !ok {
		return nil
	}
	return &history.Price{Amount: p.Amount, Unit: string(p.Unit), Source: p.Source, Date: p.Date}
}

// wish applies what a person asks for to a job that is in memory, and tells what came of it. mu is held.
func (s *Runner) wish(w *work, e job.Event) (Change, Task) {
	before := w.job
	s.applyEvent(w, e)
	return s.changed(w, s.tell(w, before, e)), w.issue()
}

// Cancel asks for the end of a job. What was not sent is stopped at once; what runs is cancelled at the provider. What this
// studio does not know is looked up by the task: another running program's job is handed over through the journal, one
// without a driver is taken up and cancelled.
func (s *Runner) Cancel(key string) (Change, Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[key]
	if !ok || w.left {
		return Change{}, Task{Key: key, do: doHandOver}
	}
	return s.wish(w, job.CancelRequested{Moment: s.moment()})
}

// Follow takes up what was stopped, lost or left unconfirmed, by hand.
func (s *Runner) Follow(e history.Entry) (Change, Task) {
	return s.byHand(e, job.FollowRequested{Moment: s.moment()})
}

// Resend buys an unconfirmed or never sent one again, under its key. The person was asked first: an unconfirmed one may be
// billed twice.
func (s *Runner) Resend(e history.Entry) (Change, Task) {
	return s.byHand(e, job.ResendRequested{Moment: s.moment()})
}

// Dismiss marks an unconfirmed one as settled: it is kept, and no longer asks.
func (s *Runner) Dismiss(e history.Entry) (Change, Task) {
	return s.byHand(e, job.DismissRequested{Moment: s.moment()})
}

// byHand applies a wish to an entry, which is taken into memory first if it is not there.
func (s *Runner) byHand(e history.Entry, wish job.Event) (Change, Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[e.Key]
	switch {
	case ok && !w.left:
	case !s.mine(e):
		told := s.news(OtherProvider)
		told.Detail = e.BaseURL
		return Change{Row: Row{Entry: e}, Before: e.State, Notice: told}, Task{}
	default:
		w = s.asItStands(e)
	}
	return s.wish(w, wish)
}

// asItStands takes an entry into memory without driving it. mu is held.
func (s *Runner) asItStands(e history.Entry) *work {
	r := record(e)
	j := job.Job{State: r.State, Reason: r.Reason, ID: r.ID, Since: r.Since, ExpiresAt: r.ExpiresAt, Rules: s.rules(e.Model)}
	w := newWork(e, j)
	w.made = true
	s.works[e.Key] = w
	s.publish(w)
	return w
}

// UndoCancel undoes a cancel of which nothing has left: what was stopped before it was sent goes on. It is false when it is too
// late for that.
func (s *Runner) UndoCancel(key string) (Change, Task, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[key]
	if !ok || w.left || !w.job.CanUndoCancel() {
		return Change{Notice: s.news(CannotUndo)}, Task{}, false
	}
	c, t := s.wish(w, job.CancelUndone{Moment: s.moment()})
	return c, t, true
}
