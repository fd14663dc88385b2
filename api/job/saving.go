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
	if !e.SafeUntil.IsZero() {
		j.SafeUntil, j.Doubted = e.SafeUntil, false
	}
	switch {
	case e.Loss == Deleted:
		return j.rest(Lost, Expired, e.Err)
	case e.Loss == Nowhere:
		return j.rest(Lost, Empty, e.Err)
	case e.Loss == Barred:
		return j.rest(Lost, Unfetchable, e.Err)
	case e.Loss == Spoiled && j.Odd+1 >= maxSpoiled:
		return j.rest(Lost, BadPicture, e.Err)
	case !j.SafeUntil.IsZero() && now.After(j.SafeUntil):
		return j.rest(Lost, Expired, e.Err)
	}
	if e.Loss == Spoiled {
		j.Odd++
	}
	return j.again(e.Mishap, now)
}
