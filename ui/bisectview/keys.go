package bisectview

import "tintype/ui/keymap"

// Place is where the keys of the screen are pressed.
var Place = keymap.NewPlace("bisect")

const (
	actBuy  keymap.Action = "buy-bisect"
	actGood keymap.Action = "judge-good"
	actBad  keymap.Action = "judge-bad"
	actSkip keymap.Action = "judge-skip"
	actNext               = keymap.ActNextCompared
)

// Commands declares the keys of the screen.
func (s *Screen) Commands() []keymap.Command {
	key := Place.Command
	return []keymap.Command{
		key(actBuy, keymap.Make, "y", "agree to the price, and make the next pictures", 1, "make them").HintWhen(func(now keymap.State) bool { return now.Bisect.Buys }),
		key(actGood, keymap.Decide, "g", "the new picture is good", 2, "good").HintWhen(func(now keymap.State) bool { return now.Bisect.Good }),
		key(actBad, keymap.Decide, "b", "the new picture is bad", 3, "bad").HintWhen(func(now keymap.State) bool { return now.Bisect.Bad }),
		key(actSkip, keymap.Decide, "s", "cannot tell: skip it", 5, "cannot tell").HintWhen(func(now keymap.State) bool { return now.Bisect.Skips }),
		key(keymap.ActUndo, keymap.Stop, "u", "undo the last verdict", 6, "undo").HintWhen(func(now keymap.State) bool { return now.Bisect.Undoes }),
		key(actNext, keymap.Look, "tab", "choose the next picture", 4, "next"),
		key(keymap.ActOpen, keymap.Look, "enter", "open the chosen picture", 7, "open"),
		key(keymap.ActLeft, keymap.Move, "left", "", 0, ""),
		key(keymap.ActRight, keymap.Move, "right l", "", 0, ""),
		key(keymap.ActStar, keymap.Decide, "*", "star it, or remove the star", 0, ""),
		key(keymap.ActUse, keymap.Make, "r", "reuse prompt and settings", 0, ""),
		key(keymap.ActHelp, keymap.Move, "?", "", 9, "help"),
		key(keymap.ActBack, keymap.Move, "esc q", "go back; the verdicts are kept", 8, "back"),
	}
}
