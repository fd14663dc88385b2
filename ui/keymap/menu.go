package keymap

import (
	"cmp"
	"slices"
	"strings"
)

// Item is an action's entry in a menu.
type Item struct {
	Rank int    // from 1, in its group
	Keys string // separated by blanks; the first is shown
	Word string // in the menu
	Help string // in the help
	Rare bool   // it is left out, rather than muted, while it is impossible
}

// MenuItem is an entry of a menu.
type MenuItem struct {
	Action     Action
	Group      Group
	Keys       []string // the first is shown
	Word       string
	Help       string
	Words      string // further words that find it in the help
	Impossible bool   // it would do nothing now
}

// Menu returns all entries of the ctrl+x menu by their groups.
func (m Map) Menu() []MenuItem { return m.menuOf(nil, func(c Command) Item { return c.Menu }) }

// MenuNow returns the entries of the ctrl+x menu, and which of them are impossible now.
func (m Map) MenuNow(now State) []MenuItem {
	return m.menuOf(&now, func(c Command) Item { return c.Menu })
}

// Copies returns all entries of the menu of what can be copied.
func (m Map) Copies() []MenuItem { return m.menuOf(nil, func(c Command) Item { return c.Copies }) }

// CopiesNow returns the entries of the menu of what can be copied, and which of them are impossible now.
func (m Map) CopiesNow(now State) []MenuItem {
	return m.menuOf(&now, func(c Command) Item { return c.Copies })
}

// menuOf returns the entries of a menu in their order; without a state all are possible.
func (m Map) menuOf(now *State, in func(Command) Item) []MenuItem {
	var ordered []Command
	for _, c := range m.commands {
		if item := in(c); item.Rank != 0 && (!item.Rare || now == nil || possible(c.When, *now)) {
			ordered = append(ordered, c)
		}
	}
	slices.SortStableFunc(ordered, func(a, b Command) int {
		return cmp.Or(cmp.Compare(a.Group.inMenu(), b.Group.inMenu()), cmp.Compare(in(a).Rank, in(b).Rank))
	})
	items := make([]MenuItem, len(ordered))
	for i, c := range ordered {
		item := in(c)
		items[i] = MenuItem{c.Name, c.Group, strings.Fields(item.Keys), item.Word, item.Help, c.Words, now != nil && !possible(c.When, *now)}
	}
	return items
}
