//go:build unix

package cli_test

import (
	"os"
	"strings"
	"testing"
)

// Keys as terminals send them.
const (
	enter = "\r"
	ctrlC = "\x03"
	ctrlX = "\x18"
	ctrlZ = "\x1a"
	esc   = "\x1b"
)

// TestBuiltProgram uses the built program in a terminal as a user would.
func TestBuiltProgram(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		run  func(*testing.T, *home)
	}{
		{"a prompt becomes a picture, which the next start shows", developPicture},
		{"leaving asks once while a job is active", leaveWithJob},
		{"without a key it starts and offers the demo", startWithoutKey},
		{"the draft is kept when leaving", keepDraft},
		{"a held enter buys once", heldEnterBuysOnce},
	} {
		inParallel(t, c.name, func(t *testing.T) { c.run(t, newHome(t)) })
	}
}

// developPicture types a prompt (with a q in it), develops it, leaves and starts again.
func developPicture(t *testing.T, h *home) {
	const prompt = "A quiet fox by a quay."
	x := h.openDemo(t)
	x.develop(prompt)
	x.waitFor("1 running")
	x.waitForNo("1 running")
	x.waitFor("✓ " + prompt)
	x.waitForPicture()
	x.send(ctrlC)
	if code := x.waitForExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.checkRestored()
	made := h.listDemo(t)
	if len(made) != 1 || made[0].State != "done" || made[0].Input.Prompt != prompt || len(made[0].Pictures) != 1 {
		t.Fatalf("the history holds %+v", made)
	}
	if _, err := os.Stat(made[0].Pictures[0]); err != nil {
		t.Error(err)
	}
	again := h.openDemo(t)
	again.waitFor("✓ " + prompt)
	again.waitForDraft(prompt)
	again.waitForPicture()
}

// leaveWithJob leaves while a job is active, which the next start follows to its end.
func leaveWithJob(t *testing.T, h *home) {
	server := newServer(t, slow)
	x := h.openWithJob(t, server, (*home).open)
	x.send(ctrlC)
	x.waitFor("1 job keeps running", "ctrl+c quit", "esc stay")
	x.send(ctrlC)
	if code := x.waitForExit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.checkRestored()
	if goodbye := "1 still running – tintype follow --provider replicate --base-url " + server.origin; !strings.Contains(string(x.written), goodbye) {
		t.Errorf("it does not say %q: %s", goodbye, x.tail())
	}
	again := h.open(t, server.options())
	again.waitFor("1 running")
	server.finish()
	again.waitForNo("1 running")
	again.waitFor("✓ A boat.")
	if n := server.Counts().Accepted; n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// startWithoutKey starts without a key: the program says so in one sentence and offers the demo.
func startWithoutKey(t *testing.T, h *home) {
	x := h.open(t, startOptions{})
	x.waitFor("No key for CometAPI.", "ctrl+x d.")
	x.send(ctrlX)
	x.waitFor("d demo")
	x.send("d")
	x.waitForDemo()
	x.develop("A boat.")
	x.waitFor("✓ A boat.")
	x.waitForPicture()
	if n := h.demoPurchases(t); n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// keepDraft leaves right after the last letter.
func keepDraft(t *testing.T, h *home) {
	const draft = "A paper boat floating on qui"
	x := h.openDemo(t)
	x.send(draft)
	x.waitFor(draft)
	x.send(ctrlC)
	x.waitForExit()
	again := h.openDemo(t)
	again.waitForDraft(draft)
}
