package picture

import (
	"image"
	"slices"
	"strconv"
	"strings"
)

// Capabilities chooses from what was seen so far; without any answer that is cells. The table, first row that fits and that the
// caller draws (tried means seen in a real terminal, see terminal-pictures.md):
//
//	what was seen                                                  protocol
//	the user's own choice                                          that one
//	kitty reply OK to U=1, and kitty >= 0.28, Ghostty or tmux, 256 colours  Kitty (kitty 0.41, tmux in it: tried)
//	named iTerm2 or WezTerm; VS Code with DA1 4; not tmux          ITerm2       (xterm.js: tried)
//	kitty reply OK, not tmux                                       KittyDirect  (Konsole, kitty 0.26: tried)
//	DA1 has 4, a cell's size is known, not tmux                    Sixel        (xterm, foot, mlterm: tried)
//	anything else                                                  Blocks
//
// Placeholders carry the picture's number in their colour: a renderer that writes fewer than 256 colours breaks them. In tmux
// DA1 tells about tmux, which says 4 whatever the outer terminal can do, and loses sixels when it draws anew.
func (p *Probe) Capabilities() Capabilities {
	name, version := p.terminal()
	cell := p.cellSize()
	c := Capabilities{
		Colours:   p.colours,
		CellWidth: cell.X, CellHeight: cell.Y,
		Sextants: sextants[name].metBy(version),
		Octants:  octants[name].metBy(version),
		ASCII:    p.needsASCII(),
		Tmux:     p.env("TMUX") != "",
		Remote:   p.env("SSH_CONNECTION") != "" || p.env("SSH_TTY") != "",
		Terminal: p.terminalVersion,
	}
	c.Protocol, c.Reason = p.choose(name, version, c.Tmux)
	return c
}

func (p *Probe) choose(name string, version []int, tmux bool) (Protocol, string) {
	if p.override != "" {
		return p.overridden(name, version, tmux), "chosen by hand"
	}
	has4 := slices.Contains(p.attributes, 4)
	images := name == "iterm2" || name == "wezterm" || name == "vscode" && has4
	switch {
	case p.supported[Kitty] && p.showsPlaceholders(name, version, tmux) && p.colours >= 256:
		return Kitty, "answers kitty's graphics query, and is known for Unicode placeholders"
	case p.supported[ITerm2] && images && !tmux:
		return ITerm2, "is known for iTerm2's pictures"
	case p.supported[KittyDirect] && (p.answersGraphics || p.answersPlaceholders) && !tmux:
		return KittyDirect, "answers kitty's graphics query"
	case p.supported[Sixel] && has4 && !tmux && p.cellSize() != (image.Point{}):
		return Sixel, "lists sixel among its attributes"
	case tmux:
		return Blocks, "tmux passes no graphics through (allow-passthrough is off, or the terminal outside has none)"
	case p.attributes == nil && p.terminalVersion == "":
		return Blocks, "answered no question"
	}
	return Blocks, "reported no graphics that tintype draws"
}

// overridden honours the user's word; "kitty" is whichever of its two ways the terminal is not known to lack.
func (p *Probe) overridden(name string, version []int, tmux bool) Protocol {
	if p.override != Kitty || !p.supported[KittyDirect] || tmux || name == "" || p.showsPlaceholders(name, version, tmux) {
		return p.override
	}
	return KittyDirect
}

// showsPlaceholders says whether text may stand for a picture here. A reply alone does not mean it: Konsole 22.12 and kitty 0.26
// answer OK and draw boxes. Inside tmux the reply came through it from outside; of that terminal only the environment tells.
func (p *Probe) showsPlaceholders(name string, version []int, tmux bool) bool {
	if !p.answersPlaceholders {
		return false
	}
	if tmux {
		return p.env("KONSOLE_VERSION") == ""
	}
	return name == "ghostty" || name == "kitty" && minVersion{0, 28}.metBy(version)
}

// needsASCII says that block glyphs would come out as rubbish: a locale that is named and is not UTF-8, and the Linux console.
func (p *Probe) needsASCII() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(p.env(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8") || ignoresQueries(p.env)
		}
	}
	return ignoresQueries(p.env)
}

// terminal is the terminal's name in lower case and its version, from XTVERSION, else from what some set for their children.
func (p *Probe) terminal() (name string, version []int) {
	if name, version := parseVersion(p.terminalVersion); name != "" {
		return name, version
	}
	if p.env("TMUX") != "" {
		return "", nil // the environment may be that of another terminal, long gone
	}
	switch program := strings.ToLower(p.env("TERM_PROGRAM")); {
	case program == "iterm.app", p.env("LC_TERMINAL") == "iTerm2":
		return "iterm2", versionNumbers(p.env("TERM_PROGRAM_VERSION"))
	case program == "wezterm", program == "vscode", program == "ghostty":
		return program, versionNumbers(p.env("TERM_PROGRAM_VERSION"))
	}
	return "", nil
}

// parseVersion reads "kitty(0.41.1)", "Konsole 22.12.3", "tmux 3.5a", "iTerm2 3.5.0", "WezTerm 20240203-110809-5046fc22".
func parseVersion(s string) (name string, version []int) {
	end := strings.IndexAny(s, " (")
	if end < 0 {
		end = len(s)
	}
	return strings.ToLower(s[:end]), versionNumbers(strings.Trim(s[end:], " ()"))
}

func versionNumbers(s string) []int {
	var out []int
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return r == '.' || r == '-' || r == ' ' }) {
		n, err := strconv.Atoi(part)
		if err != nil {
			break
		}
		out = append(out, n)
	}
	return out
}

// minVersion is the first version that can do a thing; nil never can.
type minVersion []int

func (s minVersion) metBy(version []int) bool { return s != nil && slices.Compare(version, s) >= 0 }

// The terminals that draw these glyphs well, by version: seen for kitty, Konsole and foot; WezTerm and Ghostty draw sextants
// themselves, by their own documents. xterm and mlterm take them from fonts that lack them. Octants of older foot break
// the width, so only kitty counts.
var (
	sextants = map[string]minVersion{"kitty": {0, 26}, "konsole": {22, 12}, "foot": {1, 13}, "wezterm": {20210814}, "ghostty": {1}}
	octants  = map[string]minVersion{"kitty": {0, 41}}
)
