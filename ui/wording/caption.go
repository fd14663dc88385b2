package wording

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"tintype/api"
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
		return w.then(failed, ". ", reuse, e)
	}
	if strings.Contains(e.Error.Detail, "E005") {
		flagged := "Flagged by the provider's filter (E005); may be billed. Another seed often passes"
		if isFree(e) {
			flagged = strings.Replace(flagged, "may be billed", "nothing is billed", 1)
		}
		if _, fixed := e.Input["seed"]; fixed {
			return w.then(flagged, ": ", changeSeed, e)
		}
		return w.then(flagged, ": ", tryAnotherSeed, e)
	}
	if e.ID == "" && e.Error.Sentence != "" && runner.EndNotice(e) != runner.FailedAtProvider { // it never became a prediction: the API's sentence says why
		next := reuse
		if e.Error.Code == string(api.CodeUnauthorized) {
			next = enterKey
		}
		return w.then(strings.TrimRight(unbilled(w.withDetail(format.Clean(e.Error.Sentence), e.Error.Detail)), ". "), ". ", next, e)
	}
	if detail := withoutStop(e.Error.Detail); detail != "" {
		return w.then(failed+": "+w.detail(detail), ". ", reuse, e)
	}
	return w.then(failed, ". ", reuse, e)
}

// unbilled adds to sentences that nothing is billed, unless they say so already. Only this function says it after a provider's words,
// which may say it too.
func unbilled(s string) string {
	if api.SaysUnbilled(s) {
		return s
	}
	return strings.TrimRight(s, ". ") + ". Nothing is billed."
}

// uncertain says that nobody knows whether a purchase was accepted.
func (w Writer) uncertain(e history.Entry) string {
	s := w.insteadOfID(e, "The connection broke after the request was sent.") + " It may have been bought (" + Price(e) + ")"
	return w.then(s, ". ", keepUnconfirmed, e)
}

// insteadOfID says what answered a purchase instead of an id; broken is the sentence if nothing did.
func (w Writer) insteadOfID(e history.Entry, broken string) string {
	at := slices.IndexFunc(e.Attempts, func(a history.Attempt) bool { return a.Sent == "maybe" })
	switch {
	case at < 0:
		return broken
	case e.Attempts[at].Error == "" && e.Attempts[at].Status == 0, e.Attempts[at].Error == string(api.CodeCanceled):
		return "The program ended before an answer came."
	case e.Attempts[at].Status == 0:
		return broken
	}
	status := strconv.Itoa(e.Attempts[at].Status)
	s := format.UpperFirst(w.providerTitle(e)) + " answered " + status
	if e.Error == nil {
		return s + "."
	}
	if text := strings.TrimPrefix(withoutStop(e.Error.Detail), status+" "); text != "" { // a page's title may begin with the status
		s += ": " + w.detail(quoted(text))
	}
	return s + "."
}

