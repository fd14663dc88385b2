// Package screen is the contract between the program and its screens: the interface of a screen, what a screen may use of the program,
// and the stack of open screens.
//
// Its rules: the program calls the screen on top of the stack and does not ask which one it is. A screen calls the program through Program and
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

// Screen is what fills the terminal. An implementation embeds Base and writes what differs from it.
type Screen interface {
	// Place returns the place where the screen's keys are looked up (keymap.NewPlace).
	Place() keymap.Place
	// Commands declares the screen's own actions, which its Do carries out, beside those of the program's table.
	Commands() []keymap.Command
	// OpenedBy returns the one of them that opens the screen; "" if the program opens it in another way.
	OpenedBy() keymap.Action
	// Open prepares the screen to be shown on top. If that is impossible it returns a sentence that says why.
	Open() (problem string)
	// Resume is called when the screen is on top again, unless the help alone was over it.
	Resume()

	// Do runs an action in the screen's own way. If mine is false the program runs it.
	Do(act keymap.Action) (cmd tea.Cmd, mine bool)
	// Key handles a key before it is looked up. If mine is false the program looks it up.
	Key(key tea.KeyPressMsg) (cmd tea.Cmd, mine bool)
	// Click and Wheel handle the mouse at a cell of the screen; by is how many rows to scroll, negative for up.
	Click(x, y int) tea.Cmd
	Wheel(x, y, by int) tea.Cmd
	// Subjects returns the predictions and outputs that an action applies to, the newest first.
	Subjects() []list.Subject

	// Arrange computes the layout for the state after a message.
	Arrange()
	// IsReady reports whether the screen can be drawn. Until then the one below is drawn.
	IsReady() bool
	// Draw draws the entire screen, with the header and the last row. It changes nothing.
	Draw(c *cell.Canvas)
	// Cursor returns the terminal's cursor; ok is false if no text is edited.
	Cursor() (x, y int, ok bool)
	// Status returns the last row for when nothing has priority over it; ok is false for the hints of the screen's place.
	Status(bar statusbar.Bar) (status statusbar.Status, ok bool)

	// Pictures returns how the screen shows pictures.
	Pictures() Pictures
	// NextPicture returns the picture to render next: one in sight, or one that the next key may show.
	NextPicture() (want preview.FrameKey, missing bool)
	// Missing returns the keys of predictions whose entries the screen needs besides those in the list's window.
	Missing() []string
}

// Pictures is how a screen shows pictures.
type Pictures struct {
	Thumbs         []preview.Thumb // the pictures in sight; nil for the preview's
	Preview        bool            // the preview follows the selection
	Full           bool            // the preview has the entire screen
	KeepsZoom      bool            // an enlarged picture is still enlarged after this screen is closed
	FromThumbnails bool            // pictures are rendered from their thumbnails
	Covered        bool            // no picture may be over the text
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
	DrawStatus(c *cell.Canvas) // the last row, and an open dialog
	ListOptions(w int) list.DrawOptions
	Status(row runner.Row) string // a sentence about what a job is doing or how it ended; "" if there is nothing to say
	Cost(e history.Entry) string  // "" if it is unknown

	Notify(sentence string)
	NameKeys(sentence string) string // replaces the marks of keys in a sentence that is drawn (wording.Key)
	Run(act keymap.Action) tea.Cmd   // runs an action of the program
	RememberMarks()                  // lets undo restore the present marks
	Close()                          // closes the screen on top
}

// Base is a screen without behaviour of its own.
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

// Subjects returns what is marked, or what is under the cursor.
func (b Base) Subjects() []list.Subject { return b.List.Subjects() }

// Arrange does nothing.
func (Base) Arrange() {}

// IsReady reports true.
func (Base) IsReady() bool { return true }

// Cursor returns none.
func (Base) Cursor() (x, y int, ok bool) { return 0, 0, false }

// Status leaves the last row to the hints.
func (Base) Status(statusbar.Bar) (statusbar.Status, bool) { return statusbar.Status{}, false }

// Pictures returns none.
func (Base) Pictures() Pictures { return Pictures{} }

// NextPicture returns none.
func (Base) NextPicture() (preview.FrameKey, bool) { return preview.FrameKey{}, false }

// Missing returns none.
func (Base) Missing() []string { return nil }

// listHolder is a screen that shows the list in a window of its own.
type listHolder interface {
	// ListWindow returns how many predictions are in sight, and how many of them are side by side.
	ListWindow() (height, across int)
}
