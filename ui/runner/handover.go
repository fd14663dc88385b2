package runner

import (
	"tintype/api/job"
	"tintype/history"
)

// handOver cancels a job that this studio does not know: it asks the program that drives it through the journal, or takes the
// job up where nobody drives it.
func (s *Runner) handOver(t Task) Result {
	e, err := s.history.Get(t.Key)
	switch {
	case err != nil:
		told := s.news(AlreadyEnded)
		told.Detail = err.Error()
		return Result{Task: t, told: told}
	case e.State.Ended():
		return Result{Task: t, told: s.news(AlreadyEnded), entry: e}
	case s.drivenElsewhere(e):
		return s.askDriver(t, e)
	case !s.mine(e):
		told := s.news(OtherProvider)
		told.Detail = e.BaseURL
		return Result{Task: t, told: told, entry: e}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	w := s.takeUp(e)
	before := w.job
	cancel := job.CancelRequested{Moment: s.moment()}
	s.applyEvent(w, cancel) // Advance hands the command out
	return Result{Task: t, told: s.tell(w, before, cancel)}
}

// askDriver writes the wish into the journal. The driver finds it there.
func (s *Runner) askDriver(t Task, e history.Entry) Result {
	out, err := s.append(e.Key, func(latest history.Entry) history.Entry {
		if !latest.State.Ended() {
			latest.Requested = wantedCancel
		}
		return latest
	})
	if err != nil {
		return Result{Task: t, told: s.failedLine(err), entry: e}
	}
	return Result{Task: t, told: s.news(HandedOver), entry: out}
}
