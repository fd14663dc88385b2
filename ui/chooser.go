package ui

import tea "charm.land/bubbletea/v2"

// choice is one row of a chooser: value is what is taken, text what is read, middle and right two columns flush right.
type choice struct{ value, text, middle, right string }

// chooserEnd is what a key did to a chooser.
type chooserEnd int

const (
	chooserOpen   chooserEnd = iota // goes on
	chooserTaken                    // enter: taken() is the choice
	chooserEdited                   // tab, where the chooser offers it: taken() is taken to be edited
	chooserKept                     // esc: nothing changes
)

// chooser is a list to choose one from, filtered as one types.
type chooser struct {
	row string // what is chosen: "model", a parameter's name, "recall", "take"
}

// newChooser lists choices under a title; at is the value that the cursor starts on, and that esc keeps.
func newChooser(row, title string, choices []choice, at string) *chooser { return &chooser{row: row} }

// free adds a last row (its name and hint) which takes the typed text itself, if check has nothing against it.
func (c *chooser) free(name, hint string, check func(text string) error) {}

// editable lets tab take the choice to be edited.
func (c *chooser) editable() {}

func (c *chooser) update(key tea.KeyPressMsg) chooserEnd { return chooserKept }
func (c *chooser) paste(text string)                     {}
func (c *chooser) taken() string                         { return "" }

// view is h lines of exactly w cells, on raise: title, filter, rows, what enter and esc do. The rules round it are the caller's.
func (c *chooser) view(w, h int, st styles, g glyphs) []string { return nil }
func (c *chooser) cursor() (x, y int, ok bool)                 { return }
func (c *chooser) click(x, y int) chooserEnd                   { return chooserOpen }
func (c *chooser) scroll(by int)                               {}

// height is how many lines it would like.
func (c *chooser) height() int { return 0 }
