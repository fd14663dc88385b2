package picture

import (
	"image"
	"strings"
	"testing"
)

// envOf is an environment of names and values.
func envOf(pairs ...string) func(string) string {
	return func(name string) string {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == name {
				return pairs[i+1]
			}
		}
		return ""
	}
}

var allProtocols = []Protocol{Kitty, KittyDirect, ITerm2, Sixel}

// TestCapabilities replays the answers that real terminals gave, and those that others document.
func TestCapabilities(t *testing.T) {
	trueColour := []string{"COLORTERM", "truecolor", "TERM", "xterm-256color", "LANG", "C.UTF-8"}
	tests := []struct {
		name      string
		env       []string
		version   string
		unicode   string
		kitty     string
		da1       []int
		want      Protocol
		sextants  bool
		octants   bool
		onlyKitty Protocol // where the caller draws only Kitty and Blocks
	}{
		{"kitty 0.41", nil, "kitty(0.41.1)", "OK", "OK", []int{62}, Kitty, true, true, Kitty},
		{"kitty 0.26", nil, "kitty(0.26.5)", "ENOTSUPPORTED:unknown key", "OK", []int{62}, KittyDirect, true, false, Blocks},
		{"Ghostty", nil, "ghostty 1.2.3", "OK", "OK", []int{62, 22}, Kitty, true, false, Kitty},
		{"Konsole", nil, "Konsole 22.12.3", "OK", "OK", []int{62, 1, 4}, KittyDirect, true, false, Blocks},
		{"xterm as VT340", nil, "XTerm(379)", "", "", []int{63, 1, 2, 4, 6}, Sixel, false, false, Blocks},
		{"xterm", nil, "XTerm(379)", "", "", []int{64, 1, 2, 6}, Blocks, false, false, Blocks},
		{"foot", nil, "foot(1.13.1)", "", "", []int{62, 4, 22}, Sixel, true, false, Blocks},
		{"mlterm", nil, "", "", "", []int{63, 1, 2, 3, 4}, Sixel, false, false, Blocks},
		{"iTerm2", nil, "iTerm2 3.5.0", "", "", []int{62, 4}, ITerm2, false, false, Blocks},
		{"WezTerm", nil, "WezTerm 20240203-110809-5046fc22", "", "", []int{65, 4, 6}, ITerm2, true, false, Blocks},
		{"VS Code with images", []string{"TERM_PROGRAM", "vscode"}, "", "", "", []int{62, 4, 9, 22}, ITerm2, false, false, Blocks},
		{"VS Code without images", []string{"TERM_PROGRAM", "vscode"}, "", "", "", []int{62, 9, 22}, Blocks, false, false, Blocks},
		{"tmux in kitty", []string{"TMUX", "/tmp/tmux-0/default,1,0"}, "tmux 3.5a", "OK", "OK", []int{1, 2, 4}, Kitty, false, false, Kitty},
		{"tmux in Konsole", []string{"TMUX", "x", "KONSOLE_VERSION", "221203"}, "tmux 3.5a", "OK", "OK", []int{1, 2, 4}, Blocks, false, false, Blocks},
		{"tmux without passthrough", []string{"TMUX", "x", "TERM_PROGRAM", "WezTerm"}, "tmux 3.3a", "", "", []int{1, 2, 4}, Blocks, false, false, Blocks},
		{"an error reply", nil, "kitty(0.41.1)", "EINVAL:unknown key", "EINVAL:unknown key", []int{62}, Blocks, true, true, Blocks},
		{"no answer", nil, "", "", "", nil, Blocks, false, false, Blocks},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, supported := range [][]Protocol{allProtocols, nil} {
				p := NewProbe(envOf(append(tt.env, trueColour...)...), supported...)
				p.Observe(Answer{Version: tt.version, Cell: image.Pt(9, 18)})
				p.Observe(Answer{Kitty: tt.unicode, KittyID: 31})
				p.Observe(Answer{Kitty: tt.kitty, KittyID: 32})
				if done := p.Observe(Answer{Attributes: tt.da1}); done != (tt.da1 != nil) {
					t.Errorf("done is %v after DA1", done)
				}
				c, want := p.Capabilities(), tt.want
				if supported == nil {
					want = tt.onlyKitty
				}
				if c.Protocol != want || c.Reason == "" {
					t.Errorf("drawing %v: %q because it %s; want %q", supported, c.Protocol, c.Reason, want)
				}
				if c.Sextants != tt.sextants || c.Octants != tt.octants {
					t.Errorf("sextants %v, octants %v", c.Sextants, c.Octants)
				}
			}
		})
	}
}

// TestNoSixelWithoutCellSize: a sixel that is too high would scroll the screen.
func TestNoSixelWithoutCellSize(t *testing.T) {
	p := NewProbe(envOf(), allProtocols...)
	p.Observe(Answer{Attributes: []int{63, 4}})
	if c := p.Capabilities(); c.Protocol != Blocks {
		t.Errorf("draws %s while the size of a cell is unknown", c.Protocol)
	}
	p.Observe(Answer{Window: image.Pt(800, 480), Screen: Cells{80, 24}})
	if c := p.Capabilities(); c.Protocol != Sixel {
		t.Errorf("draws %s once the size is known", c.Protocol)
	}
}

