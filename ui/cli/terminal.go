package cli

import (
	"context"
	"fmt"
	"image/color"
	"os"
	"runtime"

	"github.com/charmbracelet/x/term"

	"tintype/config"
	"tintype/ui/picture"
	"tintype/ui/theme"
	"tintype/ui/tty"
)

// terminal is what standard output can show: the terminal it is, if any, with its size and its capabilities.
type terminal struct {
	present      bool          // standard output is a terminal
	probed       bool          // it was asked for its capabilities; false: only the environment was read
	size         picture.Cells // 0 if unknown
	capabilities picture.Capabilities
	light        bool        // its background is light
	background   color.Color // nil if it is unknown and not light
	interrupted  bool        // ctrl+c was pressed while the terminal was asked
}

// defaultPictureSize bounds a picture that goes into a pipe.
var defaultPictureSize = picture.Cells{W: 80, H: 24}

// probeTerminal finds out what the terminal can show. It asks the terminal, as the full screen does, if both streams are terminals;
// else the environment alone decides.
func (p *program) probeTerminal(ctx context.Context, settings config.Settings) terminal {
	probe := picture.NewProbe(p.env, picture.Kitty, picture.KittyDirect, picture.ITerm2, picture.Sixel)
	probe.Override(settings.Graphics) // config has checked the value
	t := terminal{}
	dumb := isDumb(p.env) && settings.Graphics == "auto"
	if out, ok := p.out.(*os.File); ok && term.IsTerminal(out.Fd()) {
		t.present = true
		t.size.W, t.size.H, _ = term.GetSize(out.Fd())
		if in, ok := p.in.(*os.File); ok && term.IsTerminal(in.Fd()) && !dumb {
			t.probed = true
			found := tty.Probe(ctx, in, out, p.env, probe)
			t.background, t.interrupted = found.Background, found.Interrupted
		} else {
			tty.WindowSize(out, probe)
		}
	}
	t.light = theme.IsLight(settings.Theme, t.background, p.env)
	if t.background == nil && t.light {
		t.background = color.White
	}
	t.capabilities = probe.Capabilities()
	switch {
	case dumb:
		t.capabilities.Colours, t.capabilities.ASCII, t.capabilities.Reason = 0, true, dumbReason(p.env)
	case !t.present && settings.Graphics == "auto":
		t.capabilities.Reason = "there is no terminal to ask"
	case !t.probed && settings.Graphics == "auto":
		t.capabilities.Reason = "the terminal cannot be asked: standard input is not a terminal"
	}
	if settings.Colour == "none" {
		t.capabilities.Colours = 0
	}
	if settings.Glyphs != "auto" {
		t.capabilities.ASCII = settings.Glyphs == "ascii"
	}
	return t
}

// isDumb reports whether the terminal understands no escape sequences. Without TERM none are assumed, except on Windows, where terminals
// do not set it.
func isDumb(env func(string) string) bool {
	name := env("TERM")
	return name == "dumb" || name == "" && runtime.GOOS != "windows"
}

// dumbReason says why isDumb is true.
func dumbReason(env func(string) string) string {
	if env("TERM") == "" {
		return "TERM is not set"
	}
	return "TERM=" + env("TERM") + " can show only text"
}

// pictureSize is the largest size of a picture: the wanted one if there is one, else the terminal without a line for the shell's
// prompt. Pictures that are drawn over the text must fit the screen.
func (t terminal) pictureSize(wanted picture.Cells) picture.Cells {
	room := defaultPictureSize
	if t.present && t.size.W > 0 && t.size.H > 0 {
		room = picture.Cells{W: t.size.W, H: max(1, t.size.H-1)}
	}
	inText := t.capabilities.Protocol == picture.Blocks || t.capabilities.Protocol == picture.Kitty
	switch {
	case wanted == picture.Cells{}:
		return room
	case inText || !t.present:
		return wanted
	}
	return picture.Cells{W: min(wanted.W, room.W), H: min(wanted.H, room.H)}
}