// quoted returns at most the first 200 characters of what a provider said.
func quoted(s string) string {
	const most = 200
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// partial returns the sentence that fewer pictures came than were ordered.
func (w Writer) partial(e history.Entry) string {
	if e.Error == nil {
		return "Fewer pictures came than were ordered."
	}
	return cmp.Or(format.Sentence(format.Clean(e.Error.Sentence)), "Fewer pictures came than were ordered.")
}

// settled is the sentence of a job that a person gave up.
const settled = "You checked it, and are not asked again."

// dismissedCaption says again that nobody knows whether the purchase was accepted.
func (w Writer) dismissedCaption(e history.Entry) string {
	return settled + " It may have been bought (" + Price(e) + ")."
}

// cancelledCaption says what a cancel means for the money.
func (w Writer) cancelledCaption(e history.Entry) string {
	s := w.withStopReason("Cancelled.", e)
	if isFree(e) {
		return unbilled(s)
	}
	return s + " " + mayBill(w.providerTitle(e))
}

// aborted says that the provider ended a prediction by itself, usually before it started.
func (w Writer) aborted(e history.Entry) string {
	switch {
	case e.StartedAt.IsZero():
		return unbilled(w.withStopReason("Cancelled before it started.", e))
	case isFree(e):
		return unbilled(w.withStopReason("Cancelled after it started.", e))
	}
	return w.withStopReason("Cancelled after it started.", e) + " " + mayBill(w.providerTitle(e))
}

// withStopReason adds why the provider stopped a prediction, if it said so.
func (w Writer) withStopReason(s string, e history.Entry) string {
	if e.Error == nil || e.State != history.Stopped {
		return s
	}
	return w.withCause(s, quoted(withoutStop(e.Error.Detail)))
}

// mayBill says that a job that was cancelled may cost something.
func mayBill(provider string) string {
	return format.UpperFirst(provider) + " may bill the time it ran."
}

// notFollowed says that a job was left, and how to follow it again.
func (w Writer) notFollowed(e history.Entry) string {
	return w.then("No longer followed; it may still run and be billed", ". ", followAgain, e)
}

// lost says why a paid picture is not here.
func (w Writer) lost(e history.Entry) string {
	if e.Error != nil && e.Error.Code != "expired" && e.Error.Sentence != "" {
		return w.lostOtherwise(e)
	}
	deletedAt := time.Time{}
	ended := e.CompletedAt
	if e.EndSeenAt.After(ended) {
		ended = e.EndSeenAt
	}
	if at := ended.Add(time.Hour); !ended.IsZero() && !at.After(w.Now) {
		deletedAt = at // all providers keep pictures for an hour
	}
	return w.deleted(e, deletedAt)
}

// deleted says that the time for a picture is over; deletedAt, its end, is zero where that is not known.
func (w Writer) deleted(e history.Entry, deletedAt time.Time) string {
	by := "in time"
	if !deletedAt.IsZero() {
		by = "by " + format.Clock(deletedAt, w.Now)
	}
	return w.then("The provider keeps pictures for an hour, and this one was not saved here "+by+". Prompt and seed are kept", ": ", reuseBoth, e)
}

// lostOtherwise says why a picture that the provider did not delete is not here, in the journal's words.
func (w Writer) lostOtherwise(e history.Entry) string {
	s := format.Clean(e.Error.Sentence)
	if w.isCommandLine() || e.Error.Code == "empty" { // the provider's reason is all that there is
		s = w.withCause(s, e.Error.Detail)
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
		s := w.notSaved(live.Until, live.ExpiresAt)
		if live.Trouble != nil {
			s += " " + strings.TrimRight(format.Clean(live.Trouble.Error()), " ")
		}
		return s
	case live.Waiting == runner.ProviderAsked && !live.Sent:
		return w.waitsToSend(w.providerTitle(e), live.Until, e)
	case live.Waiting == runner.ProviderAsked:
		return format.UpperFirst(w.providerTitle(e)) + " asks to wait: checked again " + w.soon(live.Until) + "."
	case live.Waiting == runner.LastTryFailed && live.Trouble != nil:
		return strings.TrimRight(format.Clean(live.Trouble.Error()), " ") + " Tries again " + w.soon(live.Until) + "."
	case live.Slow:
		return w.then("Much slower than usual, and still running", "; ", cancelSlow, e)
	}
	return ""
}

// waitsToSend says that a purchase waits because the provider asked for it.
func (w Writer) waitsToSend(provider string, until time.Time, e history.Entry) string {
	s := fmt.Sprintf("%s asks to wait: sent %s. Nothing is billed yet", format.UpperFirst(provider), w.soon(until))
	return w.then(s, "; ", takeBack, e)
}

// notSaved says how long a paid picture can still be fetched, while fetching fails. A zero expiresAt is unknown.
func (w Writer) notSaved(until, expiresAt time.Time) string {
	if expiresAt.IsZero() {
		return fmt.Sprintf("Paid, not saved yet. Tries again %s.", w.soon(until))
	}
	return fmt.Sprintf("Paid, not saved yet. %s left; tries again %s.", format.Brief(expiresAt.Sub(w.Now)), w.soon(until))
}

// soon is when a moment comes: "in 5 s", or "now".
func (w Writer) soon(at time.Time) string {
	if left := at.Sub(w.Now); left > 0 {
		return "in " + format.Countdown(left)
	}
	return "now"
}
