package wording

import (
	"errors"

	"tintype/history"
	"tintype/ui/format"
)

// NotSentRule is why nothing was bought when the history could not be written.
const NotSentRule = "Not sent: tintype buys nothing that it cannot write down."

// NotRecorded says that nothing was bought because it could not be written down, and what to do about that. If the history itself can
// be written, detail is the purchase's own fault, such as a prompt that is too long.
func (w Writer) NotRecorded(detail string) string {
	again := w.hint(retry, history.Entry{})
	var t *history.WriteError
	switch {
	case !errors.As(w.WriteError, &t) && detail != "":
		return NotSentRule + " " + format.Sentence(format.Clean(detail))
	case t != nil && t.Code == "busy":
		return NotSentRule + " Another program holds the history for a moment; " + again + "."
	case t != nil && t.Code == "no_lock":
		return NotSentRule + " Start tintype with --data-dir and a folder on this machine."
	case t != nil && t.Code == "no_pictures":
		return "Not sent. " + format.Sentence(format.Clean(t.Sentence))
	case t != nil && t.Code == "unreadable":
		return "Not sent: " + format.LowerFirst(format.Clean(t.Sentence))
	}
	return NotSentRule + " Free some room; " + again + "."
}

// EmptyHistory is the sentence for a history without predictions. If it cannot be read, there may be some; inFull says why and what to do,
// which is otherwise said beside it.
func EmptyHistory(writeError error, inFull bool) string {
	switch {
	case !IsUnreadable(writeError):
		return "No pictures yet."
	case inFull:
		return format.Clean(writeError.Error())
	}
	return "The history cannot be read."
}

// IsUnreadable reports whether the history cannot be written because it cannot be read.
func IsUnreadable(writeError error) bool {
	var t *history.WriteError
	return errors.As(writeError, &t) && t.Code == "unreadable"
}

// HistoryTrouble says why the history cannot be written, in the few words that the header has room for.
func HistoryTrouble(err error) string {
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
	case "no_pictures":
		return "pictures cannot be saved"
	case "unreadable":
		return "history is unreadable"
	}
	return "disk trouble"
}
