package job

import (
	"time"

	"tintype/api"
)

// Event is something that happened to a job: a person asked, or a command was answered.
type Event interface{ at() time.Time }

// Moment is when an event happened, by this machine's clock.
type Moment struct{ At time.Time }

func (m Moment) at() time.Time { return m.At }

// What comes from outside: what a person asks for, and what the machine did.
type (
	// Submitted starts a job: a person confirmed one purchase.
	Submitted struct{ Moment }
	// CancelRequested asks for its end.
	CancelRequested struct{ Moment }
	// CancelUndone undoes a cancel that has not left.
	CancelUndone struct{ Moment }
	// FollowRequested takes up again what was stopped, lost or left unconfirmed.
	FollowRequested struct{ Moment }
	// ResendRequested confirms a second purchase of what is unconfirmed or was never sent.
	ResendRequested struct{ Moment }
	// DismissRequested puts an unconfirmed one at rest.
	DismissRequested struct{ Moment }
	// ClockJumped says that the machine slept so long, and its timers stood still; or that its clock was set forward.
	ClockJumped struct {
		Moment
		For time.Duration
	}
)

// Answer is the part that all answers of commands share.
type Answer struct {
	Moment
	Generation uint64 // of the command that it answers
}

func (a Answer) generation() uint64 { return a.Generation }

type answer interface {
	Event
	generation() uint64
}

// Failure is the part of the answers that went wrong.
type Failure struct {
	Answer
	Err    *api.Error
	Jitter float64 // 0 ≤ Chance < 1: the dice for the back-off
}

// What a command answers.
type (
	// RequestSending says that the command's request is about to leave: from here on it cannot be taken back.
	RequestSending struct{ Answer }
	// Created brings the prediction that a create made.
	Created struct {
		Answer
		Prediction api.Prediction
	}
	// NotCreated says that a create brought no prediction; the error's verdict says what that means for money.
	NotCreated struct{ Failure }
	// NotRecorded says that nothing was sent, because it could not be written down.
	NotRecorded struct{ Failure }
	// Polled brings the prediction as it stands.
	Polled struct {
		Answer
		Prediction api.Prediction
	}
	// NotPolled says that a poll brought nothing.
	NotPolled struct{ Failure }
	// CancelAccepted brings the prediction as a cancel left it.
	CancelAccepted struct {
		Answer
		Prediction api.Prediction
	}
	// CancelRefused says that a cancel brought nothing.
	CancelRefused struct{ Failure }
	// Saved says that all pictures are on disk.
	Saved struct{ Answer }
	// NotSaved says that not all are; Loss says what that means.
	NotSaved struct {
		Failure
		FetchFailure FetchFailure
		ExpiresAt    time.Time // when the provider deletes them, as it told just now; zero: it did not
	}
	// Found brings the prediction that the provider's list has for an unconfirmed job.
	Found struct {
		Answer
		Prediction api.Prediction
	}
	// NotFound says that the list has none, or (with an error) that it could not be read.
	NotFound struct{ Failure }
)

// FetchFailure says what a failed fetch means.
type FetchFailure int

// The losses.
const (
	Retryable FetchFailure = iota // it may go well later
	Corrupt                       // what came is no picture; a few more tries
	Deleted                       // the provider says that it is gone
	Forbidden                     // the address is one that is never fetched from
	NoOutput                      // it succeeded, and names no picture
)
