//go:build unix

package cli_test

import (
	"os"
	"testing"
)

// Keys as terminals send them.
const (
	enter = "\r"
	ctrlC = "\x03"
	ctrlX = "\x18"
	esc   = "\x1b"
)

// TestBuiltProgram tells stories of the built program in a terminal. Each has a home of its own.
func TestBuiltProgram(t *testing.T) {
	for _, story := range []struct {
		name string
		tell func(*testing.T, *house)
	}{
		{"a prompt becomes a picture and is there again", promptBecomesPicture},
		{"leaveLimit asks once while a job is under way", leavingAsksOnce},
		{"without a key it starts and offers the demo", withoutKey},
		{"left in mid-sentence", leftInMidSentence},
		{"a held enter buys once", heldEnterBuysOnce},
	} {
		t.Run(story.name, func(t *testing.T) {
			t.Parallel()
			story.tell(t, newHouse(t))
		})
	}
}

// promptBecomesPicture is the main job: type (a q among the letters), develop, see, leave, start again.
func promptBecomesPicture(t *testing.T, h *house) {
	const prompt = "A quiet fox by a quay."
	x := h.demo(t)
	x.develops(prompt)
	x.sees("1 running")
	x.seesNot("1 running")
	x.sees("✓ " + prompt)
	x.seesPicture()
	x.keys(ctrlC)
	if code := x.leaves(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.isGivenBack()
	made := h.made(t)
	if len(made) != 1 || made[0].State != "done" || made[0].Input.Prompt != prompt || len(made[0].Pictures) != 1 {
		t.Fatalf("the history holds %+v", made)
	}
	if _, err := os.Stat(made[0].Pictures[0]); err != nil {
		t.Error(err)
	}
	again := h.demo(t)
	again.sees("✓ " + prompt)
	again.seesDraft(prompt)
	again.seesPicture()
}

// leavingAsksOnce leaves while a job is under way, which the next start follows to its end.
func leavingAsksOnce(t *testing.T, h *house) {
	server := newServer(t, slow)
	x := h.buysSlowly(t, server, (*house).open)
	x.keys(ctrlC)
	x.sees("1 goes on at", "ctrl+c leave", "esc stay")
	x.keys(ctrlC)
	if code := x.leaves(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	x.isGivenBack()
	again := h.open(t, server.openedBy())
	again.sees("1 running")
	server.finish()
	again.seesNot("1 running")
	again.sees("✓ A boat.")
	if n := server.Counts().Accepted; n != 1 {
		t.Errorf("%d predictions were bought", n)
	}
}

// withoutKey starts without a key, says so in one sentence, and offers the demo.
func withoutKey(t *testing.T, h *house) {
	x := h.open(t, how{})
	x.sees("No key for CometAPI: set COMETAPI_KEY, or try the demo with ctrl+x d.")
	x.keys(ctrlX)
	x.sees("d demo")
	x.keys("d")
	x.seesOpen()
	x.develops("A boat.")
	x.sees("✓ A boat.")
	x.seesPicture()
	if n := h.bought(t); n != 1 {
		t.Errorf("the demo's server was asked for %d predictions", n)
	}
}

// leftInMidSentence leaves at once after the last letter.
func leftInMidSentence(t *testing.T, h *house) {
	const draft = "A paper boat floating on qui"
	x := h.demo(t)
	x.keys(draft)
	x.sees(draft)
	x.keys(ctrlC)
	x.leaves()
	again := h.demo(t)
	again.seesDraft(draft)
}
