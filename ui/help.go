package ui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/picker"
	"tintype/ui/preview"
	"tintype/ui/screen"
	"tintype/ui/statusbar"
	"tintype/ui/text"
	"tintype/ui/theme"
	"tintype/ui/wording"
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
	h.lines = picker.New("Help", h.choices(h.m.place()), noValue)
	h.lines.SetVerb("do it")
	if h.m.terminal.W < helpNarrow {
		h.lines.ShowInFull()
	}
	return ""
}

// noValue is not the value of any choice, so that the cursor starts on the first one.
const noValue = "\x00"

// choices returns the lines of the help: what can be done in a place, then by group what can be done elsewhere and in the menus, what
// tintype does not do, and the notes of this session.
func (h *helpScreen) choices(from keymap.Place) []picker.Choice {
	m := h.m
	lines := helpLines{column: helpColumn(m.terminal.W), glyphs: m.look.Glyphs, added: map[string]bool{}}
	here, elsewhere := m.keys.Help(from)
	for _, l := range here {
		lines.addLine(l, picker.Group{Name: "Here" + inPlace(from), Part: int(l.Group)})
	}
	now := stateOf(m)
	for _, item := range m.keys.MenuNow(now) {
		elsewhere = append(elsewhere, item.Line("ctrl+x "))
	}
	for _, item := range m.keys.CopiesNow(now) {
		elsewhere = append(elsewhere, item.Line("y "))
	}
	slices.SortStableFunc(elsewhere, func(a, b keymap.Line) int { return cmp.Compare(a.Group, b.Group) })
	for _, l := range elsewhere {
		lines.addLine(l, picker.Group{Name: l.Group.String()})
	}
	for _, a := range helpAnswers {
		lines.add(picker.Choice{Group: picker.Group{Name: "Good to know"}, Text: a.text, Words: a.words})
	}
	for _, note := range slices.Backward(m.dialogs.Notes()) {
		lines.addNote(note.At.Format("15:04:05"), nameKeys(m, note.Text), h.listRoom().W-lines.column-6)
	}
	return lines.lines
}

// helpAnswers are for what people look for that no key does.
var helpAnswers = []struct{ words, text string }{
	{"delete remove trash erase clean", "Nothing is ever deleted: pictures are files in the data folder."},
	{"save download export", "Every picture is saved by itself, named by date and prompt."},
	{"price cost money spend bill", "The next picture's price is beside Settings, today's sum at the top."},
	{"api key token provider account login", "A provider's key comes from the menu, the environment or a file."},
	{"config theme colours dark light", "The look is set in config.toml; tintype doctor says where it is."},
}

// inPlace returns the name of a place after "Here"; "" for one without a name.
func inPlace(where keymap.Place) string {
	if name := keymap.Name(where); name != "" {
		return ", in the " + name
	}
	return ""
}

// helpLines builds the lines of the help.
type helpLines struct {
	column int // the width of the keys
	glyphs theme.Glyphs
	added  map[string]bool // keys with their action and text
	lines  []picker.Choice
}

func (h *helpLines) add(c picker.Choice) {
	c.Text = h.glyphs.Translate(c.Text)
	h.lines = append(h.lines, c)
}

// addNote adds a message in lines of w columns, the time before the first.
func (h *helpLines) addNote(at, note string, w int) {
	for _, line := range text.Wrap(text.Clean(h.glyphs.Translate(note)), max(w, 12)) {
		h.add(picker.Choice{Group: picker.Group{Name: "Messages"}, Lead: at, Text: string(line), Words: note})
		at = " "
	}
}

// addLine adds the line of an action. Keys that do the same in two places are listed once.
func (h *helpLines) addLine(l keymap.Line, group picker.Group) {
	keys := ansi.Truncate(l.Keys(h.column), h.column, string(h.glyphs.Ellipsis))
	line := string(l.Action) + keys + l.Help()
	if h.added[line] {
		return
	}
	h.added[line] = true
	h.add(picker.Choice{Value: string(l.Action), Group: group, Lead: keys, Text: l.Help(), Words: l.Group.String() + " " + l.Words, Middle: l.Where})
}

// Widths of the help, so that the columns are close together on a wide screen.
const (
	helpKeys       = 16 // of the keys
	helpKeysNarrow = 10
	helpWidth      = 84
	helpNarrow     = 60 // below this width, texts are cut, and the one under the cursor is shown in full
)

// helpColumn returns the width of the column of keys on a screen of w columns.
func helpColumn(w int) int {
	if w < helpNarrow {
		return helpKeysNarrow
	}
	return helpKeys
}

// room returns the screen without the header and the last row.
func (h *helpScreen) room() cell.Rect {
	t := h.m.terminal
	return cell.Rect{X: 0, Y: 1, W: t.W, H: max(t.H-2, 1)}
}

// listRoom returns the part of it for the list.
func (h *helpScreen) listRoom() cell.Rect {
	r := h.room()
	r.W = min(r.W, helpWidth)
	return r
}

// Draw draws the header, the list and the last row.
func (h *helpScreen) Draw(c *cell.Canvas) {
	m, r := h.m, h.room()
	c.Put(m.layout.Header, []string{m.header().Line(m.layout.Header.W, m.look)})
	at := h.listRoom()
	c.PutPanel(r, h.lines.View(at.W, at.H, m.look.OnDialog()), m.look.Styles.Dialog)
	host{m}.DrawStatus(c)
}

// Cursor returns the cursor of the list's filter.
func (h *helpScreen) Cursor() (x, y int, ok bool) {
	r := h.listRoom()
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
	r := h.listRoom()
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
		act := keymap.Action(h.lines.Value())
		if spends(act) {
			h.m.notify("Nothing is bought from the help: " + wording.Key(act) + " does it.")
			return nil
		}
		return h.m.run(act)
	case picker.Dismissed:
		h.m.screens.Uncover()
	}
	return nil
}

// spends reports whether an action may buy. Such a one needs its own key, where its price is in sight: in the help it may be the first line,
// which enter and a click choose.
func spends(act keymap.Action) bool {
	return act == keymap.ActDevelop || strings.HasPrefix(string(act), "buy-")
}
