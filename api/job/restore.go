package job

import "time"

// Record is what the journal knows of a job.
type Record struct {
	State     State
	Reason    Reason
	ID        string
	MayBeSent bool      // a try may have left, and its verdict is not known; it need not be the last one
	Since     time.Time // when it was sent
	ExpiresAt time.Time // zero: unknown
}

// Restore takes a job up from the journal after its driver is gone. What was about to be bought is never bought by itself:
// it is unconfirmed if it may have left, and stopped if it certainly has not.
func Restore(r Record, rules Rules, now time.Time) (Job, Step) {
	j := Job{State: r.State, Reason: r.Reason, ID: r.ID, Since: r.Since, ExpiresAt: r.ExpiresAt, Rules: rules}
	if j.Since.IsZero() {
		j.Since = now
	}
	j = j.suspectClock(0, now)
	switch {
	case r.State == Saving && r.ID != "":
		return j.command(Save, now)
	case (r.State == Creating || r.State == Waiting) && r.ID != "":
		j.State = Waiting
		return j.command(Poll, now)
	case r.State == Creating && !r.MayBeSent:
		return j.enterIdle(Stopped, NeverSent, nil)
	case !r.State.Ended():
		return j.restoreUnconfirmed(now)
	}
	return j.enterIdle(r.State, r.Reason, nil)
}

// listLag is how long a list may lag behind what was bought, at most.
const listLag = 2 * time.Minute

// restoreUnconfirmed looks into the list, if there is one: once, or a few times where it may not have caught up yet.
func (j Job) restoreUnconfirmed(now time.Time) (Job, Step) {
	j, none := j.enterIdle(Unconfirmed, NoAnswer, nil)
	if !j.Rules.CanList {
		return j, none
	}
	if now.Sub(j.Since) > listLag {
		j.FindAttempts = len(findDelays) - 1
	}
	return j.command(Find, now)
}
