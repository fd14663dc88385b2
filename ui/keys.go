package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// action names what a key does. Settings bind keys by these names.
type action string

// place is where a key is pressed; a binding may hold in several.
type place uint8

// The places, from the widest to the narrowest.
const (
	everywhere place = 1 << iota
	inPrompt
	inSettings
	inList
	inFull // one picture on the whole screen
	inGallery
	inCompare // two to four side by side
)

// onRows is where predictions are gone through and letters are verbs, onAny wherever letters are verbs.
const (
	onRows = inList | inFull | inGallery
	onAny  = onRows | inCompare
)

// The actions, each bound in bindings and carried out in actions.go.
const (
	actLeave, actSuspend, actRedraw           action = "leave", "suspend", "redraw"
	actNext, actPrevious, actBack             action = "next-part", "previous-part", "back"
	actFind, actHelp, actMenu                 action = "find", "help", "menu"
	actDevelop, actBreakLine                  action = "develop", "break-line"
	actSearchPrompts, actLookNewer            action = "search-prompts", "look-newer"
	actLookOlder, actUndoText                 action = "look-older", "undo-text"
	actUp, actDown, actTop, actBottom         action = "up", "down", "top", "bottom"
	actPageUp, actPageDown                    action = "page-up", "page-down"
	actHalfUp, actHalfDown                    action = "half-page-up", "half-page-down"
	actLeft, actRight                         action = "left", "right"
	actOpen, actMark, actMarkUp, actMarkDown  action = "open", "mark", "mark-up", "mark-down"
	actCancel, actCancelAll, actCancelAtOnce  action = "cancel", "cancel-all", "cancel-at-once"
	actUse, actTake, actTakeSeed, actUseEdit  action = "use", "take-one", "take-seed", "edit"
	actStar, actNextNew, actCopy              action = "star", "next-new", "copy"
	actView, actFolder, actFacts              action = "viewer", "folder", "facts"
	actFollow, actTakeBack                    action = "follow", "take-back"
	actViewAll, actViewLive                   action = "view-all", "view-live"
	actViewStarred, actViewNew                action = "view-starred", "view-new"
	actEditPrompt, actSetModel, actSetShape   action = "edit-prompt", "set-model", "set-shape"
	actSetFormat, actSetQuality, actSetOutput action = "set-format", "set-quality", "set-outputs"
	actSetSeed, actSetImage, actDemo          action = "set-seed", "set-image", "demo"
	actCopyPrompt, actCopyID, actCopyURL      action = "copy-prompt", "copy-id", "copy-url"
	actCopyFile, actCopyCurl, actCopyJSON     action = "copy-file", "copy-curl", "copy-json"
	actCopySeed, actGallery, actFlick         action = "copy-seed", "gallery", "flick"
	actCompare, actNextCompared               action = "compare", "next-compared"
	actLarger, actSmaller, actUseAsImage      action = "larger", "smaller", "use-as-image"
	actPanLeft, actPanRight                   action = "pan-left", "pan-right"
	actPanUp, actPanDown                      action = "pan-up", "pan-down"
	actRowUp, actRowDown, actChoices          action = "row-up", "row-down", "choices"
	actValueBefore, actValueNext, actDefault  action = "value-before", "value-next", "default"
)

// binding is one row of the keys: where, which, and the words for the bottom row and the help.
type binding struct {
	act   action // "": the part takes the keys by itself, and the line is for the help alone
	where place
	keys  []string // Bubble Tea's names; the first is the one shown
	help  string   // the line in the help; "" keeps it out of there
}

