package runner

import (
	"errors"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// requestedCancel is the value of Entry.Requested while a cancel is handed over to another program.
const requestedCancel = "cancel"

// errTakenOver means that another program drives the job now.
var errTakenOver = errors.New("Another running tintype follows this one now.")

// errIDKnown means that a prediction from the provider's list already belongs to another entry.
var errIDKnown = errors.New("Another prediction in the history has this id.")

// errTwinPending means that a prediction from the provider's list may belong to a purchase that is still unanswered.
var errTwinPending = &api.Error{Code: api.CodeNotReady, Detail: "the same is being bought just now, and could be what the list shows"}

// commit applies the event of an answer, once, and writes down what must be on disk. It returns what there is to tell.
func (r *Runner) commit(t *trackedJob, event job.Event) Notice {
	if event == nil {
		return Notice{}
	}
	var notice Notice
	var err error
	if bringsID(event) {
		notice, err = r.writeLine(t, event)
	}
	if found, ok := event.(job.Found); ok && (err == errIDKnown || err == errTwinPending) { // the event was not applied
		event = r.notFound(found, err)
	}
	if !bringsID(event) {
		notice, err = r.applyAndWrite(t, event)
	}
	r.forgetDurations(t)
	if err != nil && (notice.Kind == NoNotice || bringsID(event)) {
		return r.journalNotice(t, err)
	}
	return notice
}

// bringsID reports whether an answer brings a job its id, which goes to disk before anything is done with it.
func bringsID(event job.Event) bool {
	switch event.(type) {
	case job.Created, job.Found:
		return true
	}
	return false
}

// applyAndWrite applies an event that brings no id, and writes a line if the journal lacks something afterwards.
func (r *Runner) applyAndWrite(t *trackedJob, event job.Event) (Notice, error) {
	r.mu.Lock()
	before := t.job.Generation
	notice := r.apply(t, event)
	write := t.isUnwritten() && t.job.Generation != before
	r.mu.Unlock()
	if !write {
		return notice, nil
	}
	_, err := r.writeLine(t, nil)
	return notice, err
}

// writeLine appends a line of the job's newest state to the journal. The line is durable if the error is nil. An event, if there
// is one, is applied first, while the journal is locked: no other program can write between the two. If the line cannot be
// written, the event is applied nevertheless, and the next step writes the line; with errTakenOver, errIDKnown and
// errTwinPending it was not applied.
func (r *Runner) writeLine(t *trackedJob, event job.Event) (Notice, error) {
	return r.writeChecked(t, event, nil)
}

// writeChecked is writeLine with a check under the journal's lock. If the check returns an error, nothing is written or applied, and
// that error is returned.
func (r *Runner) writeChecked(t *trackedJob, event job.Event, check func() error) (Notice, error) {
	driver := r.driver()
	t.writeMu.Lock()
	defer t.writeMu.Unlock()
	var notice Notice
	var refused error // why nothing is written
	applied := event == nil
	line, err := r.append(t.key, func(latest history.Entry) history.Entry {
		refused = r.checkLine(event, latest, check)
		r.mu.Lock()
		defer r.mu.Unlock()
		if t.isTakenOver(latest, driver) {
			refused = errTakenOver
		}
		if refused != nil {
			return latest
		}
		if !applied {
			notice, applied, t.committing = r.apply(t, event), true, true
		}
		mine := t.entry
		mine.Driver, mine.Key = driver, t.key
		t.dirty = false // a change while the line goes to disk makes it dirty again
		return overlay(latest, mine, t.job.CancelRequested)
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	t.committing = false
	if refused == errTakenOver {
		r.release(t, line)
	}
	switch {
	case refused != nil:
		return Notice{}, refused
	case err != nil:
		if !applied { // the journal could not even be opened
			notice = r.apply(t, event)
		}
		t.dirty = true
		return notice, err
	}
	t.onWritten(line, driver)
	return notice, nil
}

// onWritten notes the line that the journal has now.
func (t *trackedJob) onWritten(line history.Entry, driver string) {
	t.last, t.owned, t.onDisk = lastLineOf(line), true, true
	t.entry = withOthersFields(t.entry, line)
	t.entry.Driver = driver
}

// checkLine returns why a line must not be written, or nil. It runs under the journal's lock, so that no two programs claim the same id.
func (r *Runner) checkLine(event job.Event, latest history.Entry, check func() error) error {
	if check != nil {
		return check()
	}
	if found, ok := event.(job.Found); ok {
		return r.checkUnclaimed(found.Prediction.ID, latest)
	}
	return nil
}

// isTakenOver reports whether another program has taken the job over since its line was last seen. If two programs try to take a
// job at the same moment, the first one to write gets it: the other finds a state that it did not expect.
func (t *trackedJob) isTakenOver(latest history.Entry, driver string) bool {
	switch {
	case latest.Key == "" || latest.Driver == driver && t.owned:
		return false
	case latest.Driver != driver && latest.Driver != t.last.driver:
		return true
	}
	return !t.owned && (latest.State != t.last.state || len(latest.Attempts) != t.last.attempts)
}

// overlay puts what this program knows of a job over the latest line. What others decide (stars, notes, fields of a newer
// version) stays.
func overlay(latest, mine history.Entry, cancelTaken bool) history.Entry {
	e := latest
	e.Key, e.State, e.Driver, e.Attempts = mine.Key, mine.State, mine.Driver, mine.Attempts
	e.Provider, e.BaseURL, e.ID, e.Model, e.Version = mine.Provider, mine.BaseURL, mine.ID, mine.Model, mine.Version
	e.Input, e.Images, e.SentImages = mine.Input, mine.Images, mine.SentImages
	e.Template, e.Batch, e.Cell, e.Parent = mine.Template, mine.Batch, mine.Cell, mine.Parent
	e.Status, e.Seed, e.Error, e.Metrics = mine.Status, mine.Seed, mine.Error, mine.Metrics
	e.Price, e.Cost, e.CancelReason, e.Logs = mine.Price, mine.Cost, mine.CancelReason, mine.Logs
	e.CreatedAt, e.StartedAt, e.CompletedAt, e.EndSeenAt = mine.CreatedAt, mine.StartedAt, mine.CompletedAt, mine.EndSeenAt
	e.Outputs = withStars(mine.Outputs, latest.Outputs)
	if cancelTaken || mine.State.Ended() {
		e.Requested = ""
	}
	return e
}

// withOthersFields takes from a line what this program does not decide.
func withOthersFields(mine, line history.Entry) history.Entry {
	mine.V, mine.Rev, mine.Time, mine.App = line.V, line.Rev, line.Time, line.App
	mine.Star, mine.Tags, mine.Note, mine.Trashed = line.Star, line.Tags, line.Note, line.Trashed
	mine.Outputs = withStars(mine.Outputs, line.Outputs)
	return mine
}

func withStars(mine, theirs []history.Output) []history.Output {
	if len(mine) == 0 {
		return mine
	}
	outputs := append([]history.Output(nil), mine...)
	for i := range outputs {
		outputs[i].Star = i < len(theirs) && theirs[i].Star
	}
	return outputs
}

// journalNotice tells of a line of a job that could not be written; it is empty if err is nil. If the line has the id of a purchase, the
// notice is about that.
func (r *Runner) journalNotice(t *trackedJob, err error) Notice {
	if err == nil {
		return Notice{}
	}
	notice := r.newNotice(JournalFailed)
	r.mu.Lock()
	if t != nil && t.lacksID() {
		notice.Kind = IDNotOnDisk
	}
	r.mu.Unlock()
	if errors.Is(err, errTakenOver) {
		notice.Kind = OwnedElsewhere
	}
	notice.Detail = err.Error()
	return notice
}

// driver is the name under which this program drives jobs.
func (r *Runner) driver() string { return r.history.AcquireDriver() }
