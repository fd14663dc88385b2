package textedit

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// Area is a wrapped text of several lines that is being edited. It uses the terminal's own cursor.
type Area struct {
	text     buffer
	undoable undoStack
	last     editKind // of the key before: a run of letters is undone at once, and consecutive kills are joined
	goalX    int      // the column that ↑ and ↓ try to keep; -1 for the cursor's own
	top      int      // the first line drawn
	w, h     int
	focused  bool
	wrapped  wrapCache

	placeholder string // shown while there is no text
}

// NewArea returns an empty area of one line.
func NewArea() Area { return Area{goalX: -1, w: 40, h: 1} }

// Update takes a key. changed reports whether the text has changed. edge is -1 or +1 when ↑ or ↓ (ctrl+p, ctrl+n) could
// go no further, so that the caller can recall an earlier or later text. Other keys, such as enter, do nothing.
func (p *Area) Update(key tea.KeyPressMsg) (changed bool, edge int) {
	switch key.Keystroke() {
	case "up", "ctrl+p":
		return false, p.moveLine(-1)
	case "down", "ctrl+n":
		return false, p.moveLine(+1)
	case "ctrl+_", "ctrl+/", "ctrl+shift+-", "ctrl+shift+_":
		return p.Undo(), 0
	case "ctrl+j", "alt+enter", "shift+enter":
		p.Paste("\n")
		return true, 0
	}
	return p.edit(key), 0
}

// edit applies one of readline's keys, or types the key's text.
func (p *Area) edit(key tea.KeyPressMsg) (changed bool) {
	before := p.text
	kind := p.text.edit(key, p.last)
	if kind == editNone {
		return false
	}
	changed = kind != editMove && p.text.String() != before.String()
	if changed {
		p.undoable.push(before, kind, p.last)
	}
	p.last = kind
	p.afterEdit()
	return changed
}

// moveLine moves the cursor one drawn line up or down, or returns the edge that it is at.
func (p *Area) moveLine(by int) (edge int) {
	lines := p.wrap(p.w)
	x, y := positionOf(p.text.chars, lines, p.text.at, p.w)
	if y+by < 0 || y+by >= len(lines) {
		return by
	}
	if p.goalX < 0 {
		p.goalX = x
	}
	p.text.at = indexAt(p.text.chars, lines[y+by], p.goalX)
	if p.last != editRecall {
		p.last = editMove
	}
	p.reveal()
	return 0
}

// snapshot stores the text for undo, before an edit of a kind.
func (p *Area) snapshot(kind editKind) {
	p.undoable.push(p.text, kind, p.last)
	p.last = kind
}

// afterEdit forgets the column that ↑ and ↓ kept, and scrolls to the cursor.
func (p *Area) afterEdit() {
	p.goalX = -1
	p.reveal()
}

// Paste inserts text at the cursor as one change. It reports whether there was room for all of it.
func (p *Area) Paste(s string) (complete bool) {
	p.snapshot(editInsert)
	complete = p.text.insert(s)
	p.afterEdit()
	return complete
}

// Value returns the text as it is sent.
func (p *Area) Value() string { return p.text.String() }

// SetValue replaces the text and moves the cursor to the end; undo restores the text before.
func (p *Area) SetValue(s string) {
	s, _ = text.CutBytes(s, MaxPrompt)
	if s == p.Value() {
		return
	}
	p.snapshot(editInsert)
	p.last = editNone
	p.replace(s)
}

// SetRecalled replaces the text in a step of recall: after any number of steps, one undo restores the draft.
func (p *Area) SetRecalled(s string) {
	if p.last != editRecall {
		p.snapshot(editRecall)
	}
	p.replace(s)
	p.last = editRecall
}

// Restore sets the text and the cursor, at an offset in bytes, with nothing to undo.
func (p *Area) Restore(s string, offset int) {
	s, _ = text.CutBytes(s, MaxPrompt)
	p.undoable, p.last = undoStack{}, editNone
	p.replace(s)
	p.text.moveToOffset(offset)
	p.afterEdit()
}

