// Package job is the life of one prediction as a pure state machine: an event in, the next step out.
//
//	         submit                 created              succeeded            saved
//	draft ───────────► creating ───────────► waiting ──────────────► saving ─────────► done
//	                    │   │                 │  │ ▲                   │
//	       refused/401… │   │ no answer       │  │ │ poll error        │ expired / bad picture
//	                    ▼   ▼                 │  │ └── backing off     ▼
//	              failed  unconfirmed         │  └─► failed          lost
//	                                          ▼
//	                                stopped (canceled · aborted · no longer followed)
//
// Its rules: it does no I/O, reads no clock and throws no dice; times and chances come with the events. A live job has
// exactly one command outstanding, an ended one none, an unconfirmed one none or a look into the provider's list. Every
// command has a generation of its own, and an answer of another generation changes nothing. A create whose request may have
// left is never superseded, so its answer always counts. A create is issued again only after an answer that says that the
// one before was not sent or not accepted, or after a person asked for it.
package job

import (
	"time"

	"tintype/api"
)

// State is where a job stands. The words are those of the journal.
type State string

// The states of a job.
const (
	Creating    State = "creating"    // to be bought: the POST is about to leave, or out, or waits to be sent again
	Waiting     State = "waiting"     // the provider works on it
	Saving      State = "saving"      // succeeded; its pictures are being fetched
	Done        State = "done"        // its pictures are on disk
	Failed      State = "failed"      // failed there, or refused, or never sent
	Unconfirmed State = "unconfirmed" // may have been bought; only a person or the provider's list can tell
	Stopped     State = "stopped"     // canceled, aborted, taken back, or no longer followed
	Lost        State = "lost"        // its pictures could not be had
)

// Ended reports whether nothing more happens by itself. Unconfirmed is not an end: it asks for a decision.
func (s State) Ended() bool {
	return s == Done || s == Failed || s == Stopped || s == Lost
}

// Reason says why a job stands where it stands; it is kept in the journal beside the state.
type Reason string

// The reasons.
const (
	NoReason          Reason = ""
	NeverSent         Reason = "never_sent"    // stopped: taken back before it was sent
	Dismissed         Reason = "settled"       // stopped: it was unconfirmed, and a person settled it
	Canceled          Reason = "canceled"      // stopped: the provider ended it because it was asked to
	Aborted           Reason = "aborted"       // stopped: the provider ended it before it began
	Abandoned         Reason = "not_followed"  // stopped: the provider cannot cancel; it may go on and be billed
	TimedOut          Reason = "no_end"        // stopped: older than the provider's give-up age, and no end seen
	NotJournaled      Reason = "not_recorded"  // failed: it could not be written down, so it was not sent
	Unreachable       Reason = "not_sent"      // failed: it could not be sent, in all its tries
	Refused           Reason = "refused"       // failed: the provider refused to take it
	FailedAtProvider  Reason = "failed"        // failed: at the provider
	NoAnswer          Reason = "no_answer"     // unconfirmed: no answer, or one that cannot be read
	Expired           Reason = "expired"       // lost: the provider deleted the pictures first
	BadPicture        Reason = "bad_picture"   // lost: what came was no picture
	Unfetchable       Reason = "not_fetchable" // lost: its address is refused or cannot be reached in time
	Empty             Reason = "empty"         // lost: it succeeded without a picture
	UnknownToProvider Reason = "gone"          // lost: the provider does not know it any more
)

// Command is what a command does.
type Command string

// The commands.
const (
	NoCommand Command = ""
	Create    Command = "create" // post it
	Poll      Command = "poll"   // ask how far it is
	Cancel    Command = "cancel" // ask the provider to end it
	Save      Command = "save"   // fetch its pictures
	Find      Command = "find"   // look for it in the provider's list
)

// WaitReason says why a command waits.
type WaitReason string

// The reasons for waiting.
const (
	NotWaiting    WaitReason = ""
	ProviderAsked WaitReason = "asked"   // the provider asked for it
	LastTryFailed WaitReason = "trouble" // the last try met trouble
)

// Rules are what the machine knows of the provider and the model.
type Rules struct {
	MinPollInterval time.Duration // least time between two polls
	GiveUpAge       time.Duration // a job this old that still runs is no longer followed; 0: never
	CanList         bool          // the provider lists predictions, so an unconfirmed one can be looked for
	CanCancel       bool          // cancelling is documented, so a plain "not found" is about the prediction
	Durations       Durations
}

// Step is one command: not before At, and under its own generation. The zero Step is none.
type Step struct {
	Command    Command
	Generation uint64
	At         time.Time // when it is due
	Earliest   time.Time // it may be hurried, but not before this
}

// Job is one job. It is a value; On returns the next one.
type Job struct {
	State       State
	Reason      Reason
	Generation  uint64  // of the newest command
	Pending     Command // the command outstanding
	RequestSent bool    // its request may have left
	At          time.Time
	Earliest    time.Time
	Waiting     WaitReason // not "": the command outstanding waits for At
	Err         *api.Error // what ended it, or what the last try met; nil otherwise

	ID              string
	Since           time.Time // when it was sent, or followed again
	ExpiresAt       time.Time // when the provider deletes its pictures; zero unknown
	CancelRequested bool      // its end was asked for
	CancelSent      bool      // the provider took the cancel, and still shows it running
	Tries           int       // tries of the command outstanding that met trouble, in a row
	BadAnswers      int       // answers in a row that made no sense yet: id unknown, success without pictures
	FindAttempts    int       // looks into the provider's list so far
	PriorUncertain  bool      // a purchase before the one under way may have been accepted, and nobody knows
	ClockSuspect    bool      // Since and ExpiresAt were reckoned by a clock that may have been set or stood still meanwhile
	Rules           Rules
}

// Slow reports whether the job runs far longer than its model usually does.
func (j Job) Slow(now time.Time) bool {
	return j.State == Waiting && j.Rules.Durations.isSlow(now.Sub(j.Since))
}

// Step returns the command outstanding; zero if there is none.
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

// schedulePoll plans the next poll. It may be hurried down to the provider's pace.
func (j Job) schedulePoll(now time.Time, wait time.Duration) (Job, Step) {
	j, _ = j.command(Poll, now.Add(wait))
	j.Earliest = now.Add(min(wait, j.Rules.MinPollInterval))
	return j, j.Step()
}

// enterIdle leaves the job in a state without a command.
func (j Job) enterIdle(state State, why Reason, err *api.Error) (Job, Step) {
	j.Generation++
	j.State, j.Reason, j.Err = state, why, err
	j.Pending, j.RequestSent, j.Waiting, j.Tries = NoCommand, false, NotWaiting, 0
	j.At, j.Earliest = time.Time{}, time.Time{}
	return j, Step{}
}

// enterLive moves the job into a live state; its command follows.
func (j Job) enterLive(state State) Job {
	j.State, j.Reason, j.Err = state, NoReason, nil
	j.Tries, j.BadAnswers = 0, 0
	return j
}
