//go:build linux

package cli_test

import "testing"

// maxExtraMemory is how much more memory than usual nothing that a provider sends may cost.
const maxExtraMemory = 64 << 20

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
	usual := usualMemory(t)
	f := newFlood(t)
	x := newHome(t).open(t, startOptions{args: f.args(), env: []string{"COMETAPI_KEY=" + canary}})
	x.waitFor("Nothing made yet.")
	for _, kind := range floodKinds {
		x.developNext(kind + " A boat.")
	}
	for _, kind := range floodKinds {
		x.waitUntil("the flood of "+kind, func() bool { return f.requests(kind) > 1 || kind == "create" && f.requests(kind) > 0 })
	}
	x.waitFor("✓ bomb A boat.", "✓ gif A boat.") // saved
	x.focusList()
	x.send("g")
	x.waitFor("This picture has 65535×65535 pixels;") // and said; not drawn
	x.send("j")
	x.waitFor("This picture has 30000×30000 pixels;")
	for range floodKinds {
		x.send("ii")
		x.send("i")
		x.send("j")
	}
	x.send("\x1b")
	x.waitFor("▸Prompt")
	x.send("\x05\x15Still here.")
	x.waitForDraft("Still here.")
	checkMemory(t, x.peakMemory(), usual)
}

// boundedOnTheCommandLine lets each flood come over a command.
func boundedOnTheCommandLine(t *testing.T) {
	server := newServer(t, quick)
	usual := newHome(t).peakMemory(t, append(server.args(), "run", "A boat.")...)
	f := newFlood(t)
	for _, kind := range floodKinds {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			checkMemory(t, newHome(t).peakMemory(t, append(f.args(), "run", "--timeout", "2s", kind+" A boat.")...), usual)
			if f.requests(kind) == 0 {
				t.Error("nothing was asked for")
			}
		})
	}
}

// checkMemory checks a peak of memory beside the usual one.
func checkMemory(t *testing.T, peak, usual int) {
	t.Helper()
	t.Logf("%d MB, usual are %d MB", peak>>20, usual>>20)
	if usual == 0 || peak > usual+maxExtraMemory {
		t.Errorf("it took %d MB at its peak, usual are %d MB", peak>>20, usual>>20)
	}
}

// usualMemory is what the full screen takes at its peak for one picture.
func usualMemory(t *testing.T) int {
	t.Helper()
	server := newServer(t, quick)
	x := newHome(t).open(t, server.options())
	x.waitFor("Nothing made yet.")
	x.develop("A boat.")
	x.waitFor("✓ A boat.")
	x.waitForPicture()
	peak := x.peakMemory()
	x.send(ctrlC)
	x.waitForExit()
	return peak
}
