package picker

import (
	"fmt"

	"tintype/ui/theme"
)

// SetWide says that the rows need the entire width of the screen, since nothing of them may be cut.
func (c *Picker) SetWide() { c.wide = true }

// IsWide reports whether the rows need the entire width of the screen.
func (c *Picker) IsWide() bool { return c.wide }

// AllowSeveral lets space mark more than one row. marked are the values of the rows that are marked already.
func (c *Picker) AllowSeveral(marked []string) {
	c.several, c.marked = true, map[string]bool{}
	for _, v := range marked {
		c.marked[v] = true
	}
}

// Marked returns the values of the marked rows in their order; nil if none is marked.
func (c *Picker) Marked() []string {
	var values []string
	for _, ch := range c.choices {
		if ch.Value != "" && c.marked[ch.Value] {
			values = append(values, ch.Value)
		}
	}
	return values
}

// mark marks the row under the cursor, or unmarks it. It does nothing while a text is being typed, to which a blank belongs, and on a row
// that has no value of its own.
func (c *Picker) mark() (done bool) {
	if c.filter.Value() != "" && !c.moved {
		return false
	}
	if c.cursor < len(c.shown) && c.choices[c.shown[c.cursor]].Value != "" {
		v := c.choices[c.shown[c.cursor]].Value
		c.marked[v] = !c.marked[v]
	}
	c.moved = true
	return true
}

// markSign returns the sign before a row: that of a marked one, or a blank.
func (c *Picker) markSign(row int, g theme.Glyphs) string {
	if row < len(c.shown) && c.marked[c.choices[c.shown[row]].Value] {
		return g.Mark
	}
	return " "
}

// enterHint says what enter does.
func (c *Picker) enterHint() string {
	if n := len(c.Marked()); n > 0 {
		return fmt.Sprintf("enter take %d", n)
	}
	return "enter " + c.verb
}
