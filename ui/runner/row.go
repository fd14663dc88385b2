package runner

import (
	"time"

	"tintype/api"
	"tintype/history"
)

// Draft is what a person wants to buy.
type Draft struct {
	Model    string         // owner/name
	Version  string         // "" for the model's own
	Input    map[string]any // exactly as it will be sent
	Template string         // the prompt before its choices were made; "" where it has none
	Batch    string         // key shared by what was asked for together
	Parent   string         // key of the prediction that this one was made from
}

// Row is one prediction as the list shows it: its entry, and what only lives in memory while it is under way.
type Row struct {
	history.Entry
	Live *Live // nil: nothing is under way here
}

// WaitReason says why a row waits.
type WaitReason string

// The reasons for waiting.
const (
	NotWaiting    WaitReason = ""
	ProviderAsked WaitReason = "asked"   // the provider asked for it (429)
	LastTryFailed WaitReason = "trouble" // the line, the server or the disk gave trouble; it is tried again
)

// Live is what is known of a job under way.
type Live struct {
	Progress        float64       // 0..1; < 0 unknown
	Waiting         WaitReason    // not "": nothing happens before Until
	Until           time.Time     // end of that wait; zero when it does not wait
	Trouble         *api.Error    // what the last try ran into; nil when it went well
	Since           time.Time     // when it was sent, or followed again; ages count from here
	TypicalDuration time.Duration // how long this model usually takes; 0 unknown
	Slow            bool          // far beyond the usual; asked rarely now
	Sent            bool          // the POST may have left: a cancel can no longer take it back
	CancelRequested bool          // its end was asked for, and is not confirmed yet
	Logs            string        // raw, so far
	ExpiresAt       time.Time     // when the provider deletes the pictures, by this machine's clock; zero unknown
}

// Change is what happened to one row.
type Change struct {
	Row    Row
	Before history.State // state before; equal to Row.State when only something live has moved
	Notice Notice        // what there is to tell; its Kind is Nothing otherwise
}

// IsZero reports whether the change concerns no row at all.
func (c Change) IsZero() bool { return c.Row.Key == "" && c.Notice.Kind == NoNotice }
