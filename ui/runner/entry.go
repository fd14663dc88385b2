package runner

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// apply applies an event of the state machine to a job, and returns what there is to tell about it. mu is held.
func (r *Runner) apply(t *trackedJob, event job.Event) Notice {
	before, entry := t.job, t.entry
	t.job, t.entry = t.next(event, r.client.Provider())
	superseded := t.job.Generation != before.Generation
	if p, ok := prediction(event); ok && superseded {
		t.updateLive(p)
		r.limitInline(t)
	}
	if needsLine(entry, t.entry) {
		t.dirty = true
	}
	if t.job.State.Ended() {
		t.inline.Close()
	}
	if superseded && t.started == before.Generation && t.stop != nil {
		t.stop() // the superseded command no longer has anything to wait for
	}
	return r.noticeFor(t, before, event)
}

// next returns the job and its entry after an event. It changes nothing. mu is held.
func (t *trackedJob) next(event job.Event, p api.Provider) (job.Job, history.Entry) {
	after, _ := t.job.Apply(event)
	entry := t.entry
	if after.Generation == t.job.Generation && after.State == t.job.State {
		return after, entry
	}
	if saw, ok := prediction(event); ok {
		entry = withPrediction(entry, saw)
	}
	entry = t.withOutcome(entry, event)
	entry.State = entryState(after.State)
	set(&entry.EndSeenAt, after.EndSeen.UTC().Round(0))
	if after.State != t.job.State || after.Reason != t.job.Reason {
		entry = withEnd(entry, event, after, p)
		if _, ok := event.(job.NotRecorded); ok && t.refusal != nil && after.Reason == job.NotJournaled {
			entry.Error = &history.EntryError{Code: string(t.refusal.kind), Sentence: "Not sent: " + t.refusal.sentence}
		}
	}
	if after.State == job.Done {
		entry.Error = partialError(entry, t.logsAfter(event))
		if t.fault != "" && entry.Error == nil {
			entry.Error = &history.EntryError{Code: CodePartial, Sentence: reasonSentence(job.FailedAtProvider, p) + " The picture that it gave all the same is saved.", Detail: t.fault}
		}
	}
	if logs := t.logsAfter(event); after.State.Ended() && logs != "" {
		entry.Logs = strings.Clone(lastBytes(logs, history.LogLimit)) // a part of the logs would keep all of them in memory
	}
	return after, entry
}

// updateLive takes what is kept only in memory from a prediction.
func (t *trackedJob) updateLive(p api.Prediction) {
	if len(p.Output) > 0 {
		t.setOutputs(p)
	}
	if p.Logs != "" {
		t.logs = p.Logs
	}
	if p.Status == api.Succeeded && api.Status(p.Word).Ended() { // its word is that it failed, or was canceled
		t.fault = cmp.Or(p.Error, t.fault)
	}
	if f, ok := p.Progress(); ok {
		t.progress = max(t.progress, f) // a progress bar never goes back
	}
}

func (t *trackedJob) logsAfter(event job.Event) string {
	if p, ok := prediction(event); ok && p.Logs != "" {
		return p.Logs
	}
	return t.logs
}

// prediction returns the prediction that an event carries, if any.
func prediction(event job.Event) (api.Prediction, bool) {
	switch event := event.(type) {
	case job.Created:
		return event.Prediction, true
	case job.Polled:
		return event.Prediction, true
	case job.CancelAccepted:
		return event.Prediction, true
	case job.Found:
		return event.Prediction, true
	}
	return api.Prediction{}, false
}

// needsLine reports whether the journal must have a line of a change: of the state, the id, the reason, an attempt's outcome or
// an output.
func needsLine(a, b history.Entry) bool {
	return a.State != b.State || a.ID != b.ID || a.CancelReason != b.CancelReason || a.Error != b.Error ||
		!slices.Equal(a.Attempts, b.Attempts) || !slices.Equal(a.Outputs, b.Outputs)
}

// withPrediction takes over what the provider says. What it leaves out, or has deleted, stays as it was, and so does the version: the
// journal has the one that was asked for, and a picture is found again by it.
func withPrediction(e history.Entry, p api.Prediction) history.Entry {
	set(&e.ID, p.ID)
	if p.Status.Ended() || !api.Status(e.Status).Ended() { // an ended status does not change back
		set(&e.Status, cmp.Or(p.Word, string(p.Status)))
	}
	set(&e.CreatedAt, p.CreatedAt)
	set(&e.StartedAt, p.StartedAt)
	set(&e.CompletedAt, p.CompletedAt)
	if len(p.Metrics) > 0 {
		e.Metrics = p.Metrics
	}
	if seed, ok := p.Seed(); ok {
		e.Seed = &seed
	}
	if len(p.Output) > 0 {
		e.Outputs = withURLs(e.Outputs, placed(p.Output, model.Find(e.Model).Pictures(e.Input)))
	}
	return e
}

