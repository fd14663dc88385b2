package cli

import (
	"fmt"
	"os"

	"github.com/charmbracelet/x/term"

	"tintype/config"
	"tintype/ui/picture"
	"tintype/ui/tty"
)

// screenful is what standard output shows of a picture at once: a terminal's screen, or what is usual where there is none.
type screenful struct {
	terminal bool          // there is one
	asked    bool          // it was asked what it can do; false: only the environment was
	size     picture.Cells // of the terminal
	can      picture.Capabilities
}

// usualBox is the room of a picture that goes into a pipe.
var usualBox = picture.Cells{W: 80, H: 24}

// askTerminal finds out what the terminal can show. It is asked where both its ends are ours, as the full screen asks it;
// else the environment alone decides.
func (p *program) askTerminal(settings config.Settings) screenful {
	probe := picture.NewProbe(p.env, picture.Kitty, picture.KittyDirect, picture.ITerm2, picture.Sixel)
	probe.Override(settings.Graphics) // one of its words, as config has checked
	s := screenful{}
	if out, ok := p.out.(*os.File); ok && term.IsTerminal(out.Fd()) {
		s.terminal = true
		s.size.W, s.size.H, _ = term.GetSize(out.Fd())
		if in, ok := p.in.(*os.File); ok && term.IsTerminal(in.Fd()) {
			s.asked = true
			tty.Probe(in, out, p.env, probe)
		} else {
			tty.WindowSize(out, probe)
		}
	}
	s.can = probe.Capabilities()
	switch {
	case !s.terminal && settings.Graphics == "auto":
		s.can.Reason = "there is no terminal to ask"
	case !s.asked && settings.Graphics == "auto":
		s.can.Reason = "the terminal cannot be asked: standard input is none"
	}
	if settings.Colour == "none" {
		s.can.Colours = 0
	}
	if settings.Glyphs != "auto" {
		s.can.ASCII = settings.Glyphs == "ascii"
	}
	return s
}

// box is the room for a picture: what was asked for, else the terminal but for the line of the next prompt. What is drawn
// over the text must fit the screen.
func (s screenful) box(asked picture.Cells) picture.Cells {
	room := usualBox
	if s.terminal && s.size.W > 0 && s.size.H > 0 {
		room = picture.Cells{W: s.size.W, H: max(1, s.size.H-1)}
	}
	text := s.can.Protocol == picture.Blocks || s.can.Protocol == picture.Kitty
	switch {
	case asked == picture.Cells{}:
		return room
	case text || !s.terminal:
		return asked
	}
	return picture.Cells{W: min(asked.W, room.W), H: min(asked.H, room.H)}
}

// probeObject is what is known of the terminal, as --json prints it.
type probeObject struct {
	Terminal   *string `json:"terminal"` // its own name; null where it told none
	Asked      bool    `json:"asked"`    // false: only the environment was looked at
	Graphics   string  `json:"graphics"` // cells, kitty, direct, iterm2, sixel
	Why        string  `json:"why"`
	Colours    int     `json:"colours"` // 16777216, 256, 16; 0 for none
	Glyphs     string  `json:"glyphs"`  // ascii, quadrants, sextants, octants
	Columns    *int    `json:"columns"` // null where there is no terminal
	Rows       *int    `json:"rows"`
	CellWidth  *int    `json:"cell_width"` // pixels; null where unknown
	CellHeight *int    `json:"cell_height"`
	Tmux       bool    `json:"tmux"`
	Remote     bool    `json:"remote"` // at the other end of SSH
}

func (s screenful) object() probeObject {
	graphics := string(s.can.Protocol)
	if graphics == "" {
		graphics = string(picture.Blocks)
	}
	return probeObject{
		Terminal: known(s.can.Terminal), Asked: s.asked, Graphics: graphics, Why: s.can.Reason,
		Colours: s.can.Colours, Glyphs: glyphsOf(s.can), Columns: counted(s.size.W), Rows: counted(s.size.H),
		CellWidth: counted(s.can.CellWidth), CellHeight: counted(s.can.CellHeight), Tmux: s.can.Tmux, Remote: s.can.Remote,
	}
}

func counted(n int) *int {
	if n <= 0 {
		return nil
	}
	return &n
}

// glyphsOf names the finest glyphs that pictures of cells are made of.
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

// sayProbe prints what was found and why it was chosen.
func (p *program) sayProbe(s screenful) error {
	o := s.object()
	if p.json {
		return p.writeJSON(o)
	}
	p.showProbe(o)
	return nil
}

// showProbe prints the terminal's abilities for a person.
func (p *program) showProbe(o probeObject) {
	switch {
	case o.Terminal != nil:
		p.row("terminal", *o.Terminal)
	case o.Columns == nil:
		p.row("terminal", "none")
	default:
		p.row("terminal", "it told no name")
	}
	p.row("graphics", graphicsWords[o.Graphics]+": "+o.Why)
	p.row("colours", coloursWord(o.Colours))
	p.row("glyphs", o.Glyphs)
	if o.Columns != nil && o.Rows != nil {
		p.row("size", fmt.Sprintf("%d×%d cells", *o.Columns, *o.Rows))
	}
	if o.CellWidth != nil && o.CellHeight != nil {
		p.row("cell", fmt.Sprintf("%d×%d pixels", *o.CellWidth, *o.CellHeight))
	}
	if o.Tmux {
		p.row("within", "tmux: pictures need its allow-passthrough")
	}
	if o.Remote {
		p.row("from", "another machine, over SSH: pictures are made small before they are sent")
	}
}

// graphicsWords say each way of drawing to a person.
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
