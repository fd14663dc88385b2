package keymap

import (
	"slices"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
)

// Command is one action and all that is declared about it. One without a name is only a line of the help, for keys that the part with
// the focus handles. The keys of an action may be split over two commands, to list them at two positions in the help.
type Command struct {
	Name   Action
	Group  Group
	Words  string           // further words that find it in the help: what people type who do not know ours
	When   func(State) bool // whether it can do anything now; nil: always. Otherwise it has no hint, and is muted in menus
	Keys   []Binding
	Pair   Pair // the zero Pair if it has a line of its own
	Hints  []Hint
	Menu   Item // in the ctrl+x menu; the zero Item if it is not there
	Copies Item // in the menu of what can be copied
}

// Command returns an action with keys at a place, their line in the help ("" for none), and a hint with a word and the keys of other
// actions, unless rank is 0.
func (p Place) Command(name Action, group Group, keys, help string, rank int, word string, with ...Action) Command {
	c := Command{Name: name, Group: group, Keys: []Binding{{Where: p, Keys: keys, Help: help}}}
	if rank > 0 {
		c.Hints = []Hint{{Where: p, Rank: rank, Word: word, With: with}}
	}
	return c
}

// HintWhen returns a command of Place.Command with a condition for its hint, which it must have.
func (c Command) HintWhen(can func(State) bool) Command {
	c.Hints[0].When = can
	return c
}

// OrHint returns a command of Place.Command with a further hint at its place, which has a condition of its own.
func (c Command) OrHint(rank int, word string, can func(State) bool) Command {
	c.Hints = append(c.Hints, Hint{Where: c.Keys[0].Where, Rank: rank, Word: word, When: can})
	return c
}

// possible reports whether a condition holds; nil always does.
func possible(when func(State) bool, now State) bool { return when == nil || when(now) }

// Binding is the keys of an action at some places.
type Binding struct {
	Where Place
	Keys  string // Bubble Tea's names, separated by blanks; the first one is shown
	Help  string // the line in the help; "" for none
}

// Pair joins two actions in one line of the help, unless the settings bind one of them: "↑ ↓, j k  up, down".
type Pair struct {
	With       Action // the other one, which the line runs
	Keys, Help string // of both
}

// Map is every key of the program. It is immutable.
type Map struct {
	commands []Command
	rows     []row
	names    map[Action]bool // of the actions that have keys
}

// row is a binding with its keys, which the settings may have changed.
type row struct {
	Line   // of the help, which for a pair runs the other action
	action Action
	where  Place
}

// New returns the map of the commands. bound has the keys that the settings bind to actions, by the action's name, instead of the
// declared ones.
func New(commands []Command, bound map[string][]string) Map {
	bound = withNewNames(bound)
	m := Map{commands: commands, names: map[Action]bool{}}
	isPaired := func(p Pair, act Action) bool {
		return p.With != "" && len(bound[string(act)])+len(bound[string(p.With)]) == 0
	}
	second := map[Action]Place{} // of a pair: where that has its line
	for _, c := range commands {
		if isPaired(c.Pair, c.Name) {
			for _, b := range c.Keys {
				second[c.Pair.With] |= b.Where
			}
		}
	}
	for _, c := range commands {
		for _, b := range c.Keys {
			m.names[c.Name] = true
			keys := strings.Fields(b.Keys)
			if chosen := bound[string(c.Name)]; len(chosen) > 0 {
				keys = chosen
			}
			label, act := "", c.Name
			switch {
			case isPaired(c.Pair, c.Name):
				label, b.Help, act = c.Pair.Keys, c.Pair.Help, c.Pair.With
			case second[c.Name]&b.Where != 0:
				b.Help = ""
			}
			binding := key.NewBinding(key.WithKeys(keys...), key.WithHelp(label, b.Help))
			m.rows = append(m.rows, row{Line{Action: act, Group: c.Group, Words: c.Words, binding: binding}, c.Name, b.Where})
		}
	}
	return m
}

// newNames are the names of actions that were renamed, by their old name.
var newNames = map[string]string{
	"facts": "details", "find": "filter", "leave": "quit", "look-newer": "browse-newer", "look-older": "browse-older", "search-prompts": "history",
	"take-back": "undo", "take-one": "copy-setting", "take-seed": "reuse-seed", "use": "reuse", "view-live": "view-running",
}

// withNewNames returns bound with the present name of each action, so that settings with old names still work.
func withNewNames(bound map[string][]string) map[string][]string {
	renamed := make(map[string][]string, len(bound))
	for name, keys := range bound {
		if now := newNames[name]; now != "" {
			if _, both := bound[now]; both {
				continue
			}
			name = now
		}
		renamed[name] = keys
	}
	return renamed
}

// Unknown returns a sentence about names in the settings that no action has; "" if all are known.
func (m Map) Unknown(bound map[string][]string) string {
	var unknown []string
	for name := range withNewNames(bound) {
		if name == "" || !m.names[Action(name)] {
			unknown = append(unknown, name)
		}
	}
	if len(unknown) == 0 {
		return ""
	}
	slices.Sort(unknown)
	said := "The settings bind keys to what does not exist: " + format.Clean(strings.Join(unknown, ", ")) + "."
	if len(unknown) > 1 {
		return said
	}
	var names []string
	for act := range m.names {
		names = append(names, string(act))
	}
	slices.Sort(names)
	return said + format.DidYouMean(unknown[0], names)
}

// Find returns the action of the key of that name at a place; "" when it means nothing there.
func (m Map) Find(name string, where Place) Action {
	for _, r := range m.rows {
		if r.where&where != 0 && slices.Contains(r.binding.Keys(), name) {
			return r.action
		}
	}
	return ""
}

// FindNonText is Find for a key that types no text; "" for one that does.
func (m Map) FindNonText(press tea.KeyPressMsg, where Place) Action {
	if press.Text != "" {
		return ""
	}
	return m.Find(press.String(), where)
}

// Resolve returns the action that a key of that name runs at a place: one of the place itself, or else one that works everywhere. In the
// prompt a key that types text runs nothing that works everywhere. "" if it runs nothing.
func (m Map) Resolve(name string, where Place) Action {
	if act := m.Find(name, where); act != "" || where == InPrompt && isText(name) {
		return act
	}
	return m.Find(name, Everywhere)
}

// isText reports whether the key of that name types text.
func isText(name string) bool { return name == "space" || utf8.RuneCountInString(name) == 1 }

// Direct returns the first key that runs an action at a place; "" if none does.
func (m Map) Direct(act Action, where Place) string {
	for _, r := range m.rows {
		if r.action != act {
			continue
		}
		for _, name := range r.binding.Keys() {
			if m.Resolve(name, where) == act {
				return name
			}
		}
	}
	return ""
}

// First returns the first key of an action at a place, or of those that work everywhere; "" if it has none.
func (m Map) First(act Action, where Place) string {
	for _, r := range m.rows {
		if r.action == act && r.where&(where|Everywhere) != 0 {
			return r.binding.Keys()[0]
		}
	}
	return ""
}

// Label returns a key as it is shown: "↑" for "up".
func Label(name string) string {
	switch name {
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
		return name
	}
}
