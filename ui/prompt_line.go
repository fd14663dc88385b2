package ui

import (
	tea "charm.land/bubbletea/v2"
)

// lineBox is one line of text under edit with the keys of the prompt: a filter, a free value.
type lineBox struct {
	text textBuffer
	last editKind
}

// update takes a key; changed: the text is another one now. Keys that it does not know do nothing.
func (l *lineBox) update(key tea.KeyPressMsg) (changed bool) {
	before := l.value()
	l.last = l.text.edit(key, l.last)
	return l.last > editMove && l.value() != before
}

// paste inserts text; its line breaks become blanks.
func (l *lineBox) paste(s string) {
	l.text.insert(oneLine(s))
	l.last = editInsert
}

func (l *lineBox) value() string { return l.text.String() }

// setValue replaces the text, cursor at the end.
func (l *lineBox) setValue(s string) { l.text = newTextBuffer(oneLine(s)) }

// view is the end of the text that fits w cells, or from further left if the cursor stands there; x is the cursor's
// column in it.
func (l *lineBox) view(w int, st styles) (line string, x int) {
	from := 0
	for from < l.text.at && cellsWidth(l.text.cells[from:l.text.at]) >= w {
		from++
	}
	x = cellsWidth(l.text.cells[from:l.text.at])
	shown := exactly(shownCells(l.text.cells[from:]), w)
	return st.ink.Render(string(shown)), min(x, max(w-1, 0))
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
