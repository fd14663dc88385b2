package picture

import (
	"image"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// The numbers of our two questions about kitty graphics, so that the answers to another program's are not taken for ours.
const (
	placeholderQuery = 31 // with U=1, which kitty before 0.28 refuses: it knows no placeholders
	graphicsQuery    = 32
)

// Query is what to send to ask a terminal what it can do: its name (XTVERSION), the size of a cell and of the window in
// pixels, whether it takes kitty graphics, with Unicode placeholders and without,
// and last its attributes (DA1), which every terminal answers: behind that answer none of the others comes any more.
// Where the answers would be drawn as text it is empty: decide at once.
func Query(env func(string) string) []byte {
	if ignoresQueries(env) {
		return nil
	}
	query := []byte(ansi.RequestNameVersion + "\x1b[16t\x1b[14t")
	tmux := env("TMUX") != "" // unwrapped they would become the title of the pane
	query = append(query, kittyCommand(nil, "i="+formatID(placeholderQuery)+",s=1,v=1,a=q,f=24,U=1", make([]byte, 3), tmux)...)
	query = append(query, kittyCommand(nil, "i="+formatID(graphicsQuery)+",s=1,v=1,a=q,f=24", make([]byte, 3), tmux)...)
	return append(query, ansi.RequestPrimaryDeviceAttributes...)
}

// ignoresQueries says that the terminal understands no question: the Linux console, and what calls itself dumb.
func ignoresQueries(env func(string) string) bool {
	term := env("TERM")
	return term == "dumb" || term == "linux"
}

// Answer is one thing that the terminal (or the program's renderer) said; the fields that it says nothing about are zero.
type Answer struct {
	Version    string      // XTVERSION, such as "kitty(0.41.1)"
	Kitty      string      // the payload of a kitty graphics reply: "OK", or an error
	KittyID    int         // the image number in that reply
	Attributes []int       // DA1: the fence
	Cell       image.Point // pixels of a cell (CSI 16 t)
	Window     image.Point // pixels of the window (CSI 14 t, or the system's TIOCGWINSZ)
	Screen     Cells       // cells of the window: with Window the size of a cell
	Colours    int         // the renderer's profile: 1<<24, 256, 16, or NoColours
}

// NoColours is the Answer that the renderer writes no colours at all (0 would be no answer).
const NoColours = -1

// Probe gathers the answers of one terminal. It is not safe for use from several goroutines.
type Probe struct {
	env                 func(string) string
	supported           map[Protocol]bool
	override            Protocol
	terminalVersion     string
	answersPlaceholders bool // kitty graphics with placeholders, as far as the terminal says
	answersGraphics     bool // kitty graphics
	attributes          []int
	cell                image.Point
	window              image.Point
	screen              Cells
	colours             int
}

// NewProbe begins with what the environment says. draws are the protocols that the caller can put on the screen; Blocks
// always counts, and none at all means Kitty and Blocks.
func NewProbe(env func(string) string, draws ...Protocol) *Probe {
	if len(draws) == 0 {
		draws = []Protocol{Kitty}
	}
	p := &Probe{env: env, supported: map[Protocol]bool{}, colours: coloursFromEnv(env)}
	for _, d := range draws {
		p.supported[d] = true
	}
	return p
}

// Override is the user's own choice: auto (or ""), kitty, iterm2, sixel or cells. It reports whether it knows the word.
func (p *Probe) Override(word string) bool {
	switch Protocol(word) {
	case "", "auto":
		p.override = ""
	case Kitty, KittyDirect, ITerm2, Sixel, Blocks:
		p.override = Protocol(word)
	default:
		return false
	}
	return true
}

// Observe takes an answer and reports whether it was the fence, behind which nothing is to be waited for. Answers that come later
// (a new size of the window) are taken as well; decide again after them.
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
		p.colours = max(0, a.Colours)
	}
	if a.Attributes != nil {
		p.attributes = a.Attributes
	}
	return a.Attributes != nil
}

// cellSize is what was told, or worked out from window and screen, or zero.
func (p *Probe) cellSize() image.Point {
	if p.cell != (image.Point{}) {
		return p.cell
	}
	if p.screen.W > 0 && p.screen.H > 0 && p.window != (image.Point{}) {
		return image.Pt(p.window.X/p.screen.W, p.window.Y/p.screen.H)
	}
	return image.Point{}
}

// coloursFromEnv reads the environment as Bubble Tea does, roughly: it is only what holds until the renderer is heard.
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
