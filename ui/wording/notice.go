package wording

import (
	"cmp"
	"fmt"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// notice is how a kind of notice is shown.
type notice struct {
	// isPassing means that the full screen shows it in the last row for a while. The others stay in the caption of their row.
	isPassing bool

	sentence func(Writer, runner.Change) string
	// caption is the sentence for an entry that is in this state for good. It is nil where the notice's own sentence will do.
	caption func(Writer, history.Entry) string
}

// notices has every kind of notice.
var notices = map[runner.NoticeKind]notice{
	runner.Finished:          {sentence: Writer.finished},
	runner.Partial:           {sentence: Writer.partialNotice, caption: Writer.partial},
	runner.FailedAtProvider:  ended(Writer.failed),
	runner.Refused:           ended(Writer.failed),
	runner.NotSent:           ended(Writer.failed),
	runner.NotRecorded:       {isPassing: true, sentence: Writer.notRecordedNotice, caption: Writer.notRecordedCaption},
	runner.AlreadyComing:     {isPassing: true, sentence: Writer.alreadyComing},
	runner.FailedElsewhere:   {isPassing: true, sentence: Writer.failedElsewhere},
	runner.OverBudget:        {isPassing: true, sentence: Writer.overBudget},
	runner.UnknownPrice:      {isPassing: true, sentence: Writer.unknownPrice},
	runner.Uncertain:         ended(Writer.uncertain),
	runner.Reconciled:        {isPassing: true, sentence: Writer.reconciled},
	runner.NotFound:          {isPassing: true, sentence: Writer.notFound},
	runner.WaitsAsked:        {sentence: Writer.waitsAsked},
	runner.StoppedUnsent:     {isPassing: true, sentence: Writer.stoppedUnsent, caption: fixedCaption("Cancelled before it was sent. Nothing is billed.")},
	runner.Resumed:           fixed("It is sent after all."),
	runner.CannotUndo:        {isPassing: true, sentence: Writer.cannotUndo},
	runner.Cancelled:         {isPassing: true, sentence: Writer.cancelled, caption: Writer.cancelledCaption},
	runner.Aborted:           {isPassing: true, sentence: Writer.abortedNotice, caption: Writer.aborted},
	runner.AlreadyFinished:   fixed("It finished first. The picture is paid for, so it is kept."),
	runner.CannotCancel:      {isPassing: true, sentence: Writer.cannotCancel, caption: Writer.notFollowed},
	runner.CancelFailed:      {isPassing: true, sentence: Writer.cancelFailed},
	runner.TimedOut:          {isPassing: true, sentence: Writer.timedOut, caption: Writer.notFollowed},
	runner.Expired:           {sentence: Writer.lostNotice, caption: Writer.lost},
	runner.BadPicture:        ended(Writer.lost),
	runner.Empty:             ended(Writer.lost),
	runner.NotSavedYet:       {sentence: Writer.notSavedNotice},
	runner.UnknownToProvider: ended(Writer.lost),
	runner.Dismissed:         {isPassing: true, sentence: Writer.dismissed, caption: Writer.dismissedCaption},
	runner.HandedOver:        fixed("Another tintype follows it, and cancels it."),
	runner.OwnedElsewhere:    fixed("Another tintype follows it already."),
	runner.OtherProvider:     {isPassing: true, sentence: Writer.otherProvider},
	runner.AlreadyEnded:      {isPassing: true, sentence: Writer.alreadyEnded},
	runner.NeedsDecision:     {isPassing: true, sentence: Writer.needsDecision},
	runner.IDNotOnDisk:       {isPassing: true, sentence: Writer.idNotOnDisk},
	runner.JournalFailed:     {isPassing: true, sentence: Writer.journalFailed},
}

// fixed is a passing notice that is always the same.
func fixed(sentence string) notice {
	return notice{isPassing: true, sentence: func(Writer, runner.Change) string { return sentence }}
}

// ended is a notice that says the same as the caption.
func ended(caption func(Writer, history.Entry) string) notice {
	return notice{caption: caption, sentence: func(w Writer, c runner.Change) string { return caption(w, c.Row.Entry) }}
}

// fixedCaption is a caption that is always the same.
func fixedCaption(sentence string) func(Writer, history.Entry) string {
	return func(Writer, history.Entry) string { return sentence }
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

// finished is no sentence but a status, like the others that the command line prints while a job is running.
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
		status += ", " + Cost(c.Row.Entry)
	}
	return status
}

