package keymap

import (
	"cmp"
	"slices"

	"charm.land/bubbles/v2/key"

	"tintype/ui/cell"
)

// Line is a line of the help: an action's keys at a place.
type Line struct {
	Action  Action // "" if the part with the focus handles the keys
	Group   Group
	Words   string // further words that find it
	Where   string // the name of another place; "" for here and everywhere
	binding key.Binding
}

// Help returns the lines of the help: those of the place from with those that work everywhere, and then those of the other places. Both
// are ordered by their groups.
func (m Map) Help(from Place) (here, elsewhere []Line) {
	here = byGroup(append(m.lines(from, ""), m.lines(Everywhere, "")...))
	for _, p := range places {
		if p.where != from {
			elsewhere = append(elsewhere, m.lines(p.where, p.name)...)
		}
	}
	return here, byGroup(elsewhere)
}

// byGroup returns lines in the order of their groups.
func byGroup(lines []Line) []Line {
	slices.SortStableFunc(lines, func(a, b Line) int { return cmp.Compare(a.Group, b.Group) })
	return lines
}

// lines returns the lines of a place, which is named so.
func (m Map) lines(where Place, name string) []Line {
	var lines []Line
	for _, r := range m.rows {
		if r.where&where != 0 && r.Help() != "" {
			r.Where = name
			lines = append(lines, r.Line)
		}
	}
	return lines
}

// Help returns what the keys do.
func (l Line) Help() string { return l.binding.Help().Desc }

// Keys returns the keys as they are shown: the first, and as many more as fit in w columns ("ctrl+j, alt+enter").
func (l Line) Keys(w int) string {
	if keys := l.binding.Help().Key; keys != "" {
		return keys
	}
	keys := Label(l.binding.Keys()[0])
	for _, name := range l.binding.Keys()[1:] {
		longer := keys + ", " + Label(name)
		if cell.Width(longer) > w {
			break
		}
		keys = longer
	}
	return keys
}

// Line returns the entry as a line of the help, with what opens the menu before its key.
func (i MenuItem) Line(prefix string) Line {
	return Line{
		Action: i.Action, Group: i.Group, Words: i.Words,
		binding: key.NewBinding(key.WithKeys(i.Keys...), key.WithHelp(prefix+Label(i.Keys[0]), i.Help)),
	}
}
