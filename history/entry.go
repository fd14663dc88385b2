package history

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// Version is the version of the format of the lines that this program writes (the field "v").
const Version = 1

// State is the state of a prediction, as the journal, the list and --json write it.
type State string

// The states of a prediction. It starts as creating, then is waiting, saving and done; the others are how it may end instead.
const (
	Creating    State = "creating"    // recorded; the paid request is about to be sent, or was sent
	Waiting     State = "waiting"     // the provider gave an id, and has not reported the end
	Saving      State = "saving"      // succeeded; its pictures are being downloaded
	Done        State = "done"        // its pictures are on disk
	Failed      State = "failed"      // refused, or failed at the provider
	Unconfirmed State = "unconfirmed" // perhaps accepted and billed; it cannot be known without the user
	Stopped     State = "stopped"     // canceled, aborted, or no longer followed
	Lost        State = "lost"        // succeeded, but a picture could not be downloaded
)

// States returns every state, in the order of a prediction's life.
func States() []State {
	return []State{Creating, Waiting, Saving, Done, Failed, Unconfirmed, Stopped, Lost}
}

// Ended reports whether nothing more will happen without the user. An unconfirmed prediction has not ended, though no program
// follows it.
func (s State) Ended() bool {
	switch s {
	case Done, Failed, Stopped, Lost:
		return true
	}
	return false
}

// final reports whether no later line can change the state. Stopped and lost predictions can be resumed by the user.
func (s State) final() bool { return s == Done || s == Failed }

// An Attempt is one try of the paid request.
type Attempt struct {
	Time   time.Time `json:"time,omitzero"`
	Sent   string    `json:"sent"`             // whether the provider may have received it: "no", "maybe" or "yes"
	Status int       `json:"status,omitempty"` // HTTP status of the answer, 0 for none
	Error  string    `json:"error,omitempty"`  // code of the error, "" for none
	Price  float64   `json:"price,omitempty"`  // what it was expected to cost in all, USD; 0 if that is free, or was not known
}

// CodeExpired is the error code of a lost prediction whose pictures were not saved while the provider kept them.
const CodeExpired = "expired"

// An EntryError says why a prediction did not succeed.
type EntryError struct {
	Code     string `json:"code"`               // for programs
	Sentence string `json:"sentence,omitempty"` // for people, in our words
	Detail   string `json:"detail,omitempty"`   // the provider's own words, raw
}

// An Output is one picture of a prediction, at the provider and on disk.
type Output struct {
	URL    string `json:"url,omitempty"`  // of a data: URI only "data:" and its type are kept
	Path   string `json:"path,omitempty"` // relative to the data folder, with slashes; "" while not on disk
	SHA256 string `json:"sha256,omitempty"`
	Bytes  int64  `json:"bytes,omitempty"`
	Width  int    `json:"width,omitempty"`  // pixels; 0 for formats that are not decoded
	Height int    `json:"height,omitempty"` // pixels
	Star   bool   `json:"star,omitempty"`
	Error  string `json:"error,omitempty"` // why it is not on disk
}

// A SentImage is what was sent of a local input image.
type SentImage struct {
	Format    string `json:"format"` // webp, png, jpeg or gif
	Width     int    `json:"width"`  // pixels
	Height    int    `json:"height"` // pixels
	Bytes     int64  `json:"bytes"`
	FileBytes int64  `json:"file_bytes"`     // size of the file on the disk
	Copy      bool   `json:"copy,omitempty"` // a copy was sent, since the provider would not have taken the file as it was
}

// A Price is what a provider asks for, and the source of that.
type Price struct {
	Amount float64 `json:"amount"` // USD
	Unit   string  `json:"unit"`
	Source string  `json:"source,omitempty"`
	Date   string  `json:"date,omitempty"`
	Guess  bool    `json:"guess,omitempty"` // the provider publishes no price; Source says what the guess comes from
}

