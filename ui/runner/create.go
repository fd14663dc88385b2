package runner

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/runner/inputimage"
)

// grace is how long a purchase in flight may still be answered after the program was asked to quit.
const grace = 800 * time.Millisecond

// create buys one prediction: it waits for its turn, writes the intent down, and posts. It is nil if the purchase was superseded
// or the program quits before anything was sent.
func (r *Runner) create(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	err := r.history.Unreadable()
	if err == nil {
		err = r.history.WriteError()
	}
	if err == nil {
		err = r.checkLength(t)
	}
	if err != nil {
		return r.notRecorded(t.key, step, err)
	}
	if err := r.recordIfWaiting(t, step); err != nil {
		return r.notRecorded(t.key, step, err)
	}
	if !r.awaitDue(ctx, t, step) || !r.creates.Acquire(ctx, r.tries(t), t.key) {
		return nil
	}
	event := r.buy(ctx, t, step)
	r.creates.Release(event)
	if r.creates.OpensAt().After(r.now()) {
		r.showWaiting()
	}
	return event
}

// showWaiting updates the rows of the purchases that were not sent. The provider may have asked to wait since they were published.
func (r *Runner) showWaiting() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, t := range r.jobs {
		if t.row.Live != nil && t.job.State == job.Creating && !t.job.RequestSent {
			t.row.Live = r.liveState(t)
		}
	}
}

// tries is how many tries of the pending command have failed in a row.
func (r *Runner) tries(t *trackedJob) int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return t.job.Tries
}

// answerRoom is how many bytes an answer may add to an entry's line: 64 KiB of URLs, six bytes for each character as JSON may
// need, and as much again for metrics, logs and errors, all of which have their limits.
const answerRoom = 600 << 10

// checkLength refuses a purchase whose line leaves too little room for the answer: the id that it is paid for must fit in.
func (r *Runner) checkLength(t *trackedJob) error {
	r.mu.Lock()
	entry := t.entry
	r.mu.Unlock()
	line, err := json.Marshal(entry)
	if err == nil && len(line) > history.LineLimit-answerRoom {
		return errors.New("The prompt is too long to be kept together with its answer. Shorten it, or give images as files.")
	}
	return nil // what cannot be marshalled cannot be sent either
}

// What a purchase needs on the disk, in bytes.
const (
	linesReserved = 4        // lines that follow the intent: the id, the end, the pictures, and one to spare
	answerUsual   = 16 << 10 // what an answer usually adds to a line, with the logs of a prediction that has ended
	pictureRoom   = 4 << 20  // for a picture; one of a megapixel has less
)

// reserve makes sure, before a purchase, that the disk has room for its pictures, and for the lines of this and all other jobs that have
// not ended.
func (r *Runner) reserve(t *trackedJob) error {
	r.mu.Lock()
	entry := t.entry
	r.mu.Unlock()
	line, err := json.Marshal(entry)
	if err != nil {
		return nil //nolint:nilerr // writing it will fail too, with a reason
	}
	r.mu.Lock()
	t.reserved = linesReserved * int64(len(line)+answerUsual)
	var all int64
	for _, other := range r.jobs {
		if other == t || !other.job.State.Ended() || other.isUnwritten() {
			all += other.reserved
		}
	}
	r.mu.Unlock()
	if err := r.history.Reserve(all); err != nil {
		return err
	}
	return r.history.CheckRoom(entry, pictureRoom)
}

// recordIfWaiting writes down a purchase that has to wait before its intent can be written: if the program dies meanwhile, the
// entry says that nothing was sent.
func (r *Runner) recordIfWaiting(t *trackedJob, step job.Step) error {
	r.mu.Lock()
	waits := !t.onDisk && (step.At.After(r.now()) || r.creates.IsClosed())
	r.mu.Unlock()
	if !waits {
		return nil
	}
	_, err := r.writeChecked(t, nil, func() error { return r.checkGate(t, 0) })
	return err
}

