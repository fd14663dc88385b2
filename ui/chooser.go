package ui

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// choice is one row of a chooser: value is what is taken, text what is read, middle and right are columns flush right. What stands
// in the middle is ours.
type choice struct{ value, text, middle, right string }

// chooserEnd is what a key or a click did to a chooser.
type chooserEnd int

const (
	chooserOpen   chooserEnd = iota // it goes on
	chooserTaken                    // enter: taken() is the choice
	chooserEdited                   // tab, where it is offered: taken() is taken to be edited
	chooserKept                     // esc: nothing changes
)

// chooser is a list to choose one from, filtered as one types:
//
//	 Model                       7 of 14
//	  flux█
//	▌ flux-schnell   1.2 s  about $0.003
//	  flux-dev       8.0 s  about $0.025
//	  owner/name             any other id
//
//	 enter take   esc keep flux-schnell
type chooser struct {
	row      string // what is chosen: rowModel, a parameter's name, or the caller's own word
	title    string
	choices  []choice
	kept     string // what esc keeps, as it is read; "" when nothing is
	filter   lineBox
	shown    []int // the choices that the filter leaves
	at       int   // index into shown; len(shown) is the free row
	offered  *freeChoice
	tabEdits bool
	verb     string // what enter does: "take"
	said     string // why enter did nothing
}

// freeChoice is the last row, which takes the typed text itself.
type freeChoice struct {
	name, hint string
	check      func(text string) error
}

// newChooser lists choices under a title. The cursor starts on the choice of that value, which is what esc keeps.
func newChooser(row, title string, choices []choice, value string) *chooser {
	c := &chooser{row: row, title: title, choices: choices, verb: "take"}
	c.refilter()
	if i := slices.IndexFunc(choices, func(ch choice) bool { return ch.value == value }); i >= 0 {
		c.at, c.kept = i, choices[i].text
	}
	return c
}

// free adds the last row: its name and hint, and what the text must pass.
func (c *chooser) free(name, hint string, check func(text string) error) {
	c.offered = &freeChoice{name, hint, check}
}

// editable lets tab take the choice to be edited.
func (c *chooser) editable() { c.tabEdits = true }

// update takes a key.
func (c *chooser) update(key tea.KeyPressMsg) chooserEnd {
	c.said = ""
	switch key.Keystroke() {
	case "enter":
		return c.take(chooserTaken)
	case "tab":
		if c.tabEdits {
			return c.take(chooserEdited)
		}
	case "esc":
		return chooserKept
	case "up", "ctrl+p":
		c.move(-1)
	case "down", "ctrl+n":
		c.move(+1)
	case "pgup":
		c.move(-10)
	case "pgdown":
		c.move(+10)
	default:
		if c.filter.update(key) {
			c.refilter()
		}
	}
	return chooserOpen
}

// take ends the chooser if there is something to take, else it says why not.
func (c *chooser) take(end chooserEnd) chooserEnd {
	if c.at < len(c.shown) {
		return end
	}
	if c.offered == nil {
		return chooserOpen
	}
	if err := c.offered.check(c.filter.value()); err != nil {
		c.said = err.Error()
		return chooserOpen
	}
	return end
}

// taken is the value under the cursor: the free row's is the typed text.
func (c *chooser) taken() string {
	if c.at < len(c.shown) {
		return c.choices[c.shown[c.at]].value
	}
	return strings.TrimSpace(c.filter.value())
}

// paste goes into the filter.
func (c *chooser) paste(s string) {
	c.filter.paste(s)
	c.refilter()
}

// move moves the cursor and stops at the ends.
func (c *chooser) move(by int) { c.at = max(0, min(c.at+by, max(c.rows()-1, 0))) }

// scroll moves the cursor, as the wheel does.
func (c *chooser) scroll(by int) { c.move(by) }

// rows is how many rows there are to choose from, the free one included.
func (c *chooser) rows() int {
	if c.offered != nil {
		return len(c.shown) + 1
	}
	return len(c.shown)
}

// refilter finds the choices that hold each typed word, and puts the cursor where enter is meant: on the choice that is
// typed out, else on the free row if the text would do there (an 8 is an 8, though 80 holds one), else on the first.
func (c *chooser) refilter() {
	typed := c.filter.value()
	words := strings.Fields(strings.ToLower(typed))
	c.shown, c.at = c.shown[:0:0], 0
	exact := -1
	for i, ch := range c.choices {
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
func (ch choice) typedOut(typed string) bool {
	return strings.EqualFold(ch.text, typed) || strings.EqualFold(ch.value, typed)
}

// holds tells whether a choice's text holds all words, whatever their case.
func (ch choice) holds(words []string) bool {
	in := strings.ToLower(ch.text + " " + ch.value)
	for _, word := range words {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}
