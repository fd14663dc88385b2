package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// openHelp shows every key, those of where one stands first; typing filters them, enter runs one.
func (m *Model) openHelp() tea.Cmd {
	if m.screen == help {
		m.screen = home
		return nil
	}
	from := m.place()
	m.over.keysList = newChooser("help", "Keys", m.helpChoices(from), noValue)
	m.over.keysList.verb = "run"
	m.helpFrom, m.screen = m.screen, help
	return nil
}

// noValue is the value of no line, so that the help starts on its first.
const noValue = "\x00"

// helpPlaces are the places in the order of the help, with their names.
var helpPlaces = []struct {
	where place
	name  string
}{
	{inPrompt, "prompt"},
	{inSettings, "settings"},
	{inList, "list"},
	{inFull, "full screen"},
	{inGallery, "gallery"},
	{inCompare, "compare"},
	{everywhere, "everywhere"},
}

// helpChoices are the lines of the help: the keys of a place first, then everywhere, the menus, the other places, and the
// notes of this sitting.
func (m *Model) helpChoices(from place) []choice {
	h := helpLines{column: m.helpColumn(), glyphs: m.glyphs, told: map[string]bool{}}
	for _, p := range helpPlaces {
		if p.where == from {
			h.addPlace(m.keys.at(p.where), p.name)
		}
	}
	h.addPlace(m.keys.at(everywhere), "everywhere")
	for _, row := range m.possible(more) {
		h.add("ctrl+x "+row.keys[0], row.help, "menu", row.act)
	}
	for _, row := range copies {
		h.add("y "+row.keys[0], row.help, "copy", row.act)
	}
	for _, p := range helpPlaces {
		if p.where != from && p.where != everywhere {
			h.addPlace(m.keys.at(p.where), p.name)
		}
	}
	for _, note := range slices.Backward(m.over.messages) {
		h.add(note.at.Format("15:04:05"), note.text, "Messages", "")
	}
	return h.lines
}

// helpLines are the lines of the help as they come together.
type helpLines struct {
	column int // the width of the keys
	glyphs glyphs
	told   map[string]bool // keys and what they do
	lines  []choice
}

// add adds a line, which does something when it is taken. Where the keys are narrow there is no room for where they hold.
func (h *helpLines) add(keys, what, where string, act action) {
	if h.column < helpKeys {
		where = ""
	}
	h.lines = append(h.lines, choice{value: string(act), text: padTo(h.glyphs.say(keys), h.column) + h.glyphs.say(what), right: where})
}

// addPlace adds the keys of a place. One that does the same in two places is told once.
func (h *helpLines) addPlace(keys []binding, where string) {
	for _, b := range keys {
		name := b.name(h.column - 2)
		line := string(b.act) + name + b.help
		if !h.told[line] {
			h.told[line] = true
			h.add(name, b.help, where, b.act)
		}
	}
}

// helpKeys is the width of the help's column of keys, helpKeysNarrow the same below helpWide columns.
const (
	helpKeys       = 22
	helpKeysNarrow = 12
	helpWide       = 60
)

// helpColumn is the width of the column of keys on this screen.
func (m *Model) helpColumn() int {
	if m.terminal.w < helpWide {
		return helpKeysNarrow
	}
	return helpKeys
}

// padTo fills a text up to a width, with at least one blank.
func padTo(s string, w int) string {
	return s + strings.Repeat(" ", max(w-width(s), 1))
}

// helpRoom is where the help stands: the whole screen but header and bottom row.
func (m *Model) helpRoom() rect {
	return rect{0, 1, m.terminal.w, max(m.terminal.h-2, 1)}
}

// drawHelp draws the keys.
func (m *Model) drawHelp(c *canvas) {
	l, r := m.layout, m.helpRoom()
	c.put(l.header, []string{m.header(l.header.w)})
	st := m.styles.dialog()
	c.fill(r, plainOn(m.styles.raise))
	c.put(r, m.over.keysList.view(r.w, r.h, st, m.glyphs))
	m.drawBottom(c)
}

// helpCursor is where the cursor stands in the help's filter.
func (m *Model) helpCursor() (x, y int, ok bool) {
	r := m.helpRoom()
	return m.over.keysList.cursor(r.w, r.h)
}

// toHelp takes a key to the help; enter runs the line, where one stood before.
func (m *Model) toHelp(key tea.KeyPressMsg) tea.Cmd {
	if m.keys.meant(key, everywhere) == actHelp {
		m.screen = m.helpFrom
		return nil
	}
	return m.endHelp(m.over.keysList.update(key))
}

// endHelp does what the end of the help asks for.
func (m *Model) endHelp(end chooserEnd) tea.Cmd {
	switch end {
	case chooserTaken:
		m.screen = m.helpFrom
		return m.do(action(m.over.keysList.taken()))
	case chooserKept:
		m.screen = m.helpFrom
	}
	return nil
}
