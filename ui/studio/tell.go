package studio

import (
	"time"

	"tintype/api/job"
	"tintype/history"
)

// news is a Told of that kind.
func (s *Studio) news(k Kind) Told {
	return Told{Kind: k, Provider: s.client.Provider().Title}
}

// tell says what a person should know of a job's step. mu is held, and the event has been applied.
func (s *Studio) tell(w *work, before job.Job, e job.Event) Told {
	after := w.job
	told := s.news(kind(before, after, e))
	told.For = ran(w.entry, before, s)
	if after.Waits != job.NotWaiting {
		told.Until = after.At
	}
	told.At = after.SafeUntil
	if after.Err != nil {
		told.Detail = after.Err.Detail
	}
	if w.entry.Error != nil && after.State != job.Creating {
		told.Detail = w.entry.Error.Detail
	}
	return told
}

// kind names what happened between two moments of a job.
func kind(before, after job.Job, e job.Event) Kind {
	if k := wished(before, after, e); k != Nothing {
		return k
	}
	if _, ok := e.(job.NotRecorded); ok && after.State == job.Unconfirmed {
		return Unwritten
	}
	if before.State != after.State {
		return arrived(before, after)
	}
	switch {
	case after.State == job.Creating && after.Waits == job.Asked:
		return WaitsAsked
	case after.State == job.Saving && after.Waits != job.NotWaiting:
		return Unsafe
	case after.State == job.Waiting && before.Wanted && !after.Wanted && after.Err != nil:
		return CancelTrouble
	case after.State == job.Unconfirmed && before.Expects == job.Find && after.Expects == job.Nothing:
		return NotFound
	}
	return Nothing
}

// wished is what a person's wish came to, where the state alone does not say it.
func wished(before, after job.Job, e job.Event) Kind {
	still := before.State == after.State
	switch e.(type) {
	case job.CancelAsked:
		switch {
		case after.State == job.Saving:
			return TooLate
		case after.State == job.Unconfirmed:
			return AskFirst
		case still && after.State.Ended():
			return AlreadyEnded
		}
	case job.TakenBack:
		return GoesOn
	case job.FollowAsked, job.SettleAsked, job.ResendAsked:
		if still && before.Generation == after.Generation {
			return AlreadyEnded
		}
	}
	return Nothing
}

// arrived names the state that a job has come to.
func arrived(before, after job.Job) Kind {
	switch after.State {
	case job.Done:
		return Finished
	case job.Unconfirmed:
		return Unsure
	case job.Waiting:
		if before.State == job.Unconfirmed {
			return Healed
		}
	case job.Saving:
		if before.Wanted {
			return TooLate
		}
	}
	return ended[after.Reason]
}

// ended is what there is to tell about each reason to end.
var ended = map[job.Reason]Kind{
	job.Unsent: TakenBack, job.Settled: MarkedSettled, job.Canceled: Cancelled, job.Aborted: Aborted,
	job.Unfollowed: CannotCancel, job.NoEnd: NoEnd, job.Unrecorded: NotRecorded, job.Unreachable: NotSent,
	job.Refused: RefusedThere, job.FailedThere: FailedThere, job.Expired: Expired, job.BadPicture: BadPicture,
	job.Unfetchable: BadPicture, job.Empty: Empty, job.Gone: Gone,
}

// ran is how long the prediction ran, by the provider's clock where it says so.
func ran(e history.Entry, before job.Job, s *Studio) time.Duration {
	switch {
	case !e.CompletedAt.IsZero() && !e.StartedAt.IsZero():
		return e.CompletedAt.Sub(e.StartedAt)
	case !before.Since.IsZero():
		return s.now().Sub(before.Since)
	}
	return 0
}
