package history

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Version is the format of the lines that this program writes (the field "v").
const Version = 1

// State is where a job stands: the words of the journal, the list and --json.
type State string

// The states of a job's life (design.md, "The life of a prediction").
const (
	Creating    State = "creating"    // recorded; the POST is about to leave, or has left
	Waiting     State = "waiting"     // the provider gave an id; its end has not been seen
	Saving      State = "saving"      // succeeded; its pictures are being fetched
	Done        State = "done"        // its pictures are on disk
	Failed      State = "failed"      // refused, or failed at the provider
	Unconfirmed State = "unconfirmed" // may have been accepted and billed; nobody knows
	Stopped     State = "stopped"     // canceled, aborted, or no longer followed
	Lost        State = "lost"        // succeeded, but a picture could not be had
)

// States returns every state, in the order of a job's life.
func States() []State {
	return []State{Creating, Waiting, Saving, Done, Failed, Unconfirmed, Stopped, Lost}
}

// Ended reports whether nothing goes on any more by itself. Unconfirmed has not ended, though nobody drives it.
func (s State) Ended() bool {
	switch s {
	case Done, Failed, Stopped, Lost:
		return true
	}
	return false
}

// final reports whether no later word can take the state back. Stopped and lost can be taken up again by hand.
func (s State) final() bool { return s == Done || s == Failed }

// An Attempt is one try of the paid request.
type Attempt struct {
	Time   time.Time `json:"time,omitzero"`
	Sent   string    `json:"sent"`             // "no", "maybe" or "yes"
	Status int       `json:"status,omitempty"` // HTTP status of the answer, 0 for none
	Error  string    `json:"error,omitempty"`  // code of what went wrong, "" for nothing
}

// CodeExpired is the problem's code of a lost job whose pictures the provider has deleted: nothing brings them back.
const CodeExpired = "expired"

// A Problem says why a prediction did not end well.
type EntryError struct {
	Code     string `json:"code"`               // for the program
	Sentence string `json:"sentence,omitempty"` // for a person, ours
	Detail   string `json:"detail,omitempty"`   // the provider's own words, raw
}

// An Output is what the provider returned, and the picture that it became on our disk.
type Output struct {
	URL    string `json:"url,omitempty"`  // data: URIs are not kept here, only "data:" and their type
	Path   string `json:"path,omitempty"` // relative to the data folder, with slashes; "" while not on disk
	SHA256 string `json:"sha256,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"`
	Width  int    `json:"width,omitempty"`  // pixels; 0 when the kind is one that we cannot measure
	Height int    `json:"height,omitempty"` // pixels
	Star   bool   `json:"star,omitempty"`
	Error  string `json:"error,omitempty"` // why it is not on disk
}

// A Price is what a provider asks, and who says so.
type Price struct {
	Amount float64 `json:"amount"` // USD
	Unit   string  `json:"unit"`
	Source string  `json:"source,omitempty"`
	Date   string  `json:"date,omitempty"`
}

