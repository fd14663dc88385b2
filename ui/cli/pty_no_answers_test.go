//go:build unix

package cli_test

import "testing"

// TestFaultMuteTerminal does the main job in a terminal that answers no question: nothing waits for its answers. Row “mute
// terminal”; how long its first frame takes is printed by ui/internal/tools/measure.
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
