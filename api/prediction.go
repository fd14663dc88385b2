package api

import (
	"strings"
	"time"
)

// Status is the provider's word for how far a prediction is. A word that nobody
// knows is kept as it came, and counts as running.
type Status string

// The statuses of Replicate (lifecycle page, October 2025). All but the first
// two are ends.
const (
	Starting   Status = "starting"
	Processing Status = "processing"
	Succeeded  Status = "succeeded"
	Failed     Status = "failed"
	Canceled   Status = "canceled"
	Aborted    Status = "aborted"
)

// synonyms maps the words seen at gateways, and those of the New-API task
// envelope, to Replicate's. The envelope's NOT_START, SUBMITTED and QUEUED are
// before the run, IN_PROGRESS is the run.
var synonyms = map[string]Status{
	"completed":   Succeeded,
	"complete":    Succeeded,
	"success":     Succeeded,
	"cancelled":   Canceled,
	"error":       Failed,
	"failure":     Failed,
	"queued":      Starting,
	"not_start":   Starting,
	"submitted":   Starting,
	"in_progress": Processing,
}

// readStatus turns a word of the wire into a Status.
func readStatus(word string) Status {
	lower := strings.ToLower(strings.TrimSpace(word))
	if known, ok := synonyms[lower]; ok {
		return known
	}
	return Status(lower)
}

// Ended reports whether the prediction's life at the provider is over.
func (s Status) Ended() bool {
	switch readStatus(string(s)) {
	case Succeeded, Failed, Canceled, Aborted:
		return true
	}
	return false
}

// Prediction is one paid run as the provider tells it. Texts are raw: whoever
// draws them cleans them.
type Prediction struct {
	ID          string
	Model       string // "" where the provider leaves it out
	Version     string
	Status      Status // normalised; "" when the provider said none
	Input       map[string]any
	Output      []string // URLs or data: URIs in order; a single string becomes one
	Error       string   // the provider's sentence, "" if none
	Logs        string   // all of the log so far, at most 256 KiB of its end
	Metrics     map[string]float64
	DataRemoved bool // the provider deleted outputs, input and logs
	CreatedAt   time.Time
	StartedAt   time.Time
	CompletedAt time.Time
	ServerTime  time.Time // from the Date header of this answer; zero when absent
	HTTPStatus  int       // of the answer to a create or a get; 0 in a list

	gatewayProgress float64 // progress that a gateway told beside the log, 0 to 1; 0 says nothing
}

// Page is a page of a provider's list, newest first.
type Page struct {
	Predictions []Prediction
	Next        string // cursor of the next page, for List; "" on the last one
}
