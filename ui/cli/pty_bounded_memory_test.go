//go:build linux

package cli_test

import "testing"

// maxExtraMemory is how much more memory than usual any answer of a provider may take, in bytes.
const maxExtraMemory = 64 << 20

// TestI13Bounded: with a gigabyte of JSON, ten million keys, a million brackets, endless logs, headers of 20 MB, an answer that drips,
// an endless picture, one of 900 megapixels in 100 kB and one with a false header, memory stays within 64 MB of the usual, and the
// screen still reacts. BenchmarkUpdate in package ui measures the time of an update.
func TestI13Bounded(t *testing.T) {
	t.Parallel()
	inParallel(t, "on the screen", boundedOnTheScreen)
	inParallel(t, "on the command line", boundedOnTheCommandLine)
}

// boundedOnTheScreen requests each kind of answer in one full screen.
func boundedOnTheScreen(t *testing.T) {
	usual := usualMemory(t)
	f := newFlood(t)
	x := newHome(t).open(t, startOptions{args: f.args(), env: []string{"COMETAPI_KEY=" + canary}})
	x.waitFor("No pictures yet.")
	for _, kind := range floodKinds {
		x.developNext(kind + " A boat.")
	}
	for _, kind := range floodKinds {
		x.waitUntil("the flood of "+kind, func() bool { return f.requests(kind) > 1 || kind == "create" && f.requests(kind) > 0 })
	}
	x.waitFor("✓ bomb A boat.", "✓ gif A boat.") // saved
	x.focusList()
	x.send("g")
	x.waitFor("This picture has 65535×65535 pixels;") // reported, not drawn
	x.send("j")
	x.waitFor("This picture has 30000×30000 pixels;")
	for range floodKinds {
		x.press("i", "i", "i", "j")
	}
	x.send("\x1b")
	x.waitFor("▸Prompt")
	x.send("\x05\x15Still here.")
	x.waitForDraft("Still here.")
	checkMemory(t, x.peakMemory(), usual)
}

// boundedOnTheCommandLine requests each kind of answer by a command.
func boundedOnTheCommandLine(t *testing.T) {
	server := newServer(t, quick)
	usual := newHome(t).peakMemory(t, append(server.args(), "run", "A boat.")...)
	f := newFlood(t)
	for _, kind := range floodKinds {
		inParallel(t, kind, func(t *testing.T) {
			checkMemory(t, newHome(t).peakMemory(t, append(f.args(), "run", "--timeout", "2s", kind+" A boat.")...), usual)
			if f.requests(kind) == 0 {
				t.Error("nothing was requested")
			}
		})
	}
}

// checkMemory compares a peak of memory with the usual one.
func checkMemory(t *testing.T, peak, usual int) {
	t.Helper()
	t.Logf("%d MB, usually %d MB", peak>>20, usual>>20)
	if usual == 0 || peak > usual+maxExtraMemory {
		t.Errorf("the peak is %d MB, usually %d MB", peak>>20, usual>>20)
	}
}

// usualMemory is the peak memory of the full screen for one picture.
func usualMemory(t *testing.T) int {
	t.Helper()
	server := newServer(t, quick)
	x := newHome(t).open(t, server.options())
	x.waitFor("No pictures yet.")
	x.develop("A boat.")
	x.waitFor("✓ A boat.")
	x.waitForPicture()
	peak := x.peakMemory()
	x.send(ctrlC)
	x.waitForExit()
	return peak
}
