package api

import (
	"encoding/json"
	"strings"
	"time"
)

// Status is the state of a prediction. An unknown word is kept, in lower case; whether it is an end is decided by what
// else the answer holds (see settle).
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
	"succeed":     Succeeded,
	"successful":  Succeeded,
	"completed":   Succeeded,
	"complete":    Succeeded,
	"success":     Succeeded,
	"finished":    Succeeded,
	"done":        Succeeded,
	"cancelled":   Canceled,
	"error":       Failed,
	"errored":     Failed,
	"failure":     Failed,
	"fail":        Failed,
	"queued":      Starting,
	"in_queue":    Starting,
	"pending":     Starting,
	"not_start":   Starting,
	"not_started": Starting,
	"submitted":   Starting,
	"created":     Starting,
	"scheduled":   Starting,
	"waiting":     Starting,
	"in_progress": Processing,
	"running":     Processing,
	"generating":  Processing,
	"unknown":     "",
	"null":        "",
	"none":        "",
}

// refusals are words for an end that say why; the word is then the prediction's error if there is no other.
var refusals = map[string]bool{
	"rejected": true, "moderated": true, "content_moderated": true, "request_moderated": true, "timeout": true, "timed_out": true, "expired": true,
}

// runningWords are further words for a prediction that runs.
var runningWords = map[Status]bool{"booting": true, "preparing": true, "rendering": true, "uploading": true, "canceling": true, "cancelling": true}

// readStatus converts a word from the wire to a Status.
func readStatus(word string) Status {
	lower := strings.ToLower(strings.TrimSpace(word))
	plain := strings.NewReplacer(" ", "_", "-", "_").Replace(lower)
	if known, ok := synonyms[plain]; ok {
		return known
	}
	if refusals[plain] {
		return Failed
	}
	return Status(lower)
}

// isKnown reports whether a word is one of Replicate's, or means the same as one.
func isKnown(word string) bool {
	switch status := readStatus(word); status {
	case Starting, Processing, Succeeded, Canceled, Aborted, "":
		return true
	case Failed:
		return !refusals[strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(strings.TrimSpace(word)))]
	}
	return false
}

// failurePattern finds words for a failure in an unknown status.
var failurePattern = lazyRegexp(`(?i)fail|error|moderat|reject|denied|forbid|block|time.?out|expired|invalid|violat|nsfw|refus|not.?found|unsafe|sensitive|flagged|prohibit|abort|crash|killed`)

// settle decides whether a prediction has ended, since not every provider uses Replicate's words. An end's time is an
// end, whatever the status says. So is an output, except beside a word for running: language models and cog's iterators
// show theirs while it grows. A picture that is there is taken even if the status says that it failed, which Word then keeps.
// Without an output it failed if an error or the word says so; otherwise it succeeded, and
// the output may be late. word is the status as it came.
func (p Prediction) settle(word string) Prediction {
	if !isKnown(word) {
		p.Word = cutText(strings.TrimSpace(word), wordLimit)
	}
	running := p.Status == Starting || p.Status == Processing || runningWords[p.Status]
	switch ended := !p.CompletedAt.IsZero(); {
	case p.Status.Ended() && p.Status != Succeeded && len(p.Output) > 0:
		p.Status, p.Word = Succeeded, cutText(strings.TrimSpace(word), wordLimit)
	case p.Status.Ended():
	case !ended && (running || len(p.Output) == 0):
	case len(p.Output) > 0:
		p.Status = Succeeded
	case p.Error != "", failurePattern().MatchString(word):
		p.Status = Failed
	default:
		p.Status = Succeeded
	}
	if p.Status == Failed && p.Error == "" {
		p.Error = p.Word
	}
	return p
}

// reasonNames are the fields beside an output that say why there is none, the most telling first.
var reasonNames = []string{"detail", "fail_reason", "failure_reason", "error_message", "reason", "message", "msg"}

// reasonPattern finds words for a reason in a text that need not be one, such as "message".
var reasonPattern = lazyRegexp(`(?i)fail|error|moderat|reject|denied|forbid|block|violat|nsfw|refus|safety|unsafe|sensitive|flagged|prohibit|polic|quota|credit`)

// withReasonIn looks in an object for why the prediction has no output, if it does not say so in its error.
func (p Prediction) withReasonIn(object json.RawMessage) Prediction {
	if p.Error != "" && p.Error != p.Word || len(p.Output) > 0 || p.Status != Failed && p.Status != Succeeded {
		return p
	}
	fields := lowerFields(object)
	for _, name := range reasonNames {
		text := cutText(sentenceIn(fields[name], 1), sentenceLimit)
		if text != "" && !isSuccessWord(text) && !isAddress(text) && (p.Status == Failed || reasonPattern().MatchString(text)) {
			p.Error = text
			return p
		}
	}
	return p
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
	Status      Status // what it means, by all that the answer says; "" if nothing is known
	Word        string // the provider's own word for the status, if it is none that is known, or the outputs contradict it; else ""
	Input       map[string]any
	Output      []string // URLs or data: URIs, in order; "" where one is missing between others
	Error       string   // the provider's sentence, "" if there is none
	Logs        string   // the log so far, at most its last 256 KiB
	Metrics     map[string]float64
	DataRemoved bool // the provider deleted outputs, input and logs
	CreatedAt   time.Time
	StartedAt   time.Time
	CompletedAt time.Time
	ServerTime  time.Time // from the answer's Date header; zero if it has none
	HTTPStatus  int       // of the answer; 0 in a list
	Inline      *Inline   // outputs that came within the answer: see Client.DownloadInline; nil if there are none

	gatewayProgress float64 // progress that a gateway reports outside the log, 0 to 1; 0 means unknown
}

// Page is one page of a provider's list, newest first.
type Page struct {
	Predictions []Prediction
	Next        string // cursor of the next page, for List; "" on the last one
}
