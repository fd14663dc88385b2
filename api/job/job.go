// Package job is the life of one prediction as a pure state machine: an event goes in, the next step comes out.
//
//	         submit                 created              succeeded            saved
//	draft ───────────► creating ───────────► waiting ──────────────► saving ─────────► done
//	                    │   │                 │  │ ▲                   │
//	       refused/401… │   │ no answer       │  │ │ poll error        │ time over / blocked
//	                    ▼   ▼                 │  │ └── backing off     ▼
//	              failed  unconfirmed         │  └─► failed          lost
//	                                          ▼
//	                                stopped (canceled · aborted · no longer followed)
//
// Its rules: it does no I/O, reads no clock and draws no random numbers; times and random numbers come with the events.
// A live job has exactly one pending command, an ended one has none, and an unconfirmed one has none or a look at the
// provider's list. Every command has a generation of its own, and an answer of another generation changes nothing. A
// create whose request may have been sent is never superseded, so its answer always counts. A create is issued again
// only after an answer that proves that the one before was not sent or not accepted, or after a person asked for it.
package job

import (
	"time"

	"tintype/api"
)

// State is the state of a job, in the words of the history.
type State string

// The states of a job.
const (
	Creating    State = "creating"    // being bought: the POST is about to be sent, is sent, or waits to be sent again
	Waiting     State = "waiting"     // the provider is working on it
	Saving      State = "saving"      // succeeded; its pictures are being fetched
	Done        State = "done"        // its pictures are on disk
	Failed      State = "failed"      // failed there, or refused, or never sent
	Unconfirmed State = "unconfirmed" // may have been bought; only a person or the provider's list can decide
	Stopped     State = "stopped"     // canceled, aborted, undone, or no longer followed
	Lost        State = "lost"        // its pictures could not be fetched
)

// Ended reports whether nothing more happens without a request. Unconfirmed is not an end: it needs a decision.
func (s State) Ended() bool {
	return s == Done || s == Failed || s == Stopped || s == Lost
}

// Reason says why a job is in its state. The history keeps it next to the state.
type Reason string

// The reasons.
const (
	NoReason          Reason = ""
	NeverSent         Reason = "never_sent"    // stopped: undone before it was sent
	Dismissed         Reason = "settled"       // stopped: a person gave up an unconfirmed one
	Canceled          Reason = "canceled"      // stopped: the provider canceled it on request
	Aborted           Reason = "aborted"       // stopped: the provider ended it before it started
	Abandoned         Reason = "not_followed"  // stopped: the provider cannot cancel; it may continue and be billed
	TimedOut          Reason = "no_end"        // stopped: older than the provider's give-up age and still running
	NotJournaled      Reason = "not_recorded"  // failed: the history could not be written, so it was not sent
	Unreachable       Reason = "not_sent"      // failed: it could not be sent, in all its tries
	Refused           Reason = "refused"       // failed: the provider refused it
	FailedAtProvider  Reason = "failed"        // failed: at the provider
	NoAnswer          Reason = "no_answer"     // unconfirmed: no answer, or one that cannot be read
	Expired           Reason = "expired"       // lost: the time in which the provider keeps pictures is over
	BadPicture        Reason = "bad_picture"   // lost: in all that time, the downloads were not pictures
	Unfetchable       Reason = "not_fetchable" // lost: nothing is fetched from its address, or it is too large
	Empty             Reason = "empty"         // lost: it succeeded without a picture
	UnknownToProvider Reason = "gone"          // lost: the provider no longer knows it
)

// Command is what the caller has to do.
type Command string

// The commands.
const (
	NoCommand Command = ""
	Create    Command = "create" // post it
	Poll      Command = "poll"   // ask for its status
	Cancel    Command = "cancel" // ask the provider to cancel it
	Save      Command = "save"   // fetch its pictures
	Find      Command = "find"   // look for it in the provider's list
)

// WaitReason says why a command waits.
type WaitReason string

