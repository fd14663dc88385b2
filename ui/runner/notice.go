package runner

import "time"

// NoticeKind names what there is to tell a person. interaction.md §3 has the words of the full screen for each.
type NoticeKind string

// The kinds of news.
const (
	NoNotice          NoticeKind = ""
	Finished          NoticeKind = "finished"       // done: every picture is on disk
	FailedAtProvider  NoticeKind = "failed"         // failed at the provider; Detail is its sentence
	Refused           NoticeKind = "refused"        // the purchase was refused; nothing is billed
	NotSent           NoticeKind = "not_sent"       // it never left (no line, bad certificate); nothing is billed
	NotRecorded       NoticeKind = "not_recorded"   // it could not be written down, so it was not sent
	Uncertain         NoticeKind = "unconfirmed"    // the line broke after it left: it may have been bought
	Reconciled        NoticeKind = "healed"         // an unconfirmed one was found in the provider's list
	NotFound          NoticeKind = "not_found"      // looked for in the provider's list, and not there
	WaitsAsked        NoticeKind = "waits"          // a purchase waits because the provider asks for it; Until
	StoppedUnsent     NoticeKind = "taken_back"     // stopped before it was sent; nothing is billed; UndoCancel undoes it
	Resumed           NoticeKind = "goes_on"        // what was stopped before it was sent goes on
	CannotUndo        NoticeKind = "cannot_undo"    // too late to take a cancel back
	Cancelled         NoticeKind = "cancelled"      // the provider confirmed the cancel; For says how long it ran
	Aborted           NoticeKind = "aborted"        // the provider ended it before it began
	AlreadyFinished   NoticeKind = "too_late"       // it was finished first; the picture is kept
	CannotCancel      NoticeKind = "cannot_cancel"  // the provider cannot cancel: no longer followed, may be billed
	CancelFailed      NoticeKind = "cancel_trouble" // the cancel did not get through; it is followed as before
	TimedOut          NoticeKind = "no_end"         // older than the give-up age, and no end seen: no longer followed
	Expired           NoticeKind = "expired"        // the provider deleted the pictures first; At says when
	BadPicture        NoticeKind = "bad_picture"    // what came was no picture; can be fetched again while it lives
	Empty             NoticeKind = "empty"          // succeeded without a picture
	NotSavedYet       NoticeKind = "unsafe"         // paid, not saved yet; tried again at Until, deleted at At
	UnknownToProvider NoticeKind = "gone"           // the provider does not know the prediction any more
	Dismissed         NoticeKind = "settled"        // an unconfirmed one was marked as settled
	HandedOver        NoticeKind = "handed_over"    // another running program drives it; the cancel was handed to it
	OwnedElsewhere    NoticeKind = "driven_there"   // another running program drives it
	OtherProvider     NoticeKind = "other_provider" // it belongs to another provider; Detail is its base URL
	AlreadyEnded      NoticeKind = "already_ended"  // there was nothing left to do
	NeedsDecision     NoticeKind = "ask_first"      // unconfirmed: the person must decide
	JournalFailed     NoticeKind = "unwritten"      // it could not be written down: what has happened, or what was to be sent again; Detail says why
)

// Notice is what there is to tell about a change, in parts: each face makes its own sentence of them.
type Notice struct {
	Kind     NoticeKind
	Provider string        // title, for the sentence
	Detail   string        // the provider's own sentence or the system's, raw: clean it before it is drawn
	For      time.Duration // how long it ran
	Until    time.Time     // when it is tried again
	At       time.Time     // when the provider deletes, or deleted, the pictures
}
