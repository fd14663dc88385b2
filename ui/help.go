package ui

import (
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
	var lines []choice
	column := m.helpColumn()
	line := func(keys, what, where string) choice {
		if column < helpKeys {
			where = "" // no room for it
		}
		return choice{text: padTo(m.glyphs.say(keys), column) + m.glyphs.say(what), right: where}
	}
	told := map[string]bool{}
	add := func(where place, name string) {
		for _, b := range m.keys.at(where) {
			keys := b.name(column - 2)
			if told[string(b.act)+keys+b.help] {
				continue // a key that does the same in two places is told once
			}
			told[string(b.act)+keys+b.help] = true
			lines = append(lines, line(keys, b.help, name).of(b.act))
		}
	}
	for _, p := range helpPlaces {
		if p.where == from {
			add(p.where, p.name)
		}
	}
	add(everywhere, "everywhere")
	for _, row := range m.possible(more) {
		lines = append(lines, line("ctrl+x "+row.keys[0], row.help, "menu").of(row.act))
	}
	for _, row := range copies {
		lines = append(lines, line("y "+row.keys[0], row.help, "copy").of(row.act))
	}
	for _, p := range helpPlaces {
		if p.where != from && p.where != everywhere {
			add(p.where, p.name)
		}
	}
	for i := len(m.over.messages) - 1; i >= 0; i-- {
		note := m.over.messages[i]
		lines = append(lines, line(note.at.Format("15:04:05"), note.text, "Messages"))
	}
	return lines
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

// of makes a line of the help do something when it is taken.
func (ch choice) of(act action) choice {
	ch.value = string(act)
	return ch
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
