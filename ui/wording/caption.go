package wording

import (
	"fmt"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// caption returns the caption of a row that did not end well, or what a job waits for; "" where there is nothing to say.
func (w Writer) caption(e history.Entry, live *runner.Live) string {
	if live != nil && live.LacksID {
		return w.WithoutID(e)
	}
	kind := endNotice(e)
	n, ok := notices[kind]
	switch {
	case !ok:
		return w.Wait(e, live)
	case n.caption != nil:
		return n.caption(w, e)
	}
	return n.sentence(w, runner.Change{Row: runner.Row{Entry: e}, Notice: runner.Notice{Kind: kind}})
}

// endNotice returns the kind of notice whose caption an entry has. Entries of older programs do not say why they ended; for them the
// provider's last status does.
func endNotice(e history.Entry) runner.NoticeKind {
	if kind := runner.EndNotice(e); kind != runner.NoNotice {
		return kind
	}
	switch e.State {
	case history.Failed:
		return runner.FailedAtProvider
	case history.Unconfirmed:
		return runner.Uncertain
	case history.Lost:
		return runner.Expired
	case history.Stopped:
		switch {
		case e.ID == "":
			return runner.StoppedUnsent
		case e.Status == "canceled":
			return runner.Cancelled
		case e.Status == "aborted":
			return runner.Aborted
		}
		return runner.TimedOut
	}
	return runner.NoNotice
}

// failed says why a prediction failed, and what to do.
func (w Writer) failed(e history.Entry) string {
	const failed = "Failed at the provider"
	if e.Error == nil {
		return w.then(failed, ". ", load, e)
	}
	if strings.Contains(e.Error.Detail, "E005") {
		const flagged = "Flagged by the provider's filter (E005); may be billed. Another seed often passes"
		return w.then(flagged, ": ", tryAnotherSeed, e)
	}
	if e.ID == "" && e.Error.Sentence != "" { // it never became a prediction: the API's sentence says why, and mostly that nothing is billed
		return w.then(unbilled(withoutStop(e.Error.Sentence)), ". ", load, e)
	}
	if detail := withoutStop(e.Error.Detail); detail != "" {
		return w.then(failed+": "+detail, ". ", load, e)
	}
	return w.then(failed, ". ", load, e)
}

// unbilled adds to a sentence that nothing is billed, unless it says so already. The full stop is missing before and after.
func unbilled(s string) string {
	if strings.Contains(s, "othing is billed") {
		return s
	}
	return s + ". Nothing is billed"
}

// uncertain says that nobody knows whether a purchase was accepted.
func (w Writer) uncertain(e history.Entry) string {
	s := "The line broke after this left. It may have been bought (" + aboutCost(e) + ")"
	return w.then(s, ". ", keepUnconfirmed, e)
}

// settled is the sentence of a job that a person gave up.
const settled = "Marked as settled."

// dismissedCaption says again that nobody knows whether the purchase was accepted.
func (w Writer) dismissedCaption(e history.Entry) string {
	return settled + " It may have been bought (" + aboutCost(e) + ")."
}

// cancelledCaption says what a cancel means for the money.
func (w Writer) cancelledCaption(e history.Entry) string {
	if isFree(e) {
		return "Cancelled. Nothing is billed."
	}
	return "Cancelled. " + mayBill(w.providerTitle(e))
}

// mayBill says that a job that was cancelled may cost something.
func mayBill(provider string) string {
	return format.UpperFirst(provider) + " may bill the time it ran."
}

// notFollowed says that a job was left, and how to follow it again.
func (w Writer) notFollowed(e history.Entry) string {
	return w.then("No longer followed; it may go on and be billed", ". ", followAgain, e)
}

// lost says why a paid picture is not here.
func (w Writer) lost(e history.Entry) string {
	if e.Error != nil && e.Error.Code != "expired" && e.Error.Sentence != "" {
		return w.lostOtherwise(e)
	}
	deletedAt := time.Time{}
	if at := e.CompletedAt.Add(time.Hour); !e.CompletedAt.IsZero() && !at.After(w.Now) {
		deletedAt = at // all providers keep pictures for an hour
	}
	return w.deleted(e, deletedAt)
}

// deleted says that the provider deleted a picture; deletedAt is zero where that is not known.
func (w Writer) deleted(e history.Entry, deletedAt time.Time) string {
	at := ""
	if !deletedAt.IsZero() {
		at = " at " + format.Clock(deletedAt, w.Now)
	}
	return w.then("The provider deleted this picture"+at+", before it was saved here. Prompt and seed are kept", ": ", reuse, e)
}

// lostOtherwise says why a picture that the provider did not delete is not here, in the journal's words.
func (w Writer) lostOtherwise(e history.Entry) string {
	s := format.Clean(e.Error.Sentence)
	if w.isCommandLine() {
		s = withCause(s, e.Error.Detail)
	}
	if e.Error.Code == "bad_picture" {
		return w.then(withoutStop(s), ". ", fetchAgain, e)
	}
	return s
}

// Wait says what a job waits for; "" if it does not wait.
func (w Writer) Wait(e history.Entry, live *runner.Live) string {
	switch {
	case live == nil:
		return ""
	case e.State == history.Saving:
		if live.Waiting == runner.NotWaiting {
			return ""
		}
		return w.notSaved(live.Until, live.ExpiresAt)
	case live.Waiting == runner.ProviderAsked && !live.Sent:
		return w.waitsToSend(w.providerTitle(e), live.Until, e)
	case live.Waiting == runner.ProviderAsked:
		return fmt.Sprintf("%s asks to wait: looked at again in %s.", format.UpperFirst(w.providerTitle(e)), w.countdown(live.Until))
	case live.Waiting == runner.LastTryFailed && live.Trouble != nil:
		return strings.TrimRight(format.Clean(live.Trouble.Error()), " ") + " Tries again in " + w.countdown(live.Until) + "."
	case live.Slow:
		return w.then("Slow: far beyond the usual. It is still followed", "; ", cancelSlow, e)
	}
	return ""
}

// waitsToSend says that a purchase waits because the provider asked for it.
func (w Writer) waitsToSend(provider string, until time.Time, e history.Entry) string {
	s := fmt.Sprintf("%s asks to wait: sent in %s. Nothing is billed yet", format.UpperFirst(provider), w.countdown(until))
	return w.then(s, "; ", takeBack, e)
}

// notSaved says how long a paid picture can still be fetched, while fetching fails. A zero expiresAt is unknown.
func (w Writer) notSaved(until, expiresAt time.Time) string {
	s := "Paid, not saved yet."
	if !expiresAt.IsZero() {
		s += fmt.Sprintf(" %s left;", format.Brief(expiresAt.Sub(w.Now)))
	}
	return s + fmt.Sprintf(" tries again in %s.", w.countdown(until))
}

// countdown is the time left until a moment.
func (w Writer) countdown(until time.Time) string { return format.Countdown(until.Sub(w.Now)) }
