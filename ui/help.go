package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/picker"
	"tintype/ui/theme"
)

// openHelp shows every key, those of where one stands first; typing filters them, enter runs one.
func (m *Model) openHelp() tea.Cmd {
	if m.screen == help {
		m.screen = home
		return nil
	}
	from := m.place()
	m.helpList = picker.New("help", "Keys", m.helpChoices(from), noValue)
	m.helpList.Verb = "run"
	m.helpFrom, m.screen = m.screen, help
	return nil
}

// noValue is the value of no line, so that the help starts on its first.
const noValue = "\x00"

// helpChoices are the lines of the help: the keys of a place first, then everywhere, the menus, the other places, and the notes of
// this session.
func (m *Model) helpChoices(from keymap.Place) []picker.Choice {
	h := helpLines{column: m.helpColumn(), glyphs: m.look.Glyphs, told: map[string]bool{}}
	sections := m.keys.Help(from)
	before := 1 + slices.IndexFunc(sections, func(s keymap.Section) bool { return s.Where == keymap.Everywhere })
	for _, s := range sections[:before] {
		h.addSection(s)
	}
	for _, item := range m.possible(m.keys.Menu()) {
		h.add("ctrl+x "+item.Keys[0], item.Help, "menu", item.Action)
	}
	for _, item := range m.keys.Copies() {
		h.add("y "+item.Keys[0], item.Help, "copy", item.Action)
	}
	for _, s := range sections[before:] {
		h.addSection(s)
	}
	for _, note := range slices.Backward(m.dialogs.Notes()) {
		h.add(note.At.Format("15:04:05"), note.Text, "Messages", "")
	}
	return h.lines
}

// helpLines are the lines of the help as they come together.
type helpLines struct {
	column int // the width of the keys
	glyphs theme.Glyphs
	told   map[string]bool // keys and what they do
	lines  []picker.Choice
}

// add adds a line, which does something when it is taken. Where the keys are narrow there is no room for where they hold.
func (h *helpLines) add(keys, what, where string, act keymap.Action) {
	if h.column < helpKeys {
		where = ""
	}
	h.lines = append(h.lines, picker.Choice{Value: string(act), Text: padTo(h.glyphs.Say(keys), h.column) + h.glyphs.Say(what), Right: where})
}

// addSection adds the keys of a place. One that does the same in two places is listed once.
func (h *helpLines) addSection(section keymap.Section) {
	for _, l := range section.Lines {
		keys := l.Keys(h.column - 2)
		line := string(l.Action) + keys + l.Help
		if !h.told[line] {
			h.told[line] = true
			h.add(keys, l.Help, section.Name, l.Action)
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
	return s + strings.Repeat(" ", max(w-cell.Width(s), 1))
}

// helpRoom is where the help stands: the whole screen but header and bottom row.
func (m *Model) helpRoom() cell.Rect {
	return cell.Rect{X: 0, Y: 1, W: m.terminal.w, H: max(m.terminal.h-2, 1)}
}

// drawHelp draws the keys.
func (m *Model) drawHelp(c *cell.Canvas) {
	l, r := m.layout, m.helpRoom()
	c.Put(l.Header, []string{m.header().Line(l.Header.W, m.look)})
	st := m.look.Styles.Dialog()
	c.Fill(r, cell.PlainOn(m.look.Styles.Raise))
	c.Put(r, m.helpList.View(r.W, r.H, st, m.look.Glyphs))
	m.drawStatus(c)
}

// helpCursor is where the cursor stands in the help's filter.
func (m *Model) helpCursor() (x, y int, ok bool) {
	r := m.helpRoom()
	return m.helpList.Cursor(r.W, r.H)
}

// onHelpKey takes a key to the help; enter runs the line, where one stood before.
func (m *Model) onHelpKey(key tea.KeyPressMsg) tea.Cmd {
	if m.keys.Meant(key, keymap.Everywhere) == keymap.ActHelp {
		m.screen = m.helpFrom
		return nil
	}
	return m.endHelp(m.helpList.Update(key))
}

// endHelp does what the end of the help asks for.
func (m *Model) endHelp(end picker.Result) tea.Cmd {
	switch end {
	case picker.Taken:
		m.screen = m.helpFrom
		return m.run(keymap.Action(m.helpList.Taken()))
	case picker.Dismissed:
		m.screen = m.helpFrom
	}
	return nil
}