func TestColours(t *testing.T) {
	tests := []struct {
		env    []string
		answer int
		want   int
	}{
		{[]string{"TERM", "xterm"}, 0, 16},
		{[]string{"TERM", "xterm-256color"}, 0, 256},
		{[]string{"TERM", "xterm-256color", "COLORTERM", "truecolor"}, 0, 1 << 24},
		{[]string{"TERM", "xterm-kitty"}, 0, 1 << 24},
		{[]string{"TERM", "xterm-kitty", "NO_COLOR", "1"}, 0, 0},
		{[]string{"TERM", "dumb"}, 0, 0},
		{[]string{"TERM", "xterm-kitty"}, 16, 16},
	}
	for _, tt := range tests {
		p := NewProbe(envOf(tt.env...))
		p.Observe(Answer{Colours: tt.answer, Version: "kitty(0.41.1)"})
		p.Observe(Answer{Kitty: "OK", KittyID: 31})
		c := p.Capabilities()
		if c.Colours != tt.want {
			t.Errorf("%v: %d colours, want %d", tt.env, c.Colours, tt.want)
		}
		if c.Protocol == Kitty && tt.want < 256 {
			t.Errorf("%v: placeholders with too few colours", tt.env)
		}
	}
}

func TestOverride(t *testing.T) {
	for _, tt := range []struct {
		word, version string
		want          Protocol
		ok            bool
	}{
		{"sixel", "", Sixel, true},
		{"cells", "kitty(0.41.1)", Blocks, true},
		{"kitty", "", Kitty, true},
		{"kitty", "kitty(0.26.5)", KittyDirect, true},
		{"auto", "", Blocks, true},
		{"telepathy", "", Blocks, false},
	} {
		p := NewProbe(envOf(), allProtocols...)
		ok := p.Override(tt.word)
		p.Observe(Answer{Version: tt.version})
		if c := p.Capabilities(); ok != tt.ok || c.Protocol != tt.want {
			t.Errorf("--graphics %s in %q: %q, known %v", tt.word, tt.version, c.Protocol, ok)
		}
	}
}

func TestCellSize(t *testing.T) {
	for _, tt := range []struct {
		name    string
		answers []Answer
		w, h    int
	}{
		{"reported", []Answer{{Cell: image.Pt(9, 18)}, {Window: image.Pt(800, 600), Screen: Cells{80, 24}}}, 9, 18},
		{"computed", []Answer{{Window: image.Pt(800, 600)}, {Screen: Cells{80, 24}}}, 10, 25},
		{"a useless answer", []Answer{{Cell: image.Pt(0, 0)}}, 0, 0},
		{"none", nil, 0, 0},
	} {
		p := NewProbe(envOf())
		for _, a := range tt.answers {
			p.Observe(a)
		}
		if c := p.Capabilities(); c.CellWidth != tt.w || c.CellHeight != tt.h {
			t.Errorf("%s: %d×%d, want %d×%d", tt.name, c.CellWidth, c.CellHeight, tt.w, tt.h)
		}
	}
}

func TestASCII(t *testing.T) {
	for _, tt := range []struct {
		env  []string
		want bool
	}{
		{[]string{"LANG", "de_DE.UTF-8"}, false},
		{[]string{"LANG", "en_US.utf8"}, false},
		{[]string{"LANG", "de_DE@euro"}, true},
		{[]string{"LC_ALL", "C", "LANG", "de_DE.UTF-8"}, true},
		{[]string{"TERM", "linux", "LANG", "C.UTF-8"}, true},
		{nil, false},
	} {
		if c := NewProbe(envOf(tt.env...)).Capabilities(); c.ASCII != tt.want {
			t.Errorf("%v: ASCII %v", tt.env, c.ASCII)
		}
	}
}

func TestQuery(t *testing.T) {
	q := string(Query(envOf("TERM", "xterm-256color")))
	if !strings.HasSuffix(q, "\x1b[c") || !strings.Contains(q, "\x1b_Gi=31,") || !strings.Contains(q, "\x1b_Gi=32,") || !strings.Contains(q, "\x1b[>0q") && !strings.Contains(q, "\x1b[>q") {
		t.Errorf("sends %q", q)
	}
	for _, forbidden := range []string{"t=f", "t=t", "t=s"} {
		if strings.Contains(q, forbidden) {
			t.Errorf("asks the terminal to read a file: %q", q)
		}
	}
	if q := string(Query(envOf("TMUX", "x"))); !strings.Contains(q, "\x1bPtmux;\x1b\x1b_G") {
		t.Errorf("in tmux it sends %q", q)
	}
	for _, term := range []string{"dumb", "linux"} {
		if q := Query(envOf("TERM", term)); q != nil {
			t.Errorf("sends %s %q", term, q)
		}
	}
}

// TestCellOfAWindowIsNeverTooLarge: whatever cells, border and rest a window has, a picture of the computed cells stays within the
// real ones; and where nothing is left over, the size is exact.
func TestCellOfAWindowIsNeverTooLarge(t *testing.T) {
	t.Parallel()
	for _, cell := range []image.Point{{6, 13}, {9, 19}, {10, 20}, {14, 29}} {
		for _, screen := range []Cells{{40, 12}, {55, 20}, {80, 24}, {200, 60}} {
			for _, border := range []int{0, windowBorder} {
				exact := image.Pt(cell.X*screen.W+border, cell.Y*screen.H+border)
				if got := cellOfWindow(exact, screen); got != cell {
					t.Errorf("%v cells of %v, border %d: %v", screen, cell, border, got)
				}
				for rest := range cell.Y {
					window := exact.Add(image.Pt(rest%cell.X, rest))
					got := cellOfWindow(window, screen)
					seemsExact := got.X*screen.W+windowBorder == window.X && got.Y*screen.H+windowBorder == window.Y ||
						got.X*screen.W == window.X && got.Y*screen.H == window.Y
					if (got.X > cell.X || got.Y > cell.Y) && !seemsExact || got.X < 1 || got.Y < cell.Y*3/4 {
						t.Errorf("%v cells of %v in %v: %v", screen, cell, window, got)
					}
				}
			}
		}
	}
}
