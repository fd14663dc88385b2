package sheet

import "tintype/ui/keymap"

// Place is where the keys of a sheet are pressed.
var Place = keymap.NewPlace("plan")

const (
	actBuy           keymap.Action = "buy-plan"
	actAgain         keymap.Action = "buy-again"
	actStop          keymap.Action = "stop-plan"
	actHow           keymap.Action = "plan-cells"
	actLeaveOut                    = keymap.ActMark
	actTurn          keymap.Action = "turn-plan"
	actAsList                      = keymap.ActDetails
	actPreviousSlice keymap.Action = "previous-slice"
	actNextSlice     keymap.Action = "next-slice"
	actFlick         keymap.Action = "flick"
	actBack          keymap.Action = "back"
)

// Commands declares the keys of the sheet.
func (s *Screen) Commands() []keymap.Command {
	key := Place.Command
	return []keymap.Command{
		key(actBuy, keymap.Make, "y", "buy what is new in the plan", 1, "buy").HintWhen(func(now keymap.State) bool { return now.Plan.Buys }),
		key(keymap.ActOpen, keymap.Look, "enter", "open the picture or the log", 9, "open").HintWhen(func(now keymap.State) bool { return now.Plan.Pictures }),
		key(keymap.ActDuel, keymap.Decide, "v", "duels: which of its pictures is better", 10, "duel").HintWhen(func(now keymap.State) bool { return now.Plan.Pictures }),
		key(actStop, keymap.Stop, "X", "stop: send nothing more of the plan", 2, "stop").HintWhen(func(now keymap.State) bool { return now.Plan.Sends }),
		key(actLeaveOut, keymap.Decide, "space", "leave out the cell, or a label's line", 3, "leave out").HintWhen(func(now keymap.State) bool { return !now.Plan.Buying }),
		key(actHow, keymap.Make, "h", "choose how many of the cells are made", 4, "how many").HintWhen(func(now keymap.State) bool { return !now.Plan.Buying }),
		key(actPreviousSlice, keymap.Move, "[", "go to the previous slice", 5, "slice", actNextSlice).HintWhen(func(now keymap.State) bool { return now.Plan.Slices }),
		key(actNextSlice, keymap.Move, "]", "go to the next slice", 0, ""),
		key(actTurn, keymap.Look, "tab", "turn the axes", 6, "turn").HintWhen(func(now keymap.State) bool { return now.Plan.Turns }),
		key(actFlick, keymap.Look, "b", "flick along the row in the same cells", 7, "flick along").HintWhen(func(now keymap.State) bool { return now.Plan.Pictures }),
		key(actAsList, keymap.Look, "i", "show it as a list, or as a table", 8, "list").HintWhen(func(now keymap.State) bool { return now.Plan.Table }).
			OrHint(13, "table", func(now keymap.State) bool { return now.Plan.List }),
		key(actAgain, keymap.Make, "a", "buy again, with what is had", 0, ""),
		key(keymap.ActUse, keymap.Make, "r", "reuse it; on a label the template", 11, "reuse"),
		key(keymap.ActFinal, keymap.Make, "F", "final: it, or the starred ones, on a better model", 0, ""),
		key(keymap.ActStar, keymap.Decide, "*", "star it, or remove the star", 0, ""),
		key(keymap.ActLarger, keymap.Look, "+ =", "make the cells larger", 0, ""),
		key(keymap.ActSmaller, keymap.Look, "-", "make the cells smaller", 0, ""),
		key(keymap.ActUp, keymap.Move, "up k", "", 0, ""),
		key(keymap.ActDown, keymap.Move, "down j", "", 0, ""),
		key(keymap.ActLeft, keymap.Move, "left", "", 0, ""),
		key(keymap.ActRight, keymap.Move, "right l", "", 0, ""),
		key(keymap.ActPageUp, keymap.Move, "pgup", "", 0, ""),
		key(keymap.ActPageDown, keymap.Move, "pgdown", "", 0, ""),
		key(keymap.ActHelp, keymap.Move, "?", "", 0, ""),
		key(actBack, keymap.Move, "esc q", "go back; buying goes on", 12, "back"),
	}
}
