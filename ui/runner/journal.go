package runner

import (
	"errors"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// wantedCancel is what stands in Entry.Wanted while a cancel is handed over.
const wantedCancel = "cancel"

// errTaken says that another program drives the job now.
var errTaken = errors.New("Another running tintype has taken this one up.")

// errKnown says that a prediction from the provider's list belongs to another entry already.
var errKnown = errors.New("Another prediction of the history has this id.")

// errTwin says that a prediction from the provider's list may be that of a purchase that is out.
var errTwin = &api.Error{Code: api.CodeNotReady, Detail: "the same is being bought just now, and could be what the list shows"}

// write puts a line of a job's newest state into the journal, durable when it returns nil. With an event it writes the state
// that the event will lead to, so that an id is on disk before anything is done with it.
func (s *Runner) write(w *work, e job.Event) error {
	me := s.driver()
	w.pen.Lock()
	defer w.pen.Unlock()
	var no error // why nothing is written
	out, err := s.append(w.key, func(latest history.Entry) history.Entry {
		if found, ok := e.(job.Found); ok { // asked under the journal's lock: no two programs take the same one
			no = s.claimed(found.Prediction.ID, latest)
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		if w.takenBy(latest, me) {
			no = errTaken
		}
		if no != nil {
			return latest
		}
		mine := w.entry
		if e != nil {
			_, mine = w.fold(e, s.client.Provider())
		}
		mine.Driver, mine.Key = me, w.key
		w.dirty = false // what moves while the line goes to disk makes it dirty again
		return over(latest, mine, w.job.CancelRequested)
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case no == errTaken:
		s.letGo(w, out)
		return no
	case no != nil:
		return no
	case err != nil:
		w.dirty = true
		return err
	}
	w.seen, w.owned, w.made = out, true, true
	w.entry = withTheirs(w.entry, out)
	w.entry.Driver = me
	return nil
}

// takenBy reports whether another program has taken the job since its line was last seen. Of two that reach for a job at the
// same moment, the first to write has it: for the other the job no longer stands as it saw it.
func (w *work) takenBy(latest history.Entry, me string) bool {
	switch {
	case latest.Key == "" || latest.Driver == me && w.owned:
		return false
	case latest.Driver != me && latest.Driver != w.seen.Driver:
		return true
	}
	return !w.owned && (latest.State != w.seen.State || len(latest.Attempts) != len(w.seen.Attempts))
}

// over lays what this program knows of a job over the latest line; what belongs to others (stars, notes, what a newer version
// wrote) stays.
func over(latest, mine history.Entry, wanted bool) history.Entry {
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

// withTheirs takes over from a line what this program does not decide.
func withTheirs(mine, line history.Entry) history.Entry {
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
