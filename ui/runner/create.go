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
func (r *Runner) create(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	err := r.history.WriteError()
	if err == nil {
		err = r.tooLong(t)
	}
	if err != nil {
		return job.NotRecorded{Failure: r.unrecorded(step, err)}
	}
	if err := r.recordIfWaiting(t, step); err != nil {
		return r.notRecorded(step, err)
	}
	if !r.awaitDue(ctx, t, step) || !r.gate.enter(ctx, r, t) {
		return nil
	}
	event := r.buy(ctx, t, step)
	r.gate.leave(r, event)
	return event
}

// answerRoom is what an answer may add to an entry's line, in bytes: 64 KiB of addresses, six letters for each as JSON may have it,
// and as much again for metrics, logs and errors, all of which have their limits.
const answerRoom = 600 << 10

// tooLong refuses a purchase whose line leaves too little room: the id that it is paid for must go into it.
func (r *Runner) tooLong(t *trackedJob) error {
	r.mu.Lock()
	entry := t.entry
	r.mu.Unlock()
	line, err := json.Marshal(entry)
	if err == nil && len(line) > history.LineLimit-answerRoom {
		return errors.New("The prompt is too long to be kept together with its answer. Shorten it, or give images as files.")
	}
	return nil // what is no JSON, nobody can send either
}

// recordIfWaiting writes a purchase down that has to wait before its intent can be: a program that dies meanwhile leaves a row, which
// says that nothing was sent.
func (r *Runner) recordIfWaiting(t *trackedJob, step job.Step) error {
	r.mu.Lock()
	waits := !t.onDisk && (step.At.After(r.now()) || r.gate.closed(r.now()))
	r.mu.Unlock()
	if !waits {
		return nil
	}
	return r.write(t, nil)
}

// buy writes the intent down (fsync), and only then lets the POST leave.
func (r *Runner) buy(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	entry, ok := r.addAttempt(t, step)
	if !ok {
		return nil
	}
	input, sums, err := wireInput(entry, r.client.Provider())
	if err != nil {
		r.dropAttempt(t)
		return job.NotCreated{Failure: r.failure(step, err)}
	}
	r.setImages(t, sums)
	if err := r.write(t, nil); err != nil {
		r.dropAttempt(t)
		return r.notRecorded(step, err)
	}
	r.loadPace(t)
	if ctx.Err() != nil || !r.markInFlight(t, step) {
		return nil // superseded, or asked to leave, while the intent went to disk: a later line says that it was not sent
	}
	ctx, done := r.detach(ctx)
	defer done()
	p, err := r.client.Create(ctx, api.CreateRequest{Model: entry.Model, Version: entry.Version, Input: input})
	r.heard(r.home(), err)
	if err != nil {
		return r.notCreated(t.key, step, err)
	}
	return job.Created{Answer: r.answerTo(step), Prediction: p}
}

// markInFlight marks a purchase as leaving, and counts it among those in flight until its performance is finished and its answer
// is on disk; false when it was superseded.
func (r *Runner) markInFlight(t *trackedJob, step job.Step) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.markSending(t, step) {
		return false
	}
	r.inFlight.Add(1) // and mu is held: none is added once Close waits
	t.inFlight = step.Generation
	return true
}

// addAttempt adds the attempt that is about to be made: until its verdict is known, it may have been sent.
func (r *Runner) addAttempt(t *trackedJob, step job.Step) (history.Entry, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.job.Generation != step.Generation || r.closing {
		return history.Entry{}, false
	}
	attempt := history.Attempt{Time: r.now(), Sent: "maybe"}
	t.entry.Attempts = append(slices.Clone(t.entry.Attempts), attempt)
	t.attempted = step.Generation
	return t.entry, true
}

// setImages notes which input images are about to be sent.
func (r *Runner) setImages(t *trackedJob, sums map[string]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t.entry.Images = sums
}

// dropAttempt takes the attempt away again: nothing was sent.
func (r *Runner) dropAttempt(t *trackedJob) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !t.takenOver { // else it is another program's entry by now
		t.entry.Attempts = slices.Clone(t.entry.Attempts[:len(t.entry.Attempts)-1])
	}
	t.attempted = 0
}

// notRecorded is the answer to a purchase that could not be written down. One that another program has taken needs none.
func (r *Runner) notRecorded(step job.Step, err error) job.Event {
	if err == errTakenOver {
		return nil
	}
	return job.NotRecorded{Failure: r.unrecorded(step, err)}
}

func (r *Runner) unrecorded(step job.Step, err error) job.Failure {
	return job.Failure{Answer: r.answerTo(step), Err: &api.Error{Code: api.CodeClient, Outcome: api.NotSent, Detail: err.Error()}}
}

// detach is a context for a purchase in flight: it outlives the caller's by a moment, so that leaving the program does not
// tear the line while the answer is on its way.
func (r *Runner) detach(ctx context.Context) (context.Context, func()) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	unlink := context.AfterFunc(r.cutoff, cancel)
	unhook := context.AfterFunc(ctx, func() {
		r.sleepUntil(own, r.now().Add(grace))
		cancel()
	})
	return own, func() {
		unhook()
		unlink()
		cancel()
	}
}

// loadPace gives a job what the history knows about its model's pace. What it needs from the disk is read here, in a command.
func (r *Runner) loadPace(t *trackedJob) {
	r.mu.Lock()
	defer r.mu.Unlock()
	model := t.entry.Model
	pace, known := r.paces[model]
	if !known {
		r.mu.Unlock()
		pace = job.Fit(r.history.Durations(model, learnFrom))
		r.mu.Lock()
		r.paces[model] = pace
	}
	t.job.Rules.Durations = pace
}

// learnFrom is how many of a model's last predictions teach its pace.
const learnFrom = 20
