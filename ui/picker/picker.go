package picker

import (
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/textedit"
)

// Choice is one row of a picker. Its group, Lead and Middle are our own text, which is written in the signs of the terminal.
type Choice struct {
	Value  string // what the caller gets
	Group  Group
	Lead   string // a column before the text
	Text   string // what the user reads
	Words  string // further words that find the row; not shown
	About  string // sentences of our own about the choice, shown below the rows while the cursor is on it; they find the row too
	Middle string // a column after the text
	Right  string // the last column, flush right like Middle

	Continues bool // choosing it completes the typed text with its value, such as a folder's path
}

// Group is rows that belong together, with their heading above them. The zero Group has none. Parts of a group are set apart by a blank
// line.
type Group struct {
	Name string
	Part int
}

// Result is what a key or a click did to a picker.
type Result int

// The results. Value is the choice after Taken.
const (
	Open       Result = iota // still open
	Taken                    // with enter or a click
	Dismissed                // with esc: nothing changes
	Completing               // with tab, or by choosing a row that continues the text: the caller calls Complete
)

// Picker is a list to choose one row from, filtered while the user types:
//
//	 Model                       7 of 14
//	  flux█
//	▌ flux-schnell   1.2 s  about $0.003
//	  flux-dev       8.0 s  about $0.025
//	  owner/name             any other id
//
//	 enter choose   esc keep flux-schnell
type Picker struct {
	title   string
	choices []Choice
	current string // the text of the choice that esc keeps; "" for none
	filter  textedit.Line
	shown   []int // indices of the choices that match the filter
	cursor  int   // index into shown; len(shown) is the row of other text
	other   *otherText
	long    bool   // see ShowInFull
	hasText bool   // the choices have sentences about them
	verb    string // what enter does, in the hint
	note    string // why enter did nothing

	several bool            // space marks rows
	wide    bool            // the rows need the entire width of the screen
	marked  map[string]bool // values
	moved   bool            // the last key moved the cursor or marked a row, so space does not belong to a text

	completion completion
}

// otherText is the last row, which takes the typed text itself.
type otherText struct {
	name, hint string
	check      func(text string) error
}

// New returns a picker of choices under a title. The cursor starts on the choice with the current value.
func New(title string, choices []Choice, value string) *Picker {
	c := &Picker{title: title, choices: choices, verb: "choose"}
	c.hasText = slices.ContainsFunc(choices, func(ch Choice) bool { return ch.About != "" })
	c.applyFilter()
	if i := slices.IndexFunc(choices, func(ch Choice) bool { return ch.Value == value }); i >= 0 {
		c.cursor, c.current = i, choices[i].Text
	}
	return c
}

// AllowOther adds a last row that takes the typed text itself, if check returns nil for it. name and hint describe it.
func (c *Picker) AllowOther(name, hint string, check func(text string) error) {
	c.other = &otherText{name, hint, check}
}

// ShowInFull is for long texts: a row that has no room for its text begins shortly before what was typed, or before what differs from
// the row below. The text under the cursor is shown in full below the rows.
func (c *Picker) ShowInFull() { c.long = true }

// Choose puts the cursor on the choice with a value.
func (c *Picker) Choose(value string) {
	if i := slices.IndexFunc(c.shown, func(i int) bool { return c.choices[i].Value == value }); i >= 0 {
		c.cursor = i
	}
}

// SetVerb sets the word for enter in the hint; it is "choose" otherwise.
func (c *Picker) SetVerb(verb string) { c.verb = verb }

// Update takes a key.
func (c *Picker) Update(key tea.KeyPressMsg) Result {
	c.note = ""
	if c.several && key.Keystroke() == "space" && c.mark() {
		return Open
	}
	c.moved = false
	switch key.Keystroke() {
	case "enter":
		return c.finish()
	case "tab":
		if c.completion.allowed {
			c.goOn()
			return Completing
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
			c.applyFilter()
		}
	}
	return Open
}

// finish takes the choice under the cursor; if there is none the picker stays open and says why.
func (c *Picker) finish() Result {
	if c.goOn() {
		return Completing
	}
	if c.cursor < len(c.shown) {
		return Taken
	}
	if c.other == nil {
		return Open
	}
	if err := c.other.check(c.filter.Value()); err != nil {
		c.note = err.Error()
		return Open
	}
	return Taken
}

// Value returns the value under the cursor; that of the row of other text is the typed text. Without any row it is that text too.
func (c *Picker) Value() string {
	if c.cursor < len(c.shown) {
		return c.choices[c.shown[c.cursor]].Value
	}
	return strings.TrimSpace(c.filter.Value())
}

// Paste pastes text into the filter.
func (c *Picker) Paste(s string) {
	c.filter.Paste(s)
	c.applyFilter()
}

// move moves the cursor and stops at the ends.
func (c *Picker) move(by int) {
	c.cursor = max(0, min(c.cursor+by, max(c.rowCount()-1, 0)))
	c.moved = true
}

// Scroll moves the cursor by rows, for the mouse wheel.
func (c *Picker) Scroll(by int) { c.move(by) }

// rowCount returns how many rows there are, with the row of other text.
func (c *Picker) rowCount() int {
	if c.other != nil {
		return len(c.shown) + 1
	}
	return len(c.shown)
}

// applyFilter finds the choices that contain each typed word, and puts the cursor on the most likely one: the choice that
// is typed in full, else the row of other text if it takes the text (8 means 8, even if 80 contains it), else the first.
func (c *Picker) applyFilter() {
	typed := c.filter.Value()
	words := strings.Fields(strings.ToLower(typed))
	c.shown, c.cursor = c.shown[:0:0], 0
	exact, completes := -1, c.completes()
	for i, ch := range c.choices {
		if completes && i < c.completion.own || !ch.contains(words) {
			continue
		}
		if len(words) > 0 && ch.isTypedInFull(strings.TrimSpace(typed)) {
			exact = len(c.shown)
		}
		c.shown = append(c.shown, i)
	}
	switch {
	case exact >= 0:
		c.cursor = exact
	case c.other != nil && len(words) > 0 && c.other.check(typed) == nil:
		c.cursor = len(c.shown)
	}
}

// isTypedInFull reports whether a choice's complete text or value was typed.
func (ch Choice) isTypedInFull(typed string) bool {
	return strings.EqualFold(ch.Text, typed) || strings.EqualFold(ch.Value, typed)
}

// contains reports whether a choice contains all words, in upper or lower case.
func (ch Choice) contains(words []string) bool {
	in := strings.ToLower(strings.Join([]string{ch.Group.Name, ch.Lead, ch.Text, ch.Value, ch.Words, ch.About}, " "))
	for _, word := range words {
		if !strings.Contains(in, word) {
			return false
		}
	}
	return true
}
