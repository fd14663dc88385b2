package textedit

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/text"
	"tintype/ui/theme"
)

// Line is a single line of text that is being edited, such as a filter. The zero Line is empty.
type Line struct {
	text buffer
	last editKind
}

// Update takes a key, and reports whether the text has changed. Keys without a meaning here do nothing.
func (l *Line) Update(key tea.KeyPressMsg) (changed bool) {
	before := l.Value()
	l.last = l.text.edit(key, l.last)
	return l.last > editMove && l.Value() != before
}

// Paste inserts text at the cursor; line breaks become blanks.
func (l *Line) Paste(s string) {
	l.text.insert(oneLine(s))
	l.last = editInsert
}

// Value returns the text.
func (l *Line) Value() string { return l.text.String() }

// SetValue replaces the text and moves the cursor to the end.
func (l *Line) SetValue(s string) { l.text = newBuffer(oneLine(s)) }

// View draws w cells with as much of the text before the cursor as fits; x is the cursor's column.
func (l *Line) View(w int, st theme.Styles) (line string, x int) {
	from := 0
	for from < l.text.at && widthOf(l.text.chars[from:l.text.at]) >= w {
		from++
	}
	x = widthOf(l.text.chars[from:l.text.at])
	shown := text.Fit(shownText(l.text.chars[from:]), w)
	return st.Text.Render(string(shown)), min(x, max(w-1, 0))
}

// oneLine turns line breaks into blanks.
func oneLine(s string) string {
	cells := splitCharacters(sanitize(s))
	for i := range cells {
		if cells[i].isBreak() {
			cells[i].raw = " "
		}
	}
	return rawText(cells)
}
