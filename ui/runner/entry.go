package runner

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tintype/api"
	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// next applies an event to a job and says what its entry is then. It changes nothing. mu is held.
func (t *trackedJob) next(e job.Event, p api.Provider) (job.Job, history.Entry) {
	after, _ := t.job.Apply(e)
	entry := t.entry
	if after.Generation == t.job.Generation && after.State == t.job.State {
		return after, entry
	}
	if saw, ok := prediction(e); ok {
		entry = withPrediction(entry, saw)
	}
	entry = t.withOutcome(entry, e)
	entry.State = history.State(after.State)
	if after.State != t.job.State || after.Reason != t.job.Reason {
		entry = withEnd(entry, e, after, p)
	}
	if after.State.Ended() {
		entry.Logs = lastBytes(t.logsAfter(e), history.LogLimit)
	}
	return after, entry
}

// apply makes an event true, and says whether the entry moved in a way that belongs into the journal. mu is held.
func (text *Runner) apply(t *trackedJob, e job.Event) {
	before, generation := t.entry, t.job.Generation
	after, entry := t.next(e, text.client.Provider())
	if p, ok := prediction(e); ok && after.Generation != generation {
		t.updateLive(p)
	}
	t.job, t.entry = after, entry
	if needsLine(before, entry) {
		t.dirty = true
	}
	if after.Generation != generation && t.started == generation && t.stop != nil {
		t.stop() // whatever waits for, or awaits, the superseded command's answer
	}
}

// updateLive takes over what only lives in memory.
func (t *trackedJob) updateLive(p api.Prediction) {
	if len(p.Output) > 0 {
		t.urls = p.Output
	}
	if p.Logs != "" {
		t.logs = p.Logs
	}
	if f, ok := p.Progress(); ok {
		t.progress = max(t.progress, f) // a bar never goes back
	}
}

func (t *trackedJob) logsAfter(e job.Event) string {
	if p, ok := prediction(e); ok && p.Logs != "" {
		return p.Logs
	}
	return t.logs
}

// prediction is the prediction that an event brings, if it brings one.
func prediction(e job.Event) (api.Prediction, bool) {
	switch e := e.(type) {
	case job.Created:
		return e.Prediction, true
	case job.Polled:
		return e.Prediction, true
	case job.CancelAccepted:
		return e.Prediction, true
	case job.Found:
		return e.Prediction, true
	}
	return api.Prediction{}, false
}

// needsLine reports whether the journal must know of a change: its state, its id, why, and the verdict of each attempt.
func needsLine(a, b history.Entry) bool {
	return a.State != b.State || a.ID != b.ID || a.CancelReason != b.CancelReason || a.Error != b.Error ||
		!slices.Equal(a.Attempts, b.Attempts) || !slices.Equal(a.Outputs, b.Outputs)
}

// withPrediction takes over what the provider says; what it leaves out, or has deleted, stays as it was.
func withPrediction(e history.Entry, p api.Prediction) history.Entry {
	set(&e.ID, p.ID)
	if p.Status.Ended() || !api.Status(e.Status).Ended() { // an end does not go back
		set(&e.Status, string(p.Status))
	}
	set(&e.CreatedAt, p.CreatedAt)
	set(&e.StartedAt, p.StartedAt)
	set(&e.CompletedAt, p.CompletedAt)
	if e.Version == "" && p.Version != "hidden" { // Replicate's word for an official model's version
		e.Version = p.Version
	}
	if len(p.Metrics) > 0 {
		e.Metrics = p.Metrics
	}
	if seed, ok := p.Seed(); ok {
		e.Seed = &seed
	}
	if len(p.Output) > 0 {
		e.Outputs = withURLs(e.Outputs, p.Output)
	}
	return e
}

func set[T comparable](to *T, from T) {
	var zero T
	if from != zero {
		*to = from
	}
}

// dataHead is how much of a data: URI stands in the journal, in bytes: its kind.
const dataHead = 64

// withURLs names the outputs in order, and keeps what is known of those already on disk. Data stays out of the journal.
func withURLs(known []history.Output, urls []string) []history.Output {
	outputs := slices.Clone(known)
	for i, url := range urls {
		if i >= len(outputs) {
			outputs = append(outputs, history.Output{})
		}
		if api.IsDataURL(url) {
			kind, _, _ := strings.Cut(url, ",")
			url = kind[:min(len(kind), dataHead)]
		}
		outputs[i].URL = url
	}
	return outputs
}

