package runner

import (
	"time"

	"tintype/api/job"
	"tintype/history"
)

// NoticeKind names what there is to tell a person. Package wording has the sentence for each kind.
type NoticeKind string

// The kinds of notices.
const (
	NoNotice          NoticeKind = ""
	Finished          NoticeKind = "finished"       // done: every picture is on disk
	Partial           NoticeKind = "partial"        // done, with fewer pictures than were ordered
	FailedAtProvider  NoticeKind = "failed"         // failed at the provider; Detail is its sentence
	Refused           NoticeKind = "refused"        // the provider refused the purchase; nothing is billed
	NotSent           NoticeKind = "not_sent"       // it was never sent (no network, bad certificate); nothing is billed
	NotRecorded       NoticeKind = "not_recorded"   // it could not be written down, so it was not sent
	Uncertain         NoticeKind = "unconfirmed"    // it was sent, and no id came back: it may have been bought
	Reconciled        NoticeKind = "healed"         // an unconfirmed one was found in the provider's list
	NotFound          NoticeKind = "not_found"      // an unconfirmed one is not in the provider's list
	WaitsAsked        NoticeKind = "waits"          // a purchase waits because the provider asked for it; Until
	StoppedUnsent     NoticeKind = "taken_back"     // stopped before it was sent; nothing is billed; UndoCancel undoes it
	Resumed           NoticeKind = "goes_on"        // a cancel before it was sent was undone
	CannotUndo        NoticeKind = "cannot_undo"    // too late to undo a cancel
	Cancelled         NoticeKind = "cancelled"      // the provider confirmed the cancel; For is how long it ran
	Aborted           NoticeKind = "aborted"        // the provider ended it before it started
	AlreadyFinished   NoticeKind = "too_late"       // it finished before the cancel; the picture is kept
	CannotCancel      NoticeKind = "cannot_cancel"  // the provider cannot cancel: no longer followed, may be billed
	CancelFailed      NoticeKind = "cancel_trouble" // the cancel request failed; the job is followed as before
	TimedOut          NoticeKind = "no_end"         // older than the give-up age and still running: no longer followed
	Expired           NoticeKind = "expired"        // not saved in the time in which the provider keeps pictures; At is its end
	BadPicture        NoticeKind = "bad_picture"    // until the end of that time, the downloads were no picture; or nothing is fetched from there
	Empty             NoticeKind = "empty"          // succeeded without a picture
	NotSavedYet       NoticeKind = "unsafe"         // paid and not saved yet; tried again at Until, deleted at At
	UnknownToProvider NoticeKind = "gone"           // the provider no longer knows the prediction
	Dismissed         NoticeKind = "settled"        // an unconfirmed one was dismissed
	HandedOver        NoticeKind = "handed_over"    // another running program drives it and was asked to cancel it
	OwnedElsewhere    NoticeKind = "driven_there"   // another running program drives it
	OtherProvider     NoticeKind = "other_provider" // it belongs to another provider; Detail is its base URL
	AlreadyEnded      NoticeKind = "already_ended"  // there was nothing left to do
	NeedsDecision     NoticeKind = "ask_first"      // unconfirmed: the person must decide
	IDNotOnDisk       NoticeKind = "id_unwritten"   // bought, but its id could not be written to the journal; Detail says why
	AlreadyComing     NoticeKind = "already_coming" // not sent: the same picture is on disk, running or unconfirmed
	FailedElsewhere   NoticeKind = "failed_there"   // not sent: another program has just tried the same, and it failed
	OverBudget        NoticeKind = "over_budget"    // not sent: it would cost more than the budget; Detail says which
	UnknownPrice      NoticeKind = "unknown_price"  // not sent: its price is not known, so that a budget cannot hold it; Detail says what helps
	JournalFailed     NoticeKind = "unwritten"      // the journal could not be written; Detail says why
)

// Notice is what there is to tell about a change, in parts; package wording makes a sentence of them.
type Notice struct {
	Kind     NoticeKind
	Provider string        // its title, for the sentence
	Detail   string        // the provider's or the system's own sentence, raw: clean it before drawing it
	For      time.Duration // how long it ran
	Until    time.Time     // when it is tried again
	At       time.Time     // when the provider deletes, or deleted, the pictures
}

// newNotice returns a Notice of a kind.
func (r *Runner) newNotice(k NoticeKind) Notice {
	return Notice{Kind: k, Provider: r.client.Provider().Title}
}

// otherProvider is the notice about an entry that is not of this provider.
func (r *Runner) otherProvider(e history.Entry) Notice {
	notice := r.newNotice(OtherProvider)
	notice.Detail = e.BaseURL
	return notice
}

// noticeFor returns what to tell about an event that has just been applied. mu is held.
func (r *Runner) noticeFor(t *trackedJob, before job.Job, event job.Event) Notice {
	after := t.job
	notice := r.newNotice(noticeKind(before, after, event))
	if notice.Kind == Finished && t.entry.Error != nil {
		notice.Kind = Partial
	}
	if _, ok := event.(job.NotRecorded); ok && t.refusal != nil {
		notice.Kind, notice.Detail = t.refusal.kind, t.refusal.sentence
		return notice
	}
	notice.For = r.runTime(t.entry, before)
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

// noticeKind names what an event changed.
func noticeKind(before, after job.Job, event job.Event) NoticeKind {
	if k := kindForRequest(before, after, event); k != NoNotice {
		return k
	}
	if _, ok := event.(job.NotRecorded); ok && after.State == job.Unconfirmed {
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

// kindForRequest names the outcome of a person's request, where the new state alone does not show it.
func kindForRequest(before, after job.Job, event job.Event) NoticeKind {
	sameState := before.State == after.State
	switch event.(type) {
	case job.CancelRequested:
		switch {
		case after.State == job.Saving:
			return AlreadyFinished
		case after.State == job.Unconfirmed:
			return NeedsDecision
		case sameState && after.State.Ended():
			return AlreadyEnded
		}
	case job.CancelUndone:
		return Resumed
	case job.FollowRequested, job.DismissRequested, job.ResendRequested:
		if sameState && before.Generation == after.Generation {
			return AlreadyEnded
		}
	}
	return NoNotice
}

// kindForState names the state that a job has reached.
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
	return reasons[after.Reason].notice
}

// runTime is how long the prediction ran: by the provider's clock where it is known, else by ours.
func (r *Runner) runTime(e history.Entry, before job.Job) time.Duration {
	switch {
	case !e.CompletedAt.IsZero() && !e.StartedAt.IsZero():
		return e.CompletedAt.Sub(e.StartedAt)
	case !before.Since.IsZero():
		return r.now().Sub(before.Since)
	}
	return 0
}
