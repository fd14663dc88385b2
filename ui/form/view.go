package form

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/layout"
	"tintype/ui/params"
	"tintype/ui/text"
	"tintype/ui/textedit"
	"tintype/ui/theme"
)

// valueColumn is where the values of the settings stand, unless a longer name on the page of "more" asks for room;
// factsColumn is how far behind it the facts do.
const (
	valueColumn = 10
	factsColumn = 7
)

// Title is the label of what is open.
func (s *Settings) Title() string {
	if s.More {
		return "More for " + string(text.CleanLine(s.Model.Name()))
	}
	return "Settings"
}

// Rows is how many rows it would like, unfolded.
func (s *Settings) Rows() int { return len(s.rowNames()) }

// View is h lines of exactly w cells, of which the first column is the cursor bar's. 1 and 2 lines are the folded form;
// with more, the window follows the cursor.
func (s *Settings) View(w, h int, focused bool, st theme.Styles, g theme.Glyphs) []string {
	lines := make([]string, 0, max(h, 0))
	switch {
	case h <= 0 || w <= 0:
		return nil
	case h <= layout.SettingsFolded && !focused:
		for _, line := range s.folded(h, g) {
			lines = append(lines, st.Ink.Render(string(textedit.Exactly(text.Join([]text.Safe{" ", line}, ""), w))))
		}
	default:
		names := s.rowNames()
		for i := s.firstRow(h); i < len(names) && len(lines) < h; i++ {
			lines = append(lines, s.drawRow(names[i], w, focused, st, g))
		}
	}
	for len(lines) < h {
		lines = append(lines, strings.Repeat(" ", w))
	}
	return lines
}

// firstRow is the first row in a window of h that shows the cursor.
func (s *Settings) firstRow(h int) int {
	return max(0, slices.Index(s.rowNames(), s.Row)-h+1)
}

// settingsRow is what a row says. The value may be clicked away from: it stands between ‹ and ›.
type settingsRow struct {
	label, value, facts text.Safe
	steps               bool // ← → mean something here
}

// drawRow draws one row: "▌shape   ‹16:9›  1344×768 ▭".
func (s *Settings) drawRow(name string, w int, focused bool, st theme.Styles, g theme.Glyphs) string {
	row, at := s.describe(name, g), s.valueAt(w)
	label, value, bar := st.Soft, st.Ink, " "
	before, after := " ", ""
	if focused && name == s.Row {
		label, value, bar = st.CursorRow, st.CursorRow, g.Cursor
		if row.steps {
			before, after = g.Earlier, g.Later
		}
	}
	head := string(textedit.Exactly(text.Truncate(row.label, at-3, g.Ellipsis), at-2))
	shown := text.Join([]text.Safe{row.value, text.Safe(after)}, "")
	room := max(w-at, 0)
	if row.facts != "" {
		shown = text.PadRight(shown, min(factsColumn-1, room))
	}
	shown = text.Truncate(shown, room, g.Ellipsis)
	facts := text.Safe("")
	if left := room - text.Width(shown) - 1; row.facts != "" && text.Width(row.facts) <= left {
		facts = text.Join([]text.Safe{" ", row.facts}, "")
	}
	rest := room - text.Width(shown) - text.Width(facts)
	return value.Render(bar) + label.Render(head) + st.Soft.Render(before) + value.Render(string(shown)) +
		st.Soft.Render(string(facts)) + strings.Repeat(" ", max(rest, 0))
}

// valueAt is the column of the values: behind the longest label, a blank and the ‹, while the values keep some room.
func (s *Settings) valueAt(w int) int {
	at := valueColumn
	for _, name := range s.rowNames() {
		at = max(at, text.Width(text.CleanLine(params.Label(name)))+3)
	}
	const leastValue = 12
	return max(min(at, w-leastValue), 4)
}

// describe says a row in words.
func (s *Settings) describe(name string, g theme.Glyphs) settingsRow {
	row := settingsRow{label: text.CleanLine(params.Label(name)), value: s.valueWord(name), steps: true}
	switch name {
	case rowModel:
	case RowMore:
		row.steps = false
	case params.Shape:
		row.facts = s.shapeFacts(g)
	case params.Quality:
		if s.Value(params.Format) == "png" {
			row.facts = "no effect on png"
		}
	default:
		p, _ := s.Model.Parameter(name)
		row.steps = len(p.Choices) > 0 || p.Type == model.Boolean || p.Type == model.Integer || p.Type == model.Number
		if s.More {
			row.facts = text.CleanLine(p.Help)
		}
	}
	return row
}

// valueWord is what a row's value reads.
func (s *Settings) valueWord(name string) text.Safe {
	switch {
	case s.digits != "" && name == s.Row:
		return text.CleanLine(s.digits)
	case name == rowModel:
		return text.CleanLine(s.Model.Name())
	case name == RowMore:
		return text.CleanLine(s.moreWord())
	}
	return text.CleanLine(s.WordOf(name, s.Value(name)))
}

// WordOf is what a value of a parameter reads; none of the words of a choice is changed but its underscores.
func (s *Settings) WordOf(name string, v any) string {
	p, _ := s.Model.Parameter(name)
	switch {
	case emptyValue(v) && name == params.Seed:
		return "random"
	case emptyValue(v) && (p.Type == model.Image || p.Type == model.Images || len(p.Choices) == 0 && p.Type == model.String):
		return "none"
	case emptyValue(v):
		return "default"
	case p.Type == model.Image || p.Type == model.Images:
		return imageWord(ImagesOf(v))
	case p.Type == model.String && len(p.Choices) > 0:
		return strings.ReplaceAll(p.Format(v), "_", " ")
	}
	return p.Format(v)
}

// shapeFacts are the size in pixels and the little picture of the shape, which ends the line.
func (s *Settings) shapeFacts(g theme.Glyphs) text.Safe {
	w, h, ok := s.Size()
	if !ok {
		return ""
	}
	return text.CleanLine(fmt.Sprintf("%d%s%d %s", w, g.Times, h, g.Shape(w, h)))
}

// moreWord says what is behind "more": what was changed there, else how much there is.
func (s *Settings) moreWord() string {
	var changed []string
	names := s.extraNames()
	for _, name := range names {
		p, _ := s.Model.Parameter(name)
		if v, ok := s.fitted[name]; ok && p.Format(v) != p.Format(p.Default) {
			changed = append(changed, params.Label(name)+" "+s.WordOf(name, v))
		}
	}
	if len(changed) > 0 {
		return strings.Join(changed, ", ")
	}
	return fmt.Sprintf("%d others", len(names))
}

// Cursor is where the terminal's cursor stands in view(w, h) while a number is typed.
func (s *Settings) Cursor(w, h int) (x, y int, ok bool) {
	y = slices.Index(s.rowNames(), s.Row) - s.firstRow(h)
	x = s.valueAt(w) + len(s.digits)
	return x, y, s.digits != "" && y >= 0 && x < w
}
