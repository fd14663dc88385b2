package job

import (
	"net/http"
	"time"

	"tintype/api"
)

const (
	maxCancels       = 5                // tries of a cancel that gets no answer
	maxBadAnswers    = 5                // implausible answers in a row before they are believed …
	minGoneAge       = time.Minute      // … if the provider has not shown the job for this long
	minEmptyAge      = 2 * time.Minute  // … if it succeeded without a picture at least this long ago
	emptyGap         = 10 * time.Second // the longest time between two polls of one that succeeded without a picture
	cancelDoubt      = 10 * time.Second // how long a cancel that was answered with a page may take to show
	refusedPollDelay = 30 * time.Second // between refused polls; a key can be corrected while the job runs
)

func (j Job) onPoll(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Polled:
		j.Err, j.Tries, j.SeenAt = nil, 0, now
		return j.onPrediction(e.Prediction, now)
	case NotPolled:
		return j.notPolled(e, now)
	}
	return j, Step{}
}

// onPrediction continues by the provider's status of the prediction. The provider's last word counts, even after a
// cancel.
func (j Job) onPrediction(p api.Prediction, now time.Time) (Job, Step) {
	j = j.trustClock(p, now)
	switch p.Status {
	case api.Succeeded:
		return j.succeeded(p, now)
	case api.Failed:
		return j.enterIdle(Failed, FailedAtProvider, nil)
	case api.Canceled:
		return j.enterIdle(Stopped, Canceled, nil)
	case api.Aborted:
		return j.enterIdle(Stopped, Aborted, nil)
	}
	j.BadAnswers = 0
	return j.stillRunning(now)
}

func (j Job) succeeded(p api.Prediction, now time.Time) (Job, Step) {
	if j.EndSeen.IsZero() {
		j.EndSeen = now
	}
	j.ExpiresAt = ExpiresAt(p, j.Since, j.EndSeen, now)
	switch {
	case len(p.Output) > 0:
		return j.enterLive(Saving).command(Save, now)
	case p.DataRemoved:
		if j.ExpiresAt.After(now) {
			j.ExpiresAt = now
		}
		return j.enterIdle(Lost, Expired, nil)
	case j.BadAnswers+1 >= maxBadAnswers && (p.Error != "" || now.Sub(j.EndSeen) >= minEmptyAge), j.ID == "":
		return j.enterIdle(Lost, Empty, nil)
	}
	j.BadAnswers++ // a gateway may report success before it has the output
	return j.schedulePoll(now, max(j.Rules.nextGap(now.Sub(j.Since)), min(savePause(j.BadAnswers, 0), emptyGap)))
}

// stillRunning plans the next poll of a running prediction.
func (j Job) stillRunning(now time.Time) (Job, Step) {
	age := now.Sub(j.Since)
	switch {
	case j.Rules.GiveUpAge > 0 && age >= j.Rules.GiveUpAge:
		return j.enterIdle(Stopped, TimedOut, nil)
	case j.CancelSent && !j.CancelUntil.IsZero() && !now.Before(j.CancelUntil):
		return j.enterIdle(Stopped, Abandoned, nil) // the page was no answer to the cancel
	case j.CancelRequested && !j.CancelSent:
		return j.command(Cancel, now)
	case j.CancelSent:
		return j.schedulePoll(now, max(j.Rules.MinPollInterval, time.Second))
	}
	return j.schedulePoll(now, j.Rules.nextGap(age))
}

// notPolled keeps polling: the prediction continues whatever happens to the connection. Only an id that the provider
// denies repeatedly counts as gone.
func (j Job) notPolled(e NotPolled, now time.Time) (Job, Step) {
	code := api.CodeUnreachable
	if e.Err != nil {
		code = e.Err.Code
	}
	if e.Err != nil && e.Err.BadID() {
		return j.enterIdle(Lost, UnknownToProvider, e.Err)
	}
	switch code {
	case api.CodeNotFound, api.CodeNotReady:
		j.BadAnswers++
		if j.BadAnswers >= maxBadAnswers && now.Sub(j.Since) >= j.goneAge() && now.Sub(j.SeenAt) >= minGoneAge {
			return j.enterIdle(Lost, UnknownToProvider, e.Err)
		}
		return j.retryAfter(savePause(j.Tries+1, e.Jitter), LastTryFailed, e.Err, now)
	case api.CodeUnauthorized, api.CodeCredit, api.CodeInvalid, api.CodeRefused, api.CodeTLS, api.CodeNoSuchRoute:
		return j.retryAfter(refusedPollDelay, LastTryFailed, e.Err, now)
	}
	return j.retry(e.Failure, now)
}

// goneAge is the age from which an id that the provider denies is believed to be unknown. A gateway may take long to know
// what it has sold; one that a person has followed again was known or denied before.
func (j Job) goneAge() time.Duration {
	if j.FollowedAgain {
		return minGoneAge
	}
	return Retention
}

func (j Job) onCancel(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case CancelAccepted:
		j.CancelSent, j.Err, j.Tries = true, nil, 0
		if e.Prediction.Status == api.Succeeded {
			return j.command(Poll, now) // it had finished before: the poll returns its pictures
		}
		return j.onPrediction(e.Prediction, now)
	case CancelRefused:
		return j.notCanceled(e, now)
	}
	return j, Step{}
}

// notCanceled distinguishes a provider that cannot cancel, one that could not be reached, and a prediction that can no
// longer be canceled. In doubt, the next poll tells.
func (j Job) notCanceled(e CancelRefused, now time.Time) (Job, Step) {
	code := api.CodeUnreachable
	if e.Err != nil {
		code = e.Err.Code
	}
	switch code {
	case api.CodeNoSuchRoute, api.CodeNotFound:
		if j.Rules.CanCancel && e.Err.HTTPStatus >= 200 && e.Err.HTTPStatus <= 299 { // a page, and yet a success
			j.CancelSent, j.CancelUntil = true, now.Add(cancelDoubt)
			return j.command(Poll, now)
		}
		// Where cancelling is documented, a 404 is about the prediction, which may just have ended: a poll tells.
		if !j.Rules.CanCancel || code == api.CodeNoSuchRoute && e.Err.HTTPStatus != http.StatusNotFound {
			return j.enterIdle(Stopped, Abandoned, e.Err)
		}
	case api.CodeUnreachable, api.CodeOffline, api.CodeRate, api.CodeServer, api.CodeBadResponse, api.CodeNotReady:
		if j.Tries+1 < maxCancels {
			return j.retry(e.Failure, now)
		}
	}
	j.CancelRequested, j.CancelSent = false, false
	j, step := j.command(Poll, now)
	j.Err = e.Err
	return j, step
}