// bindings is every key there is. The help, the hints and the menus are made from it.
var bindings = []binding{
	{actDevelop, inPrompt, []string{"enter"}, "develop this prompt; text and focus stay"},
	{actBreakLine, inPrompt, []string{"ctrl+j", "alt+enter", "shift+enter"}, "break the line"},
	{actSearchPrompts, inPrompt, []string{"ctrl+r"}, "search earlier prompts: enter takes, tab takes to edit"},
	{actLookNewer, inPrompt, []string{"pgup"}, "look at the next newer prediction without leaving"},
	{actLookOlder, inPrompt, []string{"pgdown"}, "look at the next older prediction without leaving"},
	{actUndoText, inPrompt, []string{"ctrl+_", "ctrl+/", "ctrl+shift+-", "ctrl+-"}, "undo, also a replaced draft"},
	{"", inPrompt, []string{"up", "down", "ctrl+p", "ctrl+n"}, "in the text; at its edge earlier and later prompts"},
	{"", inPrompt, []string{"ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+y"}, "readline's keys, alt+b f d and more"},

	{actChoices, inSettings, []string{"enter", "space"}, "the choices of the row, filtered as one types"},
	{actRowUp, inSettings, []string{"up"}, "the row above"},
	{actRowDown, inSettings, []string{"down"}, "the row below"},
	{actValueBefore, inSettings, []string{"left"}, "the value before"},
	{actValueNext, inSettings, []string{"right"}, "the next value"},
	{actDefault, inSettings, []string{"backspace", "delete"}, "back to the default"},
	{"", inSettings, []string{"0…9"}, "a number, where one is wanted"},

	{actOpen, inList | inGallery | inCompare, []string{"enter"}, "open: the picture, the log, or what is to be decided"},
	{actUse, onAny, []string{"r"}, "load it back into the form"},
	{actTakeSeed, onAny, []string{"s"}, "take its seed"},
	{actTake, onAny, []string{"t"}, "take one of its values"},
	{actCopy, onAny, []string{"y"}, "copy …; yy the prompt"},
	{actCancel, onAny, []string{"x"}, "x x cancels it"},
	{actCancelAll, onAny, []string{"X"}, "cancel all that run; asks"},
	{actMark, onRows, []string{"space"}, "mark, and one down"},
	{actMark, inCompare, []string{"space"}, "take it out of the comparison"},
	{actMarkUp, inList, []string{"shift+up"}, "mark, and one up"},
	{actMarkDown, inList, []string{"shift+down"}, "mark, and one down"},
	{actStar, onAny, []string{"*"}, "star"},
	{actNextNew, onRows, []string{"n"}, "the next finished and unseen"},
	{actUseEdit, onAny, []string{"e"}, "use it, then edit the prompt in $EDITOR"},
	{actView, onAny, []string{"o"}, "open the picture in the system's viewer"},
	{actFolder, onAny, []string{"O"}, "open its folder"},
	{actFacts, onAny, []string{"i"}, "facts: below, the log, off"},
	{actUseAsImage, onRows, []string{"I"}, "take its picture as the input image"},
	{actFollow, onRows, []string{"f"}, "follow again"},
	{actTakeBack, onAny, []string{"u"}, "take back: a star, marks, a use, a stop of what was not sent"},
	{actFind, onRows, []string{"/"}, "filter"},
	{actViewAll, inList | inGallery, []string{"1"}, "all predictions"},
	{actViewLive, inList | inGallery, []string{"2"}, "what is under way"},
	{actViewStarred, inList | inGallery, []string{"3"}, "what is starred"},
	{actViewNew, inList | inGallery, []string{"4"}, "what is new"},
	{actUp, onRows, []string{"up", "k"}, "up"},
	{actDown, onRows, []string{"down", "j"}, "down"},
	{actLeft, onAny, []string{"left", "h"}, "the picture before"},
	{actRight, onAny, []string{"right", "l"}, "the next picture"},
	{actTop, onRows, []string{"g", "home"}, "the newest"},
	{actBottom, onRows, []string{"G", "end"}, "the oldest"},
	{actPageUp, onRows, []string{"pgup"}, "a page up"},
	{actPageDown, onRows, []string{"pgdown"}, "a page down"},
	{actHalfUp, onRows, []string{"ctrl+u"}, "half a page up"},
	{actHalfDown, onRows, []string{"ctrl+d"}, "half a page down"},
	{actBack, inFull | inGallery | inCompare, []string{"esc", "q"}, "back"},
	{actBack, inFull, []string{"enter"}, ""},
	{actCompare, onRows, []string{"c"}, "compare the marked, or this with the one seen last"},
	{actNextCompared, inCompare, []string{"tab"}, "the next one; on a narrow screen in the same cells"},
	{actFlick, inList | inFull, []string{"b"}, "the one seen last in the same cells; b again: back"},
	{actLarger, inGallery, []string{"+", "="}, "larger thumbnails"},
	{actSmaller, inGallery, []string{"-"}, "smaller thumbnails"},
	{actLarger, inFull, []string{"+", "="}, "larger than fits: 100 %, and on to 400 %"},
	{actSmaller, inFull, []string{"-"}, "smaller, back to the whole picture"},
	{actPanLeft, inFull, []string{"shift+left", "H"}, "look further left in a picture larger than the screen"},
	{actPanRight, inFull, []string{"shift+right", "L"}, "further right"},
	{actPanUp, inFull, []string{"shift+up", "K"}, "further up"},
	{actPanDown, inFull, []string{"shift+down", "J"}, "further down"},
	{actHelp, onAny, []string{"?"}, ""},

	{actBack, everywhere, []string{"esc"}, "one layer up; at home prompt ⇄ list"},
	{actNext, everywhere, []string{"tab"}, "next part"},
	{actPrevious, everywhere, []string{"shift+tab"}, "previous part"},
	{actGallery, everywhere, []string{"ctrl+g"}, "the gallery, and back"},
	{actFind, everywhere, []string{"ctrl+f"}, "find"},
	{actMenu, everywhere, []string{"ctrl+x"}, "menu: everything else, from anywhere"},
	{actHelp, everywhere, []string{"f1", "alt+?"}, "this help"},
	{actRedraw, everywhere, []string{"ctrl+l"}, "draw anew"},
	{actSuspend, everywhere, []string{"ctrl+z"}, "suspend"},
	{actLeave, everywhere, []string{"ctrl+c"}, "leave; asks once with jobs under way"},
}

