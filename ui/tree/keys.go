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
	key := func(name keymap.Action, group keymap.Group, keys, help string) keymap.Command {
		return keymap.Command{Name: name, Group: group, Keys: []keymap.Binding{{Where: Place, Keys: keys, Help: help}}}
	}
	hint := func(rank int, word string, can func(keymap.TreeState) bool, c keymap.Command) keymap.Command {
		c.Hints = []keymap.Hint{{Where: Place, Rank: rank, Word: word, When: func(now keymap.State) bool { return can(now.Tree) }}}
		return c
	}
	here := func(t keymap.TreeState) bool { return t.Here }
	parent := func(t keymap.TreeState) bool { return t.Parent }
	always := func(keymap.TreeState) bool { return true }
	return []keymap.Command{
		hint(1, "open", here, key(keymap.ActOpen, keymap.Look, "enter", "open the picture or the log")),
		hint(2, "reuse", here, key(keymap.ActUse, keymap.Make, "r", "reuse prompt and settings")),
		hint(3, "unfold", func(t keymap.TreeState) bool { return t.Unfolds }, key(actUnfold, keymap.Look, "+ =", "show the folded branches")),
		hint(4, "fold", func(t keymap.TreeState) bool { return t.Folds }, key(actFold, keymap.Look, "-", "fold the branches, or those beside it")),
		hint(5, "compare", parent, key(keymap.ActCompare, keymap.Look, "c", "compare with its parent")),
		hint(6, "flick", parent, key(actFlick, keymap.Look, "b", "flick between it and its parent")),
		key(keymap.ActStar, keymap.Decide, "*", "star it, or remove the star"),
		key(keymap.ActFinal, keymap.Make, "F", "final: the same on a better model, as a plan"),
		key(keymap.ActUp, keymap.Move, "up k", ""),
		key(keymap.ActDown, keymap.Move, "down j", ""),
		key(keymap.ActLeft, keymap.Move, "left h", "fold, or go to the parent"),
		key(keymap.ActRight, keymap.Move, "right l", "unfold, or go to the first branch"),
		key(actTop, keymap.Move, "g home", "go to the oldest"),
		key(actBottom, keymap.Move, "G end", "go to the last row"),
		key(keymap.ActPageUp, keymap.Move, "pgup", ""),
		key(keymap.ActPageDown, keymap.Move, "pgdown", ""),
		hint(7, "help", always, key(keymap.ActHelp, keymap.Move, "?", "")),
		hint(8, "back", always, key(keymap.ActBack, keymap.Move, "esc q", "go back")),
	}
}
