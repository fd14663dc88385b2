//go:build unix

package cli_test

import (
	"fmt"
	"testing"
)

// sizeCase is a size of the terminal and the words on its screen.
type sizeCase struct {
	w, h  int
	words []string
}

var sizeCases = []sizeCase{
	{1, 1, nil},
	{20, 5, []string{"needs 30×8"}},
	{40, 12, []string{"A quiet boat.", "enter develop"}},
	{300, 100, []string{"A quiet boat.", "Settings", "Pictures", "enter develop"}},
	{1, 200, nil},
	{200, 1, nil},
	{0, 0, nil}, // a terminal that does not know its size
	{1000, 1000, []string{"A quiet boat.", "Settings", "Pictures", "enter develop"}},
	{80, 24, []string{"A quiet boat.", "Settings", "enter develop"}},
}

// TestFaultResize starts the program at each size, and resizes one program to all of them: it never crashes, and shows everything at
// the next larger size. Package ui tests that a frame fits every size.
func TestFaultResize(t *testing.T) {
	t.Parallel()
	h := newHome(t)
	x := h.openDemo(t)
	x.send("A quiet boat.")
	x.waitFor("A quiet boat.")
	for i, to := range append(sizeCases, sizeCases...) {
		if i >= len(sizeCases) && to.w*to.h > 100_000 {
			continue // slow in the emulator, and tried once already
		}
		x.resize(to.w, to.h)
		x.waitFor(to.words...)
	}
	x.resize(120, 40)
	x.waitFor("A quiet boat.", "Settings", "Pictures", "enter develop")
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
	for _, at := range sizeCases {
		inParallel(t, fmt.Sprintf("%d×%d", at.w, at.h), func(t *testing.T) {
			x := h.open(t, startOptions{args: []string{"--demo"}, w: at.w, h: at.h})
			x.waitUntil("a first frame", func() bool { return x.screen.IsAltScreen() })
			x.waitFor(at.words...)
			x.resize(120, 40) // the program may not listen for sizes yet
			x.waitFor("A quiet boat.", "enter develop")
			x.send(ctrlC)
			x.waitForExit()
			x.checkRestored()
		})
	}
}
