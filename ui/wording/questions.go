package wording

import (
	"fmt"
	"strings"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/runner"
)

// LeaveWithoutID asks before the program ends while the ids of purchases are not on the disk, and says what would be lost.
func LeaveWithoutID(rows []runner.Row, provider string) string {
	ids := make([]string, 0, len(rows))
	for _, row := range rows {
		ids = append(ids, format.Clean(row.ID))
	}
	return "Not saved yet, and lost if you quit. Note what you bought at " + provider + ": " + strings.Join(ids, ", ") + "."
}

// LeaveQuestion says what happens when the program ends to n jobs, of which unsent were not sent yet.
func LeaveQuestion(n, unsent int) string {
	var said []string
	switch running := n - unsent; {
	case running == 1:
		said = append(said, "1 job keeps running and will be picked up next time.")
	case running > 1:
		said = append(said, fmt.Sprintf("%d jobs keep running and will be picked up next time.", running))
	}
	switch {
	case unsent == 1:
		said = append(said, "1 was not sent yet and is cancelled.")
	case unsent > 1:
		said = append(said, fmt.Sprintf("%d were not sent yet and are cancelled.", unsent))
	}
	return strings.Join(said, " ")
}

// UnconfirmedQuestion says why a person must decide about a prediction that may have been bought, a paragraph each.
func (w Writer) UnconfirmedQuestion(e history.Entry) []string {
	return []string{
		Plain(w.insteadOfID(e, fmt.Sprintf("The connection broke at %s, after the request was sent.", e.Time.In(w.Now.Location()).Format("15:04:05")))) +
			fmt.Sprintf(" %s may have accepted and billed it, %s.", w.providerTitle(e), Price(e)),
		"tintype never sends it again by itself.",
	}
}

// WaitingQuestion says that a purchase is still to be sent, a paragraph each.
func (w Writer) WaitingQuestion(e history.Entry) []string {
	return []string{
		"The same prompt and settings are in the list already. " + format.UpperFirst(w.providerTitle(e)) +
			" could not take them yet; they are sent as soon as it can.",
		"Nothing is billed yet.",
	}
}

// SamePicture says that a purchase would make a picture that is here already, or that is running, and what to press.
func SamePicture(done, free bool) string {
	where, verb := "running already", "buys"
	if done {
		where = "here already"
	}
	if free {
		verb = "makes"
	}
	return "The same prompt and seed make the same picture: it is " + where + ". " + Key(keymap.ActDevelop) + " " + verb + " it again, " +
		Key(keymap.ActSetSeed) + " changes the seed."
}

// CancelAllQuestion asks whether all jobs are to be cancelled, and says what that costs.
func CancelAllQuestion(n, unsent int, free bool) string {
	s := fmt.Sprintf("Cancel all %d?", n)
	if n == 1 {
		s = "Cancel the running one?"
	}
	switch {
	case unsent == 1:
		s += " 1 was not sent yet;"
	case unsent > 1:
		s += fmt.Sprintf(" %d were not sent yet;", unsent)
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