// buy writes the intent down (fsync), and only then lets the POST leave.
func (r *Runner) buy(ctx context.Context, t *trackedJob, step job.Step) job.Event {
	entry, ok := r.addAttempt(t, step)
	if !ok {
		return nil
	}
	input, sent, err := inputimage.Encode(ctx, model.Find(entry.Model), entry.Input, r.client.Provider())
	if err != nil {
		r.dropAttempt(t)
		if ctx.Err() != nil {
			return nil
		}
		return job.NotCreated{Failure: r.failure(step, err)}
	}
	r.setImages(t, sent)
	if err := r.reserve(t); err != nil {
		r.dropAttempt(t)
		return r.notRecorded(t.key, step, err)
	}
	if err := r.recordIntent(t); err != nil {
		r.dropAttempt(t)
		return r.notRecorded(t.key, step, err)
	}
	r.loadDurations(t)
	if ctx.Err() != nil || !r.markInFlight(t, step) {
		return nil // superseded, or asked to quit, while the intent went to disk: a later line says that it was not sent
	}
	ctx, done := r.detach(ctx)
	defer done()
	p, err := r.client.Create(ctx, api.CreateRequest{Model: entry.Model, Version: entry.Version, Input: input})
	r.retries.Record(r.apiHost(), err)
	if err != nil {
		return r.notCreated(t.key, step, err)
	}
	return job.Created{Answer: r.answerTo(step), Prediction: p}
}

// markInFlight marks a purchase as being sent, and counts it among those in flight until its answer is on disk. It is false if
// the purchase was superseded.
func (r *Runner) markInFlight(t *trackedJob, step job.Step) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.markSending(t, step) {
		return false
	}
	r.inFlight.Add(1) // under mu, so none is added once Close waits
	t.inFlight = step.Generation
	return true
}

// addAttempt adds the attempt that is about to be made. Until its outcome is known, it may have been sent.
func (r *Runner) addAttempt(t *trackedJob, step job.Step) (history.Entry, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.job.Generation != step.Generation || r.closing {
		return history.Entry{}, false
	}
	attempt := history.Attempt{Time: r.now(), Sent: sentMaybe}
	t.entry.Attempts = append(slices.Clone(t.entry.Attempts), attempt)
	t.attempted = step.Generation
	return t.entry, true
}

// setImages keeps the checksums of the input images that are about to be sent, and what is sent of them.
func (r *Runner) setImages(t *trackedJob, sent map[string]inputimage.Sent) {
	if len(sent) == 0 {
		return
	}
	sums, images := map[string]string{}, map[string]history.SentImage{}
	for path, s := range sent {
		sums[path] = s.SHA256
		images[path] = history.SentImage{Format: strings.ToLower(s.Format), Width: s.Width, Height: s.Height, Bytes: s.Bytes, FileBytes: s.Original, Copy: s.IsCopy}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	t.entry.Images, t.entry.SentImages = sums, images
}

// dropAttempt removes the attempt again: nothing was sent.
func (r *Runner) dropAttempt(t *trackedJob) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !t.takenOver { // otherwise it is another program's entry by now
		t.entry.Attempts = slices.Clone(t.entry.Attempts[:len(t.entry.Attempts)-1])
	}
	t.attempted = 0
}

// notRecorded is the answer to a purchase that could not be written down; nil if another program has taken it over.
func (r *Runner) notRecorded(key string, step job.Step, err error) job.Event {
	if err == errTakenOver {
		return nil
	}
	e := &api.Error{Code: api.CodeClient, Outcome: api.NotSent, Detail: err.Error()}
	var refused *refusal
	if errors.As(err, &refused) {
		r.mu.Lock()
		r.jobs[key].refusal = refused
		r.mu.Unlock()
	}
	return job.NotRecorded{Failure: job.Failure{Answer: r.answerTo(step), Err: e}}
}

// detach returns a context for a purchase in flight. It outlives the caller's by grace, so that quitting the program does not
// break the connection while the answer is on its way.
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

// durationsKept is how many of a model's last predictions are used to fit its durations.
const durationsKept = 20

// loadDurations gives a job what the history knows about its model's durations. It may read the disk.
func (r *Runner) loadDurations(t *trackedJob) {
	r.mu.Lock()
	defer r.mu.Unlock()
	model := t.entry.Model
	d, known := r.durations[model]
	if !known {
		r.mu.Unlock()
		d = job.Fit(r.history.Durations(model, durationsKept))
		r.mu.Lock()
		r.durations[model] = d
	}
	t.job.Rules.Durations = d
}

// forgetDurations lets a model's durations be fitted again once a job of it is done and on disk.
func (r *Runner) forgetDurations(t *trackedJob) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if t.job.State == job.Done {
		delete(r.durations, t.entry.Model)
	}
}
