package keymap

import (
	"cmp"
	"slices"
	"strings"
)

// Hint is a hint in the bottom row of a place.
type Hint struct {
	Where Place
	Rank  int // from 1, each once at a place; without room the highest is dropped first, except the last of all, which always stays
	Word  string
	With  []Action         // actions whose keys are shown too; a click runs the last one
	When  func(State) bool // a further condition than the command's; nil: none
	Twice bool             // the key has to be pressed twice
}

// HintItem is a hint: the keys as they are shown, a word for what they do, and the action that a click runs.
type HintItem struct {
	Keys, Word string
	Action     Action
}

// Hints returns the hints of a place that can do something now, the most important first. The last one is always shown.
func (m Map) Hints(where Place, now State) []HintItem {
	type ranked struct {
		HintItem
		rank int
	}
	var all []ranked
	for _, c := range m.commands {
		for _, h := range c.Hints {
			if h.Where&where != 0 && possible(c.When, now) && possible(h.When, now) {
				all = append(all, ranked{m.hintItem(c.Name, h), h.Rank})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
	items := make([]HintItem, len(all))
	for i, h := range all {
		items[i] = h.HintItem
	}
	return items
}

// hintItem returns a hint with the keys of its actions.
func (m Map) hintItem(act Action, h Hint) HintItem {
	where := h.Where
	if where == InParameters {
		where = InSettings
	}
	acts := append([]Action{act}, h.With...)
	keys := make([]string, 0, len(acts)+1)
	for _, a := range acts {
		keys = append(keys, m.Chord(a, where))
	}
	if h.Twice {
		keys = append(keys, keys[0])
	}
	return HintItem{Keys: strings.Join(keys, " "), Word: h.Word, Action: acts[len(acts)-1]}
}

// Chord returns what to press for an action at a place, as it is shown: its key there, or else its keys in the ctrl+x menu; "" if it
// has neither.
func (m Map) Chord(act Action, where Place) string {
	if name := m.First(act, where); name != "" {
		return Label(name)
	}
	for _, c := range m.commands {
		if c.Name == act && c.Menu.Rank != 0 {
			return Label(m.First(ActMenu, where)) + " " + Label(firstField(c.Menu.Keys))
		}
	}
	return ""
}

// firstField returns the first of names that are separated by blanks.
func firstField(names string) string {
	first, _, _ := strings.Cut(names, " ")
	return first
}
