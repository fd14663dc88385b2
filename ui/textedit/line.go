package textedit

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/theme"
)

// Line is one line of text under edit with the keys of the prompt: a filter, a free value.
type Line struct {
	text textBuffer
	last editKind
}

// Update takes a key; changed: the text is another one now. Keys that it does not know do nothing.
func (l *Line) Update(key tea.KeyPressMsg) (changed bool) {
	before := l.Value()
	l.last = l.text.edit(key, l.last)
	return l.last > editMove && l.Value() != before
}

// Paste inserts text; its line breaks become blanks.
func (l *Line) Paste(s string) {
	l.text.insert(oneLine(s))
	l.last = editInsert
}

func (l *Line) Value() string { return l.text.String() }

// SetValue replaces the text, cursor at the end.
func (l *Line) SetValue(s string) { l.text = newTextBuffer(oneLine(s)) }

// View is the end of the text that fits w cells, or from further left if the cursor stands there; x is the cursor's
// column in it.
func (l *Line) View(w int, st theme.Styles) (line string, x int) {
	from := 0
	for from < l.text.at && cellsWidth(l.text.cells[from:l.text.at]) >= w {
		from++
	}
	x = cellsWidth(l.text.cells[from:l.text.at])
	shown := Exactly(shownCells(l.text.cells[from:]), w)
	return st.Ink.Render(string(shown)), min(x, max(w-1, 0))
}

// oneLine is typed text without line breaks.
func oneLine(s string) string {
	cells := splitCells(typed(s))
	for i := range cells {
		if cells[i].isBreak() {
			cells[i].raw = " "
		}
	}
	return joinCells(cells)
}
