package wording

import (
	"strings"

	"tintype/history"
	"tintype/ui/keymap"
)

// action is something that a person can do about a job.
type action int

const (
	undoCancel action = iota
	takeBack
	cancelAgain
	cancelSlow
	reuse
	tryAnotherSeed
	changeSeed
	reuseBoth
	retry
	followAgain
	decide
	keepUnconfirmed
	enterKey
)

// hints say what a person can do: in the full screen as a clause with the mark of a key, and on the command line as a sentence, where
// {follow} is the command that follows the job. "" means that the face does not offer it, or that nothing needs to be done.
var hints = [...]struct{ screen, command string }{
	undoCancel:     {screen: Key(keymap.ActUndo) + " undoes that"},
	takeBack:       {screen: Key(keymap.ActCancel) + " cancels it"},
	cancelAgain:    {screen: Key(keymap.ActCancel) + " tries again"},
	cancelSlow:     {screen: Key(keymap.ActCancel) + " cancels it"},
	reuse:          {screen: Key(keymap.ActUse) + " reuses it"},
	tryAnotherSeed: {screen: Key(keymap.ActUse, keymap.ActDevelop)},
	changeSeed:     {screen: Key(keymap.ActUse, keymap.ActSetSeed) + " changes the seed"},
	reuseBoth:      {screen: Key(keymap.ActUse) + " reuses them"},
	retry:          {screen: Key(keymap.ActDevelop) + " tries again", command: "try again"},
	followAgain:    {screen: Key(keymap.ActFollow) + " follows it again", command: "Follow it again with: {follow}"},
	decide:         {screen: decideHint, command: "It needs your decision: open tintype and press enter on it."},
	enterKey:       {screen: Key(keymap.ActEnterKey) + " enters another key"},
	keepUnconfirmed: {
		screen: decideHint, command: "It is kept as unconfirmed; tintype never sends it again by itself.",
	},
}

// decideHint leads to the question about a purchase of which nobody knows whether it was made.
var decideHint = Key(keymap.ActOpen) + ": decide what to do"

// hint returns what a person can do, in the words of the face.
func (w Writer) hint(a action, e history.Entry) string {
	if !w.isCommandLine() {
		return hints[a].screen
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
	return sentence + separator + string(todoStart) + about(a, e) + hint + "."
}

// about returns the mark of the run that an action is for; "" if it is for none in particular. Keys act on the run under the cursor, while
// a sentence may be about another one.
func about(a action, e history.Entry) string {
	if e.Key == "" || a == undoCancel || a == retry || a == enterKey {
		return ""
	}
	return string(aboutStart) + e.Key + string(aboutEnd)
}
