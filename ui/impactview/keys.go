package impactview

import "tintype/ui/keymap"

// Place is where the keys of the screen are pressed.
var Place = keymap.NewPlace("impact")

const (
	actFlick  keymap.Action = "flick"
	actByWord keymap.Action = "impact-by"
)

// Commands declares the keys of the screen.
func (s *Screen) Commands() []keymap.Command {
	key := Place.Command
	return []keymap.Command{
		key(keymap.ActOpen, keymap.Look, "enter", "flick: the picture with and without it", 1, "with, without"),
		key(keymap.ActLeft, keymap.Move, "left", "", 2, "seed", keymap.ActRight),
		key(keymap.ActRight, keymap.Move, "right l", "show the pictures of another seed", 0, ""),
		key(keymap.ActDuel, keymap.Decide, "v", "duel: with or without it, which is better?", 3, "duel"),
		key(actByWord, keymap.Make, "w", "measure by words, or by phrases: shows the plan", 4, "words or phrases"),
		key(keymap.ActStar, keymap.Decide, "*", "star it, or remove the star", 0, ""),
		key(keymap.ActUse, keymap.Make, "r", "reuse prompt and settings", 5, "reuse"),
		key(actFlick, keymap.Look, "b", "", 0, ""),
		key(keymap.ActUp, keymap.Move, "up k", "", 0, ""),
		key(keymap.ActDown, keymap.Move, "down j", "", 0, ""),
		key(keymap.ActPageUp, keymap.Move, "pgup", "", 0, ""),
		key(keymap.ActPageDown, keymap.Move, "pgdown", "", 0, ""),
		key(keymap.ActHelp, keymap.Move, "?", "", 7, "help"),
		key(keymap.ActBack, keymap.Move, "esc q", "go back", 6, "back"),
	}
}
