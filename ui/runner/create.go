package runner

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// grace is how long a purchase in flight may still be answered after the program was asked to leave.
const grace = 800 * time.Millisecond

// create buys one prediction: it waits for its turn, writes the intent down, and posts. It is nil when the purchase was
// superseded or the program leaves, before anything was sent.
func (s *Runner) create(ctx context.Context, w *work, step job.Step) job.Event {
	err := s.history.WriteError()
	if err == nil {
		err = s.tooLong(w)
	}
	if err != nil {
		return job.NotRecorded{Failure: s.unrecorded(step, err)}
	}
	if err := s.queue(w, step); err != nil {
		return s.notRecorded(step, err)
	}
	if !s.wait(ctx, w, step) || !s.gate.enter(ctx, s, w) {
		return nil
	}
	event := s.buy(ctx, w, step)
	s.gate.leave(s, event)
	return event
}

// answerRoom is what an answer may add to an entry's line, in bytes: 64 KiB of addresses, six letters for each as JSON may have it,
// and as much again for metrics, logs and errors, all of which have their limits.
const answerRoom = 600 << 10

// tooLong refuses a purchase whose line leaves too little room: the id that it is paid for must go into it.
func (s *Runner) tooLong(w *work) error {
	s.mu.Lock()
	entry := w.entry
	s.mu.Unlock()
	line, err := json.Marshal(entry)
	if err == nil && len(line) > history.LineLimit-answerRoom {
		return errors.New("The prompt is too long to be kept together with its answer. Shorten it, or give images as files.")
	}
	return nil // what is no JSON, nobody can send either
}

// queue writes a purchase down that has to wait before its intent can be: a program that dies meanwhile leaves a row, which
// says that nothing was sent.
func (s *Runner) queue(w *work, step job.Step) error {
	s.mu.Lock()
	waits := !w.made && (step.At.After(s.now()) || s.gate.closed(s.now()))
	s.mu.Unlock()
	if !waits {
		return nil
	}
	return s.write(w, nil)
}

// buy writes the intent down (fsync), and only then lets the POST leave.
func (s *Runner) buy(ctx context.Context, w *work, step job.Step) job.Event {
	entry, ok := s.intend(w, step)
	if !ok {
		return nil
	}
	input, sums, err := wireInput(entry, s.client.Provider())
	if err != nil {
		s.unintend(w)
		return job.NotCreated{Failure: s.mishap(step, err)}
	}
	s.sums(w, sums)
	if err := s.write(w, nil); err != nil {
		s.unintend(w)
		return s.notRecorded(step, err)
	}
	s.teach(w)
	if ctx.Err() != nil || !s.launch(w, step) {
		return nil // superseded, or asked to leave, while the intent went to disk: a later line says that it was not sent
	}
	ctx, done := s.detached(ctx)
	defer done()
	p, err := s.client.Create(ctx, api.CreateRequest{Model: entry.Model, Version: entry.Version, Input: input})
	s.heard(s.home(), err)
	if err != nil {
		return s.notCreated(w.key, step, err)
	}
	return job.Created{Answer: s.at(step), Prediction: p}
}

// launch marks a purchase as leaving, and counts it among those in flight until its performance is finished and its answer
// is on disk; false when it was superseded.
func (s *Runner) launch(w *work, step job.Step) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.depart(w, step) {
		return false
	}
	s.flying.Add(1) // and mu is held: none is added once Close waits
	w.flying = step.Generation
	return true
}

// intend adds the attempt that is about to be made: until its verdict is known, it may have been sent.
func (s *Runner) intend(w *work, step job.Step) (history.Entry, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if w.job.Generation != step.Generation || s.closing {
		return history.Entry{}, false
	}
	attempt := history.Attempt{Time: s.now(), Sent: "maybe"}
	w.entry.Attempts = append(slices.Clone(w.entry.Attempts), attempt)
	w.tried = step.Generation
	return w.entry, true
}

// sums notes which input images are about to be sent.
func (s *Runner) sums(w *work, sums map[string]string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w.entry.Images = sums
}

// unintend takes the attempt away again: nothing was sent.
func (s *Runner) unintend(w *work) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !w.left { // else it is another program's entry by now
		w.entry.Attempts = slices.Clone(w.entry.Attempts[:len(w.entry.Attempts)-1])
	}
	w.tried = 0
}

// notRecorded is the answer to a purchase that could not be written down. One that another program has taken needs none.
func (s *Runner) notRecorded(step job.Step, err error) job.Event {
	if err == errTaken {
		return nil
	}
	return job.NotRecorded{Failure: s.unrecorded(step, err)}
}

func (s *Runner) unrecorded(step job.Step, err error) job.Failure {
	return job.Failure{Answer: s.at(step), Err: &api.Error{Code: api.CodeClient, Outcome: api.NotSent, Detail: err.Error()}}
}

// detached is a context for a purchase in flight: it outlives the caller's by a moment, so that leaving the program does not
// tear the line while the answer is on its way.
func (s *Runner) detached(ctx context.Context) (context.Context, func()) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	unlink := context.AfterFunc(s.cutoff, cancel)
	unhook := context.AfterFunc(ctx, func() {
		s.sleep(own, s.now().Add(grace))
		cancel()
	})
	return own, func() {
		unhook()
		unlink()
		cancel()
	}
}

// teach gives a job what the history knows about its model's pace. What it needs from the disk is read here, in a command.
func (s *Runner) teach(w *work) {
	s.mu.Lock()
	defer s.mu.Unlock()
	model := w.entry.Model
	pace, known := s.paces[model]
	if !known {
		s.mu.Unlock()
		pace = job.Fit(s.history.Durations(model, learnFrom))
		s.mu.Lock()
		s.paces[model] = pace
	}
	w.job.Rules.Durations = pace
}

// learnFrom is how many of a model's last predictions teach its pace.
const learnFrom = 20
