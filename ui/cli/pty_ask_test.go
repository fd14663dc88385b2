//go:build unix

package cli_test

import (
	"strings"
	"syscall"
	"testing"
)

// TestQuestionBeforeBuying: at a terminal a plan is bought after y or yes alone. Every other answer, the end of input and an interrupt buy
// nothing.
func TestQuestionBeforeBuying(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, typed string
		bought      int
		code        int
	}{
		{"y", "y\r", 2, 0},
		{"yes in capitals", " YES \r", 2, 0},
		{"enter", "\r", 0, 2},
		{"n", "n\r", 0, 2},
		{"another word", "yesterday\r", 0, 2},
		{"the end of input", "\x04", 0, 2},
		{"the end of input behind y", "y\x04\x04", 0, 2},
		{"ctrl+c", "\x03", 0, 130},
		{"ctrl+c behind y", "y\x03", 0, 130},
	} {
		inParallel(t, c.name, func(t *testing.T) {
			h, server := newHome(t), newServer(t, quick)
			x := h.askAt(t, server, "sweep", "A {red|blue} boat", "-f", "jpg", "--set", "megapixels=0.25")
			x.waitFor("Buy 2, about $0.006? y buys, anything else does not:")
			if posts := server.Counts().Posts; posts != 0 {
				t.Fatalf("%d were sent before the answer", posts)
			}
			x.send(c.typed)
			code := x.waitForExit()
			x.waitForOutput()
			if x.cmd.ProcessState.Sys().(syscall.WaitStatus).Signaled() {
				code = 130 // as a shell reports it
			}
			if bought := server.Counts().Accepted; code != c.code || bought != c.bought {
				t.Errorf("exit code %d, %d bought; want %d, %d\n%s", code, bought, c.code, c.bought, x.screenText())
			}
			if c.code == 2 && !strings.Contains(x.screenText(), "Nothing is bought.") {
				t.Errorf("it does not say so:\n%s", x.screenText())
			}
		})
	}
}

// TestQuestionAboveLimit: at a terminal run asks before a picture that costs more than ask_above in the settings.
func TestQuestionAboveLimit(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int{"y\r": 1, "\r": 0} {
		inParallel(t, typed, func(t *testing.T) {
			h, server := newHome(t), newServer(t, quick)
			h.writeFile(t, "config/tintype/config.toml", "[budget]\nask_above = 0.001\n")
			x := h.askAt(t, server, "run", "A boat.", "-f", "jpg", "--set", "megapixels=0.25")
			x.waitFor("Buy this for about $0.003? y buys, anything else does not:")
			x.send(typed)
			x.waitForExit()
			if bought := server.Counts().Accepted; bought != want {
				t.Errorf("%d bought, want %d\n%s", bought, want, x.screenText())
			}
		})
	}
}

// askAt starts a command that asks, in a terminal.
func (h *home) askAt(t *testing.T, from *server, args ...string) *terminal {
	t.Helper()
	return h.open(t, startOptions{w: 120, h: 40, args: append(args, from.args()...), env: []string{"REPLICATE_API_TOKEN=" + canary}})
}
