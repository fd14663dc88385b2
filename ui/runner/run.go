package runner

import (
	"context"
	"time"
)

// watchGap is how often the journal is looked at for what another program does with a cancel that was handed to it.
const watchGap = 300 * time.Millisecond

// Run performs a task and all that follow from it, and tells each change, until the job has ended, nothing is left to do, or
// ctx ends. It returns the last row. Several may run at once. Run reads the journal's news itself (history.Refresh), so a face
// that uses it must not.
func (s *Runner) Run(ctx context.Context, t Task, each func(Change)) Row {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	go s.attend(ctx)
	var row Row
	for !t.IsZero() && ctx.Err() == nil {
		s.hear(ctx)
		var c Change
		c, t = s.Apply(s.Perform(ctx, t))
		if c.Row.Key != "" {
			row = c.Row
		}
		each(c)
		if c.Notice.Kind == HandedOver {
			return s.watch(ctx, row, each)
		}
	}
	if w, ok := s.Row(row.Key); ok {
		return w
	}
	return row
}

// hear carries out what other programs wrote into the journal for this one. The commands that follow are handed out by the
// Advance of each job's own Run.
func (s *Runner) hear(ctx context.Context) {
	if !s.hearing.TryLock() {
		return
	}
	defer s.hearing.Unlock()
	changed, err := s.history.Refresh(ctx)
	if err != nil {
		return
	}
	me := s.driver()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, e := range changed {
		if w, ok := s.works[e.Key]; ok && !w.left {
			s.observe(w, e, me)
		}
	}
}

// watch follows, in the journal, a job whose cancel was handed to the program that drives it. Should that program end first,
// the job is taken up and cancelled here.
func (s *Runner) watch(ctx context.Context, row Row, each func(Change)) Row {
	for s.sleep(ctx, s.now().Add(watchGap)) {
		s.hear(ctx)
		e, err := s.history.Get(row.Key)
		if err != nil {
			continue
		}
		if e.Rev != row.Rev {
			c := Change{Row: Row{Entry: e}, Before: row.State}
			row = c.Row
			each(c)
		}
		if e.State.Ended() {
			break
		}
		if !s.drivenElsewhere(e) {
			_, t := s.Cancel(e.Key)
			return s.Run(ctx, t, each)
		}
	}
	return row
}
