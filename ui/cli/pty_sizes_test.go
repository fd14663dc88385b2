//go:build unix

package cli_test

import (
	"fmt"
	"testing"
)

// sized is a size of the terminal and what stands on the screen at it; nothing can be asked of a single cell.
type sized struct {
	w, h  int
	words []string
}

var sizesTried = []sized{
	{1, 1, nil},
	{20, 5, []string{"needs 30×8"}},
	{40, 12, []string{"A quiet boat.", "enter develop"}},
	{300, 100, []string{"A quiet boat.", "Settings", "Predictions", "enter develop"}},
	{1, 200, nil},
	{200, 1, nil},
	{0, 0, nil}, // as of a terminal that does not know its size
	{1000, 1000, []string{"A quiet boat.", "Settings", "Predictions", "enter develop"}},
	{80, 24, []string{"A quiet boat.", "Settings", "enter develop"}},
}

// TestFaultResize starts at each size, and goes through all of them within one start: no crash, and everything there at the
// next larger one. Row “resize 1×1, 0×0, 1×200, 1000×1000”; that a frame fits every size is tested beside View.
func TestFaultResize(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	x := h.demo(t)
	x.keys("A quiet boat.")
	x.sees("A quiet boat.")
	for i, to := range append(sizesTried, sizesTried...) {
		if i >= len(sizesTried) && to.w*to.h > 100_000 {
			continue // once is enough for the emulator
		}
		x.size(to.w, to.h)
		x.sees(to.words...)
	}
	x.size(120, 40)
	x.sees("A quiet boat.", "Settings", "Predictions", "enter develop")
	x.keys(ctrlC)
	x.leaves()
	x.isGivenBack()
	for _, at := range sizesTried {
		t.Run(fmt.Sprintf("%d×%d", at.w, at.h), func(t *testing.T) {
			x := h.open(t, how{args: []string{"--demo"}, w: at.w, h: at.h})
			x.wait("a first frame", func() bool { return x.screen.IsAltScreen() })
			x.sees(at.words...)
			x.size(120, 40) // it may not listen for sizes yet
			x.sees("A quiet boat.", "enter develop")
			x.keys(ctrlC)
			x.leaves()
			x.isGivenBack()
		})
	}
}