// An Entry is one line of the journal: the whole state of a job at a moment. The package comment states each field.
type Entry struct {
	V            int                `json:"v"`
	Key          string             `json:"key"`
	Rev          int                `json:"rev"`
	Time         time.Time          `json:"time,omitzero"`
	State        State              `json:"state"`
	Driver       string             `json:"driver,omitempty"`
	Attempts     []Attempt          `json:"attempts,omitempty"`
	Provider     string             `json:"provider,omitempty"`
	BaseURL      string             `json:"base_url,omitempty"`
	ID           string             `json:"id,omitempty"`
	Model        string             `json:"model,omitempty"`
	Version      string             `json:"version,omitempty"`
	Input        map[string]any     `json:"input,omitempty"`
	Images       map[string]string  `json:"images,omitempty"` // sha256 of each input image from this disk, by its path in Input
	Template     string             `json:"template,omitempty"`
	Batch        string             `json:"batch,omitempty"`
	Parent       string             `json:"parent,omitempty"`
	Status       string             `json:"status,omitempty"`
	Seed         *int64             `json:"seed,omitempty"`
	Error        *EntryError        `json:"error,omitempty"`
	Metrics      map[string]float64 `json:"metrics,omitempty"`
	Price        *Price             `json:"price,omitempty"`
	Cost         *float64           `json:"cost,omitempty"` // USD
	Outputs      []Output           `json:"outputs,omitempty"`
	Star         bool               `json:"star,omitempty"`
	Tags         []string           `json:"tags,omitempty"`
	Note         string             `json:"note,omitempty"`
	Trashed      bool               `json:"trashed,omitempty"`
	Requested    string             `json:"wanted,omitempty"` // "cancel": handed over to the driver by another program
	CancelReason string             `json:"cancel_reason,omitempty"`
	Logs         string             `json:"logs,omitempty"` // tail, kept at the end of the job, at most LogLimit bytes
	CreatedAt    time.Time          `json:"created_at,omitzero"`
	StartedAt    time.Time          `json:"started_at,omitzero"`
	CompletedAt  time.Time          `json:"completed_at,omitzero"`
	App          string             `json:"app,omitempty"`
	Folded       bool               `json:"folded,omitempty"` // written by Compact: stands for all earlier lines of its key

	raw map[string]json.RawMessage // the line's own fields, when some of them are not ours to read
}

// clone returns an entry that shares nothing that a caller may change with e.
func (e Entry) clone() Entry {
	e.Input = maps.Clone(e.Input)
	e.Images = maps.Clone(e.Images)
	e.Metrics = maps.Clone(e.Metrics)
	e.Attempts = slices.Clone(e.Attempts)
	e.Outputs = slices.Clone(e.Outputs)
	e.Tags = slices.Clone(e.Tags)
	e.Seed, e.Error, e.Price, e.Cost = clonePointer(e.Seed), clonePointer(e.Error), clonePointer(e.Price), clonePointer(e.Cost)
	return e
}

func clonePointer[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// Prompt returns the text of the prompt, "" when the input has none.
func (e Entry) Prompt() string {
	s, _ := e.Input["prompt"].(string)
	return s
}

// CreatedTime returns when the job was submitted: what its key says, else what the provider said, else the time of the line.
func (e Entry) CreatedTime() time.Time {
	if t := KeyTime(e.Key); !t.IsZero() {
		return t
	}
	if !e.CreatedAt.IsZero() {
		return e.CreatedAt
	}
	return e.Time
}

// Duration returns how long the prediction ran: as the provider measured it, else from its start to its end. False when unknown.
func (e Entry) Duration() (time.Duration, bool) {
	for _, name := range []string{"predict_time", "total_time"} {
		if s, ok := e.Metrics[name]; ok && s >= 0 && s < 1e6 {
			return time.Duration(s * float64(time.Second)), true
		}
	}
	begin := e.StartedAt
	if begin.IsZero() {
		begin = e.CreatedAt
	}
	if begin.IsZero() || e.CompletedAt.Before(begin) {
		return 0, false
	}
	return e.CompletedAt.Sub(begin), true
}

// fullEntry has every field set, so that the names and the order of the fields can be read from it.
func fullEntry() Entry {
	one, half, now := int64(1), 0.5, time.Unix(1, 0).UTC()
	return Entry{
		V: 1, Key: "k", Rev: 1, Time: now, State: Done, Driver: "d", Attempts: []Attempt{{}}, Provider: "p", BaseURL: "b",
		ID: "i", Model: "m", Version: "v", Input: map[string]any{"prompt": ""}, Images: map[string]string{"p": "s"}, Template: "t", Batch: "b", Parent: "p",
		Status: "s", Seed: &one, Error: &EntryError{}, Metrics: map[string]float64{"a": 1}, Price: &Price{}, Cost: &half,
		Outputs: []Output{{}}, Star: true, Tags: []string{"t"}, Note: "n", Trashed: true, Requested: "cancel",
		CancelReason: "c", Logs: "l", CreatedAt: now, StartedAt: now, CompletedAt: now, App: "a", Folded: true,
	}
}
