package api

import (
	"strings"
	"time"
)

// Status is the provider's word for the state of a prediction. An unknown word is kept as it came, and counts as
// running.
type Status string

// The statuses of Replicate (its page on the prediction lifecycle, October 2025). All but the first two are final.
const (
	Starting   Status = "starting"
	Processing Status = "processing"
	Succeeded  Status = "succeeded"
	Failed     Status = "failed"
	Canceled   Status = "canceled"
	Aborted    Status = "aborted"
)

// synonyms maps the words seen at gateways, and those of New-API's task envelope, to Replicate's.
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

// readStatus converts a word from the wire to a Status.
func readStatus(word string) Status {
	lower := strings.ToLower(strings.TrimSpace(word))
	if known, ok := synonyms[lower]; ok {
		return known
	}
	return Status(lower)
}

// Ended reports whether the prediction has ended at the provider.
func (s Status) Ended() bool {
	switch readStatus(string(s)) {
	case Succeeded, Failed, Canceled, Aborted:
		return true
	}
	return false
}

// Prediction is one paid run, as the provider describes it. Texts are raw; whoever draws them must clean them.
type Prediction struct {
	ID          string
	Model       string // "" if the provider omits it
	Version     string
	Status      Status // normalised; "" if there was none
	Input       map[string]any
	Output      []string // URLs or data: URIs, in order
	Error       string   // the provider's sentence, "" if there is none
	Logs        string   // the log so far, at most its last 256 KiB
	Metrics     map[string]float64
	DataRemoved bool // the provider deleted outputs, input and logs
	CreatedAt   time.Time
	StartedAt   time.Time
	CompletedAt time.Time
	ServerTime  time.Time // from the answer's Date header; zero if it has none
	HTTPStatus  int       // of the answer; 0 in a list

	gatewayProgress float64 // progress that a gateway reports outside the log, 0 to 1; 0 means unknown
}

// Page is one page of a provider's list, newest first.
type Page struct {
	Predictions []Prediction
	Next        string // cursor of the next page, for List; "" on the last one
}
