package job

import "time"

// Record is what the journal knows of a job.
type Record struct {
	State     State
	Reason    Reason
	ID        string
	MayBeSent bool      // a try may have left, and its verdict is not known
	Since     time.Time // when it was sent
	SafeUntil time.Time // zero: unknown
}

// Restore takes a job up from the journal after its driver is gone. What was about to be bought is never bought by itself:
// it is unconfirmed if it may have left, and stopped if it certainly has not.
func Restore(r Record, rules Rules, now time.Time) (Job, Step) {
	j := Job{State: r.State, Reason: r.Reason, ID: r.ID, Since: r.Since, SafeUntil: r.SafeUntil, Rules: rules}
	if j.Since.IsZero() {
		j.Since = now
	}
	switch {
	case r.State == Saving && r.ID != "":
		return j.command(Save, now)
	case (r.State == Creating || r.State == Waiting) && r.ID != "":
		j.State = Waiting
		return j.command(Poll, now)
	case r.State == Creating && !r.MayBeSent:
		return j.rest(Stopped, Unsent, nil)
	case !r.State.Ended():
		return j.restoreUnsure(now)
	}
	return j.rest(r.State, r.Reason, nil)
}

// restoreUnsure looks once into the list, if there is one: whatever lagged has caught up.
func (j Job) restoreUnsure(now time.Time) (Job, Step) {
	j, none := j.rest(Unconfirmed, NoAnswer, nil)
	if !j.Rules.Lists {
		return j, none
	}
	j.Looks = len(lookGaps) - 1
	return j.command(Find, now)
}
