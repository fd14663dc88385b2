package job

import (
	"time"

	"tintype/api"
)

const (
	maxCancels  = 5                // tries of a cancel that does not get through
	maxOdd      = 5                // answers in a row that make no sense, before they are believed
	oddAge      = 20 * time.Second // … and the job is at least this old
	refusedWait = 30 * time.Second // between polls that are refused: a key can be put right while the job goes on
)

func (j Job) onPoll(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case Polled:
		j.Err, j.Tries = nil, 0
		return j.saw(e.Prediction, now)
	case NotPolled:
		return j.notPolled(e, now)
	}
	return j, Step{}
}

// saw takes the provider's word for how the prediction stands. The provider's last word wins, also over a cancel.
func (j Job) saw(p api.Prediction, now time.Time) (Job, Step) {
	j = j.settle(p, now)
	switch p.Status {
	case api.Succeeded:
		return j.succeeded(p, now)
	case api.Failed:
		return j.rest(Failed, FailedAtProvider, nil)
	case api.Canceled:
		return j.rest(Stopped, Canceled, nil)
	case api.Aborted:
		return j.rest(Stopped, Aborted, nil)
	}
	j.BadAnswers = 0
	return j.runs(now)
}

func (j Job) succeeded(p api.Prediction, now time.Time) (Job, Step) {
	j.ExpiresAt = ExpiresAt(p, now)
	switch {
	case len(p.Output) > 0:
		return j.enter(Saving).command(Save, now)
	case p.DataRemoved:
		return j.rest(Lost, Expired, nil)
	case j.BadAnswers+1 >= maxOdd:
		return j.rest(Lost, Empty, nil)
	}
	j.BadAnswers++ // a gateway may say "succeeded" before it has the output
	return j.look(now, j.Rules.nextGap(now.Sub(j.Since)))
}

// runs plans the next look at a prediction that still runs.
func (j Job) runs(now time.Time) (Job, Step) {
	age := now.Sub(j.Since)
	switch {
	case j.Rules.GiveUpAge > 0 && age >= j.Rules.GiveUpAge:
		return j.rest(Stopped, TimedOut, nil)
	case j.CancelRequested && !j.CancelSent:
		return j.command(Cancel, now)
	case j.CancelSent:
		return j.look(now, max(j.Rules.MinPollInterval, time.Second))
	}
	return j.look(now, j.Rules.nextGap(age))
}

// notPolled keeps asking: the prediction goes on whatever the line does. Only an id that the provider keeps denying is
// believed to be gone.
func (j Job) notPolled(e NotPolled, now time.Time) (Job, Step) {
	code := api.CodeUnreachable
	if e.Err != nil {
		code = e.Err.Code
	}
	if e.Err != nil && e.Err.BadID() {
		return j.rest(Lost, UnknownToProvider, e.Err)
	}
	switch code {
	case api.CodeNotFound, api.CodeNotReady:
		j.BadAnswers++
		if j.BadAnswers >= maxOdd && now.Sub(j.Since) >= oddAge {
			return j.rest(Lost, UnknownToProvider, e.Err)
		}
	case api.CodeUnauthorized, api.CodeCredit, api.CodeInvalid, api.CodeRefused, api.CodeTLS, api.CodeNoSuchRoute:
		return j.waitFor(refusedWait, LastTryFailed, e.Err, now)
	}
	return j.again(e.Failure, now)
}

func (j Job) onCancel(e answer, now time.Time) (Job, Step) {
	switch e := e.(type) {
	case CancelAccepted:
		j.CancelSent, j.Err, j.Tries = true, nil, 0
		if e.Prediction.Status == api.Succeeded {
			return j.command(Poll, now) // it was finished first: the poll brings its pictures
		}
		return j.saw(e.Prediction, now)
	case CancelRefused:
		return j.notCanceled(e, now)
	}
	return j, Step{}
}

// notCanceled tells a provider that cannot cancel from one that could not be reached, and from a prediction that is past
// cancelling. In doubt the next poll tells.
func (j Job) notCanceled(e CancelRefused, now time.Time) (Job, Step) {
	code := api.CodeUnreachable
	if e.Err != nil {
		code = e.Err.Code
	}
	switch code {
	case api.CodeNoSuchRoute:
		return j.rest(Stopped, Abandoned, e.Err)
	case api.CodeNotFound:
		if !j.Rules.CanCancel {
			return j.rest(Stopped, Abandoned, e.Err)
		}
	case api.CodeUnreachable, api.CodeOffline, api.CodeRate, api.CodeServer, api.CodeBadResponse, api.CodeNotReady:
		if j.Tries+1 < maxCancels {
			return j.again(e.Failure, now)
		}
	}
	j.CancelRequested, j.CancelSent = false, false
	j, step := j.command(Poll, now)
	j.Err = e.Err
	return j, step
}
