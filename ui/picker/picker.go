package picker

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/textedit"
)

// Choice is one row of a chooser: value is what is taken, text what is read, middle and right are columns flush right. What stands
// in the middle is ours.
type Choice struct{ Value, Text, Middle, Right string }

// Result is what a key or a click did to a chooser.
type Result int

const (
	ChooserOpen Result = iota // it goes on
	Taken                     // enter: taken() is the choice
	Edited                    // tab, where it is offered: taken() is taken to be edited
	Dismissed                 // esc: nothing changes
)

// Picker is a list to choose one from, filtered as one types:
//
//	 Model                       7 of 14
//	  flux█
//	▌ flux-schnell   1.2 s  about $0.003
//	  flux-dev       8.0 s  about $0.025
//	  owner/name             any other id
//
//	 enter take   esc keep flux-schnell
type Picker struct {
	Row      string // what is chosen: rowModel, a parameter's name, or the caller's own word
	title    string
	Choices  []Choice
	kept     string // what esc keeps, as it is read; "" when nothing is
	filter   textedit.Line
	shown    []int // the choices that the filter leaves
	at       int   // index into shown; len(shown) is the free row
	offered  *freeChoice
	tabEdits bool
	Verb     string // what enter does: "take"
	said     string // why enter did nothing
}

// freeChoice is the last row, which takes the typed text itself.
type freeChoice struct {
	name, hint string
	check      func(text string) error
}

// New lists choices under a title. The cursor starts on the choice of that value, which is what esc keeps.
func New(row, title string, choices []Choice, value string) *Picker {
	c := &Picker{Row: row, title: title, Choices: choices, Verb: "take"}
	c.refilter()
	if i := slices.IndexFunc(choices, func(ch Choice) bool { return ch.Value == value }); i >= 0 {
		c.at, c.kept = i, choices[i].Text
	}
	return c
}

// Free adds the last row: its name and hint, and what the text must pass.
func (c *Picker) Free(name, hint string, check func(text string) error) {
	c.offered = &freeChoice{name, hint, check}
}

// Editable lets tab take the choice to be edited.
func (c *Picker) Editable() { c.tabEdits = true }

// Update takes a key.
func (c *Picker) Update(key tea.KeyPressMsg) Result {
	c.said = ""
	switch key.Keystroke() {
	case "enter":
		return c.take(Taken)
	case "tab":
		if c.tabEdits {
			return c.take(Edited)
		}
	case "esc":
		return Dismissed
	case "up", "ctrl+p":
		c.move(-1)
	case "down", "ctrl+n":
		c.move(+1)
	case "pgup":
		c.move(-10)
	case "pgdown":
		c.move(+10)
	default:
		if c.filter.Update(key) {
			c.refilter()
		}
	}
	return ChooserOpen
}

// take ends the chooser if there is something to take, else it says why not.
func (c *Picker) take(end Result) Result {
	if c.at < len(c.shown) {
		return end
	}
	if c.offered == nil {
		return ChooserOpen
	}
	if err := c.offered.check(c.filter.Value()); err != nil {
		c.said = err.Error()
		return ChooserOpen
	}
	return end
}

// Taken is the value under the cursor: the free row's is the typed text.
func (c *Picker) Taken() string {
	if c.at < len(c.shown) {
		return c.Choices[c.shown[c.at]].Value
	}
	return strings.TrimSpace(c.filter.Value())
}

// Paste goes into the filter.
func (c *Picker) Paste(s string) {
	c.filter.Paste(s)
	c.refilter()
}

// move moves the cursor and stops at the ends.
func (c *Picker) move(by int) { c.at = max(0, min(c.at+by, max(c.rows()-1, 0))) }

// Scroll moves the cursor, as the wheel does.
func (c *Picker) Scroll(by int) { c.move(by) }

// rows is how many rows there are to choose from, the free one included.
func (c *Picker) rows() int {
	if c.offered != nil {
		return len(c.shown) + 1
	}
	return len(c.shown)
}

// refilter finds the choices that hold each typed word, and puts the cursor where enter is meant: on the choice that is
// typed out, else on the free row if the text would do there (an 8 is an 8, though 80 holds one), else on the first.
func (c *Picker) refilter() {
	typed := c.filter.Value()
	words := strings.Fields(strings.ToLower(typed))
	c.shown, c.at = c.shown[:0:0], 0
	exact := -1
	for i, ch := range c.Choices {
		if !ch.holds(words) {
			continue
		}
		if len(words) > 0 && ch.typedOut(strings.TrimSpace(typed)) {
			exact = len(c.shown)
		}
		c.shown = append(c.shown, i)
	}
	switch {
	case exact >= 0:
		c.at = exact
	case c.offered != nil && len(words) > 0 && c.offered.check(typed) == nil:
		c.at = len(c.shown)
	}
}

// typedOut tells whether the whole of a choice was typed.
func (ch Choice) typedOut(typed string) bool {
	return strings.EqualFold(ch.Text, typed) || strings.EqualFold(ch.Value, typed)
}

// holds tells whether a choice's text holds all words, whatever their case.
func (ch Choice) holds(words []string) bool {
	in := strings.ToLower(ch.Text + " " + ch.Value)
	for _, word := range words {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}
