package wording

import (
	"strings"

	"tintype/history"
)

// action is something that a person can do about a job.
type action int

const (
	undoCancel action = iota
	takeBack
	cancelAgain
	cancelSlow
	makeAgain
	load
	tryAnotherSeed
	reuse
	retry
	followAgain
	decide
	keepUnconfirmed
)

// hints say what a person can do: which key to press in the full screen, as a clause, and what to do on the command line, as a sentence,
// where {follow} is the command that follows the job. "" means that the face does not offer it, or that nothing needs to be done.
var hints = [...]struct{ key, command string }{
	undoCancel:     {key: "u takes that back"},
	takeBack:       {key: "x x takes it back"},
	cancelAgain:    {key: "x x tries again"},
	cancelSlow:     {key: "x x cancels"},
	makeAgain:      {key: "r makes it anew"},
	load:           {key: "r loads it again"},
	tryAnotherSeed: {key: "r, then enter"},
	reuse:          {key: "r uses them"},
	retry:          {key: "press enter again", command: "try again"},
	followAgain:    {key: "f follows it again", command: "Follow it again with: {follow}"},
	decide:         {key: "enter decides", command: "It needs your decision: open tintype and press enter on it."},
	keepUnconfirmed: {
		key: "enter decides", command: "It is kept as unconfirmed; tintype never sends it again by itself.",
	},
}

// hint returns what a person can do, in the words of the face.
func (w Writer) hint(a action, e history.Entry) string {
	if !w.isCommandLine() {
		return hints[a].key
	}
	words := hints[a].command
	if strings.Contains(words, "{follow}") { // the command takes time to find
		words = strings.ReplaceAll(words, "{follow}", w.FollowCommand(e))
	}
	return words
}

// then ends a sentence. In the full screen it goes on with the key to press, after separator; on the command line the next sentence says
// what to do.
func (w Writer) then(sentence, separator string, a action, e history.Entry) string {
	hint := w.hint(a, e)
	switch {
	case hint == "":
		return sentence + "."
	case w.isCommandLine():
		return sentence + ". " + hint
	}
	return sentence + separator + hint + "."
}
