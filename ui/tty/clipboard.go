package tty

import (
	"slices"
	"strings"
)

// clipboardRule says whether a terminal accepts text that a program sends to the clipboard (OSC 52). No terminal answers whether it did.
type clipboardRule struct {
	env     string   // a variable that is set in it; "" for none
	values  []string // its values; nil for any
	version []string // or how the name that the terminal reports begins, in lower case
	doubt   string   // why the text may not arrive, and how to allow it; "" if it arrives by default
}

// The first of the clipboardRules that applies counts. Multiplexers come first, since the other variables may belong to the terminal
// outside. The defaults are from the programs' manuals: set-clipboard in tmux(1), disallowedWindowOps in xterm(1). screen has no such
// option, and VTE refuses it (https://gitlab.gnome.org/GNOME/vte/-/issues/2495).
var clipboardRules = []clipboardRule{
	{env: "TMUX", version: []string{"tmux"}, doubt: "tmux keeps it, unless allowed: tmux set -s set-clipboard on"},
	{env: "STY", doubt: "GNU screen keeps it; outside of screen it arrives."},
	{env: "ZELLIJ", doubt: "Zellij passes it on unless its copy_command is set."},
	{version: []string{"xterm("}, doubt: "xterm takes it only with the resource disallowedWindowOps: 20,21,SetXprop"},
	{version: []string{"vte("}, doubt: vteDoubt},
	{version: []string{"konsole"}, doubt: "Konsole takes it from version 24.12 on."},
	{
		env: "TERM_PROGRAM", values: []string{"iTerm.app"}, version: []string{"iterm2"},
		doubt: "iTerm2 asks, or refuses it: Settings, General, Selection, applications may access the clipboard.",
	},
	{version: []string{"kitty", "ghostty", "foot", "wezterm", "alacritty", "contour", "rio"}},
	{env: "WT_SESSION"},
	{env: "TERM_PROGRAM", values: []string{"ghostty", "WezTerm", "vscode", "WarpTerminal", "rio"}},
	{env: "TERM", values: []string{"xterm-kitty", "xterm-ghostty", "foot", "foot-extra", "alacritty", "wezterm"}},
	{env: "VTE_VERSION", doubt: vteDoubt},
	{env: "KONSOLE_VERSION", doubt: "Konsole takes it from version 24.12 on."},
	{env: "TERM_PROGRAM", values: []string{"Apple_Terminal"}, doubt: "older Terminal.apps do not take it."},
	{env: "TERM", values: []string{"linux"}, doubt: "the console has no clipboard."},
}

const (
	vteDoubt     = "GNOME's terminals do not take it from programs."
	unknownDoubt = "this terminal does not say whether it takes it."
)

// ClipboardDoubt returns why text that is sent to the clipboard may not arrive, as the end of a sentence; "" if the terminal is known to
// accept it.
func (t *State) ClipboardDoubt() string {
	name := strings.ToLower(t.Capabilities.Terminal)
	for _, rule := range clipboardRules {
		if rule.applies(t.options.GetEnv, name) {
			return rule.doubt
		}
	}
	if t.Capabilities.Clipboard {
		return ""
	}
	return unknownDoubt
}

func (r clipboardRule) applies(env func(string) string, name string) bool {
	if slices.ContainsFunc(r.version, func(begin string) bool { return strings.HasPrefix(name, begin) }) {
		return true
	}
	if r.env == "" || env == nil {
		return false
	}
	value := env(r.env)
	return value != "" && (len(r.values) == 0 || slices.Contains(r.values, value))
}
