package wording

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// notice is how a kind of notice is shown.
type notice struct {
	// isPassing means that the full screen shows it in the last row for a while. The others stay in the caption of their row.
	isPassing bool
	sentence  func(Writer, runner.Change) string
}

// notices has every kind of notice.
var notices = map[runner.NoticeKind]notice{
	runner.Finished:          {sentence: Writer.finished},
	runner.FailedAtProvider:  {sentence: entrySentence(Writer.failed)},
	runner.Refused:           {sentence: entrySentence(Writer.failed)},
	runner.NotSent:           {sentence: entrySentence(Writer.failed)},
	runner.NotRecorded:       {isPassing: true, sentence: Writer.notRecordedNotice},
	runner.Uncertain:         {sentence: entrySentence(Writer.uncertain)},
	runner.Reconciled:        {isPassing: true, sentence: Writer.reconciled},
	runner.NotFound:          {isPassing: true, sentence: Writer.notFound},
	runner.WaitsAsked:        {sentence: Writer.waitsAsked},
	runner.StoppedUnsent:     hinted("Stopped before it was sent; nothing is billed", ". ", undoCancel),
	runner.Resumed:           fixed("It goes on."),
	runner.CannotUndo:        hinted("That was sent already and cannot be taken back", "; ", makeAgain),
	runner.Cancelled:         {isPassing: true, sentence: Writer.cancelled},
	runner.Aborted:           fixed(aborted),
	runner.AlreadyFinished:   fixed("It was finished first. The picture is paid for, so it is kept."),
	runner.CannotCancel:      {isPassing: true, sentence: Writer.cannotCancel},
	runner.CancelFailed:      {isPassing: true, sentence: Writer.cancelFailed},
	runner.TimedOut:          hinted("No end was seen. "+notFollowed, ". ", followAgain),
	runner.Expired:           {sentence: Writer.lostNotice},
	runner.BadPicture:        {sentence: Writer.lostNotice},
	runner.Empty:             {sentence: Writer.lostNotice},
	runner.NotSavedYet:       {sentence: Writer.notSavedNotice},
	runner.UnknownToProvider: {sentence: Writer.lostNotice},
	runner.Dismissed:         fixed("Marked as settled."),
	runner.HandedOver:        fixed("Another tintype follows it; the cancel was handed over."),
	runner.OwnedElsewhere:    fixed("Another tintype follows it already."),
	runner.OtherProvider:     {isPassing: true, sentence: Writer.otherProvider},
	runner.AlreadyEnded:      {isPassing: true, sentence: Writer.alreadyEnded},
	runner.NeedsDecision:     {isPassing: true, sentence: Writer.needsDecision},
	runner.JournalFailed:     {isPassing: true, sentence: Writer.journalFailed},
}

// The sentences that a notice and a caption share.
const (
	aborted     = "Cancelled before it began. Nothing is billed."
	notFollowed = "No longer followed; it may go on and be billed"
)

// fixed is a passing notice that is always the same.
func fixed(sentence string) notice {
	return notice{isPassing: true, sentence: func(Writer, runner.Change) string { return sentence }}
}

// hinted is a passing notice that is always the same except for what a person can do.
func hinted(sentence, separator string, a action) notice {
	return notice{isPassing: true, sentence: func(w Writer, c runner.Change) string { return w.then(sentence, separator, a, c.Row.Entry) }}
}

// entrySentence makes the sentence of a notice from one that needs only the entry.
func entrySentence(sentence func(Writer, history.Entry) string) func(Writer, runner.Change) string {
	return func(w Writer, c runner.Change) string { return sentence(w, c.Row.Entry) }
}

// IsPassing reports whether the full screen shows a notice in the last row for a while. The others are in the caption of their row.
func IsPassing(k runner.NoticeKind) bool { return notices[k].isPassing }

