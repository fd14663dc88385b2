package runner

import (
	"time"

	"tintype/api/job"
	"tintype/history"
)

// newNotice is a Told of that kind.
func (r *Runner) newNotice(k NoticeKind) Notice {
	return Notice{Kind: k, Provider: r.client.Provider().Title}
}

// noticeFor says what a person should know of a job's step. mu is held, and the event has been applied.
func (r *Runner) noticeFor(t *trackedJob, before job.Job, e job.Event) Notice {
	after := t.job
	notice := r.newNotice(noticeKind(before, after, e))
	notice.For = runTime(t.entry, before, r)
	if after.Waiting != job.NotWaiting {
		notice.Until = after.At
	}
	notice.At = after.ExpiresAt
	if after.Err != nil {
		notice.Detail = after.Err.Detail
	}
	if t.entry.Error != nil && after.State != job.Creating {
		notice.Detail = t.entry.Error.Detail
	}
	return notice
}

// noticeKind names what happened between two moments of a job.
func noticeKind(before, after job.Job, e job.Event) NoticeKind {
	if k := kindForRequest(before, after, e); k != NoNotice {
		return k
	}
	if _, ok := e.(job.NotRecorded); ok && after.State == job.Unconfirmed {
		return JournalFailed
	}
	if before.State != after.State {
		return kindForState(before, after)
	}
	switch {
	case after.State == job.Creating && after.Waiting == job.ProviderAsked:
		return WaitsAsked
	case after.State == job.Saving && after.Waiting != job.NotWaiting:
		return NotSavedYet
	case after.State == job.Waiting && before.CancelRequested && !after.CancelRequested && after.Err != nil:
		return CancelFailed
	case after.State == job.Unconfirmed && before.Pending == job.Find && after.Pending == job.NoCommand:
		return NotFound
	}
	return NoNotice
}

// kindForRequest is what a person's wish came to, where the state alone does not say it.
func kindForRequest(before, after job.Job, e job.Event) NoticeKind {
	still := before.State == after.State
	switch e.(type) {
	case job.CancelRequested:
		switch {
		case after.State == job.Saving:
			return AlreadyFinished
		case after.State == job.Unconfirmed:
			return NeedsDecision
		case still && after.State.Ended():
			return AlreadyEnded
		}
	case job.CancelUndone:
		return Resumed
	case job.FollowRequested, job.DismissRequested, job.ResendRequested:
		if still && before.Generation == after.Generation {
			return AlreadyEnded
		}
	}
	return NoNotice
}

// kindForState names the state that a job has come to.
func kindForState(before, after job.Job) NoticeKind {
	switch after.State {
	case job.Done:
		return Finished
	case job.Unconfirmed:
		return Uncertain
	case job.Waiting:
		if before.State == job.Unconfirmed {
			return Reconciled
		}
	case job.Saving:
		if before.CancelRequested {
			return AlreadyFinished
		}
	}
	return ended[after.Reason]
}

// ended is what there is to tell about each reason to end.
var ended = map[job.Reason]NoticeKind{
	job.NeverSent: StoppedUnsent, job.Dismissed: Dismissed, job.Canceled: Cancelled, job.Aborted: Aborted,
	job.Abandoned: CannotCancel, job.TimedOut: TimedOut, job.NotJournaled: NotRecorded, job.Unreachable: NotSent,
	job.Refused: Refused, job.FailedAtProvider: FailedAtProvider, job.Expired: Expired, job.BadPicture: BadPicture,
	job.Unfetchable: BadPicture, job.Empty: Empty, job.UnknownToProvider: UnknownToProvider,
}

// runTime is how long the prediction ran, by the provider's clock where it says so.
func runTime(e history.Entry, before job.Job, r *Runner) time.Duration {
	switch {
	case !e.CompletedAt.IsZero() && !e.StartedAt.IsZero():
		return e.CompletedAt.Sub(e.StartedAt)
	case !before.Since.IsZero():
		return r.now().Sub(before.Since)
	}
	return 0
}
