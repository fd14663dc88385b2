//go:build unix

package cli_test

import (
	"slices"
	"strings"
	"testing"

	"tintype/api/demo"
)

// runAt opens run in a terminal, which buys from a server.
func (h *home) runAt(t *testing.T, from *server, w int, env []string, args ...string) *terminal {
	t.Helper()
	return h.open(t, startOptions{
		w: w, h: 40, args: append(append([]string{"run", "-f", "jpg", "--set", "megapixels=0.25"}, args...), from.args()...), env: append([]string{"REPLICATE_API_TOKEN=" + canary}, env...),
	})
}

// TestLiveLine: on a terminal run shows one line of progress, which it rewrites and in the end erases: what remains are lines that say what
// was bought, how it ended, and where the picture is.
func TestLiveLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		w    int
		env  []string
	}{
		{"wide", 200, nil},
		{"narrow", 20, nil},
		{"without motion", 200, []string{"NO_MOTION=1"}},
		{"without colours", 200, []string{"NO_COLOR=1"}},
		{"in ASCII", 200, []string{"LANG=C"}},
	} {
		inParallel(t, c.name, func(t *testing.T) {
			h, server := newHome(t), newServer(t, slow)
			x := h.runAt(t, server, c.w, c.env, "A boat.")
			x.waitFor("starting")
			server.finish()
			x.waitFor("done in")
			if code := x.waitForExit(); code != 0 {
				t.Errorf("exit code %d", code)
			}
			x.waitForOutput()
			said := strings.ReplaceAll(x.screenText(), "\n", "")
			for _, want := range []string{"flux-schnell · Replicate · about $0.003", "done in", "a-boat"} {
				if !strings.Contains(said, want) {
					t.Errorf("%q does not remain:\n%s", want, x.screenText())
				}
			}
			if strings.Contains(said, "starting") || strings.Contains(said, "saving") {
				t.Errorf("progress remains:\n%s", x.screenText())
			}
			written := string(x.written)
			if moves := strings.ContainsAny(written, "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"); moves != (len(c.env) == 0 || c.env[0] == "NO_COLOR=1") {
				t.Errorf("a spinner: %v in %q", moves, written)
			}
			if coloured := strings.Contains(written, "\x1b[3"); coloured != slices.Contains([]string{"wide", "narrow", "in ASCII"}, c.name) {
				t.Errorf("colours: %v in %q", coloured, written)
			}
		})
	}
}

// TestLiveLineEndsClean: an interrupt, a failure and a terminal that cannot rewrite a line leave whole lines.
func TestLiveLineEndsClean(t *testing.T) {
	t.Parallel()
	inParallel(t, "ctrl+c", func(t *testing.T) {
		x := newHome(t).runAt(t, newServer(t, slow), 200, nil, "A boat.")
		x.waitFor("starting")
		x.send(ctrlC)
		if code := x.waitForExit(); code != 130 {
			t.Errorf("exit code %d", code)
		}
		x.waitForOutput()
		if said := x.screenText(); strings.Contains(said, "starting") || strings.Contains(said, "^C") || !strings.Contains(said, "\nNot finished yet.") {
			t.Errorf("after an interrupt:\n%s", said)
		}
	})
	inParallel(t, "a failure", func(t *testing.T) {
		server := newServer(t, demo.Behaviour{Rate: 50, Faults: []demo.Fault{{On: "create", Status: 402, Body: `{"detail":"No credit."}`}}})
		x := newHome(t).runAt(t, server, 200, nil, "A boat.")
		if code := x.waitForExit(); code != 4 {
			t.Errorf("exit code %d", code)
		}
		x.waitForOutput()
		if said := x.screenText(); strings.Contains(said, "sending") || !strings.Contains(said, "\nReplicate") {
			t.Errorf("after a failure:\n%s", said)
		}
	})
	inParallel(t, "dumb", func(t *testing.T) {
		h, server := newHome(t), newServer(t, quick)
		x := h.runAt(t, server, 200, []string{"TERM=dumb"}, "A boat.")
		x.waitFor("done in")
		x.waitForExit()
		x.waitForOutput()
		if said := x.screenText(); !strings.Contains(said, "\nsaving") || strings.Contains(string(x.written), "\x1b") {
			t.Errorf("one line for each event: %q", x.written)
		}
	})
}

// TestRunShow: with --show the picture is drawn above its path.
func TestRunShow(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	x := h.runAt(t, server, 100, nil, "A boat.", "--show", "--graphics", "cells")
	x.waitFor("data/tintype/pictures")
	if code := x.waitForExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.waitForOutput()
	written := string(x.written)
	picture, path := strings.Index(written, "\x1b[38;2;"), strings.LastIndex(written, "a-boat")
	if picture < 0 || path < picture {
		t.Errorf("a picture at %d, its path at %d", picture, path)
	}
	x.waitUntil("many colours", func() bool {
		colours := map[string]bool{}
		for y := range x.screen.Height() {
			for col := range x.screen.Width() {
				if c := x.screen.CellAt(col, y); c != nil && c.Style.Fg != nil {
					r, g, b, _ := c.Style.Fg.RGBA()
					colours[string([]byte{byte(r >> 8), byte(g >> 8), byte(b >> 8)})] = true
				}
			}
		}
		return len(colours) > 40
	})
}

// TestColoursOnATerminal: what commands print has colours on a terminal, and none where nobody wants or shows them.
func TestColoursOnATerminal(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	made := h.runAt(t, server, 100, nil, "A boat.")
	made.waitFor("done in")
	made.waitForExit()
	print := func(env []string, args ...string) string {
		x := h.open(t, startOptions{args: args, env: env, mute: true})
		x.waitForExit()
		x.waitForOutput()
		return string(x.written)
	}
	for _, command := range []string{"list", "show", "models", "--help"} {
		if written := print(nil, command); !strings.Contains(written, "\x1b[3") && !strings.Contains(written, "\x1b[1m") {
			t.Errorf("%s has neither colours nor bold text", command)
		}
		plain := map[string]string{
			"NO_COLOR":  print([]string{"NO_COLOR=1"}, command),
			"TERM=dumb": print([]string{"TERM=dumb"}, command),
			"--colour":  print(nil, command, "--colour", "none"),
		}
		for name, written := range plain {
			if strings.Contains(written, "\x1b[3") || command != "--help" && strings.Contains(written, "\x1b") {
				t.Errorf("%s with %s: %q", command, name, written)
			}
		}
	}
}
