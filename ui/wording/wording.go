// Package wording writes the sentences about jobs that people read: what happened, what it means for the money, and what to do.
//
// Its rules: one place for each sentence; text from outside is cleaned before it becomes part of one; what is known of a job
// (runner.Change, history.Entry) comes in and a plain sentence comes out. Keys are named as in the list, where letters are verbs.
package wording

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// IsPassing reports whether a notice is shown in the last row. What a row says for good is in its caption instead.
func IsPassing(k runner.NoticeKind) bool {
	switch k {
	case runner.Cancelled, runner.CannotCancel, runner.OtherProvider, runner.JournalFailed, runner.Reconciled, runner.NotFound,
		runner.NotRecorded:
		return true
	}
	return fixed[k] != ""
}

// fixed are the sentences of passing notices that are always the same.
var fixed = map[runner.NoticeKind]string{
	runner.StoppedUnsent:   "Stopped before it was sent; nothing is billed. u takes that back.",
	runner.Resumed:         "It goes on.",
	runner.CannotUndo:      "That was sent already and cannot be taken back; r makes it anew.",
	runner.Aborted:         "Cancelled before it began. Nothing is billed.",
	runner.AlreadyFinished: "It was finished first. The picture is paid for, so it is kept.",
	runner.CancelFailed:    "The cancel did not get through; it is followed as before. x x tries again.",
	runner.Dismissed:       "Marked as settled.",
	runner.HandedOver:      "Another tintype follows it; the cancel was handed over.",
	runner.OwnedElsewhere:  "Another tintype follows it already.",
	runner.AlreadyEnded:    "It has ended already.",
	runner.TimedOut:        "No end seen. No longer followed; f follows it again.",
	runner.NeedsDecision:   "It may have been bought already. enter decides.",
}

// Writer writes sentences at a moment.
type Writer struct {
	Provider string // the title of the provider that the program talks to
	Now      time.Time
}

// Notice returns the sentence of a passing notice. trouble is why the history cannot be written, if it cannot.
func (w Writer) Notice(c runner.Change, trouble error) string {
	t, provider := c.Notice, cmp.Or(format.Clean(c.Notice.Provider), w.Provider)
	switch t.Kind {
	case runner.Cancelled:
		return w.cancelled(c.Row.Entry, t.For, provider)
	case runner.CannotCancel:
		return provider + " cannot cancel. No longer followed; it may go on and be billed. f follows it again."
	case runner.OtherProvider:
		return "It belongs to " + format.Clean(t.Detail) + ": start tintype with that provider."
	case runner.NotRecorded:
		return NotRecorded(trouble, t.Detail)
	case runner.JournalFailed:
		return "That could not be written down: " + format.LowerFirst(format.Clean(t.Detail))
	case runner.Reconciled:
		return "Found at " + provider + ": it was bought, and is followed."
	case runner.NotFound:
		return provider + " does not list it. It is kept as unconfirmed; enter decides."
	}
	return fixed[t.Kind]
}

// NotRecorded says that nothing was bought because it could not be written down, and what to do about that.
func NotRecorded(trouble error, detail string) string {
	const rule = "Not sent: tintype buys nothing that it cannot write down. "
	var t *history.WriteError
	switch {
	case !errors.As(trouble, &t) && detail != "": // it is the purchase's own fault, such as a prompt that is too long
		return rule + format.Clean(detail)
	case t != nil && t.Code == "busy":
		return rule + "Another program holds the history: press enter again in a moment."
	case t != nil && t.Code == "no_lock":
		return rule + "Start tintype with --data-dir and a folder on this machine."
	}
	return rule + "Free some room, then press enter again."
}

// cancelled says how long a cancelled job ran, and what that means for the money.
func (w Writer) cancelled(e history.Entry, ran time.Duration, provider string) string {
	if ran < time.Second { // the provider did not say: as long as one has waited for it
		ran = w.Now.Sub(e.CreatedTime())
	}
	s := fmt.Sprintf("Cancelled after %s.", format.Seconds(ran))
	if IsFree(e) {
		return s
	}
	return s + " " + provider + " may bill the time it ran."
}

