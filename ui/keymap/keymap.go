package keymap

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/format"
)

// Action names what a key does. Settings bind keys by these names.
type Action string

// Place is where a key is pressed; a binding may hold in several.
type Place uint8

// The places, from the widest to the narrowest.
const (
	Everywhere Place = 1 << iota
	InPrompt
	InSettings
	InList
	InFull // one picture on the whole screen
	InGallery
	InCompare // two to four side by side
)

// OnRows is where predictions are gone through and letters are verbs, OnAny wherever letters are verbs.
const (
	OnRows = InList | InFull | InGallery
	OnAny  = OnRows | InCompare
)

// The actions, each bound in bindings and carried out in actions.go.
const (
	ActLeave, ActSuspend, ActRedraw           Action = "leave", "suspend", "redraw"
	ActNext, ActPrevious, ActBack             Action = "next-part", "previous-part", "back"
	ActFind, ActHelp, ActMenu                 Action = "find", "help", "menu"
	ActDevelop, ActBreakLine                  Action = "develop", "break-line"
	ActSearchPrompts, ActLookNewer            Action = "search-prompts", "look-newer"
	ActLookOlder, ActUndoText                 Action = "look-older", "undo-text"
	ActUp, ActDown, ActTop, ActBottom         Action = "up", "down", "top", "bottom"
	ActPageUp, ActPageDown                    Action = "page-up", "page-down"
	ActHalfUp, ActHalfDown                    Action = "half-page-up", "half-page-down"
	ActLeft, ActRight                         Action = "left", "right"
	ActOpen, ActMark, ActMarkUp, ActMarkDown  Action = "open", "mark", "mark-up", "mark-down"
	ActCancel, ActCancelAll, ActCancelAtOnce  Action = "cancel", "cancel-all", "cancel-at-once"
	ActUse, ActTake, ActTakeSeed, ActUseEdit  Action = "use", "take-one", "take-seed", "edit"
	ActStar, ActNextNew, ActCopy              Action = "star", "next-new", "copy"
	ActView, ActFolder, ActFacts              Action = "viewer", "folder", "facts"
	ActFollow, ActTakeBack                    Action = "follow", "take-back"
	ActViewAll, ActViewLive                   Action = "view-all", "view-live"
	ActViewStarred, ActViewNew                Action = "view-starred", "view-new"
	ActEditPrompt, ActSetModel, ActSetShape   Action = "edit-prompt", "set-model", "set-shape"
	ActSetFormat, ActSetQuality, ActSetOutput Action = "set-format", "set-quality", "set-outputs"
	ActSetSeed, ActSetImage, ActDemo          Action = "set-seed", "set-image", "demo"
	ActCopyPrompt, ActCopyID, ActCopyURL      Action = "copy-prompt", "copy-id", "copy-url"
	ActCopyFile, ActCopyCurl, ActCopyJSON     Action = "copy-file", "copy-curl", "copy-json"
	ActCopySeed, ActGallery, ActFlick         Action = "copy-seed", "gallery", "flick"
	ActCompare, ActNextCompared               Action = "compare", "next-compared"
	ActLarger, ActSmaller, ActUseAsImage      Action = "larger", "smaller", "use-as-image"
	ActPanLeft, ActPanRight                   Action = "pan-left", "pan-right"
	ActPanUp, ActPanDown                      Action = "pan-up", "pan-down"
	ActRowUp, ActRowDown, ActChoices          Action = "row-up", "row-down", "choices"
	ActValueBefore, ActValueNext, ActDefault  Action = "value-before", "value-next", "default"
)

// Binding is one row of the keys: where, which, and the words for the bottom row and the help.
type Binding struct {
	Act   Action // "": the part takes the keys by itself, and the line is for the help alone
	where Place
	keys  []string // Bubble Tea's names; the first is the one shown
	Help  string   // the line in the help; "" keeps it out of there
}

