package keymap

import (
	"strconv"
	"strings"
)

// Action names what a key does. Settings bind keys by these names.
type Action string

// The actions that code refers to. The others are only in the program's table.
const (
	ActBack         Action = "back"
	ActCancel       Action = "cancel"
	ActCancelAtOnce Action = "cancel-at-once"
	ActCompare      Action = "compare"
	ActCopy         Action = "copy"
	ActCopyCurl     Action = "copy-curl"
	ActCopyFile     Action = "copy-file"
	ActCopyID       Action = "copy-id"
	ActCopyJSON     Action = "copy-json"
	ActCopyPrompt   Action = "copy-prompt"
	ActCopySeed     Action = "copy-seed"
	ActCopyURL      Action = "copy-url"
	ActDemo         Action = "demo"
	ActDetails      Action = "details"
	ActDuel         Action = "duel"
	ActEnterKey     Action = "enter-key"
	ActDevelop      Action = "develop"
	ActDown         Action = "down"
	ActFinal        Action = "final"
	ActFind         Action = "filter"
	ActFollow       Action = "follow"
	ActGallery      Action = "gallery"
	ActHalfDown     Action = "half-page-down"
	ActHalfUp       Action = "half-page-up"
	ActHelp         Action = "help"
	ActLarger       Action = "larger"
	ActLeave        Action = "quit"
	ActLeft         Action = "left"
	ActMark         Action = "mark"
	ActMarkDown     Action = "mark-down"
	ActMarkUp       Action = "mark-up"
	ActMenu         Action = "menu"
	ActNext         Action = "next-part"
	ActNextCompared Action = "next-compared"
	ActOpen         Action = "open"
	ActPageDown     Action = "page-down"
	ActPageUp       Action = "page-up"
	ActPanDown      Action = "pan-down"
	ActPanLeft      Action = "pan-left"
	ActPanRight     Action = "pan-right"
	ActPanUp        Action = "pan-up"
	ActPrevious     Action = "previous-part"
	ActRedraw       Action = "redraw"
	ActRight        Action = "right"
	ActSavePreset   Action = "save-preset"
	ActSetSeed      Action = "set-seed"
	ActSmaller      Action = "smaller"
	ActStar         Action = "star"
	ActSuspend      Action = "suspend"
	ActTree         Action = "tree"
	ActImpact       Action = "impact"
	ActUndo         Action = "undo"
	ActUp           Action = "up"
	ActUse          Action = "reuse"
)

// picturePrefix is before the number in the names of the actions that go to one of several pictures.
const picturePrefix = "picture-"

// MaxPictureNumber is the highest number of a picture that has a key.
const MaxPictureNumber = 9

// ActPicture returns the action that goes to a picture, from 1 to MaxPictureNumber.
func ActPicture(n int) Action { return Action(picturePrefix + strconv.Itoa(n)) }

// PictureNumber returns the picture that an action goes to, from 1; ok is false for other actions.
func (a Action) PictureNumber() (n int, ok bool) {
	number, ok := strings.CutPrefix(string(a), picturePrefix)
	n, err := strconv.Atoi(number)
	return n, ok && err == nil
}