// Trouble returns what the caption of a row that did not end well says, or what a job waits for; "" where there is nothing to say.
func (w Writer) Trouble(e history.Entry, live *runner.Live) string {
	provider := w.ProviderTitle(e)
	switch e.State {
	case history.Failed:
		return failed(e)
	case history.Unconfirmed:
		return fmt.Sprintf("The line broke after this left. It may have been bought (%s). enter decides.", AboutCost(e))
	case history.Stopped:
		return stopped(e, provider, IsFree(e))
	case history.Lost:
		return lost(e, w.Now)
	case history.Saving:
		return w.notSaved(live)
	}
	return w.waiting(live, provider)
}

// failed says why a prediction failed, and what to do.
func failed(e history.Entry) string {
	if e.Error == nil {
		return "Failed at the provider. r loads it again."
	}
	detail := strings.TrimRight(format.Clean(e.Error.Detail), ". ")
	if strings.Contains(e.Error.Detail, "E005") {
		return "Flagged by the provider's filter (E005); may be billed. Another seed often passes: r, then enter."
	}
	if e.ID == "" && e.Error.Sentence != "" { // it never became a prediction: our sentence says whose doing that was
		return strings.TrimRight(format.Clean(e.Error.Sentence), " ") + " Nothing is billed. r loads it again."
	}
	if detail == "" {
		return "Failed at the provider. r loads it again."
	}
	return "Failed at the provider: " + detail + ". r loads it again."
}

// stopped says how a prediction was stopped.
func stopped(e history.Entry, provider string, free bool) string {
	switch {
	case e.ID == "":
		return "Stopped before it was sent. Nothing is billed."
	case e.Status == "canceled" && free:
		return "Cancelled. Nothing is billed."
	case e.Status == "canceled":
		return "Cancelled. " + provider + " may bill the time it ran."
	case e.Status == "aborted":
		return "Cancelled before it began. Nothing is billed."
	}
	return "No longer followed; it may go on and be billed. f follows it again."
}

// lost says why a paid picture is not here.
func lost(e history.Entry, now time.Time) string {
	if e.Error != nil && e.Error.Code != "expired" && e.Error.Sentence != "" {
		return format.Clean(e.Error.Sentence)
	}
	at := ""
	if gone := e.CompletedAt.Add(time.Hour); !e.CompletedAt.IsZero() && !gone.After(now) {
		at = " at " + format.Clock(gone, now)
	}
	return "The provider deleted this picture" + at + ", before it was saved here. Prompt and seed are kept: r uses them."
}

// notSaved says how long a paid picture can still be fetched, while that gives trouble.
func (w Writer) notSaved(live *runner.Live) string {
	if live == nil || live.Waiting == runner.NotWaiting {
		return ""
	}
	s := "Paid, not saved yet."
	if !live.ExpiresAt.IsZero() {
		s += fmt.Sprintf(" %s left;", format.Brief(live.ExpiresAt.Sub(w.Now)))
	}
	return s + fmt.Sprintf(" tries again in %s.", format.Countdown(live.Until.Sub(w.Now)))
}

// waiting says what a job waits for.
func (w Writer) waiting(live *runner.Live, provider string) string {
	if live == nil {
		return ""
	}
	left := format.Countdown(live.Until.Sub(w.Now))
	switch {
	case live.Waiting == runner.ProviderAsked && !live.Sent:
		return fmt.Sprintf("%s asks to wait: sent in %s. Nothing is billed yet; x x takes it back.", provider, left)
	case live.Waiting == runner.ProviderAsked:
		return fmt.Sprintf("%s asks to wait: looked at again in %s.", provider, left)
	case live.Waiting == runner.LastTryFailed && live.Trouble != nil:
		return strings.TrimRight(format.Clean(live.Trouble.Error()), " ") + " Tries again in " + left + "."
	case live.Slow:
		return "Slow: far beyond the usual. It is still followed; x x cancels."
	}
	return ""
}

// AboutCost returns the price of an entry for a sentence: "about $0.003".
func AboutCost(e history.Entry) string {
	if e.Cost != nil {
		return format.Price(*e.Cost, true, IsFree(e))
	}
	usd, ok := model.Find(e.Model).Cost(e.Provider, e.Input)
	return format.Price(usd, ok, IsFree(e))
}

// IsFree reports whether the provider of an entry bills nothing.
func IsFree(e history.Entry) bool {
	p, ok := api.FindProvider(e.Provider)
	return ok && p.Free
}