func set[T comparable](to *T, from T) {
	var zero T
	if from != zero {
		*to = from
	}
}

// dataURIHead is how many bytes of a data: URI are kept in the journal: enough for its media type.
const dataURIHead = 64

// withURLs sets the URLs of the outputs, and keeps what is known of those already on disk. Only the head of a data: URI is kept.
func withURLs(known []history.Output, urls []string) []history.Output {
	outputs := slices.Clone(known)
	for i, url := range urls {
		if i >= len(outputs) {
			outputs = append(outputs, history.Output{})
		}
		if api.IsDataURL(url) {
			head, _, _ := strings.Cut(url, ",")
			url = strings.Clone(head[:min(len(head), dataURIHead)]) // a part would keep all of it in memory
		}
		outputs[i].URL = url
	}
	return outputs
}

// The values of Attempt.Sent: was the purchase sent and accepted or refused, was it certainly not sent, or is that unknown.
const (
	sentYes   = "yes"
	sentNo    = "no"
	sentMaybe = "maybe"
)

// withOutcome writes an event's outcome into the attempt that it is about, and into no other: an earlier one may have been
// accepted.
func (t *trackedJob) withOutcome(e history.Entry, event job.Event) history.Entry {
	at := t.attemptIndex(event)
	if at < 0 {
		return e
	}
	e.Attempts = slices.Clone(e.Attempts)
	a := &e.Attempts[at]
	switch event := event.(type) {
	case job.Created:
		a.Sent, a.Status = sentYes, event.Prediction.HTTPStatus
	case job.Found:
		a.Sent = sentYes
	case job.CancelRequested: // a purchase that was sent has no attempt to change here
		a.Sent = sentNo
	case job.NotCreated:
		a.Status, a.Error = event.Err.HTTPStatus, string(event.Err.Code)
		switch event.Err.Outcome {
		case api.NotSent:
			a.Sent = sentNo
		case api.RateLimited, api.Refused:
			a.Sent = sentYes
		}
	}
	return e
}

// attemptIndex is the index of the attempt that an event is about, or -1.
func (t *trackedJob) attemptIndex(event job.Event) int {
	switch event.(type) {
	case job.Found:
		return uncertainAttempt(t.entry)
	case job.Created, job.NotCreated, job.CancelRequested:
		if t.attempted > 0 && t.attempted == t.job.Generation {
			return len(t.entry.Attempts) - 1
		}
	}
	return -1
}

// uncertainAttempt is the index of the last attempt that may or may not have been accepted, or -1.
func uncertainAttempt(e history.Entry) int {
	for i, a := range slices.Backward(e.Attempts) {
		if a.Sent == sentMaybe {
			return i
		}
	}
	return -1
}

// withEnd sets why the job has reached its state, and what it cost.
func withEnd(e history.Entry, event job.Event, after job.Job, p api.Provider) history.Entry {
	e.Error, e.CancelReason = nil, ""
	switch after.State {
	case job.Stopped:
		e.CancelReason = string(after.Reason)
		if saw, ok := prediction(event); ok && saw.Error != "" { // such as a deadline
			e.Error = &history.EntryError{Code: e.CancelReason, Detail: saw.Error}
		}
	case job.Failed, job.Lost, job.Unconfirmed:
		e.Error = entryError(event, after, p)
	}
	switch {
	case after.State == job.Saving, after.State == job.Lost && e.Cost == nil: // it succeeded, so it is billed
		e.Cost = cost(e)
	case isUnbilled(after, e):
		e.Cost = new(float64)
	case after.State == job.Creating:
		e.Cost = nil
	}
	return e
}

// lastBytes returns the end of a text, at most n bytes, from the start of a line if there is one.
func lastBytes(text string, n int) string {
	if len(text) <= n {
		return text
	}
	text = text[len(text)-n:]
	if i := strings.IndexByte(text, '\n'); i >= 0 && i < len(text)-1 {
		return text[i+1:]
	}
	return strings.ToValidUTF8(text, "")
}

// answerTo is the head of an answer to a step.
func (r *Runner) answerTo(step job.Step) job.Answer {
	return job.Answer{Moment: r.moment(), Generation: step.Generation}
}

func (r *Runner) moment() job.Moment { return job.Moment{At: r.now()} }

func (r *Runner) failure(step job.Step, err error) job.Failure {
	f := job.Failure{Answer: r.answerTo(step), Jitter: r.jitter()}
	if err != nil {
		f.Err = api.AsError(err)
	}
	return f
}

// sentAt is when a job was last sent: by this machine's clock where the entry knows it, else by the provider's.
func sentAt(e history.Entry) time.Time {
	if n := len(e.Attempts); n > 0 && !e.Attempts[n-1].Time.IsZero() {
		return e.Attempts[n-1].Time
	}
	if !e.CreatedAt.IsZero() {
		return e.CreatedAt
	}
	return e.Time
}
