package tree

import "tintype/ui/keymap"

// Place is where the keys of a tree are pressed.
var Place = keymap.NewPlace("tree")

const (
	actFold   keymap.Action = "fold"
	actUnfold keymap.Action = "unfold"
	actFlick  keymap.Action = "flick"
	actTop    keymap.Action = "top"
	actBottom keymap.Action = "bottom"
)

// Commands declares the keys of the tree.
func (s *Screen) Commands() []keymap.Command {
	key := Place.Command
	here := func(now keymap.State) bool { return now.Tree.Here }
	parent := func(now keymap.State) bool { return now.Tree.Parent }
	return []keymap.Command{
		key(keymap.ActOpen, keymap.Look, "enter", "open the picture or the log", 1, "open").HintWhen(here),
		key(keymap.ActUse, keymap.Make, "r", "reuse prompt and settings", 2, "reuse").HintWhen(here),
		key(actUnfold, keymap.Look, "+ =", "show the folded branches", 3, "unfold").HintWhen(func(now keymap.State) bool { return now.Tree.Unfolds }),
		key(actFold, keymap.Look, "-", "fold the branches, or those beside it", 4, "fold").HintWhen(func(now keymap.State) bool { return now.Tree.Folds }),
		key(keymap.ActCompare, keymap.Look, "c", "compare with its parent", 5, "compare").HintWhen(parent),
		key(actFlick, keymap.Look, "b", "flick between it and its parent", 6, "flick").HintWhen(parent),
		key(keymap.ActStar, keymap.Decide, "*", "star it, or remove the star", 0, ""),
		key(keymap.ActFinal, keymap.Make, "F", "final: the same on a better model, as a plan", 0, ""),
		key(keymap.ActUp, keymap.Move, "up k", "", 0, ""),
		key(keymap.ActDown, keymap.Move, "down j", "", 0, ""),
		key(keymap.ActLeft, keymap.Move, "left h", "fold, or go to the parent", 0, ""),
		key(keymap.ActRight, keymap.Move, "right l", "unfold, or go to the first branch", 0, ""),
		key(actTop, keymap.Move, "g home", "go to the oldest", 0, ""),
		key(actBottom, keymap.Move, "G end", "go to the last row", 0, ""),
		key(keymap.ActPageUp, keymap.Move, "pgup", "", 0, ""),
		key(keymap.ActPageDown, keymap.Move, "pgdown", "", 0, ""),
		key(keymap.ActHelp, keymap.Move, "?", "", 7, "help"),
		key(keymap.ActBack, keymap.Move, "esc q", "go back", 8, "back"),
	}
}
