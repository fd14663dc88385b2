package picker

import (
	"slices"
	"strings"
)

// completion is what tab has found for the typed text.
type completion struct {
	allowed bool
	own     int    // how many of the choices are the picker's own; the others were found
	base    string // what the typed text begins with as long as those are shown alone
}

// AllowCompletion lets tab complete the typed text: Update then returns Completing, and the caller calls Complete.
func (c *Picker) AllowCompletion() { c.completion = completion{allowed: true, own: len(c.choices)} }

// Typed returns the typed text as it is.
func (c *Picker) Typed() string { return c.filter.Value() }

// Complete replaces the typed text, for which it was asked, by a longer one, and offers the choices that continue it in place of the others.
// It does nothing if something else was typed meanwhile.
func (c *Picker) Complete(typed, text string, found []Choice) {
	if typed != c.filter.Value() {
		return
	}
	c.choices = slices.Concat(c.choices[:c.completion.own:c.completion.own], found)
	c.completion.base = text[:strings.LastIndexByte(text, '/')+1]
	c.filter.SetValue(text)
	c.applyFilter()
	if len(found) > 0 {
		c.cursor = 0
	}
}

// completes reports whether only what was found is shown. If something else is typed, it is dropped.
func (c *Picker) completes() bool {
	if !c.completion.allowed || len(c.choices) == c.completion.own {
		return false
	}
	if strings.HasPrefix(c.filter.Value(), c.completion.base) && c.filter.Value() != "" {
		return true
	}
	c.choices = c.choices[:c.completion.own]
	return false
}

// Refuse keeps the picker open and says why the choice was not taken.
func (c *Picker) Refuse(sentence string) { c.note = sentence }

// goOn puts the value under the cursor into the filter, if it only leads to others.
func (c *Picker) goOn() bool {
	if c.cursor >= len(c.shown) || !c.choices[c.shown[c.cursor]].Continues {
		return false
	}
	c.filter.SetValue(c.choices[c.shown[c.cursor]].Value)
	c.applyFilter()
	return true
}
