package keymap

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/format"
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
	ActDetails      Action = "facts"
	ActDevelop      Action = "develop"
	ActDown         Action = "down"
	ActFind         Action = "find"
	ActFollow       Action = "follow"
	ActGallery      Action = "gallery"
	ActHalfDown     Action = "half-page-down"
	ActHalfUp       Action = "half-page-up"
	ActHelp         Action = "help"
	ActLarger       Action = "larger"
	ActLeave        Action = "leave"
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
	ActSetImage     Action = "set-image"
	ActSetModel     Action = "set-model"
	ActSetSeed      Action = "set-seed"
	ActSmaller      Action = "smaller"
	ActStar         Action = "star"
	ActSuspend      Action = "suspend"
	ActUndo         Action = "take-back"
	ActUp           Action = "up"
	ActUse          Action = "use"
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

// Command is one action and all that is declared about it. One without a name is only a line of the help, for keys that the part with
// the focus handles. The keys of an action may be split over two commands, to list them at two positions in the help.
type Command struct {
	Name   Action
	Keys   []Binding
	Hints  []Hint
	Menu   Item // in the ctrl+x menu; the zero Item if it is not there
	Copies Item // in the menu of what can be copied
}

// Binding is the keys of an action at some places.
type Binding struct {
	Where Place
	Keys  string // Bubble Tea's names, separated by blanks; the first one is shown
	Help  string // the line in the help; "" for none
}

// Hint is a hint in the bottom row of a place.
type Hint struct {
	Where Place
	Rank  int // from 1, each once at a place; without room the highest is dropped first, except the last of all, which always stays
	Word  string
	With  []Action // actions whose keys are shown too; a click runs the last one
}

// Item is an action's entry in a menu.
type Item struct {
	Rank int    // from 1
	Keys string // separated by blanks; the first is shown
	Word string // in the menu
	Help string // in the help
}

// MenuItem is an entry of a menu.
type MenuItem struct {
	Action Action
	Keys   []string // the first is shown
	Word   string
	Help   string
}

// HintItem is a hint of one or more actions, whose keys are shown, and a word.
type HintItem struct {
	Actions []Action
	Word    string
}

// Line is a line of the help: an action's keys at a place.
type Line struct {
	Action  Action // "" if the part with the focus handles the keys
	binding key.Binding
}

// Map is every key of the program. It is immutable.
type Map struct {
	rows         []row
	hints        map[Place][]HintItem
	menu, copies []MenuItem
	names        map[Action]bool // of the actions that have keys
}

// row is a binding with its keys, which the settings may have changed.
type row struct {
	Line
	where Place
}

// New returns the map of the commands. bound has the keys that the settings bind to actions, by the action's name, instead of the
// declared ones.
func New(commands []Command, bound map[string][]string) Map {
	m := Map{hints: map[Place][]HintItem{}, names: map[Action]bool{}}
	for _, c := range commands {
		for _, b := range c.Keys {
			m.names[c.Name] = true
			keys := strings.Fields(b.Keys)
			if chosen := bound[string(c.Name)]; len(chosen) > 0 {
				keys = chosen
			}
			binding := key.NewBinding(key.WithKeys(keys...), key.WithHelp(Label(keys[0]), b.Help))
			m.rows = append(m.rows, row{Line{c.Name, binding}, b.Where})
		}
	}
	m.menu = menuOf(commands, func(c Command) Item { return c.Menu })
	m.copies = menuOf(commands, func(c Command) Item { return c.Copies })
	m.collectHints(commands)
	return m
}

// menuOf returns the entries of a menu in their order.
func menuOf(commands []Command, in func(Command) Item) []MenuItem {
	ordered := slices.DeleteFunc(slices.Clone(commands), func(c Command) bool { return in(c).Rank == 0 })
	slices.SortStableFunc(ordered, func(a, b Command) int { return cmp.Compare(in(a).Rank, in(b).Rank) })
	items := make([]MenuItem, len(ordered))
	for i, c := range ordered {
		items[i] = MenuItem{c.Name, strings.Fields(in(c).Keys), in(c).Word, in(c).Help}
	}
	return items
}

// collectHints sets the hints of each place in their order.
func (m *Map) collectHints(commands []Command) {
	type ranked struct {
		HintItem
		rank int
	}
	all := map[Place][]ranked{}
	for _, c := range commands {
		for _, h := range c.Hints {
			item := HintItem{append([]Action{c.Name}, h.With...), h.Word}
			all[h.Where] = append(all[h.Where], ranked{item, h.Rank})
		}
	}
	for where, hints := range all {
		slices.SortStableFunc(hints, func(a, b ranked) int { return cmp.Compare(a.rank, b.rank) })
		for _, h := range hints {
			m.hints[where] = append(m.hints[where], h.HintItem)
		}
	}
}

// Menu returns the entries of the ctrl+x menu.
func (m Map) Menu() []MenuItem { return m.menu }

// Copies returns the entries of the menu of what can be copied.
func (m Map) Copies() []MenuItem { return m.copies }

// Hints returns the hints of a place, the most important first. The last one is always shown.
func (m Map) Hints(where Place) []HintItem { return m.hints[where] }

// Unknown returns a sentence about names in the settings that no action has; "" if all are known.
func (m Map) Unknown(bound map[string][]string) string {
	var unknown []string
	for name := range bound {
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
			return r.Action
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
		if r.Action != act {
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
		if r.Action == act && r.where&(where|Everywhere) != 0 {
			return r.binding.Keys()[0]
		}
	}
	return ""
}

// Section is the help of one place.
type Section struct {
	Where Place
	Name  string // of the place: "prompt", "list"
	Lines []Line
}

// Help returns the help: the keys of the place from, then those that work everywhere, then those of the other places.
func (m Map) Help(from Place) []Section {
	sections := []Section{}
	for _, p := range places {
		if p.where == from {
			sections = append(sections, m.section(p))
		}
	}
	sections = append(sections, m.section(placeName{Everywhere, "everywhere"}))
	for _, p := range places {
		if p.where != from {
			sections = append(sections, m.section(p))
		}
	}
	return sections
}

func (m Map) section(p placeName) Section {
	s := Section{Where: p.where, Name: p.name}
	for _, r := range m.rows {
		if r.where&p.where != 0 && r.Help() != "" {
			s.Lines = append(s.Lines, r.Line)
		}
	}
	return s
}

// Help returns what the keys do.
func (l Line) Help() string { return l.binding.Help().Desc }

// Keys returns the keys as they are shown: the first, and as many more as fit in w columns ("ctrl+j, alt+enter").
func (l Line) Keys(w int) string {
	keys := l.binding.Help().Key
	for _, name := range l.binding.Keys()[1:] {
		longer := keys + ", " + Label(name)
		if cell.Width(longer) > w {
			break
		}
		keys = longer
	}
	return keys
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