func (p *Area) replace(s string) {
	killed := p.text.killed
	p.text = newBuffer(s)
	p.text.killed = killed
	p.afterEdit()
}

// Offset returns the cursor's offset in Value, in bytes.
func (p *Area) Offset() int { return p.text.offset() }

// MoveTo moves the cursor to an offset in Value, in bytes.
func (p *Area) MoveTo(offset int) {
	p.text.moveToOffset(offset)
	p.afterEdit()
}

// Undo undoes the last change, and reports whether there was one.
func (p *Area) Undo() bool {
	before, ok := p.undoable.pop()
	if !ok {
		return false
	}
	before.killed = p.text.killed
	p.text, p.last = before, editNone
	p.afterEdit()
	return true
}

// Words returns the number of words; text without blanks, such as Chinese, counts as few.
func (p *Area) Words() int { return len(strings.Fields(p.Value())) }

// Lines returns how many lines the text needs at a width, at least 1.
func (p *Area) Lines(w int) int { return len(p.wrap(w)) }

// SetSize sets the size of the view in cells.
func (p *Area) SetSize(w, h int) {
	w, h = max(w, 1), max(h, 1)
	if w == p.w && h == p.h {
		return
	}
	p.w, p.h = w, h
	p.reveal()
}

// SetPlaceholder sets a sentence that is shown while there is no text. It is no text: it takes no room beyond the view.
func (p *Area) SetPlaceholder(s string) { p.placeholder = s }

// Focus shows the cursor.
func (p *Area) Focus() { p.focused = true }

// Blur hides the cursor.
func (p *Area) Blur() { p.focused = false }

// Click moves the cursor to a cell of the view.
func (p *Area) Click(x, y int) {
	lines := p.wrap(p.w)
	y = min(max(y+p.top, 0), len(lines)-1)
	p.text.at = indexAt(p.text.chars, lines[y], x)
	p.last = editMove
	p.afterEdit()
}

// Scroll scrolls the view by lines; the cursor stays where it is in the text.
func (p *Area) Scroll(by int) {
	p.top = min(max(p.top+by, 0), max(p.Lines(p.w)-p.h, 0))
}

// reveal scrolls as little as needed to show the cursor.
func (p *Area) reveal() {
	lines := p.wrap(p.w)
	_, y := positionOf(p.text.chars, lines, p.text.at, p.w)
	p.top = min(p.top, y, max(len(lines)-p.h, 0))
	p.top = max(p.top, y-p.h+1)
}

// View draws lines of exactly the size that was set.
func (p *Area) View(st theme.Styles) []string {
	if len(p.text.chars) == 0 && p.placeholder != "" {
		return p.viewPlaceholder(st)
	}
	lines := p.wrap(p.w)
	drawn := make([]string, 0, p.h)
	for y := p.top; y < p.top+p.h; y++ {
		var line text.Safe
		if y < len(lines) {
			line = shownText(p.text.chars[lines[y].from:lines[y].to])
		}
		drawn = append(drawn, st.Text.Render(string(text.Fit(line, p.w))))
	}
	return drawn
}

// viewPlaceholder draws the placeholder.
func (p *Area) viewPlaceholder(st theme.Styles) []string {
	lines := text.Wrap(text.CleanLine(p.placeholder), p.w)
	drawn := make([]string, p.h)
	for y := range drawn {
		line := text.Safe("")
		if y < len(lines) {
			line = lines[y]
		}
		drawn[y] = st.Muted.Render(string(text.Fit(line, p.w)))
	}
	return drawn
}

// Cursor returns the place of the terminal's cursor in the view; ok is false without focus, or when it is scrolled away.
func (p *Area) Cursor() (x, y int, ok bool) {
	lines := p.wrap(p.w)
	x, y = positionOf(p.text.chars, lines, p.text.at, p.w)
	y -= p.top
	return x, y, p.focused && y >= 0 && y < p.h
}

// shownText returns characters as they are drawn.
func shownText(cells []character) text.Safe {
	parts := make([]text.Safe, len(cells))
	for i, c := range cells {
		parts[i] = c.shown
	}
	return text.Join(parts, "")
}
