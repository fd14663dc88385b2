package ui

import tea "charm.land/bubbletea/v2"

// promptBox is the prompt under edit: wrapped text with a cursor, readline's keys and undo.
type promptBox struct {
	w, h    int
	focused bool
}

func newPromptBox() promptBox { return promptBox{} }

// update takes a key. changed: the text is another one now. edge: -1 or +1 when ↑ or ↓ (ctrl+p, ctrl+n) could go no
// further. Keys that it does not know, enter among them, do nothing.
func (p *promptBox) update(key tea.KeyPressMsg) (changed bool, edge int) { return false, 0 }

// paste inserts text at the cursor; whole is false when it had to be cut.
func (p *promptBox) paste(text string) (whole bool) { return true }

// value is the text, raw. setValue replaces it (undoable), cursor at the end. restore sets it without a trace.
func (p *promptBox) value() string            { return "" }
func (p *promptBox) setValue(s string)        {}
func (p *promptBox) restore(s string, at int) {}

// at is the cursor's place in value(), in bytes.
func (p *promptBox) at() int { return 0 }

// undo takes the last change back; false: nothing to take back.
func (p *promptBox) undo() bool { return false }

func (p *promptBox) words() int { return 0 }

// lines is how many lines the text needs at a width, at least 1.
func (p *promptBox) lines(w int) int { return 1 }

func (p *promptBox) setSize(w, h int) { p.w, p.h = w, h }
func (p *promptBox) focus()           { p.focused = true }
func (p *promptBox) blur()            { p.focused = false }

// click sets the cursor at a cell of the view; scroll moves the view without the cursor.
func (p *promptBox) click(x, y int) {}
func (p *promptBox) scroll(by int)  {}

// view is h lines of exactly w cells.
func (p *promptBox) view(st styles) []string { return nil }

// cursor is where the terminal's cursor stands within the view; not ok when not focused or scrolled away.
func (p *promptBox) cursor() (x, y int, ok bool) { return 0, 0, false }

// lineBox is one line of text under edit: a filter.
type lineBox struct{}

func (l *lineBox) update(key tea.KeyPressMsg) (changed bool) { return false }
func (l *lineBox) paste(text string)                         {}
func (l *lineBox) value() string                             { return "" }
func (l *lineBox) setValue(s string)                         {}

// view is w cells; x is the cursor's column in it.
func (l *lineBox) view(w int, st styles) (line string, x int) { return "", 0 }