// Notice returns the sentence of a notice; "" for none.
func (w Writer) Notice(c runner.Change) string {
	n, ok := notices[c.Notice.Kind]
	if !ok {
		return ""
	}
	return n.sentence(w, c)
}

// finished is no sentence but a status, like the others that the command line prints while a job is under way.
func (w Writer) finished(c runner.Change) string {
	ran := c.Notice.For
	if seconds, ok := c.Row.Metrics["predict_time"]; ok { // the provider's own measure
		ran = time.Duration(seconds * float64(time.Second))
	}
	if ran <= 0 {
		return "done"
	}
	status := "done in " + format.Duration(ran)
	if cost := c.Row.Cost; cost != nil && *cost != 0 {
		status += ", " + format.Cost(cost, false, false)
	}
	return status
}

func (w Writer) notRecordedNotice(c runner.Change) string {
	return w.NotRecorded(c.Notice.Detail)
}

func (w Writer) reconciled(c runner.Change) string {
	return "Found at " + w.noticeProvider(c) + ": it was bought, and is followed."
}

func (w Writer) notFound(c runner.Change) string {
	s := format.UpperFirst(w.noticeProvider(c)) + " does not list it. It is kept as unconfirmed"
	return w.then(s, "; ", decide, c.Row.Entry)
}

func (w Writer) waitsAsked(c runner.Change) string {
	return w.waitsToSend(w.noticeProvider(c), c.Notice.Until, c.Row.Entry)
}

// cancelled says how long a cancelled job ran, and what that means for the money.
func (w Writer) cancelled(c runner.Change) string {
	ran := c.Notice.For
	if ran < time.Second { // the provider did not report it: it is at most the age of the job
		ran = w.Now.Sub(c.Row.CreatedTime())
	}
	s := fmt.Sprintf("Cancelled after %s.", format.Seconds(ran))
	if IsFree(c.Row.Entry) {
		return s
	}
	return s + " " + mayBill(w.noticeProvider(c))
}

func (w Writer) cannotCancel(c runner.Change) string {
	s := format.UpperFirst(w.noticeProvider(c)) + " cannot cancel. " + notFollowed
	return w.then(s, ". ", followAgain, c.Row.Entry)
}

func (w Writer) cancelFailed(c runner.Change) string {
	if cause := withoutStop(c.Notice.Detail); cause != "" && w.isCommandLine() {
		return "The cancel did not get through: " + cause + ". It is followed as before."
	}
	return w.then("The cancel did not get through; it is followed as before", ". ", cancelAgain, c.Row.Entry)
}

func (w Writer) lostNotice(c runner.Change) string {
	return w.lost(c.Row.Entry, c.Notice.At)
}

func (w Writer) notSavedNotice(c runner.Change) string {
	s := w.notSaved(c.Notice.Until, c.Notice.At)
	if live := c.Row.Live; live != nil && live.Trouble != nil && w.isCommandLine() {
		s += " " + format.Clean(live.Trouble.Error())
	}
	return s
}

func (w Writer) otherProvider(c runner.Change) string {
	return "It belongs to " + format.Clean(c.Notice.Detail) + ": start tintype with that provider."
}

func (w Writer) alreadyEnded(c runner.Change) string {
	if w.isCommandLine() { // which does not show the row
		return "It has ended already: " + string(c.Row.State) + "."
	}
	return "It has ended already."
}

func (w Writer) needsDecision(c runner.Change) string {
	s := "It may have been bought already"
	if w.isCommandLine() {
		s += " (" + AboutCost(c.Row.Entry) + ")"
	}
	return w.then(s, ". ", decide, c.Row.Entry)
}

func (w Writer) journalFailed(c runner.Change) string {
	return "That could not be written down: " + format.LowerFirst(withoutStop(cmp.Or(c.Notice.Detail, "no reason was given"))) + "."
}

// mayBill says that a job that was cancelled may cost something.
func mayBill(provider string) string {
	return format.UpperFirst(strings.TrimSpace(provider)) + " may bill the time it ran."
}