// menuRow is one entry of a menu in the bottom row.
type menuRow struct {
	keys []string // the first is shown
	word string
	act  action
	help string
}

// more is the ctrl+x menu.
var more = []menuRow{
	{[]string{"x"}, "cancel", actCancelAtOnce, "cancel the selected at once"},
	{[]string{"X"}, "all", actCancelAll, "cancel all that run; asks"},
	{[]string{"e", "ctrl+e"}, "editor", actEditPrompt, "the prompt in $EDITOR"},
	{[]string{"m"}, "model", actSetModel, "choose the model"},
	{[]string{"a"}, "shape", actSetShape, "choose the shape"},
	{[]string{"f"}, "format", actSetFormat, "choose the format"},
	{[]string{"q"}, "quality", actSetQuality, "choose the quality"},
	{[]string{"n"}, "outputs", actSetOutput, "choose how many"},
	{[]string{"s"}, "seed", actSetSeed, "choose the seed"},
	{[]string{"i"}, "image", actSetImage, "choose the input image"},
	{[]string{"g"}, "gallery", actGallery, "all pictures as thumbnails, and back"},
	{[]string{"/"}, "find", actFind, "filter the predictions"},
	{[]string{"b"}, "flick", actFlick, "the one seen last in the same cells"},
	{[]string{"u"}, "undo", actTakeBack, "take back"},
	{[]string{"?"}, "help", actHelp, "all keys"},
	{[]string{"d"}, "demo", actDemo, "start the demo"},
}

// copies is the menu of what can be copied.
var copies = []menuRow{
	{[]string{"p", "y"}, "prompt", actCopyPrompt, "copy the prompt"},
	{[]string{"i"}, "id", actCopyID, "copy the provider's id"},
	{[]string{"u"}, "URL", actCopyURL, "copy the output's URL"},
	{[]string{"f"}, "file", actCopyFile, "copy the picture's path"},
	{[]string{"c"}, "curl", actCopyCurl, "copy the request as curl, the key left as a variable"},
	{[]string{"j"}, "JSON", actCopyJSON, "copy the prediction as JSON"},
	{[]string{"s"}, "seed", actCopySeed, "copy the seed"},
}

// keymap finds the action of a key at a place.
type keymap struct {
	rows []binding
}

// newKeymap makes the keymap, with the keys that the settings bind to actions by name.
func newKeymap(bound map[string][]string) keymap {
	rows := slices.Clone(bindings)
	for i, b := range rows {
		if keys := bound[string(b.act)]; len(keys) > 0 {
			rows[i].keys = keys
		}
	}
	return keymap{rows}
}

// unknownActions says which names the settings bind keys to that no action has; "" when all are known.
func unknownActions(bound map[string][]string) string {
	var unknown []string
	for name := range bound {
		if !slices.ContainsFunc(bindings, func(b binding) bool { return string(b.act) == name }) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return ""
	}
	slices.Sort(unknown)
	return "The settings bind keys to what does not exist: " + clean(strings.Join(unknown, ", ")) + "."
}

// find is the action of key at where; "" when the key means nothing there.
func (k keymap) find(key string, where place) action {
	for _, b := range k.rows {
		if b.where&where != 0 && slices.Contains(b.keys, key) {
			return b.act
		}
	}
	return ""
}

// meant is the action of a key that types no text; no letter has one everywhere.
func (k keymap) meant(key tea.KeyPressMsg, where place) action {
	if key.Text != "" {
		return ""
	}
	return k.find(key.String(), where)
}

// at lists the bindings of one place that have words for the help.
func (k keymap) at(where place) []binding {
	var found []binding
	for _, b := range k.rows {
		if b.where&where != 0 && b.help != "" {
			found = append(found, b)
		}
	}
	return found
}

// name is how an action's keys are written for people: the first, and as many more as w columns hold ("ctrl+j, alt+enter").
func (b binding) name(w int) string {
	said := keyName(b.keys[0])
	for _, key := range b.keys[1:] {
		more := said + ", " + keyName(key)
		if width(more) > w {
			break
		}
		said = more
	}
	return said
}

// keyName is how one key is written for people.
func keyName(key string) string {
	switch key {
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	case "pgdown":
		return "pgdn"
	case "f1":
		return "F1"
	default:
		return key
	}
}

// first is the first key of an action at a place, or everywhere.
func (k keymap) first(act action, where place) string {
	for _, b := range k.rows {
		if b.act == act && b.where&(where|everywhere) != 0 {
			return b.keys[0]
		}
	}
	return ""
}
