package studio

import (
	"maps"

	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// Submit takes a draft as bought: its row stands at once, and the first task writes it down (fsync) and posts it.
func (s *Studio) Submit(d Draft) (Row, Task) {
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
	s.apply(w, job.Submitted{Moment: s.moment()})
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
func (s *Studio) wish(w *work, e job.Event) (Change, Task) {
	before := w.job
	s.apply(w, e)
	return s.changed(w, s.tell(w, before, e)), w.issue()
}

// Cancel asks for the end of a job. What was not sent is stopped at once; what runs is cancelled at the provider. What this
// studio does not know is looked up by the task: another running program's job is handed over through the journal, one
// without a driver is taken up and cancelled.
func (s *Studio) Cancel(key string) (Change, Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[key]
	if !ok || w.left {
		return Change{}, Task{Key: key, do: doHandOver}
	}
	return s.wish(w, job.CancelAsked{Moment: s.moment()})
}

// Follow takes up what was stopped, lost or left unconfirmed, by hand.
func (s *Studio) Follow(e history.Entry) (Change, Task) {
	return s.byHand(e, job.FollowAsked{Moment: s.moment()})
}

// Resend buys an unconfirmed or never sent one again, under its key. The person was asked first: an unconfirmed one may be
// billed twice.
func (s *Studio) Resend(e history.Entry) (Change, Task) {
	return s.byHand(e, job.ResendAsked{Moment: s.moment()})
}

// Settle marks an unconfirmed one as settled: it is kept, and no longer asks.
func (s *Studio) Settle(e history.Entry) (Change, Task) {
	return s.byHand(e, job.SettleAsked{Moment: s.moment()})
}

// byHand applies a wish to an entry, which is taken into memory first if it is not there.
func (s *Studio) byHand(e history.Entry, wish job.Event) (Change, Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[e.Key]
	switch {
	case ok && !w.left:
	case !s.mine(e):
		told := s.news(OtherProvider)
		told.Detail = e.BaseURL
		return Change{Row: Row{Entry: e}, Was: e.State, Told: told}, Task{}
	default:
		w = s.asItStands(e)
	}
	return s.wish(w, wish)
}

// asItStands takes an entry into memory without driving it. mu is held.
func (s *Studio) asItStands(e history.Entry) *work {
	r := record(e)
	j := job.Job{State: r.State, Reason: r.Reason, ID: r.ID, Since: r.Since, SafeUntil: r.SafeUntil, Rules: s.rules(e.Model)}
	w := newWork(e, j)
	w.made = true
	s.works[e.Key] = w
	s.publish(w)
	return w
}

// TakeBack undoes a cancel of which nothing has left: what was stopped before it was sent goes on. It is false when it is too
// late for that.
func (s *Studio) TakeBack(key string) (Change, Task, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[key]
	if !ok || w.left || !w.job.CanTakeBack() {
		return Change{Told: s.news(CannotUndo)}, Task{}, false
	}
	c, t := s.wish(w, job.TakenBack{Moment: s.moment()})
	return c, t, true
}
