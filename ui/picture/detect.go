package picture

import (
	"image"
	"slices"
	"strconv"
	"strings"
)

// Capabilities decides from the environment and the answers so far; without any answer the protocol is Blocks.
//
// The first row that fits and whose protocol the caller can draw wins. The terminals in brackets were tried: a picture was seen
// in a screenshot of the real program (terminals.sh).
//
//	condition                                                    protocol
//	the user chose one                                           that one
//	kitty query with U=1 answered OK, in kitty >= 0.28, Ghostty
//	  or tmux, with at least 256 colours                         Kitty        (kitty 0.41, tmux 3.5a in it)
//	iTerm2, WezTerm, or VS Code whose DA1 lists 4; not in tmux   ITerm2       (xterm.js, which is VS Code's terminal)
//	kitty query answered OK; not in tmux                         KittyDirect  (Konsole 22.12, kitty 0.26)
//	DA1 lists 4, the size of a cell is known; not in tmux        Sixel        (xterm 379, foot 1.13, mlterm 3.9)
//	anything else                                                Blocks
//
// The facts behind the rows:
//   - Placeholders carry the picture's number in their colour, so that fewer than 256 colours break them. kitty has them from
//     0.28 on (https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders).
//   - 4 in the reply to DA1 means sixel (https://invisible-island.net/xterm/ctlseqs/ctlseqs.html). VS Code draws iTerm2's images
//     when its setting terminal.integrated.enableImages is on, and lists 4 only then.
//   - A sixel that is higher than its cells scrolls the screen, so their size must be known.
//   - In tmux DA1 describes tmux itself, which lists 4 whatever the outer terminal can do and loses sixels when it redraws a
//     pane. It passes kitty's codes through only with its option allow-passthrough.
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
		Terminal: p.terminalVersion, Clipboard: slices.Contains(p.attributes, 52),
	}
	c.Protocol, c.Reason = p.choose(name, version, c.Tmux)
	return c
}

func (p *Probe) choose(name string, version []int, tmux bool) (Protocol, string) {
	if p.override != "" {
		return p.overridden(name, version, tmux), "chosen by hand"
	}
	hasSixel := slices.Contains(p.attributes, 4)
	hasITerm2 := name == "iterm2" || name == "wezterm" || name == "vscode" && hasSixel
	switch {
	case p.supported[Kitty] && p.showsPlaceholders(name, version, tmux) && p.colours >= 256:
		return Kitty, "answers kitty's graphics query, and is known for Unicode placeholders"
	case p.supported[ITerm2] && hasITerm2 && !tmux:
		return ITerm2, "is known for iTerm2's pictures"
	case p.supported[KittyDirect] && (p.answersGraphics || p.answersPlaceholders) && !tmux:
		return KittyDirect, "answers kitty's graphics query"
	case p.supported[Sixel] && hasSixel && !tmux && p.cellSize() != (image.Point{}):
		return Sixel, "lists sixel among its attributes"
	case tmux:
		return Blocks, "tmux passes no graphics through (allow-passthrough is off, or the terminal outside has none)"
	case p.attributes == nil && p.terminalVersion == "":
		return Blocks, "answered no question"
	}
	return Blocks, "reported no graphics that tintype draws"
}

// overridden returns the protocol that the user chose. "kitty" becomes KittyDirect where the terminal is known to lack
// placeholders.
func (p *Probe) overridden(name string, version []int, tmux bool) Protocol {
	if p.override != Kitty || !p.supported[KittyDirect] || tmux || name == "" || p.showsPlaceholders(name, version, tmux) {
		return p.override
	}
	return KittyDirect
}

// showsPlaceholders reports whether the terminal draws Unicode placeholders as a picture. An OK alone does not mean that: Konsole
// 22.12 and kitty 0.26 answer OK and draw boxes. Inside tmux the reply comes from the outer terminal, of which only the
// environment says anything.
func (p *Probe) showsPlaceholders(name string, version []int, tmux bool) bool {
	if !p.answersPlaceholders {
		return false
	}
	if tmux {
		return p.env("KONSOLE_VERSION") == ""
	}
	return name == "ghostty" || name == "kitty" && minVersion{0, 28}.metBy(version)
}

// needsASCII reports whether block glyphs would come out as garbage: the locale is set and is not UTF-8, or the terminal is the
// Linux console or a dumb one.
func (p *Probe) needsASCII() bool {
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(p.env(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8") || ignoresQueries(p.env)
		}
	}
	return ignoresQueries(p.env)
}

// terminal returns the terminal's name in lower case and its version, from XTVERSION or else from the environment variables that
// some terminals set.
func (p *Probe) terminal() (name string, version []int) {
	if name, version := parseVersion(p.terminalVersion); name != "" {
		return name, version
	}
	if p.env("TMUX") != "" {
		return "", nil // the variables may be those of the terminal in which the tmux server was started
	}
	switch program := strings.ToLower(p.env("TERM_PROGRAM")); {
	case program == "iterm.app", p.env("LC_TERMINAL") == "iTerm2":
		return "iterm2", versionNumbers(p.env("TERM_PROGRAM_VERSION"))
	case program == "wezterm", program == "vscode", program == "ghostty":
		return program, versionNumbers(p.env("TERM_PROGRAM_VERSION"))
	}
	return "", nil
}

// parseVersion reads "kitty(0.41.1)", "Konsole 22.12.3", "tmux 3.5a", "iTerm2 3.5.0" or "WezTerm 20240203-110809-5046fc22".
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

// minVersion is the first version that can do something; no version meets nil.
type minVersion []int

func (m minVersion) metBy(version []int) bool { return m != nil && slices.Compare(version, m) >= 0 }

// The terminals that draw these glyphs well, by version. kitty, Konsole and foot were tried (terminals.sh); WezTerm and Ghostty
// draw sextants themselves, according to their documentation. xterm and mlterm take them from fonts, most of which lack them.
// Octants break the width of a cell in old versions of foot, so that only kitty counts.
var (
	sextants = map[string]minVersion{"kitty": {0, 26}, "konsole": {22, 12}, "foot": {1, 13}, "wezterm": {20210814}, "ghostty": {1}}
	octants  = map[string]minVersion{"kitty": {0, 41}}
)
