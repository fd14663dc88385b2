package runner

import (
	"errors"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// requestedCancel is what stands in Entry.Wanted while a cancel is handed over.
const requestedCancel = "cancel"

// errTakenOver says that another program drives the job now.
var errTakenOver = errors.New("Another running tintype has taken this one up.")

// errIDKnown says that a prediction from the provider's list belongs to another entry already.
var errIDKnown = errors.New("Another prediction of the history has this id.")

// errTwinPending says that a prediction from the provider's list may be that of a purchase that is out.
var errTwinPending = &api.Error{Code: api.CodeNotReady, Detail: "the same is being bought just now, and could be what the list shows"}

// write puts a line of a job's newest state into the journal, durable when it returns nil. With an event it writes the state
// that the event will lead to, so that an id is on disk before anything is done with it.
func (r *Runner) write(t *trackedJob, e job.Event) error {
	me := r.driver()
	t.writeMu.Lock()
	defer t.writeMu.Unlock()
	var no error // why nothing is written
	out, err := r.append(t.key, func(latest history.Entry) history.Entry {
		if found, ok := e.(job.Found); ok { // asked under the journal's lock: no two programs take the same one
			no = r.checkUnclaimed(found.Prediction.ID, latest)
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		if t.isTakenOver(latest, me) {
			no = errTakenOver
		}
		if no != nil {
			return latest
		}
		mine := t.entry
		if e != nil {
			_, mine = t.next(e, r.client.Provider())
		}
		mine.Driver, mine.Key = me, t.key
		t.dirty = false // what moves while the line goes to disk makes it dirty again
		return overlay(latest, mine, t.job.CancelRequested)
	})
	r.mu.Lock()
	defer r.mu.Unlock()
	switch {
	case no == errTakenOver:
		r.release(t, out)
		return no
	case no != nil:
		return no
	case err != nil:
		t.dirty = true
		return err
	}
	t.lastLine, t.owned, t.onDisk = out, true, true
	t.entry = withOthersFields(t.entry, out)
	t.entry.Driver = me
	return nil
}

// isTakenOver reports whether another program has taken the job since its line was last seen. Of two that reach for a job at the
// same moment, the first to write has it: for the other the job no longer stands as it saw it.
func (t *trackedJob) isTakenOver(latest history.Entry, me string) bool {
	switch {
	case latest.Key == "" || latest.Driver == me && t.owned:
		return false
	case latest.Driver != me && latest.Driver != t.lastLine.Driver:
		return true
	}
	return !t.owned && (latest.State != t.lastLine.State || len(latest.Attempts) != len(t.lastLine.Attempts))
}

// overlay lays what this program knows of a job over the latest line; what belongs to others (stars, notes, what a newer version
// wrote) stays.
func overlay(latest, mine history.Entry, wanted bool) history.Entry {
	e := latest
	e.Key, e.State, e.Driver, e.Attempts = mine.Key, mine.State, mine.Driver, mine.Attempts
	e.Provider, e.BaseURL, e.ID, e.Model, e.Version = mine.Provider, mine.BaseURL, mine.ID, mine.Model, mine.Version
	e.Input, e.Images, e.Template, e.Batch, e.Parent = mine.Input, mine.Images, mine.Template, mine.Batch, mine.Parent
	e.Status, e.Seed, e.Error, e.Metrics = mine.Status, mine.Seed, mine.Error, mine.Metrics
	e.Price, e.Cost, e.CancelReason, e.Logs = mine.Price, mine.Cost, mine.CancelReason, mine.Logs
	e.CreatedAt, e.StartedAt, e.CompletedAt = mine.CreatedAt, mine.StartedAt, mine.CompletedAt
	e.Outputs = withStars(mine.Outputs, latest.Outputs)
	if wanted || mine.State.Ended() {
		e.Requested = ""
	}
	return e
}

// withOthersFields takes over from a line what this program does not decide.
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
