package job

import "time"

// Record is what the history knows about a job.
type Record struct {
	State     State
	Reason    Reason
	ID        string
	MayBeSent bool      // some try, not necessarily the last, may have been sent, and its outcome is unknown
	Since     time.Time // when it was sent
	EndSeen   time.Time // when it was first seen to have succeeded; zero if unknown
	ExpiresAt time.Time // zero if unknown
}

// Restore continues a job from the history after its driver is gone. A purchase is never made automatically: it becomes
// unconfirmed if it may have been sent, and stopped if it certainly was not.
func Restore(r Record, rules Rules, now time.Time) (Job, Step) {
	j := Job{State: r.State, Reason: r.Reason, ID: r.ID, Since: r.Since, EndSeen: r.EndSeen, ExpiresAt: r.ExpiresAt, Rules: rules}
	if j.Since.IsZero() {
		j.Since = now
	}
	j = j.suspectClock(0, now)
	switch {
	case r.State == Saving:
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

// listLag is how long a provider's list may lag behind.
const listLag = 2 * time.Minute

// restoreUnconfirmed looks at the provider's list, if it has one: once, or several times if the list may still lag
// behind.
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
