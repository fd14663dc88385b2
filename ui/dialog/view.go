package dialog

import (
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
	if s.choice == nil {
		return 0, 0, false
	}
	inner := s.inner(r, look)
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
	head := []string{" " + look.Styles.Strong.Render(look.Glyphs.Translate(d.Title))}
	body, answers := d.body(w, look), d.answers(w, look)
	blank := []string{""}
	if len(head)+len(body)+len(answers)+2 > h {
		blank = nil
		body = body[:max(0, min(h-len(head)-len(answers), len(body)))]
	}
	var lines []string
	for _, part := range [][]string{head, blank, body, blank, answers} {
		lines = append(lines, part...)
	}
	return lines
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
		lines = append(lines, "   "+look.Styles.Strong.Render(look.Glyphs.Translate(d.Code)))
	}
	add(d.After)
	return lines
}

// keyColumn is the width of the column of keys in a decision.
const keyColumn = 5

// answers returns the keys of a decision with their texts, which are wrapped beside the keys.
func (d *Decision) answers(w int, look theme.Look) []string {
	var lines []string
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
		for _, item := range s.menu.items {
			keys = append(keys, statusbar.AnswerKey(item.Keys[0], item.Word))
		}
		return bar.Keys(s.menu.title, keys), true
	case s.note.Text != "":
		return bar.Sentence(s.note.Text), true
	}
	return statusbar.Status{}, false
}
