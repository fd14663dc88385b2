package studio

import "time"

// Kind names what there is to tell a person. interaction.md §3 has the words of the full screen for each.
type Kind string

// The kinds of news.
const (
	Nothing       Kind = ""
	Finished      Kind = "finished"       // done: every picture is on disk
	FailedThere   Kind = "failed"         // failed at the provider; Detail is its sentence
	RefusedThere  Kind = "refused"        // the purchase was refused; nothing is billed
	NotSent       Kind = "not_sent"       // it never left (no line, bad certificate); nothing is billed
	NotRecorded   Kind = "not_recorded"   // it could not be written down, so it was not sent
	Unsure        Kind = "unconfirmed"    // the line broke after it left: it may have been bought
	Healed        Kind = "healed"         // an unconfirmed one was found in the provider's list
	NotFound      Kind = "not_found"      // looked for in the provider's list, and not there
	WaitsAsked    Kind = "waits"          // a purchase waits because the provider asks for it; Until
	TakenBack     Kind = "taken_back"     // stopped before it was sent; nothing is billed; TakeBack undoes it
	GoesOn        Kind = "goes_on"        // what was stopped before it was sent goes on
	CannotUndo    Kind = "cannot_undo"    // too late to take a cancel back
	Cancelled     Kind = "cancelled"      // the provider confirmed the cancel; For says how long it ran
	Aborted       Kind = "aborted"        // the provider ended it before it began
	TooLate       Kind = "too_late"       // it was finished first; the picture is kept
	CannotCancel  Kind = "cannot_cancel"  // the provider cannot cancel: no longer followed, may be billed
	CancelTrouble Kind = "cancel_trouble" // the cancel did not get through; it is followed as before
	NoEnd         Kind = "no_end"         // older than the give-up age, and no end seen: no longer followed
	Expired       Kind = "expired"        // the provider deleted the pictures first; At says when
	BadPicture    Kind = "bad_picture"    // what came was no picture; can be fetched again while it lives
	Empty         Kind = "empty"          // succeeded without a picture
	Unsafe        Kind = "unsafe"         // paid, not saved yet; tried again at Until, deleted at At
	Gone          Kind = "gone"           // the provider does not know the prediction any more
	MarkedSettled Kind = "settled"        // an unconfirmed one was marked as settled
	HandedOver    Kind = "handed_over"    // another running program drives it; the cancel was handed to it
	DrivenThere   Kind = "driven_there"   // another running program drives it
	OtherProvider Kind = "other_provider" // it belongs to another provider; Detail is its base URL
	AlreadyEnded  Kind = "already_ended"  // there was nothing left to do
	AskFirst      Kind = "ask_first"      // unconfirmed: the person must decide
	Unwritten     Kind = "unwritten"      // it could not be written down: what has happened, or what was to be sent again; Detail says why
)

// Told is what there is to tell about a change, in parts: each face makes its own sentence of them.
type Told struct {
	Kind     Kind
	Provider string        // title, for the sentence
	Detail   string        // the provider's own sentence or the system's, raw: clean it before it is drawn
	For      time.Duration // how long it ran
	Until    time.Time     // when it is tried again
	At       time.Time     // when the provider deletes, or deleted, the pictures
}
