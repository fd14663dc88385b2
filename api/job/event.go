package job

import (
	"time"

	"tintype/api"
)

// Event is something that happened to a job: a person's request, the machine's clock, or a command's answer.
type Event interface{ at() time.Time }

// Moment is when an event happened, by this machine's clock.
type Moment struct{ At time.Time }

func (m Moment) at() time.Time { return m.At }

// Events from outside: a person's requests, and the machine's clock.
type (
	// Submitted starts a job: a person confirmed one purchase.
	Submitted struct{ Moment }
	// CancelRequested asks to cancel it.
	CancelRequested struct{ Moment }
	// CancelUndone undoes a cancel that has not been sent.
	CancelUndone struct{ Moment }
	// FollowRequested follows a stopped, lost or unconfirmed job again.
	FollowRequested struct{ Moment }
	// ResendRequested confirms another purchase of an unconfirmed or never sent job.
	ResendRequested struct{ Moment }
	// DismissRequested gives up an unconfirmed job.
	DismissRequested struct{ Moment }
	// ClockJumped reports that the machine slept while its timers stood still, or that its clock was set forward.
	ClockJumped struct {
		Moment
		For time.Duration
	}
)

// Answer is common to all answers of commands.
type Answer struct {
	Moment
	Generation uint64 // of the command that it answers
}

func (a Answer) generation() uint64 { return a.Generation }

type answer interface {
	Event
	generation() uint64
}

// Failure is common to the answers of commands that failed.
type Failure struct {
	Answer
	Err    *api.Error
	Jitter float64 // a random number, 0 ≤ Jitter < 1, for the back-off
}

// Answers of commands.
type (
	// RequestSending reports that the command's request is about to be sent. From here on it cannot be undone.
	RequestSending struct{ Answer }
	// Created returns the prediction that a create made.
	Created struct {
		Answer
		Prediction api.Prediction
	}
	// NotCreated reports that a create failed; the error's Outcome says whether it may be billed.
	NotCreated struct{ Failure }
	// NotRecorded reports that nothing was sent, because the history could not be written.
	NotRecorded struct{ Failure }
	// Polled returns the prediction's current state.
	Polled struct {
		Answer
		Prediction api.Prediction
	}
	// NotPolled reports that a poll failed.
	NotPolled struct{ Failure }
	// CancelAccepted returns the prediction after a cancel.
	CancelAccepted struct {
		Answer
		Prediction api.Prediction
	}
	// CancelRefused reports that a cancel failed.
	CancelRefused struct{ Failure }
	// Saved reports that all pictures are on disk.
	Saved struct{ Answer }
	// NotSaved reports that some are not; FetchFailure says why.
	NotSaved struct {
		Failure
		FetchFailure FetchFailure
		ExpiresAt    time.Time // when the provider deletes them, if this attempt learned it; else zero
	}
	// Found returns the prediction that the provider's list has for an unconfirmed job.
	Found struct {
		Answer
		Prediction api.Prediction
	}
	// NotFound reports that the list has none, or (with an error) that it could not be read.
	NotFound struct{ Failure }
)

// FetchFailure says why pictures could not be saved.
type FetchFailure int

// Why a fetch failed.
const (
	Retryable FetchFailure = iota // it may succeed later
	Corrupt                       // what came is not a picture; one may come later
	Deleted                       // the provider says that it has removed it
	Forbidden                     // nothing is ever fetched from its address, or it is too large
	NoOutput                      // the prediction names no picture any more
)
