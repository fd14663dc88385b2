package form

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/layout"
	"tintype/ui/params"
	"tintype/ui/text"
	"tintype/ui/theme"
)

const (
	valueColumn   = 10 // the column of the values, unless a longer label needs more room
	detailsColumn = 7  // the column of the details, counted from the values
)

// Title returns the label of the page that is open.
func (s *Settings) Title() string {
	if s.moreOpen {
		return "More for " + string(text.CleanLine(s.model.Name()))
	}
	return "Settings"
}

// RowCount returns how many rows the page that is open has.
func (s *Settings) RowCount() int { return len(s.rowNames()) }

// View draws h lines of exactly w cells; the first column is for the cursor bar. Without focus 1 and 2 lines are the
// compact form; otherwise the window follows the cursor.
func (s *Settings) View(w, h int, focused bool, look theme.Look) []string {
	lines := make([]string, 0, max(h, 0))
	switch {
	case h <= 0 || w <= 0:
		return nil
	case h <= layout.CompactRows && !focused:
		for _, line := range (compact{s, look.Glyphs}).lines(h) {
			lines = append(lines, look.Styles.Text.Render(string(text.Fit(text.Join([]text.Safe{" ", line}, ""), w))))
		}
	default:
		names := s.rowNames()
		for i := s.firstRow(h); i < len(names) && len(lines) < h; i++ {
			lines = append(lines, s.drawRow(names[i], w, focused, look))
		}
	}
	for len(lines) < h {
		lines = append(lines, strings.Repeat(" ", w))
	}
	return lines
}

// firstRow returns the first row of a window of h rows that shows the cursor.
func (s *Settings) firstRow(h int) int {
	return max(0, slices.Index(s.rowNames(), s.row)-h+1)
}

// settingsRow is the content of a row.
type settingsRow struct {
	label, value, details text.Safe
	brief                 text.Safe // instead of the details where they have no room; "" for nothing
	hasSteps              bool      // ← and → change the value, which is drawn between ‹ and ›
}

// drawRow draws one row: "▌shape   ‹16:9›  1344×768 ▭".
func (s *Settings) drawRow(name string, w int, focused bool, look theme.Look) string {
	st, g := look.Styles, look.Glyphs
	row, at := s.describeRow(name, g), s.valueX(w)
	label, value, bar := st.Muted, st.Text, " "
	before, after := " ", ""
	if focused && name == s.row {
		label, value, bar = st.CursorRow, st.CursorRow, g.Cursor
		if row.hasSteps {
			before, after = g.Previous, g.Next
		}
	}
	head := string(text.Fit(text.Truncate(row.label, at-3, g.Ellipsis), at-2))
	shown := text.Join([]text.Safe{row.value, text.Safe(after)}, "")
	room := max(w-at, 0)
	if row.details != "" {
		shown = text.PadRight(shown, min(detailsColumn-1, room))
	}
	shown = text.Truncate(shown, room, g.Ellipsis)
	details := text.Safe("")
	if text.Width(row.details) > room-text.Width(shown)-1 {
		row.details = row.brief
		const leastName = 7
		if left := room - text.Width(row.brief) - 1; row.brief != "" && left >= leastName {
			shown = text.Truncate(shown, left, g.Ellipsis)
		}
	}
	if left := room - text.Width(shown) - 1; row.details != "" && text.Width(row.details) <= left {
		details = text.Join([]text.Safe{" ", row.details}, "")
	}
	rest := room - text.Width(shown) - text.Width(details)
	return value.Render(bar) + label.Render(head) + st.Muted.Render(before) + value.Render(string(shown)) +
		st.Muted.Render(string(details)) + strings.Repeat(" ", max(rest, 0))
}

// valueX returns the column of the values: after the longest label, a blank and the ‹, as far as the values keep some
// room.
func (s *Settings) valueX(w int) int {
	at := valueColumn
	for _, name := range s.rowNames() {
		at = max(at, text.Width(text.CleanLine(params.Label(name)))+3)
	}
	const leastValue = 12
	return max(min(at, w-leastValue), 4)
}

