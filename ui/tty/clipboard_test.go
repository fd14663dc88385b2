package tty

import (
	"strings"
	"testing"

	"tintype/ui/picture"
)

func TestClipboardDoubt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		env  map[string]string
		want string // within the doubt; "" for none
	}{
		{"", nil, "does not say"},
		{"kitty(0.41.1)", map[string]string{"TERM": "xterm-kitty"}, ""},
		{"tmux 3.5a", map[string]string{"TMUX": "/tmp/x", "TERM_PROGRAM": "ghostty"}, "tmux set -s set-clipboard on"},
		{"", map[string]string{"TMUX": "/tmp/x", "WT_SESSION": "1"}, "tmux set -s set-clipboard on"},
		{"tmux 3.3a", map[string]string{"TERM": "screen-256color"}, "tmux set -s set-clipboard on"}, // a remote machine has no TMUX
		{"", map[string]string{"STY": "1.a", "TERM": "xterm-kitty"}, "GNU screen"},
		{"XTerm(379)", map[string]string{"TERM": "xterm"}, "disallowedWindowOps"},
		{"VTE(7600)", nil, "GNOME"},
		{"", map[string]string{"VTE_VERSION": "7600", "TERM": "xterm-256color"}, "GNOME"},
		{"Konsole 22.12.3", nil, "24.12"},
		{"iTerm2 3.5.0", nil, "iTerm2 asks"},
		{"", map[string]string{"TERM_PROGRAM": "iTerm.app"}, "iTerm2 asks"},
		{"", map[string]string{"TERM_PROGRAM": "Apple_Terminal"}, "Terminal.app"},
		{"", map[string]string{"TERM": "linux"}, "no clipboard"},
		{"ghostty 1.1.0", nil, ""},
		{"foot(1.20.0)", nil, ""},
		{"", map[string]string{"WT_SESSION": "1"}, ""},
		{"", map[string]string{"TERM": "xterm-256color"}, "does not say"},
	} {
		s := State{Capabilities: picture.Capabilities{Terminal: c.name}, options: StateOptions{GetEnv: func(k string) string { return c.env[k] }}}
		if got := s.ClipboardDoubt(); c.want == "" && got != "" || !strings.Contains(got, c.want) {
			t.Errorf("%s %v: %q, want %q", c.name, c.env, got, c.want)
		}
	}
	listed := State{Capabilities: picture.Capabilities{Clipboard: true}}
	if got := listed.ClipboardDoubt(); got != "" {
		t.Errorf("a terminal that lists 52 among its attributes: %q", got)
	}
}
