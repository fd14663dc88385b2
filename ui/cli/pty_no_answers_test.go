//go:build unix

package cli_test

import "testing"

// TestFaultMuteTerminal does the main job in a terminal that answers no question: nothing waits for its answers. Row “mute
// terminal”; how long its first frame takes is printed by ui/internal/tools/measure.
func TestFaultMuteTerminal(t *testing.T) {
	t.Parallel()
	x := newHouse(t).open(t, how{args: []string{"--demo"}, mute: true})
	x.seesOpen()
	x.develops("A boat.")
	x.sees("✓ A boat.")
	x.seesPicture()
	x.keys(ctrlC)
	x.leaves()
	x.isGivenBack()
}