// withOutcome writes what an event means for money into the attempt that it is about, and into no other: the one before may have
// been accepted.
func (t *trackedJob) withOutcome(e history.Entry, event job.Event) history.Entry {
	at := t.attemptIndex(event)
	if at < 0 {
		return e
	}
	e.Attempts = slices.Clone(e.Attempts)
	a := &e.Attempts[at]
	switch event := event.(type) {
	case job.Created:
		a.Sent, a.Status = "yes", event.Prediction.HTTPStatus
	case job.Found:
		a.Sent = "yes"
	case job.CancelRequested: // of what has left, it changes nothing
		a.Sent = "no"
	case job.NotCreated:
		a.Status, a.Error = event.Err.HTTPStatus, string(event.Err.Code)
		switch event.Err.Outcome {
		case api.NotSent:
			a.Sent = "no"
		case api.RateLimited, api.Refused:
			a.Sent = "yes"
		}
	}
	return e
}

// attemptIndex is the index of the attempt that an event is about, -1 for none.
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

// uncertainAttempt is the index of the last attempt of which nobody knows whether it was accepted, -1 for none.
func uncertainAttempt(e history.Entry) int {
	for i, a := range slices.Backward(e.Attempts) {
		if a.Sent == "maybe" {
			return i
		}
	}
	return -1
}

// withEnd writes why the job stands where it stands, and what it cost.
func withEnd(e history.Entry, event job.Event, after job.Job, p api.Provider) history.Entry {
	e.Error, e.CancelReason = nil, ""
	switch after.State {
	case job.Stopped:
		e.CancelReason = string(after.Reason)
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

// cost is what the catalogue says; nil when it does not know.
func cost(e history.Entry) *float64 {
	usd, ok := model.Find(e.Model).Cost(e.Provider, e.Input)
	if !ok {
		return nil
	}
	return &usd
}

// isUnbilled reports whether it is certain that nothing is billed.
func isUnbilled(j job.Job, e history.Entry) bool {
	switch j.Reason {
	case job.NeverSent, job.NotJournaled, job.Unreachable, job.Refused:
		return true
	case job.Aborted:
		return e.StartedAt.IsZero()
	}
	return false
}

// entryError is what the journal keeps of a bad end: a code for the program, a sentence for a person, the provider's own words.
func entryError(event job.Event, after job.Job, p api.Provider) *history.EntryError {
	problem := &history.EntryError{Code: string(after.Reason), Sentence: sentence(after, p)}
	if saw, ok := prediction(event); ok && after.Reason == job.FailedAtProvider {
		problem.Detail = saw.Error
		if strings.Contains(saw.Error, "E005") {
			problem.Code = "flagged"
			problem.Sentence = "Flagged by the provider's filter (E005); may be billed. Another seed often passes."
		}
	}
	if err := after.Err; err != nil {
		problem.Detail = err.Detail
		if after.Reason == job.Refused || after.Reason == job.Unreachable {
			problem.Code, problem.Sentence = string(err.Code), err.Error()
		}
	}
	return problem
}

// sentence says for a person why a job stands where it stands. It names no keys: both faces show it.
func sentence(j job.Job, p api.Provider) string {
	switch j.Reason {
	case job.NotJournaled:
		return "Not sent: tintype buys nothing that it cannot write down. Free some room, then try again."
	case job.FailedAtProvider:
		return fmt.Sprintf("Failed at %s.", p.Title)
	case job.NoAnswer:
		return "The line broke after this left. It may have been accepted and billed; tintype never sends it again by itself."
	case job.Expired:
		return fmt.Sprintf("%s deleted the pictures before they were saved here. Prompt and seed are kept.", capitalize(p.Title))
	case job.BadPicture:
		return "What came from the provider was no picture. It can be fetched again for an hour after it was made."
	case job.Unfetchable:
		return "The picture's address is one that tintype does not fetch from."
	case job.Empty:
		return "It succeeded, but without a picture."
	case job.UnknownToProvider:
		return fmt.Sprintf("%s does not know this prediction any more.", capitalize(p.Title))
	}
	return ""
}

func capitalize(text string) string {
	first, n := utf8.DecodeRuneInString(text)
	return strings.ToUpper(string(first)) + text[n:]
}

// lastBytes is the end of a text, at most n bytes, beginning at a whole line where there is one.
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

// answerTo is an answer's head.
func (text *Runner) answerTo(step job.Step) job.Answer {
	return job.Answer{Moment: text.moment(), Generation: step.Generation}
}

func (text *Runner) moment() job.Moment { return job.Moment{At: text.now()} }

func (text *Runner) failure(step job.Step, err error) job.Failure {
	m := job.Failure{Answer: text.answerTo(step), Jitter: text.jitter()}
	if err != nil {
		m.Err = api.AsError(err)
	}
	return m
}

// sentAt is when a job was last sent, by this machine's clock where the entry knows that, else by the provider's.
func sentAt(e history.Entry) time.Time {
	if n := len(e.Attempts); n > 0 && !e.Attempts[n-1].Time.IsZero() {
		return e.Attempts[n-1].Time
	}
	if !e.CreatedAt.IsZero() {
		return e.CreatedAt
	}
	return e.Time
}
