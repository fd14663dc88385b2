package job

import (
	"time"

	"tintype/api"
)

// maxSends is how often one confirmed purchase is tried. Only tries that were certainly not accepted are repeated.
const maxSends = 3

func (j Job) onCreate(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Created:
		return j.created(e.Prediction, now)
	case NotRecorded:
		return j.notPurchased(Failed, NotJournaled, e.Err, now)
	case NotCreated:
		return j.notCreated(e, now)
	}
	return j, Step{}
}

// created stores the id, and continues with the prediction's status. An answer without an id proves something only if the
// prediction has ended in it: cog's own server answers with the result and keeps nothing.
func (j Job) created(p api.Prediction, now time.Time) (Job, Step) {
	if p.ID == "" && !p.Status.Ended() {
		return j.enterUnconfirmed(nil, now)
	}
	j = j.enterLive(Waiting)
	j.ID = p.ID
	if p.Status.Ended() {
		return j.onPrediction(p, now)
	}
	if j.CancelRequested {
		return j.command(Cancel, now)
	}
	return j.schedulePoll(now, j.Rules.firstGap())
}

// notCreated decides by the error's outcome. Only what was certainly not accepted is sent again.
func (j Job) notCreated(e NotCreated, now time.Time) (Job, Step) {
	outcome := api.OutcomeUnknown
	if e.Err != nil {
		outcome = e.Err.Outcome
	}
	switch outcome {
	case api.Refused:
		return j.notPurchased(Failed, Refused, e.Err, now)
	case api.NotSent, api.RateLimited:
		return j.sendAgain(e, now)
	}
	return j.enterUnconfirmed(e.Err, now)
}

func (j Job) sendAgain(e NotCreated, now time.Time) (Job, Step) {
	asked := e.Err.Outcome == api.RateLimited
	switch {
	case j.CancelRequested:
		return j.notPurchased(Stopped, NeverSent, nil, now)
	case e.Err.Code == api.CodeCanceled: // the program quits
		return j.notPurchased(Stopped, NeverSent, nil, now)
	case asked && j.outOfTries(e.Err):
		return j.notPurchased(Failed, Refused, e.Err, now)
	case !asked && (j.Tries+1 >= maxSends || !e.Err.Temporary()): // a bad certificate stays bad
		return j.notPurchased(Failed, Unreachable, e.Err, now)
	}
	return j.retry(e.Failure, now)
}

// outOfTries reports whether a provider that asks to wait has been tried often enough: three times, or twice if it
// answers 503.
func (j Job) outOfTries(err *api.Error) bool {
	most := maxSends
	if err.HTTPStatus == 503 {
		most = 2
	}
	return j.Tries+1 >= most
}

// notPurchased ends a purchase that was certainly not accepted. If an earlier one may have been accepted, the job stays
// as unconfirmed as before.
func (j Job) notPurchased(state State, reason Reason, err *api.Error, now time.Time) (Job, Step) {
	if j.PriorUncertain {
		return j.enterUnconfirmed(err, now)
	}
	return j.enterIdle(state, reason, err)
}

// enterUnconfirmed keeps what may have been bought. If the provider has a list, the prediction is looked for in it,
// several times, since a list may lag behind.
func (j Job) enterUnconfirmed(err *api.Error, now time.Time) (Job, Step) {
	j, none := j.enterIdle(Unconfirmed, NoAnswer, err)
	if !j.Rules.CanList {
		return j, none
	}
	return j.command(Find, now.Add(findDelays[0]))
}

// findDelays are the waits before each look at the provider's list.
var findDelays = []time.Duration{2 * time.Second, 10 * time.Second, 45 * time.Second}

// maxFindDelay limits the wait before the list is tried again after an error. Nothing is urgent, and it may never
// succeed.
const maxFindDelay = time.Minute

func (j Job) onFind(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Found:
		return j.found(e.Prediction, now)
	case NotFound:
		return j.notFound(e, now)
	}
	return j, Step{}
}

// notFound looks again, up to len(findDelays) times. An unreachable list proves nothing, so it does not count as a look.
func (j Job) notFound(e NotFound, now time.Time) (Job, Step) {
	if e.Err != nil && e.Err.Temporary() {
		wait := min(time.Second<<min(j.Tries, 6), maxFindDelay)
		return j.retryAfter(max(wait, e.Wait(j.Tries+1)), e.waitReason(), e.Err, now)
	}
	j.FindAttempts++
	if j.FindAttempts >= len(findDelays) || e.Err != nil {
		return j.enterIdle(Unconfirmed, NoAnswer, j.Err)
	}
	return j.command(Find, now.Add(findDelays[j.FindAttempts]))
}

func (j Job) found(p api.Prediction, now time.Time) (Job, Step) {
	if p.ID == "" {
		return j.enterIdle(Unconfirmed, j.Reason, j.Err)
	}
	j = j.enterLive(Waiting)
	j.ID = p.ID
	if j.CancelRequested && !p.Status.Ended() {
		return j.command(Cancel, now)
	}
	return j.command(Poll, now) // a list may omit the output; a poll does not
}
