package sheet

import "tintype/ui/keymap"

// The sheet's own actions.
const (
	actBuy           keymap.Action = "buy-plan"
	actStop          keymap.Action = "stop-plan"
	actHow           keymap.Action = "plan-cells"
	actTurn          keymap.Action = "turn-plan"
	actNextSlice     keymap.Action = "next-slice"
	actPreviousSlice keymap.Action = "previous-slice"
)

// Commands declares the sheet's own actions.
func (s *Screen) Commands() []keymap.Command {
	on := func(names, help string) []keymap.Binding {
		return []keymap.Binding{{Where: Place, Keys: names, Help: help}}
	}
	hint := func(rank int, word string) []keymap.Hint {
		return []keymap.Hint{{Where: Place, Rank: rank, Word: word}}
	}
	return []keymap.Command{
		{Name: actBuy, Group: keymap.Make, Words: "purchase pay develop start", Keys: on("y", "buy the plan's new cells"), Hints: hint(1, "buy")},
		{Name: keymap.ActMark, Group: keymap.Decide, Words: "skip exclude", Keys: on("space", "leave out the cell, or the row or column of the label"), Hints: hint(2, "leave out")},
		{Name: actHow, Group: keymap.Make, Words: "pairs random number", Keys: on("h", "how many of the cells are made"), Hints: hint(3, "how many")},
		{Name: actTurn, Group: keymap.Look, Words: "axes swap transpose", Keys: on("tab", "turn the table: other axes, or the other way round"), Hints: hint(4, "turn")},
		{Name: actPreviousSlice, Group: keymap.Look, Keys: on("[", "the previous value of the axes that are not in sight")},
		{
			Name: actNextSlice, Group: keymap.Look, Keys: on("]", "the next value of them"),
			Hints: []keymap.Hint{{Where: Place, Rank: 5, Word: "slice", With: []keymap.Action{actPreviousSlice}}},
		},
		{Name: actStop, Group: keymap.Stop, Words: "cancel abort", Keys: on("X", "send nothing more of the plan"), Hints: hint(6, "stop")},
		{Name: keymap.ActDetails, Group: keymap.Look, Keys: on("i", "the plan as a list, or as a table"), Hints: hint(7, "list")},
		{Name: keymap.ActUse, Group: keymap.Make, Keys: on("r", "reuse the cell's prompt and settings; on a label the plan's")},
		{Name: keymap.ActOpen, Group: keymap.Look, Keys: on("enter", "open the picture")},
		{Name: keymap.ActStar, Group: keymap.Decide, Keys: on("*", "star the picture")},
		{Name: keymap.ActLarger, Group: keymap.Look, Keys: on("+ =", "larger thumbnails")},
		{Name: keymap.ActSmaller, Group: keymap.Look, Keys: on("-", "smaller thumbnails")},
		{Name: keymap.ActUp, Group: keymap.Move, Keys: on("up k", "up; before the first cell is its label")},
		{Name: keymap.ActDown, Group: keymap.Move, Keys: on("down j", "down")},
		{Name: keymap.ActLeft, Group: keymap.Move, Keys: on("left", "left")},
		{Name: keymap.ActRight, Group: keymap.Move, Keys: on("right l", "right")},
		{Name: keymap.ActPageUp, Group: keymap.Move, Keys: on("pgup ctrl+u", "a page up")},
		{Name: keymap.ActPageDown, Group: keymap.Move, Keys: on("pgdown ctrl+d", "a page down")},
	}
}

// Names returns the names of the actions that are the sheet's alone.
func Names() []keymap.Action {
	return []keymap.Action{actBuy, actStop, actHow, actTurn, actNextSlice, actPreviousSlice}
}
