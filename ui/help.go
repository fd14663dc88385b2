package ui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/picker"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/statusbar"
	"tintype/ui/theme"
)

// helpScreen lists every key, starting with those of the place that it was opened from. Typing filters the list. Enter closes it and
// runs the action of a line.
type helpScreen struct {
	screen.Base
	m     *Model
	lines *picker.Picker
}

// Place returns the place of the home screen, whose focus stays.
func (h *helpScreen) Place() keymap.Place { return h.m.screens.home.Place() }

// Open makes the list for the place that it is opened from.
func (h *helpScreen) Open() string {
	h.lines = picker.New("Keys", h.choices(h.m.place()), noValue)
	h.lines.SetVerb("run")
	return ""
}

// noValue is not the value of any choice, so that the cursor starts on the first one.
const noValue = "\x00"

// choices returns the lines of the help: the keys of a place, those that work everywhere, the menus, the other places, and the notes
// of this session.
func (h *helpScreen) choices(from keymap.Place) []picker.Choice {
	m := h.m
	lines := helpLines{column: helpColumn(m.terminal.W), glyphs: m.look.Glyphs, added: map[string]bool{}}
	sections := m.keys.Help(from)
	before := 1 + slices.IndexFunc(sections, func(s keymap.Section) bool { return s.Where == keymap.Everywhere })
	for _, s := range sections[:before] {
		lines.addSection(s)
	}
	for _, item := range m.availableItems(m.keys.Menu()) {
		lines.add("ctrl+x "+item.Keys[0], item.Help, "menu", item.Action)
	}
	for _, item := range m.keys.Copies() {
		lines.add("y "+item.Keys[0], item.Help, "copy", item.Action)
	}
	for _, s := range sections[before:] {
		lines.addSection(s)
	}
	for _, note := range slices.Backward(m.dialogs.Notes()) {
		lines.add(note.At.Format("15:04:05"), nameKeys(m, note.Text), "Messages", "")
	}
	return lines.lines
}

// helpLines builds the lines of the help.
type helpLines struct {
	column int // the width of the keys
	glyphs theme.Glyphs
	added  map[string]bool // keys with their action and text
	lines  []picker.Choice
}

// add adds a line that runs an action. A narrow column of keys leaves no room for the place.
func (h *helpLines) add(keys, what, where string, act keymap.Action) {
	if h.column < helpKeys {
		where = ""
	}
	h.lines = append(h.lines, picker.Choice{Value: string(act), Text: cell.Pad(h.glyphs.Translate(keys), h.column) + h.glyphs.Translate(what), Right: where})
}

// addSection adds the keys of a place. A key that does the same in two places is listed once.
func (h *helpLines) addSection(section keymap.Section) {
	for _, l := range section.Lines {
		keys := l.Keys(h.column - 2)
		line := string(l.Action) + keys + l.Help()
		if !h.added[line] {
			h.added[line] = true
			h.add(keys, l.Help(), section.Name, l.Action)
		}
	}
}

// helpKeys is the width of the column of keys. On a screen narrower than helpWide it is helpKeysNarrow.
const (
	helpKeys       = 22
	helpKeysNarrow = 12
	helpWide       = 60
)

// helpColumn returns the width of the column of keys on a screen of w columns.
func helpColumn(w int) int {
	if w < helpWide {
		return helpKeysNarrow
	}
	return helpKeys
}

// room returns the screen without the header and the last row.
func (h *helpScreen) room() cell.Rect {
	t := h.m.terminal
	return cell.Rect{X: 0, Y: 1, W: t.W, H: max(t.H-2, 1)}
}

// Draw draws the header, the list and the last row.
func (h *helpScreen) Draw(c *cell.Canvas) {
	m, r := h.m, h.room()
	c.Put(m.layout.Header, []string{m.header().Line(m.layout.Header.W, m.look)})
	c.PutPanel(r, h.lines.View(r.W, r.H, m.look.OnDialog()), m.look.Styles.Dialog)
	host{m}.DrawStatus(c)
}

// Cursor returns the cursor of the list's filter.
func (h *helpScreen) Cursor() (x, y int, ok bool) {
	r := h.room()
	x, y, ok = h.lines.Cursor(r.W, r.H)
	return r.X + x, r.Y + y, ok
}

// Status returns an empty row: the list shows its own keys, and those of the place do nothing now.
func (h *helpScreen) Status(statusbar.Bar) (statusbar.Status, bool) {
	return statusbar.Status{Lines: []string{""}}, true
}

// Pictures shows none over the help, and keeps the preview up to date below it.
func (h *helpScreen) Pictures() screen.Pictures {
	return screen.Pictures{Preview: true, KeepsZoom: true, Covered: true}
}

// NextPicture returns the next picture of the preview.
func (h *helpScreen) NextPicture() (preview.FrameKey, bool) { return h.m.preview.Next(h.m.now()) }

// Key handles every key: the help's own key closes it, all others go to the list.
func (h *helpScreen) Key(key tea.KeyPressMsg) (tea.Cmd, bool) {
	if h.m.keys.FindNonText(key, keymap.Everywhere) == keymap.ActHelp {
		h.m.screens.Uncover()
		return nil, true
	}
	return h.end(h.lines.Update(key)), true
}

// Click runs the line under the pointer.
func (h *helpScreen) Click(_, y int) tea.Cmd {
	r := h.room()
	return h.end(h.lines.Click(y-r.Y, r.W, r.H))
}

// Wheel scrolls the list.
func (h *helpScreen) Wheel(_, _, by int) tea.Cmd {
	h.lines.Scroll(by)
	return nil
}

// end closes the help if a line was chosen, which it runs, or if the list was dismissed.
func (h *helpScreen) end(end picker.Result) tea.Cmd {
	switch end {
	case picker.Taken:
		h.m.screens.Uncover()
		return h.m.run(keymap.Action(h.lines.Value()))
	case picker.Dismissed:
		h.m.screens.Uncover()
	}
	return nil
}
