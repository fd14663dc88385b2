package textedit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// Area is the prompt under edit: wrapped text with the terminal's own cursor, readline's keys and undo. It is not
// the textarea bubble, which deletes by code point (tearing emoji and accents), cannot set its cursor (which undo
// needs), has no yank, and draws pasted text raw.
type Area struct {
	text    textBuffer
	past    textPast
	last    editKind // of the key before: a run of letters is undone at once, kills in a row add up
	goal    int      // the column that ↑ and ↓ try to keep; -1 for the cursor's own
	top     int      // the first line drawn
	w, h    int
	focused bool
	wrapped wrapping
}

// NewArea is an empty prompt of one line.
func NewArea() Area { return Area{goal: -1, w: 40, h: 1} }

// Update takes a key. changed: the text is another one now. edge: -1 or +1 where ↑ or ↓ (ctrl+p, ctrl+n) could go no
// further, so that the parent recalls. Keys that it does not know, enter among them, do nothing.
func (p *Area) Update(key tea.KeyPressMsg) (changed bool, edge int) {
	switch key.Keystroke() {
	case "up", "ctrl+p":
		return false, p.climb(-1)
	case "down", "ctrl+n":
		return false, p.climb(+1)
	case "ctrl+_", "ctrl+/", "ctrl+shift+-", "ctrl+shift+_":
		return p.Undo(), 0
	case "ctrl+j", "alt+enter", "shift+enter":
		p.keep(editInsert)
		p.text.insert("\n")
		p.settle()
		return true, 0
	}
	return p.edit(key), 0
}

// edit applies a key of readline's, or types.
func (p *Area) edit(key tea.KeyPressMsg) (changed bool) {
	before := p.text
	kind := p.text.edit(key, p.last)
	if kind == editNone {
		return false
	}
	changed = kind != editMove && p.text.String() != before.String()
	if changed {
		p.past.push(before, kind, p.last)
	}
	p.last = kind
	p.settle()
	return changed
}

// climb moves the cursor a drawn line up or down, or tells which edge it stands at.
func (p *Area) climb(by int) (edge int) {
	lines := p.wrap(p.w)
	x, y := placeOf(p.text.cells, lines, p.text.at, p.w)
	if y+by < 0 || y+by >= len(lines) {
		return by
	}
	if p.goal < 0 {
		p.goal = x
	}
	p.text.at = indexAt(p.text.cells, lines[y+by], p.goal)
	if p.last != editRecall {
		p.last = editMove
	}
	p.reveal()
	return 0
}

// keep remembers the text as it is, for undo, before an edit of that kind.
func (p *Area) keep(kind editKind) {
	p.past.push(p.text, kind, p.last)
	p.last = kind
}

// settle follows an edit: the cursor has a column of its own again, and is to be seen.
func (p *Area) settle() {
	p.goal = -1
	p.reveal()
}

// Paste inserts text at the cursor as one change; whole is false when the end of it found no room.
func (p *Area) Paste(s string) (whole bool) {
	p.keep(editInsert)
	whole = p.text.insert(s)
	p.settle()
	return whole
}

// Value is the text as it is sent.
func (p *Area) Value() string { return p.text.String() }

// SetValue replaces the text, cursor at the end; undo brings back the one before.
func (p *Area) SetValue(s string) {
	s, _ = FitBytes(s, PromptLimit)
	if s == p.Value() {
		return
	}
	p.keep(editInsert)
	p.last = editNone
	p.replace(s)
}

// SetRecalled replaces the text as a step of recall does: however many steps follow each other, one undo brings back the
// draft that they replaced.
func (p *Area) SetRecalled(s string) {
	if p.last != editRecall {
		p.keep(editRecall)
	}
	p.replace(s)
	p.last = editRecall
}

// Restore sets text and cursor (in bytes) as they were left, with nothing to undo.
func (p *Area) Restore(s string, at int) {
	s, _ = FitBytes(s, PromptLimit)
	p.past, p.last = textPast{}, editNone
	p.replace(s)
	p.text.moveToOffset(at)
	p.settle()
}

func (p *Area) replace(s string) {
	killed := p.text.killed
	p.text = newTextBuffer(s)
	p.text.killed = killed
	p.settle()
}

// At is the cursor's place in value, in bytes.
func (p *Area) At() int { return p.text.offset() }

// Undo takes the last change back; false when there is none.
func (p *Area) Undo() bool {
	before, ok := p.past.pop()
	if !ok {
		return false
	}
	before.killed = p.text.killed
	p.text, p.last = before, editNone
	p.settle()
	return true
}

// Words counts the words; text without blanks, as Chinese is written, counts as few.
func (p *Area) Words() int { return len(strings.Fields(p.Value())) }

// Lines is how many lines the text needs at a width, at least 1.
func (p *Area) Lines(w int) int { return len(p.wrap(w)) }

// SetSize is the room of the text in cells.
func (p *Area) SetSize(w, h int) {
	w, h = max(w, 1), max(h, 1)
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h = w, h
	p.reveal()
}

func (p *Area) Focus() { p.focused = true }
func (p *Area) Blur()  { p.focused = false }

// Click sets the cursor to a cell of the view.
func (p *Area) Click(x, y int) {
	lines := p.wrap(p.w)
	y = min(max(y+p.top, 0), len(lines)-1)
	p.text.at = indexAt(p.text.cells, lines[y], x)
	p.last = editMove
	p.settle()
}

// Scroll moves the view by lines and leaves the cursor where it is.
func (p *Area) Scroll(by int) {
	p.top = min(max(p.top+by, 0), max(p.Lines(p.w)-p.h, 0))
}

// reveal scrolls as little as it must to show the cursor.
func (p *Area) reveal() {
	lines := p.wrap(p.w)
	_, y := placeOf(p.text.cells, lines, p.text.at, p.w)
	p.top = min(p.top, y, max(len(lines)-p.h, 0))
	p.top = max(p.top, y-p.h+1)
}

// View is h lines of exactly w cells.
func (p *Area) View(st theme.Styles) []string {
	lines := p.wrap(p.w)
	drawn := make([]string, 0, p.h)
	for y := p.top; y < p.top+p.h; y++ {
		var line text.Safe
		if y < len(lines) {
			line = shownCells(p.text.cells[lines[y].from:lines[y].to])
		}
		drawn = append(drawn, st.Ink.Render(string(Exactly(line, p.w))))
	}
	return drawn
}

// Cursor is where the terminal's cursor stands in the view; not ok without focus, or when scrolled away.
func (p *Area) Cursor() (x, y int, ok bool) {
	lines := p.wrap(p.w)
	x, y = placeOf(p.text.cells, lines, p.text.at, p.w)
	y -= p.top
	return x, y, p.focused && y >= 0 && y < p.h
}

// shownCells is a run of text as it is drawn.
func shownCells(cells []textCell) text.Safe {
	parts := make([]text.Safe, len(cells))
	for i, c := range cells {
		parts[i] = c.shown
	}
	return text.Join(parts, "")
}

// Exactly is s cut or padded to w cells.
func Exactly(s text.Safe, w int) text.Safe {
	return text.PadRight(text.Truncate(s, w, ""), w)
}