// terminalJSON describes the terminal, as --json prints it.
type terminalJSON struct {
	Terminal   *string `json:"terminal"` // its name; null if it did not answer with one
	Asked      bool    `json:"asked"`    // false: only the environment was read
	Graphics   string  `json:"graphics"` // cells, kitty, direct, iterm2, sixel
	Why        string  `json:"why"`
	Colours    int     `json:"colours"` // 16777216, 256, 16; 0 for none
	Glyphs     string  `json:"glyphs"`  // ascii, quadrants, sextants, octants
	Columns    *int    `json:"columns"` // null without a terminal
	Rows       *int    `json:"rows"`
	CellWidth  *int    `json:"cell_width"` // in pixels; null if unknown
	CellHeight *int    `json:"cell_height"`
	Tmux       bool    `json:"tmux"`
	Remote     bool    `json:"remote"` // over SSH
}

func (t terminal) toJSON() terminalJSON {
	graphics := string(t.capabilities.Protocol)
	if graphics == "" {
		graphics = string(picture.Blocks)
	}
	return terminalJSON{
		Terminal: stringOrNil(t.capabilities.Terminal), Asked: t.probed, Graphics: graphics, Why: t.capabilities.Reason,
		Colours: t.capabilities.Colours, Glyphs: glyphsOf(t.capabilities), Columns: positiveOrNil(t.size.W), Rows: positiveOrNil(t.size.H),
		CellWidth: positiveOrNil(t.capabilities.CellWidth), CellHeight: positiveOrNil(t.capabilities.CellHeight), Tmux: t.capabilities.Tmux, Remote: t.capabilities.Remote,
	}
}

func positiveOrNil(n int) *int {
	if n <= 0 {
		return nil
	}
	return &n
}

// glyphsOf names the finest glyphs for pictures made of cells.
func glyphsOf(can picture.Capabilities) string {
	switch {
	case can.ASCII || can.Colours == 0:
		return "ascii"
	case can.Octants:
		return "octants"
	case can.Sextants:
		return "sextants"
	}
	return "quadrants"
}

// printProbe prints the capabilities of the terminal and why the way of drawing was chosen.
func (p *program) printProbe(t terminal) error {
	o := t.toJSON()
	if p.json {
		return p.writeJSON(o)
	}
	p.printTerminal(o)
	return nil
}

// printTerminal prints the capabilities of the terminal as text.
func (p *program) printTerminal(o terminalJSON) {
	switch {
	case o.Terminal != nil:
		p.printRow("terminal", *o.Terminal)
	case o.Columns == nil:
		p.printRow("terminal", "none")
	default:
		p.printRow("terminal", "it told no name")
	}
	p.printRow("graphics", graphicsWords[o.Graphics]+": "+o.Why)
	p.printRow("colours", coloursWord(o.Colours))
	p.printRow("glyphs", o.Glyphs)
	if o.Columns != nil && o.Rows != nil {
		p.printRow("size", fmt.Sprintf("%d×%d cells", *o.Columns, *o.Rows))
	}
	if o.CellWidth != nil && o.CellHeight != nil {
		p.printRow("cell", fmt.Sprintf("%d×%d pixels", *o.CellWidth, *o.CellHeight))
	}
	if o.Tmux {
		p.printRow("within", "tmux: pictures need its allow-passthrough")
	}
	if o.Remote {
		p.printRow("from", "another machine, over SSH: pictures are made small before they are sent")
	}
}

// graphicsWords describe the ways of drawing.
var graphicsWords = map[string]string{
	string(picture.Blocks):      "coloured cells",
	string(picture.Kitty):       "kitty's, as part of the text",
	string(picture.KittyDirect): "kitty's, laid over the text",
	string(picture.ITerm2):      "iTerm2's",
	string(picture.Sixel):       "sixel",
}

func coloursWord(n int) string {
	switch {
	case n >= 1<<24:
		return "16 million"
	case n == 0:
		return "none"
	}
	return fmt.Sprint(n)
}
