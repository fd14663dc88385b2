package sheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/lipgloss/v2"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/plan"
	"tintype/ui/text"
	"tintype/ui/theme"
	"tintype/ui/wording"
)

// Draw draws the header, the table or the list, a sentence about the cell under the cursor, and the last row.
func (s *Screen) Draw(c *cell.Canvas) {
	header, look := s.program.HeaderRow(), s.program.Look()
	if s.plan == nil {
		s.program.DrawStatus(c)
		return
	}
	c.Put(header, []string{s.header(header.W, look)})
	g := s.grid()
	switch {
	case s.flicks:
		for _, t := range s.thumbs {
			s.program.Preview().DrawThumb(c, t, look)
		}
	case s.showsList():
		s.drawList(c, look)
	default:
		s.drawTable(c, g, look)
	}
	c.Put(cell.Rect{X: 1, Y: g.room.Bottom(), W: g.room.W, H: 1}, []string{s.about(g.room.W, look)})
	s.program.DrawStatus(c)
}

// header returns what the plan is, and at the right what of it is had and to buy. Without room the right part loses what matters least.
func (s *Screen) header(w int, look theme.Look) string {
	t := s.totals
	title := "Plan"
	if t.Had > 0 && t.New == 0 && t.Coming == 0 {
		title = "Sheet"
	}
	facts := s.facts(t)
	if status := s.program.PlanStatus(s.plan); status != "" {
		facts = []fact{{text: status}, {s.program.BudgetLeft(), 1}}
	}
	for rank := leastRank; rank >= 0; rank-- {
		var said []string
		for _, f := range facts {
			if f.rank <= rank && f.text != "" {
				said = append(said, f.text)
			}
		}
		right := look.Glyphs.Translate(strings.Join(said, " · "))
		for _, left := range []string{"  " + look.Glyphs.Translate(s.shape()), "  " + format.Plural(t.Cells, "cell"), ""} {
			space := w - len(title) - cell.Width(left) - cell.Width(right)
			if left == "" && rank > 0 && t.New > 0 || space < 2 && (left != "" || rank > 0) {
				continue // the price alone is more than the number of cells
			}
			return look.Styles.Strong.Render(title) + look.Styles.Text.Render(left) + s.template(space, look) + look.Styles.Muted.Render(right)
		}
	}
	return ""
}

// leastTemplate is how many columns of a template are worth a place.
const leastTemplate = 16

// template returns the prompt as it was written, within a space in the header.
func (s *Screen) template(space int, look theme.Look) string {
	room := space - 3 - 3 // blanks around it
	said := text.CleanLine(s.subject())
	if said == "" || room < leastTemplate {
		return strings.Repeat(" ", max(space, 1))
	}
	said = text.Truncate(said, room, look.Glyphs.Ellipsis)
	return "   " + look.Styles.Muted.Render(string(said)) + strings.Repeat(" ", space-3-text.Width(said))
}

// subject returns what the plan is of: its prompt, or the name of the axis that has the prompts, such as "final on flux-2-pro".
func (s *Screen) subject() string {
	for _, a := range s.plan.Spec.Axes {
		if slices.Contains(a.Of, plan.OfPrompt) {
			return a.Name()
		}
	}
	return s.plan.Spec.Prompt
}

// fact is a part of the header's right side. Without room those of the highest rank are dropped first.
type fact struct {
	text string
	rank int
}

const leastRank = 5

// shape returns the sizes of the axes: "3 × 4 × seeds 3 = 36 cells", or "7 of 7 × 2 cells" if not all are made.
func (s *Screen) shape() string {
	var sizes []string
	all := 1
	for _, a := range s.plan.Axes {
		all *= len(a.Values)
		size := strconv.Itoa(len(a.Values))
		if a.Sets(plan.OfSeed) {
			size = "seeds " + size
		}
		sizes = append(sizes, size)
	}
	cells := format.Plural(len(s.plan.Cells), "cell")
	if len(sizes) < 2 {
		return cells
	}
	if all != len(s.plan.Cells) {
		return fmt.Sprintf("%s of %s cells", format.Count(len(s.plan.Cells)), strings.Join(sizes, " × "))
	}
	return strings.Join(sizes, " × ") + " = " + cells
}

// facts returns what of the plan is had, coming and to buy, what that costs, and what is left of the budget.
func (s *Screen) facts(t plan.Totals) (facts []fact) {
	add := func(n int, word string, rank int) {
		if n > 0 {
			facts = append(facts, fact{format.Count(n) + " " + word, rank})
		}
	}
	add(t.Had, "had", 2)
	add(t.Same, "the same", 5)
	add(t.Coming, "coming", 2)
	add(t.LeftOut, "left out", 4)
	add(t.Invalid, "not possible", 3)
	if t.New > 0 {
		add(t.New, "to buy", 0)
		facts = append(facts, fact{wording.PlanPrice(t, s.program.IsFree()), 0}, fact{s.program.BudgetLeft(), 1})
	}
	return facts
}

// comingWord is said of a cell that is coming, of which no progress is known.
const comingWord = "coming"

// words returns a few words about a cell: "new $0.025", "= left", "62%".
func (s *Screen) words(i int, look *theme.Look) (text.Safe, lipgloss.Style) {
	st, c := &look.Styles, &s.plan.Cells[i]
	row, known := s.List.Row(c.NewestKey())
	switch c.State {
	case plan.Had:
		return s.hadMark(i, look) + " had", st.Success
	case plan.Same:
		return text.Safe("= " + s.sameAs(c)), st.Muted
	case plan.Coming:
		if known && row.State == history.Unconfirmed {
			return "? unconfirmed", st.Unconfirmed
		}
		if known && row.Live != nil && row.Live.Progress > 0 {
			return text.Safe(look.Glyphs.Progress(row.Live.Progress) + fmt.Sprintf(" %d%%", format.Percent(row.Live.Progress))), st.Running
		}
		return comingWord, st.Running
	case plan.LeftOut:
		return "left out", st.Muted
	case plan.Invalid:
		return "not possible", st.Muted
	}
	if known && row.State != history.Done {
		return text.Safe(look.Glyphs.Failed + " " + string(row.State)), st.Failure
	}
	switch {
	case s.program.IsFree():
		return "new", st.Text
	case c.Estimate == nil:
		return "new, price ?", st.Text
	}
	return text.Safe("new " + format.Dollars(c.Estimate.USD)), st.Text
}

// hadMark returns the signs of a cell whose picture is here: a tick, and a star if it has one.
func (s *Screen) hadMark(i int, look *theme.Look) text.Safe {
	if row, known := s.List.Row(s.plan.Cells[i].NewestKey()); known && row.Star {
		return text.Safe(look.Glyphs.Star + look.Glyphs.Done)
	}
	return text.Safe(look.Glyphs.Done)
}

// sameAs says where the cell is that a cell is the same as: "left", "up", or the place.
func (s *Screen) sameAs(c *plan.Cell) string {
	other := s.plan.Cells[c.SameAs].At
	differs, axis := 0, -1
	for i, v := range c.At {
		if v != other[i] {
			differs, axis = differs+1, i
		}
	}
	switch {
	case differs == 1 && s.showsList():
		return string(text.Truncate(s.label(axis, other[axis]), wordsWidth-2, s.program.Look().Glyphs.Ellipsis))
	case differs == 1 && axis == s.columns && other[axis] < c.At[axis] && !s.flowing():
		return "left"
	case differs == 1 && axis == s.rows && other[axis] < c.At[axis]:
		return "up"
	case differs == 1:
		return string(s.label(axis, other[axis]))
	}
	return "another"
}
