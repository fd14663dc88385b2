package picture

import (
	"image"
	"strings"
	"testing"
)

func environment(pairs ...string) func(string) string {
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

// TestDecide plays the answers of real terminals (terminal-pictures.md has them).
func TestDecide(t *testing.T) {
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
		onlyCells Protocol // where the caller draws Kitty and Blocks alone
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
		{"VS Code with pictures", []string{"TERM_PROGRAM", "vscode"}, "", "", "", []int{62, 4, 9, 22}, ITerm2, false, false, Blocks},
		{"VS Code without", []string{"TERM_PROGRAM", "vscode"}, "", "", "", []int{62, 9, 22}, Blocks, false, false, Blocks},
		{"tmux in kitty", []string{"TMUX", "/tmp/tmux-0/default,1,0"}, "tmux 3.5a", "OK", "OK", []int{1, 2, 4}, Kitty, false, false, Kitty},
		{"tmux in Konsole", []string{"TMUX", "x", "KONSOLE_VERSION", "221203"}, "tmux 3.5a", "OK", "OK", []int{1, 2, 4}, Blocks, false, false, Blocks},
		{"tmux that passes nothing", []string{"TMUX", "x", "TERM_PROGRAM", "WezTerm"}, "tmux 3.3a", "", "", []int{1, 2, 4}, Blocks, false, false, Blocks},
		{"an error is no yes", nil, "kitty(0.41.1)", "EINVAL:unknown key", "EINVAL:unknown key", []int{62}, Blocks, true, true, Blocks},
		{"mute", nil, "", "", "", nil, Blocks, false, false, Blocks},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for _, draws := range [][]Protocol{allProtocols, nil} {
				p := NewProbe(environment(append(tt.env, trueColour...)...), draws...)
				p.Observe(Answer{Version: tt.version, Cell: image.Pt(9, 18)})
				p.Observe(Answer{Kitty: tt.unicode, KittyID: 31})
				p.Observe(Answer{Kitty: tt.kitty, KittyID: 32})
				if done := p.Observe(Answer{Attributes: tt.da1}); done != (tt.da1 != nil) {
					t.Errorf("the fence was taken for %v", done)
				}
				c, want := p.Capabilities(), tt.want
				if draws == nil {
					want = tt.onlyCells
				}
				if c.Protocol != want || c.Reason == "" {
					t.Errorf("drawing %v: %q because it %s; want %q", draws, c.Protocol, c.Reason, want)
				}
				if c.Sextants != tt.sextants || c.Octants != tt.octants {
					t.Errorf("sextants %v, octants %v", c.Sextants, c.Octants)
				}
			}
		})
	}
}

// TestNoSixelOfUnknownSize: one that is too high scrolls the screen.
func TestNoSixelOfUnknownSize(t *testing.T) {
	p := NewProbe(environment(), allProtocols...)
	p.Observe(Answer{Attributes: []int{63, 4}})
	if c := p.Capabilities(); c.Protocol != Blocks {
		t.Errorf("draws %s without knowing how large a cell is", c.Protocol)
	}
	p.Observe(Answer{Window: image.Pt(800, 480), Screen: Cells{80, 24}})
	if c := p.Capabilities(); c.Protocol != Sixel {
		t.Errorf("draws %s when the size is known", c.Protocol)
	}
}

func TestDecideColours(t *testing.T) {
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
		{[]string{"TERM", "xterm-kitty"}, NoColours, 0},
	}
	for _, tt := range tests {
		p := NewProbe(environment(tt.env...))
		p.Observe(Answer{Colours: tt.answer, Version: "kitty(0.41.1)"})
		p.Observe(Answer{Kitty: "OK", KittyID: 31})
		c := p.Capabilities()
		if c.Colours != tt.want {
			t.Errorf("%v: %d colours, want %d", tt.env, c.Colours, tt.want)
		}
		if c.Protocol == Kitty && tt.want < 256 {
			t.Errorf("%v: placeholders, whose colours would not arrive", tt.env)
		}
	}
}

func TestForce(t *testing.T) {
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
		p := NewProbe(environment(), allProtocols...)
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
		{"told", []Answer{{Cell: image.Pt(9, 18)}, {Window: image.Pt(800, 600), Screen: Cells{80, 24}}}, 9, 18},
		{"worked out", []Answer{{Window: image.Pt(800, 600)}, {Screen: Cells{80, 24}}}, 10, 25},
		{"a useless answer", []Answer{{Cell: image.Pt(0, 0)}}, 0, 0},
		{"none", nil, 0, 0},
	} {
		p := NewProbe(environment())
		for _, a := range tt.answers {
			p.Observe(a)
		}
		if c := p.Capabilities(); c.CellWidth != tt.w || c.CellHeight != tt.h {
			t.Errorf("%s: %d×%d, want %d×%d", tt.name, c.CellWidth, c.CellHeight, tt.w, tt.h)
		}
	}
}

func TestPlain(t *testing.T) {
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
		if c := NewProbe(environment(tt.env...)).Capabilities(); c.ASCII != tt.want {
			t.Errorf("%v: ASCII %v", tt.env, c.ASCII)
		}
	}
}

func TestQuery(t *testing.T) {
	q := string(Query(environment("TERM", "xterm-256color")))
	if !strings.HasSuffix(q, "\x1b[c") || !strings.Contains(q, "\x1b_Gi=31,") || !strings.Contains(q, "\x1b_Gi=32,") || !strings.Contains(q, "\x1b[>0q") && !strings.Contains(q, "\x1b[>q") {
		t.Errorf("asks %q", q)
	}
	for _, forbidden := range []string{"t=f", "t=t", "t=s"} {
		if strings.Contains(q, forbidden) {
			t.Errorf("asks the terminal to read: %q", q)
		}
	}
	if q := string(Query(environment("TMUX", "x"))); !strings.Contains(q, "\x1bPtmux;\x1b\x1b_G") {
		t.Errorf("in tmux it asks %q", q)
	}
	for _, term := range []string{"dumb", "linux"} {
		if q := Query(environment("TERM", term)); q != nil {
			t.Errorf("asks %s %q", term, q)
		}
	}
}
