package theme

import (
	"strings"

	"charm.land/lipgloss/v2"
)

// Frame returns the lines of a frame of w×h cells around what is selected, blank inside, on the background of dialogs. Without ends it
// has no line at the top and the bottom.
func (l Look) Frame(w, h int, ends bool) []string {
	border := lipgloss.ThickBorder()
	if l.Glyphs.ascii {
		border = lipgloss.ASCIIBorder()
	}
	style := l.Styles.onDialogBackground(l.Styles.CursorRow)
	line := func(left, middle, right string) string {
		return style.Render(left + strings.Repeat(middle, max(w-2, 0)) + right)
	}
	lines := make([]string, max(h, 0))
	for i := range lines {
		lines[i] = line(border.Left, " ", border.Right)
	}
	if ends && h > 1 {
		lines[0], lines[h-1] = line(border.TopLeft, border.Top, border.TopRight), line(border.BottomLeft, border.Bottom, border.BottomRight)
	}
	return lines
}