// An Entry is one line of the journal: the complete state of a prediction at one moment. README.md documents each field.
type Entry struct {
	V            int                  `json:"v"`
	Key          string               `json:"key"`
	Rev          int                  `json:"rev"`
	Time         time.Time            `json:"time,omitzero"`
	State        State                `json:"state"`
	Driver       string               `json:"driver,omitempty"`
	Attempts     []Attempt            `json:"attempts,omitempty"`
	Provider     string               `json:"provider,omitempty"`
	BaseURL      string               `json:"base_url,omitempty"`
	ID           string               `json:"id,omitempty"`
	Model        string               `json:"model,omitempty"`
	Version      string               `json:"version,omitempty"`
	Input        map[string]any       `json:"input,omitempty"`
	Images       map[string]string    `json:"images,omitempty"`      // sha256 of each local input image, by its path in Input
	SentImages   map[string]SentImage `json:"sent_images,omitempty"` // what was sent of each of them, by the same path
	Template     string               `json:"template,omitempty"`
	Batch        string               `json:"batch,omitempty"`
	Cell         map[string]string    `json:"cell,omitempty"` // where it is in its batch's table: value by axis
	Parent       string               `json:"parent,omitempty"`
	Status       string               `json:"status,omitempty"`
	Seed         *int64               `json:"seed,omitempty"`
	Error        *EntryError          `json:"error,omitempty"`
	Metrics      map[string]float64   `json:"metrics,omitempty"`
	Price        *Price               `json:"price,omitempty"`
	Cost         *float64             `json:"cost,omitempty"` // USD
	Outputs      []Output             `json:"outputs,omitempty"`
	Star         bool                 `json:"star,omitempty"`
	Tags         []string             `json:"tags,omitempty"`
	Note         string               `json:"note,omitempty"`
	Trashed      bool                 `json:"trashed,omitempty"`
	Requested    string               `json:"wanted,omitempty"` // "cancel": another program asks the driver to cancel
	CancelReason string               `json:"cancel_reason,omitempty"`
	Logs         string               `json:"logs,omitempty"` // the end of the logs, at most LogLimit bytes, once the prediction has ended
	CreatedAt    time.Time            `json:"created_at,omitzero"`
	StartedAt    time.Time            `json:"started_at,omitzero"`
	CompletedAt  time.Time            `json:"completed_at,omitzero"`
	EndSeenAt    time.Time            `json:"end_seen_at,omitzero"` // when tintype first saw that it had succeeded, by this machine's clock
	App          string               `json:"app,omitempty"`
	Folded       bool                 `json:"folded,omitempty"` // written by Compact: this line replaces all earlier lines of its key

	raw map[string]json.RawMessage // the line's own fields, when some of them are unknown or of an unexpected type
}

// clone returns a deep copy, so that the caller cannot change e.
func (e Entry) clone() Entry {
	e.Input, e.Cell = maps.Clone(e.Input), maps.Clone(e.Cell)
	e.Images, e.SentImages = maps.Clone(e.Images), maps.Clone(e.SentImages)
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

// CreatedTime returns when the prediction was submitted: the time in its key, else the provider's, else that of the line.
func (e Entry) CreatedTime() time.Time {
	if t := KeyTime(e.Key); !t.IsZero() {
		return t
	}
	if !e.CreatedAt.IsZero() {
		return e.CreatedAt
	}
	return e.Time
}

// Duration returns how long the prediction ran, as the provider measured it, else from its start to its end. It returns false
// when that is unknown.
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

// MeasureImage returns the size in pixels of a local input image as it was sent; false for any other image.
func (e Entry) MeasureImage(path string) (w, h int, ok bool) {
	s, ok := e.SentImages[path]
	return s.Width, s.Height, ok
}

// fullEntry returns an entry that has every field, from which the fields' names and order are read.
func fullEntry() Entry {
	one, half, now := int64(1), 0.5, time.Unix(1, 0).UTC()
	return Entry{
		V: 1, Key: "k", Rev: 1, Time: now, State: Done, Driver: "d", Attempts: []Attempt{{}}, Provider: "p", BaseURL: "b",
		ID: "i", Model: "m", Version: "v", Input: map[string]any{"prompt": ""}, Images: map[string]string{"p": "s"}, SentImages: map[string]SentImage{"p": {}}, Template: "t", Batch: "b", Cell: map[string]string{"a": "v"}, Parent: "p",
		Status: "s", Seed: &one, Error: &EntryError{}, Metrics: map[string]float64{"a": 1}, Price: &Price{}, Cost: &half,
		Outputs: []Output{{}}, Star: true, Tags: []string{"t"}, Note: "n", Trashed: true, Requested: "cancel",
		CancelReason: "c", Logs: "l", CreatedAt: now, StartedAt: now, CompletedAt: now, EndSeenAt: now, App: "a", Folded: true,
	}
}
