package duel

import "tintype/ui/keymap"

// Place is where the keys of a duel are pressed, and RankingPlace where those of the ranking are.
var (
	Place        = keymap.NewPlace("duel")
	RankingPlace = keymap.NewPlace("ranking")
)

const (
	actFlick keymap.Action = "flick"
	actSkip                = keymap.ActMark
	actShow                = keymap.ActDetails
)

// Commands declares the keys of a duel and of the ranking.
func (*Screen) Commands() []keymap.Command {
	key := keymap.NewCommand
	when := func(can func(keymap.DuelState) bool, c keymap.Command) keymap.Command {
		c.Hints[0].When = func(now keymap.State) bool { return can(now.Duel) }
		return c
	}
	blind := func(d keymap.DuelState) bool { return !d.Revealed }
	flick := when(func(d keymap.DuelState) bool { return !d.Unseen }, key(actFlick, Place, keymap.Look, "b tab", "flick between both in the same cells", 6, "flick"))
	flick.Hints = append(flick.Hints, keymap.Hint{Where: Place, Rank: 1, Word: "other one", When: func(now keymap.State) bool { return now.Duel.Unseen }})
	back := when(func(d keymap.DuelState) bool { return !d.Flicks }, key(keymap.ActBack, Place, keymap.Move, "esc q", "show the ranking", 11, "ranking"))
	back.Hints = append(back.Hints, keymap.Hint{Where: Place, Rank: 12, Word: "both", When: func(now keymap.State) bool { return now.Duel.Flicks }})
	duel := []keymap.Command{
		when(blind, key(keymap.ActLeft, Place, keymap.Decide, "left h", "the left one is better", 2, "better", keymap.ActRight)),
		key(keymap.ActRight, Place, keymap.Decide, "right l", "the right one is better", 0, ""),
		when(blind, key(keymap.ActUp, Place, keymap.Decide, "up k", "both are equally good", 3, "equal")),
		when(blind, key(keymap.ActDown, Place, keymap.Decide, "down j", "both are bad", 4, "both bad")),
		key(actSkip, Place, keymap.Decide, "space", "skip this pair", 5, "skip"),
		flick,
		when(func(d keymap.DuelState) bool { return d.CanUndo }, key(keymap.ActUndo, Place, keymap.Stop, "u", "undo the last duel", 7, "undo")),
		when(blind, key(actShow, Place, keymap.Look, "i", "reveal this pair, which is not judged then", 8, "reveal")),
		key(keymap.ActLarger, Place, keymap.Look, "+ =", "enlarge both", 9, "zoom", keymap.ActSmaller),
		key(keymap.ActSmaller, Place, keymap.Look, "-", "make both smaller", 0, ""),
		key("pan-left", Place, keymap.Move, "shift+left H", "pan both to the left", 0, ""),
		key("pan-right", Place, keymap.Move, "shift+right L", "pan both to the right", 0, ""),
		key("pan-up", Place, keymap.Move, "shift+up K", "pan both up", 0, ""),
		key("pan-down", Place, keymap.Move, "shift+down J", "pan both down", 0, ""),
		key(keymap.ActHelp, Place, keymap.Move, "?", "", 10, "help"),
		back,
	}
	ranking := []keymap.Command{
		key(keymap.ActDuel, RankingPlace, keymap.Decide, "v", "go on with the duels", 1, "go on"),
		key(keymap.ActOpen, RankingPlace, keymap.Look, "enter", "open the picture", 2, "open"),
		key(keymap.ActStar, RankingPlace, keymap.Decide, "*", "star it, or remove the star", 3, "star"),
		key(keymap.ActUp, RankingPlace, keymap.Move, "up k", "", 0, ""),
		key(keymap.ActDown, RankingPlace, keymap.Move, "down j", "", 0, ""),
		key(keymap.ActPageUp, RankingPlace, keymap.Move, "pgup", "", 0, ""),
		key(keymap.ActPageDown, RankingPlace, keymap.Move, "pgdown", "", 0, ""),
		key(keymap.ActHelp, RankingPlace, keymap.Move, "?", "", 4, "help"),
		key(keymap.ActBack, RankingPlace, keymap.Move, "esc q", "go back", 5, "back"),
	}
	return append(duel, ranking...)
}
