package dialog

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/statusbar"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Draw draws the open dialog at the top of r between two rules, as high as it needs to be.
func (s *Stack) Draw(c *cell.Canvas, r cell.Rect, look theme.Look) {
	if !s.IsModal() || r.Empty() {
		return
	}
	inner, raised := s.inner(r, look), look.OnDialog()
	rule := raised.Styles.Rule.Render(strings.Repeat(look.Glyphs.HorizontalRule, r.W))
	lines := make([]string, inner.H, inner.H+1)
	if s.choice != nil {
		copy(lines, s.choice.list.View(inner.W, inner.H, raised))
	} else {
		copy(lines, s.decision.lines(inner.W, inner.H, raised))
	}
	c.Clear(r)
	c.PutPanel(cell.Rect{X: r.X, Y: r.Y, W: r.W, H: inner.H + 2}, append(append([]string{rule}, lines...), rule), look.Styles.Dialog)
}

// Height returns how many rows the open dialog needs of r, with its rules.
func (s *Stack) Height(r cell.Rect, look theme.Look) int { return s.inner(r, look).H + 2 }

// inner returns the room between the rules.
func (s *Stack) inner(r cell.Rect, look theme.Look) cell.Rect {
	height := r.H - 2
	switch {
	case s.choice != nil:
		height = s.choice.list.Height()
	case s.decision != nil:
		height = len(s.decision.lines(r.W, r.H-2, look))
	}
	return cell.Rect{X: r.X, Y: r.Y + 1, W: r.W, H: max(1, min(height, r.H-2))}
}

// Cursor returns the cursor of the filter of a list to choose from; ok is false if none is open.
func (s *Stack) Cursor(r cell.Rect, look theme.Look) (x, y int, ok bool) {
	inner := s.inner(r, look)
	if d := s.decision; d != nil && d.Secret != nil {
		return inner.X + d.Secret.column(inner.W), inner.Y + d.secretRow(inner.W, inner.H, look), !d.Secret.busy
	}
	if s.choice == nil {
		return 0, 0, false
	}
	x, y, ok = s.choice.list.Cursor(inner.W, inner.H)
	return inner.X + x, inner.Y + y, ok
}

// Scroll scrolls the list to choose from.
func (s *Stack) Scroll(by int) { s.choice.list.Scroll(by) }

// Click handles a click at x, y of the screen.
func (s *Stack) Click(x, y int, r cell.Rect, look theme.Look) tea.Cmd {
	if s.choice == nil || !r.Contains(x, y) {
		return nil
	}
	inner := s.inner(r, look)
	return s.endChoice(s.choice.list.Click(y-inner.Y, inner.W, inner.H))
}

// lines returns at most h lines of a decision. If they do not fit, the blank lines are dropped first and then the end of the text, but
// never the answers.
func (d *Decision) lines(w, h int, look theme.Look) []string {
	lines, _ := d.layOut(w, h, look)
	return lines
}

// secretRow returns the line of the secret.
func (d *Decision) secretRow(w, h int, look theme.Look) int {
	_, row := d.layOut(w, h, look)
	return row
}

// layOut returns the lines of a decision, and which of them is the secret.
func (d *Decision) layOut(w, h int, look theme.Look) (lines []string, secretRow int) {
	head := []string{" " + look.Styles.Strong.Render(look.Glyphs.Translate(d.Title))}
	body, answers := d.body(w, look), d.answers(w, look)
	var secret []string
	if d.Secret != nil {
		secret = d.Secret.lines(w, look)
	}
	blank := []string{""}
	if len(head)+len(body)+len(secret)+len(answers)+2 > h {
		blank, secret = nil, withoutBlanks(secret)
		body = body[:max(0, min(h-len(head)-len(secret)-len(answers), len(body)))]
	}
	for _, part := range [][]string{head, blank, body} {
		lines = append(lines, part...)
	}
	secretRow = len(lines)
	if len(blank) > 0 {
		secretRow++ // the secret has a blank line of its own before it
	}
	for _, part := range [][]string{secret, blank, answers} {
		lines = append(lines, part...)
	}
	return lines, secretRow
}

// withoutBlanks returns the lines that are not empty.
func withoutBlanks(lines []string) []string {
	return slices.DeleteFunc(lines, func(line string) bool { return line == "" })
}

// body returns the wrapped text of a decision.
func (d *Decision) body(w int, look theme.Look) []string {
	var lines []string
	add := func(paragraphs []string) {
		for _, s := range paragraphs {
			for _, line := range text.Wrap(text.Safe(look.Glyphs.Translate(s)), w-2) {
				lines = append(lines, " "+look.Styles.Text.Render(string(line)))
			}
		}
	}
	add(d.Text)
	if d.Code != "" {
		for _, line := range breakCode(text.Safe(look.Glyphs.Translate(d.Code)), w-4) {
			lines = append(lines, "   "+look.Styles.Strong.Render(string(line)))
		}
	}
	add(d.After)
	return lines
}

// breakCode breaks a line to copy, such as an address, after a slash where it is too long.
func breakCode(s text.Safe, w int) (lines []text.Safe) {
	for text.Width(s) > w {
		at := strings.LastIndexByte(string(text.Truncate(s, w, "")), '/') + 1
		if at == 0 {
			break
		}
		lines, s = append(lines, s[:at]), s[at:]
	}
	return append(lines, text.Wrap(s, w)...)
}

// keyColumn returns the width of the column of keys in a decision.
func (d *Decision) keyColumn() int {
	const least = 5
	column := least
	for _, a := range d.Answers {
		column = max(column, len(a.Key)+2)
	}
	return column
}

// answers returns the keys of a decision with their texts, which are wrapped beside the keys.
func (d *Decision) answers(w int, look theme.Look) []string {
	var lines []string
	keyColumn := d.keyColumn()
	for _, a := range d.Answers {
		key := text.Safe(a.Key)
		for _, line := range text.Wrap(text.Safe(look.Glyphs.Translate(a.Word)), w-keyColumn-2) {
			lines = append(lines, " "+look.Styles.Key.Render(string(text.PadRight(key, keyColumn)))+look.Styles.Muted.Render(string(line)))
			key = ""
		}
	}
	return lines
}

// Status returns the last row for the question, the menu or the note that is open; ok is false if none is.
func (s *Stack) Status(bar statusbar.Bar) (status statusbar.Status, ok bool) {
	var keys []statusbar.Key
	switch {
	case s.question != nil:
		for _, a := range s.question.Answers {
			keys = append(keys, statusbar.AnswerKey(a.Key, a.Word))
		}
		return bar.Question(s.question.Text, keys), true
	case s.menu != nil:
		return s.menu.panel(bar), true
	case s.note.Text != "":
		return bar.Sentence(s.note.Text), true
	}
	return statusbar.Status{}, false
}

// panel returns the menu as a panel above the last row.
func (m *menu) panel(bar statusbar.Bar) statusbar.Status {
	entries := make([]statusbar.Entry, len(m.items))
	for i, item := range m.items {
		entries[i] = statusbar.Entry{Key: statusbar.AnswerKey(item.Keys[0], item.Word), Muted: item.Impossible}
		if m.title == "" {
			entries[i].Group = item.Group.MenuName()
		}
	}
	return bar.Panel(m.title, entries, []statusbar.Key{statusbar.AnswerKey("esc", "close")})
}
