package runner

import (
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// Skipped counts the active entries that Resume left alone, and why; and how many of those it resumed need a decision.
type Skipped struct {
	OtherProviders  map[string]int // base URL of another provider → number of entries
	DrivenElsewhere int            // another running program drives them
	Unconfirmed     int            // resumed, and a person must decide
}

// Total is how many active entries are not followed here.
func (s Skipped) Total() int {
	n := s.DrivenElsewhere
	for _, k := range s.OtherProviders {
		n += k
	}
	return n
}

// Resume drives, at the start of the program, the active entries of this provider whose driver is gone, and counts the others. It
// tries the locks of other programs (microseconds each) and deletes what unfinished downloads left behind, so call it in a command.
func (r *Runner) Resume(entries []history.Entry) ([]Row, []Task, Skipped) {
	r.history.SweepDownloads()
	var (
		rows    []Row
		tasks   []Task
		skipped = Skipped{OtherProviders: map[string]int{}}
	)
	for _, e := range entries {
		switch {
		case e.State.Ended() && e.State != history.Lost || r.isTracked(e.Key):
		case !r.isOurs(e):
			skipped.OtherProviders[e.BaseURL]++
		case r.isDrivenElsewhere(e):
			skipped.DrivenElsewhere++
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
				skipped.Unconfirmed++
			}
		}
	}
	return rows, tasks, skipped
}

func (r *Runner) isTracked(key string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	return ok && !t.takenOver
}

// isDrivenElsewhere reports whether another running program drives an entry.
func (r *Runner) isDrivenElsewhere(e history.Entry) bool {
	return e.Driver != "" && e.Driver != r.driver() && r.history.DriverAlive(e.Driver)
}

// resume drives an entry from its present state, unless it is driven here already. mu is held.
func (r *Runner) resume(e history.Entry) *trackedJob {
	if t, ok := r.jobs[e.Key]; ok && !t.takenOver {
		return t
	}
	now := r.now()
	j, _ := job.Restore(record(e), r.rules(e.Model), now)
	t := newTrackedJob(e, j)
	t.onDisk = true
	if e.ID == "" && j.State == job.Saving { // without an id the provider cannot be asked for the pictures
		t.urls = nil
		for _, o := range e.Outputs {
			if api.IsDataURL(o.URL) {
				o.URL = "" // only its head is kept
			}
			t.urls = append(t.urls, o.URL)
		}
	}
	if j.State != jobState(e.State) || j.Reason != entryReason(e) {
		t.entry.State = entryState(j.State)
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

// record is an entry as the state machine restores it.
func record(e history.Entry) job.Record {
	rec := job.Record{
		State: jobState(e.State), Reason: entryReason(e), ID: e.ID, MayBeSent: uncertainAttempt(e) >= 0, Since: sentAt(e),
	}
	rec.EndSeen = e.EndSeenAt
	for _, end := range []time.Time{e.CompletedAt, e.EndSeenAt} {
		if expires := end.Add(job.Retention); !end.IsZero() && expires.After(rec.ExpiresAt) {
			rec.ExpiresAt = expires
		}
	}
	if e.State == history.Saving && rec.ExpiresAt.IsZero() && !e.Time.IsZero() {
		rec.ExpiresAt = e.Time.Add(job.Retention) // it had succeeded by then, and fetching must end some time
	}
	return rec
}

// ObserveJournal takes lines that somebody else wrote into the journal: other programs (history.Refresh returns their lines) or
// the face itself (a star). A cancel that was handed to this program is carried out, stars and notes are taken over, and a job
// that another program has taken over is released. Entries of jobs that are not tracked are ignored.
func (r *Runner) ObserveJournal(changed []history.Entry) ([]Change, []Task) {
	driver := r.driver()
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
		r.observe(t, e, driver)
		changes = append(changes, r.changed(t, Notice{}))
		if task := t.nextTask(); !task.IsZero() {
			tasks = append(tasks, task)
		}
	}
	return changes, tasks
}

// observe takes a line that somebody else wrote about a tracked job. mu is held.
func (r *Runner) observe(t *trackedJob, e history.Entry, driver string) {
	if e.Rev < t.entry.Rev {
		return // a newer line of ours has it already
	}
	if e.Driver != driver && e.Driver != t.last.driver {
		r.release(t, e)
		return
	}
	t.entry = withOthersFields(t.entry, e)
	if e.Requested == requestedCancel && !t.job.CancelRequested && !t.job.State.Ended() {
		r.apply(t, job.CancelRequested{Moment: r.moment()})
	}
}

// release leaves a job to the program that has taken it over. mu is held.
func (r *Runner) release(t *trackedJob, e history.Entry) {
	t.takenOver, t.dirty, t.entry, t.last = true, false, e, lastLineOf(e)
	t.inline.Close()
	if t.stop != nil {
		t.stop()
	}
}
