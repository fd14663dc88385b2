package job

import "time"

// New returns a job that has not been submitted.
func New(rules Rules) Job { return Job{Rules: rules} }

// On takes one event and returns the job after it, and the command to perform, if the event brought a new one.
func (j Job) On(e Event) (Job, Step) {
	now := e.happened()
	if a, ok := e.(answer); ok {
		if j.Expects == Nothing || a.answered() != j.Generation {
			return j, Step{}
		}
		return j.onAnswer(a, now)
	}
	return j.onWish(e, now)
}

// onAnswer takes the answer of the command outstanding. An answer to another verb than the one expected is dropped.
func (j Job) onAnswer(e answer, now time.Time) (Job, Step) {
	if d, ok := e.(Departed); ok {
		return j.departed(d), Step{}
	}
	switch j.Expects {
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

func (j Job) departed(d Departed) Job {
	if j.Expects == Create && !j.Departed {
		j.Since = d.At
	}
	j.Departed, j.Waits = true, NotWaiting
	return j
}

// onWish takes what a person asks for. What makes no sense where the job stands changes nothing.
func (j Job) onWish(e Event, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Submitted:
		if j.State == "" {
			return j.buy(now)
		}
	case CancelAsked:
		return j.cancel(now)
	case TakenBack:
		return j.takeBack(now)
	case FollowAsked:
		return j.follow(now)
	case ResendAsked:
		if j.Resendable() {
			return j.buy(now)
		}
	case SettleAsked:
		if j.State == Unconfirmed {
			return j.rest(Stopped, Settled, j.Err)
		}
	case Slept:
		return j.doubt(e.For, now), Step{}
	}
	return j, Step{}
}

// buy starts a purchase that a person has just confirmed.
func (j Job) buy(now time.Time) (Job, Step) {
	j.Unclear = j.State == Unconfirmed
	j = j.enter(Creating)
	j.Wanted, j.CancelSent, j.Looks, j.Since, j.Doubted = false, false, 0, now, false
	j.Expects = Nothing // what was outstanding is superseded, and its tries do not count
	return j.command(Create, now)
}

// Resendable reports whether the job may be bought anew under its key: it has no prediction, none is being made, and it has
// not failed for good.
func (j Job) Resendable() bool {
	return j.ID == "" && (j.State == Unconfirmed || j.State == Stopped)
}

func (j Job) cancel(now time.Time) (Job, Step) {
	switch j.State {
	case Creating:
		if !j.Departed {
			return j.unbought(Stopped, Unsent, nil, now)
		}
		j.Wanted = true // kept until the id is known, then sent
	case Unconfirmed:
		j.Wanted = true // sent if it is found
	case Waiting:
		j.Wanted = true
		if j.Expects != Cancel {
			return j.command(Cancel, now)
		}
	}
	return j, Step{}
}

// CanTakeBack reports whether a cancel can still be undone, because nothing of it has left.
func (j Job) CanTakeBack() bool {
	switch j.State {
	case Stopped:
		return j.Reason == Unsent && j.ID == ""
	case Creating:
		return j.Wanted
	case Waiting:
		return j.Wanted && j.Expects == Cancel && !j.Departed && j.Tries == 0
	}
	return false
}

func (j Job) takeBack(now time.Time) (Job, Step) {
	if !j.CanTakeBack() {
		return j, Step{}
	}
	j.Wanted = false
	switch j.State {
	case Stopped:
		return j.buy(now)
	case Waiting:
		return j.command(Poll, now)
	}
	return j, Step{}
}

func (j Job) follow(now time.Time) (Job, Step) {
	switch {
	case j.State == Unconfirmed && j.Rules.Lists && j.Expects == Nothing:
		return j.command(Find, now)
	case j.ID == "":
		return j, Step{}
	case j.State == Stopped, j.State == Lost && (j.Reason == Gone || j.Reason == Empty):
		j = j.enter(Waiting)
		j.Wanted, j.CancelSent, j.Since, j.Doubted = false, false, now, false
		return j.command(Poll, now)
	case j.State == Lost:
		return j.enter(Saving).command(Save, now)
	}
	return j, Step{}
}