// partialNotice says that fewer pictures came than were ordered; on the command line, after the time and cost of the others.
func (w Writer) partialNotice(c runner.Change) string {
	if w.isCommandLine() {
		return format.UpperFirst(w.finished(c)) + ". " + w.partial(c.Row.Entry)
	}
	return w.partial(c.Row.Entry)
}

func (w Writer) stoppedUnsent(c runner.Change) string {
	return w.then("Cancelled before it was sent; nothing is billed", ". ", undoCancel, c.Row.Entry)
}

func (w Writer) cannotUndo(c runner.Change) string {
	return w.then("Already sent; it can't be undone", ". ", reuse, c.Row.Entry)
}

func (w Writer) timedOut(c runner.Change) string {
	return "It never reported that it ended. " + w.notFollowed(c.Row.Entry)
}

func (w Writer) dismissed(runner.Change) string { return settled }

func (w Writer) alreadyComing(runner.Change) string {
	return "Not sent: the same picture is there already, or on its way."
}

func (w Writer) failedElsewhere(runner.Change) string {
	return "Not sent: another program has just tried the same, and it failed."
}

func (w Writer) overBudget(c runner.Change) string {
	return "Not sent, because of your budget. " + format.Sentence(format.Clean(cmp.Or(c.Notice.Detail, "it would cost more than is left")))
}

func (w Writer) unknownPrice(c runner.Change) string {
	if w.isCommandLine() {
		return w.overBudget(c) + " Or send it all the same with --yes."
	}
	return w.overBudget(c)
}

func (w Writer) notRecordedNotice(c runner.Change) string {
	return w.NotRecorded(c.Notice.Detail)
}

// notRecordedCaption says why a purchase was not made, in the words of the error that prevented it.
func (w Writer) notRecordedCaption(e history.Entry) string {
	if e.Error == nil || e.Error.Detail == "" {
		return w.failed(e)
	}
	return NotSentRule + " " + format.Sentence(format.Clean(e.Error.Detail))
}

func (w Writer) reconciled(c runner.Change) string {
	return "Found at " + w.noticeProvider(c) + ": it was bought, and is followed."
}

func (w Writer) notFound(c runner.Change) string {
	s := format.UpperFirst(w.noticeProvider(c)) + " does not list it. It is kept as unconfirmed"
	return w.then(s, ". ", decide, c.Row.Entry)
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
	s := w.withStopReason(fmt.Sprintf("Cancelled after %s.", format.Seconds(ran)), c.Row.Entry)
	if isFree(c.Row.Entry) {
		return s
	}
	return s + " " + mayBill(w.noticeProvider(c))
}

func (w Writer) abortedNotice(c runner.Change) string { return w.aborted(c.Row.Entry) }

func (w Writer) cannotCancel(c runner.Change) string {
	return format.UpperFirst(w.noticeProvider(c)) + " cannot cancel. " + w.notFollowed(c.Row.Entry)
}

func (w Writer) cancelFailed(c runner.Change) string {
	if cause := withoutStop(c.Notice.Detail); cause != "" && w.isCommandLine() {
		return "The cancel did not get through: " + cause + ". It is still running."
	}
	return w.then("The cancel did not get through; it is still running", ". ", cancelAgain, c.Row.Entry)
}

func (w Writer) lostNotice(c runner.Change) string {
	return w.deleted(c.Row.Entry, c.Notice.At)
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
	return "Already " + StateWord(c.Row.Entry) + "."
}

func (w Writer) needsDecision(c runner.Change) string {
	s := "It may have been bought already"
	if w.isCommandLine() {
		s += " (" + Price(c.Row.Entry) + ")"
	}
	return w.then(s, ". ", decide, c.Row.Entry)
}

func (w Writer) journalFailed(c runner.Change) string {
	return "That could not be written down: " + format.LowerFirst(withoutStop(cmp.Or(c.Notice.Detail, "no reason was given"))) + "."
}

// idNotOnDisk tells the user to note the id of a purchase, and why.
func (w Writer) idNotOnDisk(c runner.Change) string {
	s := w.WithoutID(c.Row.Entry)
	if cause := withoutStop(c.Notice.Detail); cause != "" {
		s += " " + cause + "."
	}
	return s
}

// WithoutID says that an entry was bought and that its id is not on the disk, so that the user notes it. tintype tries to write it as long
// as it runs.
func (w Writer) WithoutID(e history.Entry) string {
	return fmt.Sprintf("Bought at %s, and its id could not be written to the disk. Note it: %s", w.providerTitle(e), format.Clean(cmp.Or(e.ID, "unknown"))) + "."
}
