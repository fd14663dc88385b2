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
func (r *Runner) Resume(entries []history.Entry) ([]Row, []Task, Skipped) {
	var (
		rows   []Row
		tasks  []Task
		others = Skipped{OtherProviders: map[string]int{}}
	)
	for _, e := range entries {
		switch {
		case e.State.Ended() && e.State != history.Lost || r.isTracked(e.Key):
		case !r.isOurs(e):
			others.OtherProviders[e.BaseURL]++
		case r.drivenElsewhere(e):
			others.DrivenElsewhere++
		default:
			r.mu.Lock()
			t := r.resume(e)
			row, task := t.row, t.nextTask()
			r.mu.Unlock()
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

func (r *Runner) isTracked(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	return ok && !t.takenOver
}

// drivenElsewhere reports whether another running program drives an entry.
func (r *Runner) drivenElsewhere(e history.Entry) bool {
	return e.Driver != "" && e.Driver != r.driver() && r.history.DriverAlive(e.Driver)
}

func (r *Runner) driver() string { return r.history.AcquireDriver() }

// resume drives an entry from where it stands, unless it is driven here already. mu is held.
func (r *Runner) resume(e history.Entry) *trackedJob {
	if t, ok := r.jobs[e.Key]; ok && !t.takenOver {
		return t
	}
	now := r.now()
	j, _ := job.Restore(record(e), r.rules(e.Model), now)
	t := newTrackedJob(e, j)
	t.onDisk = true
	if j.State != job.State(e.State) || string(j.Reason) != reason(e) {
		t.entry.State = history.State(j.State)
		t.entry = withEnd(t.entry, nil, j, r.client.Provider())
		t.dirty = true
	}
	r.jobs[e.Key] = t
	if j.State == job.Lost {
		r.apply(t, job.FollowRequested{Moment: job.Moment{At: now}})
	}
	if e.Requested == requestedCancel {
		r.apply(t, job.CancelRequested{Moment: job.Moment{At: now}})
	}
	r.publish(t)
	return t
}

// record is what an entry says to the machine.
func record(e history.Entry) job.Record {
	record := job.Record{
		State: job.State(e.State), Reason: job.Reason(reason(e)), ID: e.ID, MayBeSent: uncertainAttempt(e) >= 0, Since: sentAt(e),
	}
	switch {
	case !e.CompletedAt.IsZero():
		record.ExpiresAt = e.CompletedAt.Add(job.Retention)
	case e.State == history.Saving && !e.Time.IsZero():
		record.ExpiresAt = e.Time.Add(job.Retention) // it had succeeded by then: fetching must have an end
	}
	return record
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
func (r *Runner) ObserveJournal(changed []history.Entry) ([]Change, []Task) {
	me := r.driver()
	r.mu.Lock()
	defer r.mu.Unlock()
	var (
		changes []Change
		tasks   []Task
	)
	for _, e := range changed {
		t, ok := r.jobs[e.Key]
		if !ok || t.takenOver {
			continue
		}
		r.observe(t, e, me)
		changes = append(changes, r.changed(t, Notice{}))
		if task := t.nextTask(); !task.IsZero() {
			tasks = append(tasks, task)
		}
	}
	return changes, tasks
}

// observe takes over what somebody else wrote about a job in memory. mu is held.
func (r *Runner) observe(t *trackedJob, e history.Entry, me string) {
	switch {
	case e.Rev < t.entry.Rev: // overtaken by a line of ours
	case e.Driver != me && e.Driver != t.lastLine.Driver:
		r.release(t, e)
	case e.Requested == requestedCancel && !t.job.CancelRequested && !t.job.State.Ended():
		t.entry = withOthersFields(t.entry, e)
		r.apply(t, job.CancelRequested{Moment: r.moment()})
	default:
		t.entry = withOthersFields(t.entry, e)
	}
}

// release leaves a job to the program that has taken it. mu is held.
func (r *Runner) release(t *trackedJob, e history.Entry) {
	t.takenOver, t.dirty, t.entry, t.lastLine = true, false, e, e
	if t.stop != nil {
		t.stop()
	}
}
