package runner

import (
	"tintype/api/job"
	"tintype/history"
)

// Skipped counts the unended entries that Adopt left alone, and why; and of those taken up, how many need a decision.
type Skipped struct {
	OtherProviders  map[string]int // base URL of another provider → how many wait for it
	DrivenElsewhere int            // another running program drives them
	Unconfirmed     int            // taken up, and a person must decide
}

// Total is how many unended entries are not followed here.
func (o Skipped) Total() int {
	n := o.DrivenElsewhere
	for _, k := range o.OtherProviders {
		n += k
	}
	return n
}

// Resume takes up, at the start, the unended entries of this provider whose driver is gone, and says how many others wait. It
// tries the locks of other programs (microseconds each), so it belongs into a command.
func (s *Runner) Resume(entries []history.Entry) ([]Row, []Task, Skipped) {
	var (
		rows   []Row
		tasks  []Task
		others = Skipped{OtherProviders: map[string]int{}}
	)
	for _, e := range entries {
		switch {
		case e.State.Ended() && e.State != history.Lost || s.has(e.Key):
		case !s.mine(e):
			others.OtherProviders[e.BaseURL]++
		case s.drivenElsewhere(e):
			others.DrivenElsewhere++
		default:
			s.mu.Lock()
			w := s.takeUp(e)
			row, task := w.shown, w.issue()
			s.mu.Unlock()
			rows = append(rows, row)
			if !task.IsZero() {
				tasks = append(tasks, task)
			}
			if row.State == history.Unconfirmed {
				others.Unconfirmed++
			}
		}
	}
	return rows, tasks, others
}

func (s *Runner) has(key string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[key]
	return ok && !w.left
}

// drivenElsewhere reports whether another running program drives an entry.
func (s *Runner) drivenElsewhere(e history.Entry) bool {
	return e.Driver != "" && e.Driver != s.driver() && s.history.DriverAlive(e.Driver)
}

func (s *Runner) driver() string { return s.history.AcquireDriver() }

// takeUp drives an entry from where it stands, unless it is driven here already. mu is held.
func (s *Runner) takeUp(e history.Entry) *work {
	if w, ok := s.works[e.Key]; ok && !w.left {
		return w
	}
	now := s.now()
	j, _ := job.Restore(record(e), s.rules(e.Model), now)
	w := newWork(e, j)
	w.made = true
	if j.State != job.State(e.State) || string(j.Reason) != reason(e) {
		w.entry.State = history.State(j.State)
		w.entry = withEnd(w.entry, nil, j, s.client.Provider())
		w.dirty = true
	}
	s.works[e.Key] = w
	if j.State == job.Lost {
		s.applyEvent(w, job.FollowRequested{Moment: job.Moment{At: now}})
	}
	if e.Requested == wantedCancel {
		s.applyEvent(w, job.CancelRequested{Moment: job.Moment{At: now}})
	}
	s.publish(w)
	return w
}

// record is what an entry says to the machine.
func record(e history.Entry) job.Record {
	r := job.Record{
		State: job.State(e.State), Reason: job.Reason(reason(e)), ID: e.ID, MayBeSent: unclear(e) >= 0, Since: began(e),
	}
	switch {
	case !e.CompletedAt.IsZero():
		r.ExpiresAt = e.CompletedAt.Add(job.Retention)
	case e.State == history.Saving && !e.Time.IsZero():
		r.ExpiresAt = e.Time.Add(job.Retention) // it had succeeded by then: fetching must have an end
	}
	return r
}

// reason is why an entry stands where it stands.
func reason(e history.Entry) string {
	switch {
	case e.CancelReason != "":
		return e.CancelReason
	case e.Error != nil:
		return e.Error.Code
	}
	return ""
}

// ObserveJournal reads what was written into the journal by others (history.Refresh returns it), or by the face itself (a star): cancels
// handed over to this program are carried out, stars and notes taken over, jobs that another program has taken are let go.
// Entries of others are passed over.
func (s *Runner) ObserveJournal(changed []history.Entry) ([]Change, []Task) {
	me := s.driver()
	s.mu.Lock()
	defer s.mu.Unlock()
	var (
		changes []Change
		tasks   []Task
	)
	for _, e := range changed {
		w, ok := s.works[e.Key]
		if !ok || w.left {
			continue
		}
		s.observe(w, e, me)
		changes = append(changes, s.changed(w, Notice{}))
		if task := w.issue(); !task.IsZero() {
			tasks = append(tasks, task)
		}
	}
	return changes, tasks
}

// observe takes over what somebody else wrote about a job in memory. mu is held.
func (s *Runner) observe(w *work, e history.Entry, me string) {
	switch {
	case e.Rev < w.entry.Rev: // overtaken by a line of ours
	case e.Driver != me && e.Driver != w.seen.Driver:
		s.letGo(w, e)
	case e.Requested == wantedCancel && !w.job.CancelRequested && !w.job.State.Ended():
		w.entry = withTheirs(w.entry, e)
		s.applyEvent(w, job.CancelRequested{Moment: s.moment()})
	default:
		w.entry = withTheirs(w.entry, e)
	}
}

// letGo leaves a job to the program that has taken it. mu is held.
func (s *Runner) letGo(w *work, e history.Entry) {
	w.left, w.dirty, w.entry, w.seen = true, false, e, e
	if w.stop != nil {
		w.stop()
	}
}
