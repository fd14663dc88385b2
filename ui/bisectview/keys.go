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
	key := func(name keymap.Action, group keymap.Group, keys, help string, rank int, word string, when func(keymap.BisectState) bool) keymap.Command {
		c := Place.Command(name, group, keys, help, rank, word)
		if when != nil {
			c.Hints[0].When = func(now keymap.State) bool { return when(now.Bisect) }
		}
		return c
	}
	return []keymap.Command{
		key(actBuy, keymap.Make, "y", "agree to the price, and make the next pictures", 1, "make them", func(b keymap.BisectState) bool { return b.Buys }),
		key(actGood, keymap.Decide, "g", "the new picture is good", 2, "good", func(b keymap.BisectState) bool { return b.Good }),
		key(actBad, keymap.Decide, "b", "the new picture is bad", 3, "bad", func(b keymap.BisectState) bool { return b.Bad }),
		key(actSkip, keymap.Decide, "s", "cannot tell: skip it", 5, "cannot tell", func(b keymap.BisectState) bool { return b.Skips }),
		key(keymap.ActUndo, keymap.Stop, "u", "undo the last verdict", 6, "undo", func(b keymap.BisectState) bool { return b.Undoes }),
		key(actNext, keymap.Look, "tab", "choose the next picture", 4, "next", nil),
		key(keymap.ActOpen, keymap.Look, "enter", "open the chosen picture", 7, "open", nil),
		key(keymap.ActLeft, keymap.Move, "left", "", 0, "", nil),
		key(keymap.ActRight, keymap.Move, "right l", "", 0, "", nil),
		key(keymap.ActStar, keymap.Decide, "*", "star it, or remove the star", 0, "", nil),
		key(keymap.ActUse, keymap.Make, "r", "reuse prompt and settings", 0, "", nil),
		key(keymap.ActHelp, keymap.Move, "?", "", 9, "help", nil),
		key(keymap.ActBack, keymap.Move, "esc q", "go back; the verdicts are kept", 8, "back", nil),
	}
}
