//go:build unix

package cli_test

import "testing"

// TestFaultMuteTerminal: in a terminal that answers no queries, the program still develops a picture.
func TestFaultMuteTerminal(t *testing.T) {
	t.Parallel()
	x := newHome(t).open(t, startOptions{args: []string{"--demo"}, mute: true})
	x.waitForDemo()
	x.develop("A boat.")
	x.waitFor("✓ A boat.")
	x.waitForPicture()
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
}
