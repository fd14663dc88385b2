package job

import "time"

// maxSpoiled is how often a download that is no picture is tried again.
const maxSpoiled = 5

func (j Job) onSave(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Saved:
		return j.rest(Done, NoReason, nil)
	case NotSaved:
		return j.notSaved(e, now)
	}
	return j, Step{}
}

// notSaved tries again while the pictures live: they are paid for.
func (j Job) notSaved(e NotSaved, now time.Time) (Job, Step) {
	if !e.ExpiresAt.IsZero() {
		j.ExpiresAt, j.ClockSuspect = e.ExpiresAt, false
	}
	switch {
	case e.FetchFailure == Deleted:
		return j.rest(Lost, Expired, e.Err)
	case e.FetchFailure == NoOutput:
		return j.rest(Lost, Empty, e.Err)
	case e.FetchFailure == Forbidden:
		return j.rest(Lost, Unfetchable, e.Err)
	case e.FetchFailure == Corrupt && j.BadAnswers+1 >= maxSpoiled:
		return j.rest(Lost, BadPicture, e.Err)
	case !j.ExpiresAt.IsZero() && now.After(j.ExpiresAt):
		return j.rest(Lost, Expired, e.Err)
	}
	if e.FetchFailure == Corrupt {
		j.BadAnswers++
	}
	return j.again(e.Failure, now)
}
