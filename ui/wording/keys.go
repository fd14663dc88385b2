package wording

import (
	"strings"

	"tintype/ui/keymap"
)

// A sentence of the full screen never has the name of a key, since what a key does depends on where it is pressed. It has marks that
// name actions, and Keys replaces them by what to press when the sentence is drawn. The marks are characters for private use, which
// text.Clean removes from text that comes from outside.
const (
	markStart = '\ue000'
	markNext  = '\ue001'
	markEnd   = '\ue002'
)

// Key returns a mark for what to press to run an action from where the keys go. With several actions each is pressed where the one before
// leads; only the first one depends on the place, and the others are those of the prompt.
func Key(act keymap.Action, then ...keymap.Action) string {
	s := string(markStart) + string(act)
	for _, next := range then {
		s += string(markNext) + string(next)
	}
	return s + string(markEnd)
}

// The marks for what to press where that is not an action of its own.
var (
	ToPrompt = Key(goPrompt)    // to write the prompt
	ShowAll  = Key(clearFilter) // to end the filter of the list
)

// These are not in the map of keys.
const (
	goPrompt    keymap.Action = "go-prompt"
	clearFilter keymap.Action = "clear-filter" // the key for back, in the list
)

// Focus is where the keys go.
type Focus struct {
	// Places are the place of the screen on top, those of the screens below it, and last the part of the home screen.
	Places []keymap.Place
	// Closes is the key that closes what takes all keys: a dialog, a question, or the filter that is edited; "" for none.
	Closes string
	// Filtering means that the filter is edited.
	Filtering bool
	// BackClears means that the key for back first clears a filter or the marks of the list.
	BackClears bool
	// Unmarks is how often that key is pressed until nothing is marked: 0 without marks. Cancelling and following act on what is marked,
	// while a sentence is about the run where it is shown.
	Unmarks int
	// Selected is the key of the run under the cursor.
	Selected string
}

// Keys names the keys that run an action from where the keys go now.
type Keys struct {
	keys keymap.Map
	at   Focus
}

// NewKeys returns the names of keys for a place.
func NewKeys(keys keymap.Map, at Focus) Keys { return Keys{keys, at} }

// Fill replaces the marks of a sentence by the keys to press: "x x" in the list, "ctrl+x x" in the prompt, "esc, then r" where one must
// leave first. What to do with another run than the one under the cursor is left out, since the keys would be for that one.
func (k Keys) Fill(sentence string) string {
	if before, after, found := strings.Cut(sentence, string(aboutStart)); found {
		key, rest, _ := strings.Cut(after, string(aboutEnd))
		if sentence = before + rest; key != k.at.Selected {
			sentence = WithoutTodo(sentence)
		}
	}
	if !strings.ContainsRune(sentence, markStart) {
		return sentence
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(sentence, string(markStart))
		b.WriteString(before)
		if !found {
			return b.String()
		}
		mark, rest, _ := strings.Cut(after, string(markEnd))
		acts := strings.Split(mark, string(markNext))
		b.WriteString(k.way(keymap.Action(acts[0])))
		for _, next := range acts[1:] {
			b.WriteString(", then " + k.press(keymap.Action(next), keymap.InPrompt))
		}
		sentence = rest
	}
}

// way returns what to press to run an action: one key, a key of the menu, or the keys that lead to where it has one.
func (k Keys) way(act keymap.Action) string {
	var steps []string
	switch {
	case k.at.Filtering && act == clearFilter:
		return "esc"
	case k.at.Closes != "":
		steps = append(steps, keymap.Label(k.at.Closes))
	}
	home := keymap.InPrompt
	for i, where := range k.at.Places {
		if i == len(k.at.Places)-1 {
			home = where
			break
		}
		if press := k.press(act, where); press != "" && !(where == keymap.InGallery && k.actsOnMarks(act)) {
			return join(append(steps, press))
		}
		steps = append(steps, keymap.Label(k.keys.Direct(keymap.ActBack, where)))
	}
	return join(append(steps, k.homeWay(act, home)...))
}

// homeWay returns what to press for an action on the home screen: where the keys are, or in the nearest part that has it.
func (k Keys) homeWay(act keymap.Action, from keymap.Place) []string {
	if k.actsOnMarks(act) {
		return k.unmarkedWay(act, from)
	}
	if press := k.press(act, from); press != "" {
		return []string{press}
	}
	for _, to := range []keymap.Place{keymap.InList, keymap.InPrompt, keymap.InSettings} {
		if press := k.press(act, to); press != "" && to != from {
			return []string{k.between(from, to), press}
		}
	}
	if act == goPrompt && from != keymap.InPrompt {
		return []string{k.between(from, keymap.InPrompt)}
	}
	return nil
}

// actsOnMarks reports whether an action would be for what is marked.
func (k Keys) actsOnMarks(act keymap.Action) bool {
	return k.at.Unmarks > 0 && (act == keymap.ActCancel || act == keymap.ActFollow)
}

// unmarkedWay is homeWay for an action that would be for what is marked: the list is first rid of its marks.
func (k Keys) unmarkedWay(act keymap.Action, from keymap.Place) (steps []string) {
	if from != keymap.InList {
		steps = append(steps, k.between(from, keymap.InList))
	}
	for range k.at.Unmarks {
		steps = append(steps, keymap.Label(k.keys.Direct(keymap.ActBack, keymap.InList)))
	}
	return append(steps, k.press(act, keymap.InList))
}

// between returns the key that leads from one part of the home screen to another: the one for back between prompt and list, if it does
// not do something else first.
func (k Keys) between(from, to keymap.Place) string {
	act, next := keymap.ActPrevious, map[keymap.Place]keymap.Place{
		keymap.InPrompt: keymap.InSettings, keymap.InSettings: keymap.InList, keymap.InParameters: keymap.InList, keymap.InList: keymap.InPrompt,
	}
	switch {
	case from == keymap.InPrompt && to == keymap.InList, from == keymap.InSettings && to == keymap.InPrompt,
		from == keymap.InList && to == keymap.InPrompt && !k.at.BackClears:
		act = keymap.ActBack
	case next[from] == to:
		act = keymap.ActNext
	}
	return keymap.Label(k.keys.Direct(act, from))
}

// press returns what to press for an action at a place, without leaving it; "" if there is no way.
func (k Keys) press(act keymap.Action, where keymap.Place) string {
	if act == clearFilter && where == keymap.InList {
		act = keymap.ActBack
	}
	if key := k.keys.Direct(act, where); key != "" {
		if key = keymap.Label(key); act == keymap.ActCancel {
			return key + " " + key // the first one only arms
		}
		return key
	}
	if act == keymap.ActCancel {
		act = keymap.ActCancelAtOnce
	}
	if key := k.inMenu(keymap.ActMenu, k.keys.Menu(), act, where); key != "" {
		return key
	}
	return k.inMenu(keymap.ActCopy, k.keys.Copies(), act, where)
}

// inMenu returns what to press for an action that a menu has; "" if it does not, or cannot be opened at a place.
func (k Keys) inMenu(opener keymap.Action, items []keymap.MenuItem, act keymap.Action, where keymap.Place) string {
	open := k.keys.Direct(opener, where)
	for _, item := range items {
		if item.Action == act && open != "" {
			return keymap.Label(open) + " " + keymap.Label(item.Keys[0])
		}
	}
	return ""
}

// join writes steps: "esc, esc, then r".
func join(steps []string) string {
	last := len(steps) - 1
	if last < 1 {
		return strings.Join(steps, "")
	}
	return strings.Join(steps[:last], ", ") + ", then " + steps[last]
}
