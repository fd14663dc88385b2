package cli

import (
	"cmp"
	"path/filepath"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/wording"
)

// predictionJSON is a prediction as --json prints it. The fields of the first block are promised: they are always there, null
// means unknown, and outputs and pictures are always arrays.
type predictionJSON struct {
	Key         string             `json:"key"`
	ID          *string            `json:"id"`
	Provider    string             `json:"provider"`
	BaseURL     string             `json:"base_url"`
	Model       string             `json:"model"`
	State       history.State      `json:"state"`  // tintype's own state
	Status      *string            `json:"status"` // the last status of the provider
	Input       map[string]any     `json:"input"`
	Outputs     []string           `json:"outputs"`  // URLs
	Pictures    []string           `json:"pictures"` // absolute paths on disk
	Seed        *int64             `json:"seed"`
	Error       *string            `json:"error"` // a sentence
	Metrics     map[string]float64 `json:"metrics"`
	CreatedAt   *time.Time         `json:"created_at"`
	CompletedAt *time.Time         `json:"completed_at"`
	Cost        *float64           `json:"cost"` // US dollars

	CostGuess *float64 `json:"cost_guess,omitempty"` // US dollars, instead of a cost, where the provider publishes no price

	ErrorCode    string                       `json:"error_code,omitempty"`
	ErrorDetail  string                       `json:"error_detail,omitempty"` // as the provider wrote it
	StartedAt    *time.Time                   `json:"started_at,omitempty"`
	Version      string                       `json:"version,omitempty"`
	Images       map[string]string            `json:"images,omitempty"`      // sha256 of each local input image, by its path
	SentImages   map[string]history.SentImage `json:"sent_images,omitempty"` // what was sent of each of them
	Template     string                       `json:"template,omitempty"`
	Batch        string                       `json:"batch,omitempty"`
	Parent       string                       `json:"parent,omitempty"`
	Price        *history.Price               `json:"price,omitempty"`
	Attempts     []history.Attempt            `json:"attempts,omitempty"`
	Star         bool                         `json:"star,omitempty"`
	Tags         []string                     `json:"tags,omitempty"`
	Note         string                       `json:"note,omitempty"`
	CancelReason string                       `json:"cancel_reason,omitempty"`
	Logs         string                       `json:"logs,omitempty"`
}

// newPredictionJSON converts an entry; path makes a picture's path absolute.
func newPredictionJSON(e history.Entry, path func(string) string) predictionJSON {
	o := predictionJSON{
		Key: e.Key, ID: stringOrNil(e.ID), Provider: e.Provider, BaseURL: e.BaseURL, Model: e.Model,
		State: e.State, Status: stringOrNil(e.Status), Input: e.Input, Outputs: []string{}, Pictures: []string{},
		Seed: e.Seed, Metrics: e.Metrics, CreatedAt: timeOrNil(e.CreatedAt), CompletedAt: timeOrNil(e.CompletedAt), Cost: e.Cost,
		StartedAt: timeOrNil(e.StartedAt), Version: e.Version, Images: e.Images, SentImages: e.SentImages, Template: e.Template, Batch: e.Batch, Parent: e.Parent,
		Price: e.Price, Attempts: e.Attempts, Star: e.Star, Tags: e.Tags, Note: e.Note, CancelReason: e.CancelReason,
		Logs: e.Logs,
	}
	if e.Price != nil && e.Price.Guess && e.Cost != nil && *e.Cost > 0 {
		o.Cost, o.CostGuess = nil, e.Cost
	}
	if o.CreatedAt == nil {
		o.CreatedAt = timeOrNil(made(e))
	}
	if e.Error != nil {
		sentence := errorText(e)
		o.Error, o.ErrorCode, o.ErrorDetail = &sentence, e.Error.Code, e.Error.Detail
	}
	for _, output := range e.Outputs {
		if output.URL != "" {
			o.Outputs = append(o.Outputs, output.URL)
		}
		if local := output.LocalPath(); local != "" {
			o.Pictures = append(o.Pictures, path(local))
		}
	}
	return o
}

// made is when a prediction was created: by the provider's time, else at our first attempt, else when the entry was written.
func made(e history.Entry) time.Time {
	if !e.CreatedAt.IsZero() {
		return e.CreatedAt
	}
	if len(e.Attempts) > 0 && !e.Attempts[0].Time.IsZero() {
		return e.Attempts[0].Time
	}
	return e.Time
}

// notRecorded is the runner's error code for a purchase that was not made because it could not be written to the history.
const notRecorded = "not_recorded"

// addsDetail are the error codes whose sentence does not quote the provider.
var addsDetail = map[string]bool{"failed": true, "empty": true, "bad_picture": true, "not_fetchable": true}

// errorText is what went wrong as a sentence, "" where nothing did.
func errorText(e history.Entry) string {
	if e.Error == nil {
		return ""
	}
	message, detail := e.Error.Sentence, e.Error.Detail
	switch {
	case e.Error.Code == notRecorded && detail != "": // the history's own sentence says what to do
		return wording.NotSentRule + " " + format.Sentence(detail)
	case message == "":
		return format.Sentence(cmp.Or(detail, e.Error.Code))
	case detail != "" && addsDetail[e.Error.Code] && !strings.Contains(message, detail):
		return strings.TrimSuffix(message, ".") + ": " + detail
	}
	return message
}

func stringOrNil(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func timeOrNil(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

// pathsIn returns a function that makes the history's relative paths absolute below a data folder.
func pathsIn(dir string) func(string) string {
	return func(rel string) string { return filepath.Join(dir, filepath.FromSlash(rel)) }
}
