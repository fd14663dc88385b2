package runner

import (
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// Draft is what a person wants to buy.
type Draft struct {
	Model    string            // owner/name, or owner/name:version
	Version  string            // "" for that of Model, or for the one that the provider chooses
	Input    map[string]any    // exactly as it will be sent
	Template string            // the prompt before its choices were made; "" if it has none
	Batch    string            // key shared by all predictions that were requested together
	Parent   string            // key of the prediction that this one was made from
	Cell     map[string]string // where it is in its batch's table: value by axis; nil if it is in none
	Claim    bool              // buy nothing if the same picture (picturekey) is on disk since Planned, running, waiting or unconfirmed
	Planned  time.Time         // when the plan looked for pictures that are had; used with Claim
	// AcceptUnknown says that a person agreed to a price that is not known. Without it, a budget refuses such a purchase.
	AcceptUnknown bool
	Budget        float64 // what all predictions of its batch may cost together, USD; 0 for no such limit
}

// Row is one prediction as a list shows it: its entry, and what is known only while it is running.
type Row struct {
	history.Entry
	Live *Live // nil: nothing is running here
}

// WaitReason says why a row waits.
type WaitReason = job.WaitReason

// The reasons for waiting.
const (
	NotWaiting    = job.NotWaiting
	ProviderAsked = job.ProviderAsked // the provider asked for it (429)
	LastTryFailed = job.LastTryFailed // the network, the server or the disk failed; it is tried again
)

// Live is what is known of a running job.
type Live struct {
	Progress        float64       // 0..1; < 0 unknown
	Waiting         WaitReason    // if not NotWaiting, nothing happens before Until
	Until           time.Time     // end of the wait; zero if the job does not wait
	Trouble         *api.Error    // why the last try failed; nil if it succeeded
	Since           time.Time     // when it was sent, or followed again; its age counts from here
	TypicalDuration time.Duration // how long this model usually takes; 0 unknown
	Slow            bool          // far beyond the typical duration; polled rarely now
	Sent            bool          // the POST may have left: a cancel cannot prevent it any more
	CancelRequested bool          // a cancel was requested and is not confirmed yet
	LacksID         bool          // it was bought, and its id could not be written to the journal yet
	Logs            string        // raw, so far
	ExpiresAt       time.Time     // until when the pictures are fetched, by this machine's clock; zero unknown
}

// Change is what happened to one row.
type Change struct {
	Row    Row
	Before history.State // the state before; equal to Row.State if only Live has changed
	Notice Notice        // what to tell the person; its Kind may be NoNotice
}

// IsZero reports whether the change concerns no row at all.
func (c Change) IsZero() bool { return c.Row.Key == "" && c.Notice.Kind == NoNotice }