// bindings is every key there is. The help, the hints and the menus are made from it.
var bindings = []Binding{
	{ActDevelop, InPrompt, []string{"enter"}, "develop this prompt; text and focus stay"},
	{ActBreakLine, InPrompt, []string{"ctrl+j", "alt+enter", "shift+enter"}, "break the line"},
	{ActSearchPrompts, InPrompt, []string{"ctrl+r"}, "search earlier prompts: enter takes, tab takes to edit"},
	{ActLookNewer, InPrompt, []string{"pgup"}, "look at the next newer prediction without leaving"},
	{ActLookOlder, InPrompt, []string{"pgdown"}, "look at the next older prediction without leaving"},
	{ActUndoText, InPrompt, []string{"ctrl+_", "ctrl+/", "ctrl+shift+-", "ctrl+-"}, "undo, also a replaced draft"},
	{"", InPrompt, []string{"up", "down", "ctrl+p", "ctrl+n"}, "in the text; at its edge earlier and later prompts"},
	{"", InPrompt, []string{"ctrl+a", "ctrl+e", "ctrl+w", "ctrl+u", "ctrl+k", "ctrl+y"}, "readline's keys, alt+b f d and more"},

	{ActChoices, InSettings, []string{"enter", "space"}, "the choices of the row, filtered as one types"},
	{ActRowUp, InSettings, []string{"up"}, "the row above"},
	{ActRowDown, InSettings, []string{"down"}, "the row below"},
	{ActValueBefore, InSettings, []string{"left"}, "the value before"},
	{ActValueNext, InSettings, []string{"right"}, "the next value"},
	{ActDefault, InSettings, []string{"backspace", "delete"}, "back to the default"},
	{"", InSettings, []string{"0…9"}, "a number, where one is wanted"},

	{ActOpen, InList | InGallery | InCompare, []string{"enter"}, "open: the picture, the log, or what is to be decided"},
	{ActUse, OnAny, []string{"r"}, "load it back into the form"},
	{ActTakeSeed, OnAny, []string{"s"}, "take its seed"},
	{ActTake, OnAny, []string{"t"}, "take one of its values"},
	{ActCopy, OnAny, []string{"y"}, "copy …; yy the prompt"},
	{ActCancel, OnAny, []string{"x"}, "x x cancels it"},
	{ActCancelAll, OnAny, []string{"X"}, "cancel all that run; asks"},
	{ActMark, OnRows, []string{"space"}, "mark, and one down"},
	{ActMark, InCompare, []string{"space"}, "take it out of the comparison"},
	{ActMarkUp, InList, []string{"shift+up"}, "mark, and one up"},
	{ActMarkDown, InList, []string{"shift+down"}, "mark, and one down"},
	{ActStar, OnAny, []string{"*"}, "star"},
	{ActNextNew, OnRows, []string{"n"}, "the next finished and unseen"},
	{ActUseEdit, OnAny, []string{"e"}, "use it, then edit the prompt in $EDITOR"},
	{ActView, OnAny, []string{"o"}, "open the picture in the system's viewer"},
	{ActFolder, OnAny, []string{"O"}, "open its folder"},
	{ActFacts, OnAny, []string{"i"}, "facts: below, the log, off"},
	{ActUseAsImage, OnRows, []string{"I"}, "take its picture as the input image"},
	{ActFollow, OnRows, []string{"f"}, "follow again"},
	{ActTakeBack, OnAny, []string{"u"}, "take back: a star, marks, a use, a stop of what was not sent"},
	{ActFind, OnRows, []string{"/"}, "filter"},
	{ActViewAll, InList | InGallery, []string{"1"}, "all predictions"},
	{ActViewLive, InList | InGallery, []string{"2"}, "what is under way"},
	{ActViewStarred, InList | InGallery, []string{"3"}, "what is starred"},
	{ActViewNew, InList | InGallery, []string{"4"}, "what is new"},
	{ActUp, OnRows, []string{"up", "k"}, "up"},
	{ActDown, OnRows, []string{"down", "j"}, "down"},
	{ActLeft, OnAny, []string{"left", "h"}, "the picture before"},
	{ActRight, OnAny, []string{"right", "l"}, "the next picture"},
	{ActTop, OnRows, []string{"g", "home"}, "the newest"},
	{ActBottom, OnRows, []string{"G", "end"}, "the oldest"},
	{ActPageUp, OnRows, []string{"pgup"}, "a page up"},
	{ActPageDown, OnRows, []string{"pgdown"}, "a page down"},
	{ActHalfUp, OnRows, []string{"ctrl+u"}, "half a page up"},
	{ActHalfDown, OnRows, []string{"ctrl+d"}, "half a page down"},
	{ActBack, InFull | InGallery | InCompare, []string{"esc", "q"}, "back"},
	{ActBack, InFull, []string{"enter"}, ""},
	{ActCompare, OnRows, []string{"c"}, "compare the marked, or this with the one seen last"},
	{ActNextCompared, InCompare, []string{"tab"}, "the next one; on a narrow screen in the same cells"},
	{ActFlick, InList | InFull, []string{"b"}, "the one seen last in the same cells; b again: back"},
	{ActLarger, InGallery, []string{"+", "="}, "larger thumbnails"},
	{ActSmaller, InGallery, []string{"-"}, "smaller thumbnails"},
	{ActLarger, InFull, []string{"+", "="}, "larger than fits: 100 %, and on to 400 %"},
	{ActSmaller, InFull, []string{"-"}, "smaller, back to the whole picture"},
	{ActPanLeft, InFull, []string{"shift+left", "H"}, "look further left in a picture larger than the screen"},
	{ActPanRight, InFull, []string{"shift+right", "L"}, "further right"},
	{ActPanUp, InFull, []string{"shift+up", "K"}, "further up"},
	{ActPanDown, InFull, []string{"shift+down", "J"}, "further down"},
	{ActHelp, OnAny, []string{"?"}, ""},

	{ActBack, Everywhere, []string{"esc"}, "one layer up; at home prompt ⇄ list"},
	{ActNext, Everywhere, []string{"tab"}, "next part"},
	{ActPrevious, Everywhere, []string{"shift+tab"}, "previous part"},
	{ActGallery, Everywhere, []string{"ctrl+g"}, "the gallery, and back"},
	{ActFind, Everywhere, []string{"ctrl+f"}, "find"},
	{ActMenu, Everywhere, []string{"ctrl+x"}, "menu: everything else, from anywhere"},
	{ActHelp, Everywhere, []string{"f1", "alt+?"}, "this help"},
	{ActRedraw, Everywhere, []string{"ctrl+l"}, "draw anew"},
	{ActSuspend, Everywhere, []string{"ctrl+z"}, "suspend"},
	{ActLeave, Everywhere, []string{"ctrl+c"}, "leave; asks once with jobs under way"},
}

