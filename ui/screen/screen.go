// Package screen is what the program and its screens agree on: the interface of a screen, what a screen may use of the program, and
// the stack that says which screen is on top.
//
// Its rules: the program asks the top of the stack and never which screen that is. A screen calls the program through Program and
// knows no other screen. To add one, write a package with a type that embeds Base, and name its New in extraScreens in package ui.
package screen

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/statusbar"
	"tintype/ui/theme"
)

// Screen is what fills the terminal. Embed Base and write what differs.
type Screen interface {
	// Place is where the screen's keys are declared (keymap.NewPlace).
	Place() keymap.Place
	// Commands declares the screen's own actions, which its Do carries out, beside those of the program's table.
	Commands() []keymap.Command
	// OpenedBy is the one of them that opens the screen; "" for a screen that the program opens in another way.
	OpenedBy() keymap.Action
	// Open prepares the screen to be shown on top. It returns a sentence if it cannot be, and why.
	Open() (problem string)
	// Resume tells the screen that it is on top again.
	Resume()

	// Do carries out an action in the screen's own way. If mine is false the program does it in its way.
	Do(act keymap.Action) (cmd tea.Cmd, mine bool)
	// Key takes a key before it is looked up. If mine is false it is looked up.
	Key(key tea.KeyPressMsg) (cmd tea.Cmd, mine bool)
	// Click and Wheel take the mouse at a place; by is how many rows a notch of the wheel scrolls, negative up.
	Click(x, y int) tea.Cmd
	Wheel(x, y, by int) tea.Cmd
	// Targets returns the keys of the predictions that a verb acts on.
	Targets() []string

	// Arrange finds the places of everything for the state after a message.
	Arrange()
	// IsReady reports whether the screen can be drawn. The one below is drawn until then.
	IsReady() bool
	// Draw draws everything, header and last row included. It changes nothing.
	Draw(c *cell.Canvas)
	// Cursor is where the terminal's cursor is; ok is false where no text is edited.
	Cursor() (x, y int, ok bool)
	// Status is what the last row says if nothing more urgent is said; ok is false for the hints of the screen's place.
	Status(bar statusbar.Bar) (status statusbar.Status, ok bool)

	// Pictures says how the screen shows pictures.
	Pictures() Pictures
	// NextPicture returns the picture to make ready next, for what is in sight and then for what the next key may show.
	NextPicture() (want preview.FrameKey, missing bool)
	// Missing returns the keys of predictions whose entries the screen needs, beside those of the list.
	Missing() []string
}

// Pictures is how a screen shows pictures.
type Pictures struct {
	Thumbs         []preview.Thumb // several in sight; nil: the preview's
	Preview        bool            // the preview follows what is selected
	Full           bool            // the preview has the entire screen
	KeepsZoom      bool            // an enlarged picture is still enlarged when this screen is left
	FromThumbnails bool            // pictures are drawn from their thumbnails
	Covered        bool            // no picture is to lie over the text
}

// Program is what a screen may use of the program.
type Program interface {
	List() *list.List
	Preview() *preview.Preview
	Look() theme.Look
	Size() (w, h int) // of the terminal, in cells
	Now() time.Time

	Header() statusbar.Header
	HeaderRow() cell.Rect
	DrawStatus(c *cell.Canvas)
	ListOptions(w int) list.DrawOptions
	Status(row runner.Row) string // what a job is doing or how it ended, a sentence; "" if there is nothing to say
	Cost(e history.Entry) string  // "" if it is unknown

	Notify(sentence string)
	Run(act keymap.Action) tea.Cmd // an action of the program
	RememberMarks()                // so that they can be restored by undo
	Close()                        // takes the top screen away
}

// Base is a screen that does nothing in its own way. Home, which lies below all others, is never closed.
type Base struct{ List *list.List }

// Commands returns none.
func (Base) Commands() []keymap.Command { return nil }

// OpenedBy returns "".
func (Base) OpenedBy() keymap.Action { return "" }

// Open has nothing to prepare.
func (Base) Open() string { return "" }

// Resume does nothing.
func (Base) Resume() {}

// Do leaves every action to the program.
func (Base) Do(keymap.Action) (tea.Cmd, bool) { return nil, false }

// Key leaves every key to be looked up.
func (Base) Key(tea.KeyPressMsg) (tea.Cmd, bool) { return nil, false }

// Click does nothing.
func (Base) Click(int, int) tea.Cmd { return nil }

// Wheel does nothing.
func (Base) Wheel(int, int, int) tea.Cmd { return nil }

// Targets returns the marked predictions, or the one under the cursor.
func (b Base) Targets() []string { return b.List.Targets() }

// Arrange does nothing.
func (Base) Arrange() {}

// IsReady reports true.
func (Base) IsReady() bool { return true }

// Cursor is nowhere.
func (Base) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Status leaves the last row to the hints.
func (Base) Status(statusbar.Bar) (statusbar.Status, bool) { return statusbar.Status{}, false }

// Pictures returns none.
func (Base) Pictures() Pictures { return Pictures{} }

// NextPicture wants none.
func (Base) NextPicture() (preview.FrameKey, bool) { return preview.FrameKey{}, false }

// Missing needs none.
func (Base) Missing() []string { return nil }

// listHolder is a screen that shows the list in a window of its own.
type listHolder interface {
	// ListWindow is how many predictions are in sight, and how many of them side by side.
	ListWindow() (height, across int)
}