// The reasons for waiting.
const (
	NotWaiting    WaitReason = ""
	ProviderAsked WaitReason = "asked"   // the provider asked for it
	LastTryFailed WaitReason = "trouble" // the last try failed
)

// Rules are what the machine knows about the provider and the model.
type Rules struct {
	MinPollInterval time.Duration // the shortest time between two polls
	GiveUpAge       time.Duration // a running job of this age is no longer followed; 0 for never
	CanList         bool          // the provider lists predictions, so an unconfirmed one can be looked for
	CanCancel       bool          // cancelling is documented, so "not found" means the prediction, not the route
	Durations       Durations     // how long the model's predictions take
}

// Step is one command, not due before At. The zero Step is none.
type Step struct {
	Command    Command
	Generation uint64
	At         time.Time // when it is due
	Earliest   time.Time // it may be performed early, but not before this
}

// Job is one job. It is a value: Apply returns the next one.
type Job struct {
	State       State
	Reason      Reason
	Generation  uint64  // of the latest command
	Pending     Command // the command in progress or due
	RequestSent bool    // its request may have been sent
	At          time.Time
	Earliest    time.Time
	Waiting     WaitReason // why Pending waits for At, "" if it does not
	Err         *api.Error // what ended it, or why the last try failed; else nil

	ID              string
	Since           time.Time // when it was sent, or last followed again
	EndSeen         time.Time // when it was first seen to have succeeded; zero if it was not
	SeenAt          time.Time // when the provider last showed it; zero if never, or before a restart
	ExpiresAt       time.Time // until when its pictures are fetched; zero if unknown
	CancelRequested bool      // a cancel was requested
	CancelSent      bool      // the provider accepted the cancel, but still shows it running
	CancelUntil     time.Time // when an accepted cancel in doubt counts as refused; zero if there is no doubt
	Tries           int       // failed tries of Pending, in a row
	BadAnswers      int       // implausible answers in a row: id unknown, success without pictures
	FindAttempts    int       // looks at the provider's list so far
	PriorUncertain  bool      // an earlier purchase may have been accepted
	FollowedAgain   bool      // a person had it followed again after it had ended
	ClockSuspect    bool      // Since and ExpiresAt are from before a restart, a sleep or a set clock
	Rules           Rules
}

// Slow reports whether the job runs far longer than its model usually does.
func (j Job) Slow(now time.Time) bool {
	return j.State == Waiting && j.Rules.Durations.isSlow(now.Sub(j.Since))
}

// Step returns the pending command; zero if there is none.
func (j Job) Step() Step {
	if j.Pending == NoCommand {
		return Step{}
	}
	return Step{Command: j.Pending, Generation: j.Generation, At: j.At, Earliest: j.Earliest}
}

// command issues the next command, which supersedes any other.
func (j Job) command(do Command, at time.Time) (Job, Step) {
	if do != j.Pending {
		j.Tries = 0
	}
	j.Generation++
	j.Pending, j.RequestSent, j.At, j.Earliest, j.Waiting = do, false, at, at, NotWaiting
	return j, j.Step()
}

// schedulePoll plans the next poll. It may be performed early, down to MinPollInterval.
func (j Job) schedulePoll(now time.Time, wait time.Duration) (Job, Step) {
	j, _ = j.command(Poll, now.Add(wait))
	j.Earliest = now.Add(min(wait, j.Rules.MinPollInterval))
	return j, j.Step()
}

// enterIdle puts the job into a state without a command.
func (j Job) enterIdle(state State, reason Reason, err *api.Error) (Job, Step) {
	j.Generation++
	j.State, j.Reason, j.Err = state, reason, err
	j.Pending, j.RequestSent, j.Waiting, j.Tries = NoCommand, false, NotWaiting, 0
	j.At, j.Earliest, j.CancelUntil = time.Time{}, time.Time{}, time.Time{}
	return j, Step{}
}

// enterLive puts the job into a live state. The caller issues its command.
func (j Job) enterLive(state State) Job {
	j.State, j.Reason, j.Err = state, NoReason, nil
	j.Tries, j.BadAnswers = 0, 0
	return j
}