// MenuRow is one entry of a menu in the bottom row.
type MenuRow struct {
	Keys []string // the first is shown
	Word string
	Act  Action
	Help string
}

// More is the ctrl+x menu.
var More = []MenuRow{
	{[]string{"x"}, "cancel", ActCancelAtOnce, "cancel the selected at once"},
	{[]string{"X"}, "all", ActCancelAll, "cancel all that run; asks"},
	{[]string{"e", "ctrl+e"}, "editor", ActEditPrompt, "the prompt in $EDITOR"},
	{[]string{"m"}, "model", ActSetModel, "choose the model"},
	{[]string{"a"}, "shape", ActSetShape, "choose the shape"},
	{[]string{"f"}, "format", ActSetFormat, "choose the format"},
	{[]string{"q"}, "quality", ActSetQuality, "choose the quality"},
	{[]string{"n"}, "outputs", ActSetOutput, "choose how many"},
	{[]string{"s"}, "seed", ActSetSeed, "choose the seed"},
	{[]string{"i"}, "image", ActSetImage, "choose the input image"},
	{[]string{"g"}, "gallery", ActGallery, "all pictures as thumbnails, and back"},
	{[]string{"/"}, "find", ActFind, "filter the predictions"},
	{[]string{"b"}, "flick", ActFlick, "the one seen last in the same cells"},
	{[]string{"u"}, "undo", ActTakeBack, "take back"},
	{[]string{"?"}, "help", ActHelp, "all keys"},
	{[]string{"d"}, "demo", ActDemo, "start the demo"},
}

// Copies is the menu of what can be copied.
var Copies = []MenuRow{
	{[]string{"p", "y"}, "prompt", ActCopyPrompt, "copy the prompt"},
	{[]string{"i"}, "id", ActCopyID, "copy the provider's id"},
	{[]string{"u"}, "URL", ActCopyURL, "copy the output's URL"},
	{[]string{"f"}, "file", ActCopyFile, "copy the picture's path"},
	{[]string{"c"}, "curl", ActCopyCurl, "copy the request as curl, the key left as a variable"},
	{[]string{"j"}, "JSON", ActCopyJSON, "copy the prediction as JSON"},
	{[]string{"s"}, "seed", ActCopySeed, "copy the seed"},
}

// Map finds the action of a key at a place.
type Map struct {
	rows []Binding
}

// New makes the keymap, with the keys that the settings bind to actions by name.
func New(bound map[string][]string) Map {
	rows := slices.Clone(bindings)
	for i, b := range rows {
		if keys := bound[string(b.Act)]; len(keys) > 0 {
			rows[i].keys = keys
		}
	}
	return Map{rows}
}

// UnknownActions says which names the settings bind keys to that no action has; "" when all are known.
func UnknownActions(bound map[string][]string) string {
	var unknown []string
	for name := range bound {
		if !slices.ContainsFunc(bindings, func(b Binding) bool { return string(b.Act) == name }) {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return ""
	}
	slices.Sort(unknown)
	return "The settings bind keys to what does not exist: " + format.Clean(strings.Join(unknown, ", ")) + "."
}

// Find is the action of key at where; "" when the key means nothing there.
func (k Map) Find(key string, where Place) Action {
	for _, b := range k.rows {
		if b.where&where != 0 && slices.Contains(b.keys, key) {
			return b.Act
		}
	}
	return ""
}

// Meant is the action of a key that types no text; no letter has one everywhere.
func (k Map) Meant(key tea.KeyPressMsg, where Place) Action {
	if key.Text != "" {
		return ""
	}
	return k.Find(key.String(), where)
}

// At lists the bindings of one place that have words for the help.
func (k Map) At(where Place) []Binding {
	var found []Binding
	for _, b := range k.rows {
		if b.where&where != 0 && b.Help != "" {
			found = append(found, b)
		}
	}
	return found
}

// Name is how an action's keys are written for people: the first, and as many more as w columns hold ("ctrl+j, alt+enter").
func (b Binding) Name(w int) string {
	said := KeyName(b.keys[0])
	for _, key := range b.keys[1:] {
		more := said + ", " + KeyName(key)
		if cell.Width(more) > w {
			break
		}
		said = more
	}
	return said
}

// KeyName is how one key is written for people.
func KeyName(key string) string {
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

// First is the first key of an action at a place, or everywhere.
func (k Map) First(act Action, where Place) string {
	for _, b := range k.rows {
		if b.Act == act && b.where&(where|Everywhere) != 0 {
			return b.keys[0]
		}
	}
	return ""
}
