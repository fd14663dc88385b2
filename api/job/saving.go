package job

import (
	"math"
	"time"
)

// Waits between the tries of a save. Each is half as long again as the one before, up to savePauseCap, so that a picture
// that comes late is seen after at most a half more of that time.
const (
	savePauseBase = time.Second
	savePauseCap  = time.Minute
)

func (j Job) onSave(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Saved:
		return j.enterIdle(Done, NoReason, nil)
	case NotSaved:
		return j.notSaved(e, now)
	}
	return j, Step{}
}

// notSaved tries again as long as the pictures may exist: they are paid for. Only proof ends that early: the provider
// says that it has removed them, or nothing is ever fetched from there.
func (j Job) notSaved(e NotSaved, now time.Time) (Job, Step) {
	switch {
	case !e.ExpiresAt.IsZero():
		j.ExpiresAt, j.ClockSuspect = e.ExpiresAt, false
	case j.ExpiresAt.IsZero():
		j.ExpiresAt = now.Add(Retention)
	}
	switch {
	case e.FetchFailure == Deleted:
		if j.ExpiresAt.After(now) {
			j.ExpiresAt = now
		}
		return j.enterIdle(Lost, Expired, e.Err)
	case e.FetchFailure == Forbidden:
		return j.enterIdle(Lost, Unfetchable, e.Err)
	case !now.Before(j.ExpiresAt):
		return j.enterIdle(Lost, e.FetchFailure.reasonAtTheEnd(), e.Err)
	}
	return j.saveAgain(e.Failure, now)
}

// reasonAtTheEnd is why pictures are lost if the last try failed so.
func (f FetchFailure) reasonAtTheEnd() Reason {
	switch f {
	case Corrupt:
		return BadPicture
	case NoOutput:
		return Empty
	}
	return Expired
}

// saveAgain plans the next try: ever less often, down to one a minute, and no sooner than the server asks. The last try is
// made when the time is over.
func (j Job) saveAgain(m Failure, now time.Time) (Job, Step) {
	wait := savePause(j.Tries+1, m.Jitter)
	if m.Err != nil && m.Err.HasRetryAfter {
		wait = max(wait, min(m.Err.RetryAfter, maxProviderWait))
	}
	return j.retryAfter(min(wait, j.ExpiresAt.Sub(now)), m.waitReason(), m.Err, now)
}

// savePause is the wait after the n-th failure in a row (n ≥ 1): by chance between a half and all of the growing one.
func savePause(n int, chance float64) time.Duration {
	pause := min(float64(savePauseBase)*math.Pow(1.5, float64(n-1)), float64(savePauseCap))
	return time.Duration((1 + chance) / 2 * pause)
}