// ProviderTitle returns the name of an entry's provider for people.
func (w Writer) ProviderTitle(e history.Entry) string {
	if p, ok := api.FindProvider(e.Provider); ok {
		return p.Title
	}
	return w.Provider
}

// Leave says what becomes of the jobs under way.
func Leave(n int, provider string) string {
	if n == 1 {
		return "1 goes on at " + provider + " and is followed at the next start."
	}
	return fmt.Sprintf("%d go on at %s and are followed at the next start.", n, provider)
}

// CancelAll asks whether all jobs are to be cancelled, and says what that costs.
func CancelAll(n, unsent int, free bool) string {
	s := fmt.Sprintf("Cancel all %d?", n)
	if n == 1 {
		s = "Cancel the one that runs?"
	}
	switch {
	case unsent == 1:
		s += " 1 was never sent;"
	case unsent > 1:
		s += fmt.Sprintf(" %d were never sent;", unsent)
	}
	switch sent := n - unsent; {
	case free || sent == 0:
		return strings.TrimSuffix(s, ";")
	case unsent == 0:
		return s + " They may be billed for the time they ran."
	default:
		return s + fmt.Sprintf(" %d may be billed for the time they ran.", sent)
	}
}

// Resumed says which jobs of earlier programs were found at the start.
func Resumed(adopted int, others runner.Skipped) string {
	var parts []string
	if followed := adopted - others.Unconfirmed; followed > 0 {
		parts = append(parts, fmt.Sprintf("%d from before followed again.", followed))
	}
	if others.Unconfirmed > 0 {
		parts = append(parts, fmt.Sprintf("%d unconfirmed: enter on the row decides.", others.Unconfirmed))
	}
	if others.DrivenElsewhere > 0 {
		parts = append(parts, fmt.Sprintf("%d followed by another tintype.", others.DrivenElsewhere))
	}
	for _, base := range slices.Sorted(maps.Keys(others.OtherProviders)) {
		n, verb := others.OtherProviders[base], "wait"
		if n == 1 {
			verb = "waits"
		}
		parts = append(parts, fmt.Sprintf("%d %s for %s.", n, verb, format.Clean(base)))
	}
	return strings.Join(parts, " ")
}

// TooSmall says what size is needed, what goes on meanwhile, and the way out.
func TooSmall(w, h, busy int) []string {
	said := []string{fmt.Sprintf("needs 30×8, here %d×%d.", w, h)}
	switch {
	case busy == 1:
		said = append(said, "1 running goes on.")
	case busy > 1:
		said = append(said, fmt.Sprintf("%d running go on.", busy))
	}
	return append(said, "ctrl+c leaves")
}

// WriteTrouble is a lasting trouble in the few words that the header has room for.
func WriteTrouble(err error) string {
	var t *history.WriteError
	if !errors.As(err, &t) {
		return "history trouble"
	}
	switch t.Code {
	case "full":
		return "disk full"
	case "read_only":
		return "history is read-only"
	case "no_lock":
		return "history cannot be locked"
	case "busy":
		return "history is locked"
	}
	return "disk trouble"
}

// Live is what a job that this program follows is doing. Its model usually takes so long by this machine's own history; 0 if that
// is unknown.
func Live(row runner.Row, now time.Time, usual time.Duration) string {
	took := max(0, now.Sub(row.Live.Since))
	status := ""
	switch {
	case row.Live.CancelRequested:
		status = "stopping"
	case row.State == history.Creating:
		status = "sending"
	case row.State == history.Saving:
		return "saving the picture"
	case row.Live.Progress < 0:
		status = "starting"
		if row.Live.TypicalDuration > 0 {
			return status + fmt.Sprintf(" · %s, usually %s", format.Seconds(took), format.Duration(row.Live.TypicalDuration))
		}
	default:
		status = fmt.Sprintf("developing %d%%", format.Percent(row.Live.Progress))
	}
	status += " · " + format.Seconds(took)
	if left := format.TimeLeft(took, usual); left != "" {
		status += ", " + left
	}
	return status
}

// Invitation is the sentence of the empty preview: the size of the next picture, its price, and what to do.
func Invitation(w, h int, known bool, price string) string {
	if !known {
		return format.UpperFirst(price) + ". Write what you want to see, then press enter."
	}
	return fmt.Sprintf("%d×%d · %s. Write what you want to see, then press enter.", w, h, price)
}
