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
	key, rankingKey := Place.Command, RankingPlace.Command
	blind := func(now keymap.State) bool { return !now.Duel.Revealed }
	duel := []keymap.Command{
		key(keymap.ActLeft, keymap.Decide, "left h", "the left one is better", 2, "better", keymap.ActRight).HintWhen(blind),
		key(keymap.ActRight, keymap.Decide, "right l", "the right one is better", 0, ""),
		key(keymap.ActUp, keymap.Decide, "up k", "both are equally good", 3, "equal").HintWhen(blind),
		key(keymap.ActDown, keymap.Decide, "down j", "both are bad", 4, "both bad").HintWhen(blind),
		key(actSkip, keymap.Decide, "space", "skip this pair", 5, "skip"),
		key(actFlick, keymap.Look, "b tab", "flick between both in the same cells", 6, "flick").HintWhen(func(now keymap.State) bool { return !now.Duel.Unseen }).
			OrHint(1, "other one", func(now keymap.State) bool { return now.Duel.Unseen }),
		key(keymap.ActUndo, keymap.Stop, "u", "undo the last duel", 7, "undo").HintWhen(func(now keymap.State) bool { return now.Duel.CanUndo }),
		key(actShow, keymap.Look, "i", "reveal this pair, which is not judged then", 8, "reveal").HintWhen(blind),
		key(keymap.ActLarger, keymap.Look, "+ =", "enlarge both", 9, "zoom", keymap.ActSmaller),
		key(keymap.ActSmaller, keymap.Look, "-", "make both smaller", 0, ""),
		key(keymap.ActPanLeft, keymap.Move, "shift+left H", "pan both to the left", 0, ""),
		key(keymap.ActPanRight, keymap.Move, "shift+right L", "pan both to the right", 0, ""),
		key(keymap.ActPanUp, keymap.Move, "shift+up K", "pan both up", 0, ""),
		key(keymap.ActPanDown, keymap.Move, "shift+down J", "pan both down", 0, ""),
		key(keymap.ActHelp, keymap.Move, "?", "", 10, "help"),
		key(keymap.ActBack, keymap.Move, "esc q", "show the ranking", 11, "ranking").HintWhen(func(now keymap.State) bool { return !now.Duel.Flicks }).
			OrHint(12, "both", func(now keymap.State) bool { return now.Duel.Flicks }),
	}
	ranking := []keymap.Command{
		rankingKey(keymap.ActDuel, keymap.Decide, "v", "go on with the duels", 1, "go on"),
		rankingKey(keymap.ActOpen, keymap.Look, "enter", "open the picture", 2, "open"),
		rankingKey(keymap.ActStar, keymap.Decide, "*", "star it, or remove the star", 3, "star"),
		rankingKey(keymap.ActUp, keymap.Move, "up k", "", 0, ""),
		rankingKey(keymap.ActDown, keymap.Move, "down j", "", 0, ""),
		rankingKey(keymap.ActPageUp, keymap.Move, "pgup", "", 0, ""),
		rankingKey(keymap.ActPageDown, keymap.Move, "pgdown", "", 0, ""),
		rankingKey(keymap.ActHelp, keymap.Move, "?", "", 4, "help"),
		rankingKey(keymap.ActBack, keymap.Move, "esc q", "go back", 5, "back"),
	}
	return append(duel, ranking...)
}
