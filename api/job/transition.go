package job

import "time"

// New returns a job that has not been submitted.
func New(rules Rules) Job { return Job{Rules: rules} }

// Apply applies one event. It returns the job after it, and the command to perform if the event issued one.
func (j Job) Apply(e Event) (Job, Step) {
	now := e.at()
	if a, ok := e.(answer); ok {
		if j.Pending == NoCommand || a.generation() != j.Generation {
			return j, Step{}
		}
		return j.onAnswer(a, now)
	}
	return j.onRequest(e, now)
}

// onAnswer applies an answer to the pending command. An answer to another command is dropped.
func (j Job) onAnswer(e answer, now time.Time) (Job, Step) {
	if d, ok := e.(RequestSending); ok {
		return j.onSending(d), Step{}
	}
	switch j.Pending {
	case Create:
		return j.onCreate(e, now)
	case Poll:
		return j.onPoll(e, now)
	case Cancel:
		return j.onCancel(e, now)
	case Save:
		return j.onSave(e, now)
	case Find:
		return j.onFind(e, now)
	}
	return j, Step{}
}

func (j Job) onSending(d RequestSending) Job {
	if j.Pending == Create && !j.RequestSent {
		j.Since = d.At
	}
	j.RequestSent, j.Waiting = true, NotWaiting
	return j
}

// onRequest applies a request from outside. One that makes no sense in the job's state changes nothing.
func (j Job) onRequest(e Event, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Submitted:
		if j.State == "" {
			return j.purchase(now)
		}
	case CancelRequested:
		return j.cancel(now)
	case CancelUndone:
		return j.undoCancel(now)
	case FollowRequested:
		return j.follow(now)
	case ResendRequested:
		if j.canResend() {
			return j.purchase(now)
		}
	case DismissRequested:
		if j.State == Unconfirmed {
			return j.enterIdle(Stopped, Dismissed, j.Err)
		}
	case ClockJumped:
		return j.suspectClock(e.For, now), Step{}
	}
	return j, Step{}
}

// purchase starts a purchase that a person has just confirmed.
func (j Job) purchase(now time.Time) (Job, Step) {
	j.PriorUncertain = j.State == Unconfirmed
	j = j.enterLive(Creating)
	j.CancelRequested, j.CancelSent, j.FindAttempts, j.Since, j.ClockSuspect = false, false, 0, now, false
	j.EndSeen, j.FollowedAgain = time.Time{}, false
	j.Pending = NoCommand // supersede any other command, and start counting tries from 0
	return j.command(Create, now)
}

// canResend reports whether the job may be bought again under its key: it has no prediction, no create is in progress,
// and it has not failed for good.
func (j Job) canResend() bool {
	return j.ID == "" && (j.State == Unconfirmed || j.State == Stopped)
}

func (j Job) cancel(now time.Time) (Job, Step) {
	switch j.State {
	case Creating:
		if !j.RequestSent {
			return j.notPurchased(Stopped, NeverSent, nil, now)
		}
		j.CancelRequested = true // kept until the id is known, then sent
	case Unconfirmed:
		j.CancelRequested = true // sent if it is found
	case Waiting:
		j.CancelRequested = true
		if j.Pending != Cancel {
			return j.command(Cancel, now)
		}
	}
	return j, Step{}
}

// CanUndoCancel reports whether a cancel can still be undone, because nothing of it was sent.
func (j Job) CanUndoCancel() bool {
	switch j.State {
	case Stopped:
		return j.Reason == NeverSent && j.ID == ""
	case Creating:
		return j.CancelRequested
	case Waiting:
		return j.CancelRequested && j.Pending == Cancel && !j.RequestSent && j.Tries == 0
	}
	return false
}

func (j Job) undoCancel(now time.Time) (Job, Step) {
	if !j.CanUndoCancel() {
		return j, Step{}
	}
	j.CancelRequested = false
	switch j.State {
	case Stopped:
		return j.purchase(now)
	case Waiting:
		return j.command(Poll, now)
	}
	return j, Step{}
}

func (j Job) follow(now time.Time) (Job, Step) {
	switch {
	case j.State == Unconfirmed && j.Rules.CanList && j.Pending == NoCommand:
		return j.command(Find, now)
	case j.ID == "":
		return j, Step{}
	case j.State == Stopped, j.State == Lost && (j.Reason == UnknownToProvider || j.Reason == Empty):
		j = j.enterLive(Waiting)
		j.CancelRequested, j.CancelSent, j.Since, j.ClockSuspect, j.FollowedAgain = false, false, now, false, true
		return j.command(Poll, now)
	case j.State == Lost:
		return j.enterLive(Saving).command(Save, now)
	}
	return j, Step{}
}
