package picture

import (
	"image"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The image numbers of our two kitty graphics queries. They keep replies to another program's queries apart from ours.
const (
	placeholderQuery = 31 // with U=1, which kitty before 0.28 refuses because it knows no placeholders
	graphicsQuery    = 32
)

// Query returns the escape codes that ask a terminal what it can do, in this order: its name (XTVERSION), the size of a cell and
// of the window in pixels (CSI 16 t and CSI 14 t), whether it takes kitty graphics with Unicode placeholders and without, and
// its primary attributes (DA1). Every terminal answers DA1, and terminals answer in order: after that reply no other is to come.
// It returns nil where the terminal would print the codes as text; then Capabilities can be called at once.
func Query(env func(string) string) []byte {
	if ignoresQueries(env) {
		return nil
	}
	query := []byte(ansi.RequestNameVersion + "\x1b[16t\x1b[14t")
	tmux := env("TMUX") != "" // tmux would take unwrapped codes for the title of the pane
	query = append(query, kittyCommand(nil, "i="+formatID(placeholderQuery)+",s=1,v=1,a=q,f=24,U=1", make([]byte, 3), tmux)...)
	query = append(query, kittyCommand(nil, "i="+formatID(graphicsQuery)+",s=1,v=1,a=q,f=24", make([]byte, 3), tmux)...)
	return append(query, ansi.RequestPrimaryDeviceAttributes...)
}

// ignoresQueries reports whether the terminal understands no query: the Linux console, and one that calls itself dumb.
func ignoresQueries(env func(string) string) bool {
	term := env("TERM")
	return term == "dumb" || term == "linux"
}

// Answer is one reply of the terminal, or something that the program knows about it. Fields that it does not mention are zero.
type Answer struct {
	Version    string      // XTVERSION, such as "kitty(0.41.1)"
	Kitty      string      // the payload of a kitty graphics reply: "OK", or an error
	KittyID    int         // the image number in that reply
	Attributes []int       // DA1, the last reply to Query
	Cell       image.Point // pixels of a cell (CSI 16 t)
	Window     image.Point // pixels of the window (CSI 14 t, or the system's TIOCGWINSZ)
	Screen     Cells       // the window's size in cells: together with Window it gives the size of a cell
	Colours    int         // the renderer's colour profile: 1<<24, 256 or 16
}

// Probe gathers the answers of one terminal. It is not safe for concurrent use.
type Probe struct {
	env                 func(string) string
	supported           map[Protocol]bool // what the caller can draw
	override            Protocol          // the user's choice, or ""
	terminalVersion     string            // XTVERSION
	answersPlaceholders bool              // the kitty query with U=1 was answered OK
	answersGraphics     bool              // the one without was
	attributes          []int
	cell                image.Point
	window              image.Point
	screen              Cells
	colours             int
}

// NewProbe starts from what the environment says. supported are the protocols that the caller can put on the screen: Blocks is
// always one of them, and an empty list means Kitty and Blocks.
func NewProbe(env func(string) string, supported ...Protocol) *Probe {
	if len(supported) == 0 {
		supported = []Protocol{Kitty}
	}
	p := &Probe{env: env, supported: map[Protocol]bool{}, colours: coloursFromEnv(env)}
	for _, protocol := range supported {
		p.supported[protocol] = true
	}
	return p
}

// Override sets the user's choice: auto (or ""), or the name of a protocol. It reports whether it knows the word.
func (p *Probe) Override(word string) bool {
	if word == "auto" {
		word = ""
	}
	if _, ok := protocols[Protocol(word)]; !ok {
		return false
	}
	p.override = Protocol(word)
	return true
}

// Observe takes an answer and reports whether it was the last reply to Query. Later answers, such as a new size of the
// window, count as well: call Capabilities again after them.
func (p *Probe) Observe(a Answer) (done bool) {
	if a.Version != "" {
		p.terminalVersion = a.Version
	}
	if a.Kitty != "" && a.KittyID == placeholderQuery {
		p.answersPlaceholders = strings.HasPrefix(a.Kitty, "OK")
	}
	if a.Kitty != "" && a.KittyID == graphicsQuery {
		p.answersGraphics = strings.HasPrefix(a.Kitty, "OK")
	}
	if a.Cell.X > 0 && a.Cell.Y > 0 {
		p.cell = a.Cell
	}
	if a.Window.X > 0 && a.Window.Y > 0 {
		p.window = a.Window
	}
	if a.Screen.W > 0 && a.Screen.H > 0 {
		p.screen = a.Screen
	}
	if a.Colours != 0 {
		p.colours = a.Colours
	}
	if a.Attributes != nil {
		p.attributes = a.Attributes
	}
	return a.Attributes != nil
}

// cellSize returns the reported size of a cell in pixels, or the one that follows from window and screen, or zero.
func (p *Probe) cellSize() image.Point {
	if p.cell != (image.Point{}) {
		return p.cell
	}
	if p.screen.W > 0 && p.screen.H > 0 && p.window != (image.Point{}) {
		return cellOfWindow(p.window, p.screen)
	}
	return image.Point{}
}

// windowBorder is how many pixels of a window may belong to a border: xterm includes its internalBorder, 2 on each side.
const windowBorder = 4

// cellOfWindow returns the size of a cell in a window of the given pixels and cells. A window that was resized by hand may have a remainder
// smaller than a cell. Then the result is the smallest possible size, so that a picture never reaches beyond its cells.
func cellOfWindow(window image.Point, screen Cells) image.Point {
	for _, border := range [...]int{0, windowBorder} {
		if w, h := window.X-border, window.Y-border; w%screen.W == 0 && h%screen.H == 0 {
			return image.Pt(w/screen.W, h/screen.H)
		}
	}
	return image.Pt(smallestCell(window.X, screen.W), smallestCell(window.Y, screen.H))
}

// smallestCell returns the fewest pixels that a cell can have along one side of a window, given that one cell more would not fit.
func smallestCell(pixels, cells int) int {
	return max(min((pixels-windowBorder)/(cells+1)+1, pixels/cells), 1)
}

// coloursFromEnv guesses the colour profile roughly as Bubble Tea does. It holds until an Answer gives the renderer's own.
func coloursFromEnv(env func(string) string) int {
	term, colorterm := env("TERM"), env("COLORTERM")
	switch {
	case env("NO_COLOR") != "", term == "dumb":
		return 0
	case colorterm == "truecolor", colorterm == "24bit", strings.HasSuffix(term, "-direct"), strings.Contains(term, "kitty"), strings.Contains(term, "ghostty"):
		return 1 << 24
	case strings.Contains(term, "256color"):
		return 256
	}
	return 16
}
