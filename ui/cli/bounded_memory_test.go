//go:build linux

package cli_test

import "testing"

// above is how much more memory than usual nothing that a provider sends may cost.
const above = 64 << 20

// TestI13Bounded: a gigabyte of JSON, ten million keys, a million brackets, logs without end, headers of 20 MB, a dripping answer,
// a picture without end, one of 900 megapixels in 100 KB, one whose header lies: memory stays within 64 MB of what one usual
// picture takes, and the screen answers meanwhile. Invariant I13. How long one Update takes is told by BenchmarkUpdate in ui.
func TestI13Bounded(t *testing.T) {
	t.Parallel()
	t.Run("on the screen", boundedOnTheScreen)
	t.Run("on the command line", boundedOnTheCommandLine)
}

// boundedOnTheScreen lets each flood come over one full screen.
func boundedOnTheScreen(t *testing.T) {
	usual := usualPeak(t)
	f := newFlood(t)
	x := newHouse(t).open(t, how{args: f.args(), env: []string{"COMETAPI_KEY=" + canary}})
	x.sees("Nothing made yet.")
	for _, manner := range floods {
		x.developsAnew(manner + " A boat.")
	}
	for _, manner := range floods {
		x.wait("the flood of "+manner, func() bool { return f.served(manner) > 1 || manner == "create" && f.served(manner) > 0 })
	}
	x.sees("✓ bomb A boat.", "✓ gif A boat.") // saved
	x.toList()
	x.keys("g")
	x.sees("This picture has 65535×65535 pixels;") // and said; not drawn
	x.keys("j")
	x.sees("This picture has 30000×30000 pixels;")
	for range floods {
		x.keys("ii")
		x.keys("i")
		x.keys("j")
	}
	x.keys("\x1b")
	x.sees("▸Prompt")
	x.keys("\x05\x15Still here.")
	x.seesDraft("Still here.")
	isBounded(t, x.peak(), usual)
}

// boundedOnTheCommandLine lets each flood come over a command.
func boundedOnTheCommandLine(t *testing.T) {
	server := newServer(t, quick)
	usual := newHouse(t).peak(t, append(server.args(), "run", "A boat.")...)
	f := newFlood(t)
	for _, manner := range floods {
		t.Run(manner, func(t *testing.T) {
			t.Parallel()
			isBounded(t, newHouse(t).peak(t, append(f.args(), "run", "--timeout", "2s", manner+" A boat.")...), usual)
			if f.served(manner) == 0 {
				t.Error("nothing was asked for")
			}
		})
	}
}

// isBounded checks a peak of memory beside the usual one.
func isBounded(t *testing.T, peak, usual int) {
	t.Helper()
	t.Logf("%d MB, usual are %d MB", peak>>20, usual>>20)
	if usual == 0 || peak > usual+above {
		t.Errorf("it took %d MB at its peak, usual are %d MB", peak>>20, usual>>20)
	}
}

// usualPeak is what the full screen takes at its peak for one picture.
func usualPeak(t *testing.T) int {
	t.Helper()
	server := newServer(t, quick)
	x := newHouse(t).open(t, server.openedBy())
	x.sees("Nothing made yet.")
	x.develops("A boat.")
	x.sees("✓ A boat.")
	x.seesPicture()
	peak := x.peak()
	x.keys(ctrlC)
	x.leaves()
	return peak
}
