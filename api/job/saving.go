package job

import "time"

// maxCorrupt is how often a download is tried that is not a picture.
const maxCorrupt = 5

func (j Job) onSave(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Saved:
		return j.enterIdle(Done, NoReason, nil)
	case NotSaved:
		return j.notSaved(e, now)
	}
	return j, Step{}
}

// notSaved tries again as long as the pictures exist: they are paid for.
func (j Job) notSaved(e NotSaved, now time.Time) (Job, Step) {
	if !e.ExpiresAt.IsZero() {
		j.ExpiresAt, j.ClockSuspect = e.ExpiresAt, false
	}
	switch {
	case e.FetchFailure == Deleted:
		return j.enterIdle(Lost, Expired, e.Err)
	case e.FetchFailure == NoOutput:
		return j.enterIdle(Lost, Empty, e.Err)
	case e.FetchFailure == Forbidden:
		return j.enterIdle(Lost, Unfetchable, e.Err)
	case e.FetchFailure == Corrupt && j.BadAnswers+1 >= maxCorrupt:
		return j.enterIdle(Lost, BadPicture, e.Err)
	case !j.ExpiresAt.IsZero() && now.After(j.ExpiresAt):
		return j.enterIdle(Lost, Expired, e.Err)
	}
	if e.FetchFailure == Corrupt {
		j.BadAnswers++
	}
	return j.retry(e.Failure, now)
}