// describeRow returns the content of a row.
func (s *Settings) describeRow(name string, g theme.Glyphs) settingsRow {
	row := settingsRow{label: text.CleanLine(params.Label(name)), value: s.rowText(name), hasSteps: true}
	switch name {
	case RowModel:
	case RowMore, RowPlan:
		row.hasSteps = false
	case params.Shape:
		row.details = s.shapeDetails(g)
	case params.Quality:
		if s.Value(params.Format) == "png" {
			row.details = "no effect on png"
		}
	default:
		p, _ := s.model.Parameter(name)
		row.hasSteps = len(p.Choices) > 0 || p.Type == model.Boolean || p.IsNumber()
		if s.moreOpen {
			row.details = text.CleanLine(params.Help(name, p.Help))
		}
		if sent := s.sentText(name); p.IsImage() && sent.Full != "" {
			row.details, row.brief = text.CleanLine(g.Translate(sent.Full)), text.CleanLine(sent.Brief)
		}
	}
	return row
}

// rowText returns the text of a row's value.
func (s *Settings) rowText(name string) text.Safe {
	switch {
	case s.IsTyping() && name == s.row && s.entry.text != "":
		return text.CleanLine(s.entryText())
	case s.Several(name) != "":
		return text.CleanLine(s.severalText(name))
	case name == RowModel:
		return text.CleanLine(s.model.Label())
	case name == RowMore:
		return text.CleanLine(s.moreText())
	case name == RowPlan:
		return text.CleanLine(s.carried.summary())
	}
	return text.CleanLine(s.Text(name, s.Value(name)))
}

// Text returns the text of a parameter's value.
func (s *Settings) Text(name string, v any) string { return ValueText(s.model, name, v) }

// ValueText returns the text of a value of a model's parameter as the form shows it; the underscores of a choice are written as blanks.
func ValueText(m model.Model, name string, v any) string {
	p, _ := m.Parameter(name)
	on, isBool := v.(bool)
	switch {
	case isEmpty(v) && name == params.Seed:
		return "random"
	case isEmpty(v) && (p.IsImage() || len(p.Choices) == 0 && p.Type == model.String):
		return "none"
	case isEmpty(v):
		return "default"
	case p.IsImage():
		return imageText(Images(v))
	case isBool && params.Inverts(name):
		return p.Format(!on)
	case p.Type == model.String && len(p.Choices) > 0:
		return strings.ReplaceAll(p.Format(v), "_", " ")
	}
	return p.Format(v)
}

// shapeDetails returns the size in pixels, and the sign of the shape at the end of the line; "" of several shapes.
func (s *Settings) shapeDetails(g theme.Glyphs) text.Safe {
	w, h, ok := s.Size()
	if !ok || s.Several(params.Shape) != "" {
		return ""
	}
	return text.CleanLine(fmt.Sprintf("%d%s%d %s", w, g.Times, h, g.Shape(w, h)))
}

// moreText says which parameters behind "more" were changed, or how many there are.
func (s *Settings) moreText() string {
	var changed []string
	names := s.extraNames()
	for _, name := range names {
		p, _ := s.model.Parameter(name)
		if v, ok := s.fitted[name]; ok && p.Format(v) != p.Format(p.Default) {
			changed = append(changed, params.Label(name)+" "+s.Text(name, v))
		}
	}
	if len(changed) > 0 {
		return strings.Join(changed, ", ")
	}
	return fmt.Sprintf("%d settings", len(names))
}

// Cursor returns the place of the terminal's cursor in View(w, h); ok is false unless a value is being typed.
func (s *Settings) Cursor(w, h int) (x, y int, ok bool) {
	y = slices.Index(s.rowNames(), s.row) - s.firstRow(h)
	x = s.valueX(w) + len(s.entry.text)
	return x, y, s.IsTyping() && y >= 0 && x < w
}
