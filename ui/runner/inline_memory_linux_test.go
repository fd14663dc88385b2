package runner_test

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"tintype/api/demo"
	"tintype/history"
)

// TestInlineLeavesNothing: fifteen jobs with a picture of two megabytes within the answer leave neither memory nor open files,
// though the program goes on to show their rows.
func TestInlineLeavesNothing(t *testing.T) {
	picture := inlinePNG(t, 700)
	scenario(t, "fifteen", withList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(answerFault(demo.Get, 200, `{"status":"succeeded","output":["`+picture+`"]}`, 0))
		measure := func() (heap uint64, files int) {
			runtime.GC()
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			links, err := os.ReadDir("/proc/self/fd")
			must(t, err)
			for _, link := range links {
				if to, _ := os.Readlink("/proc/self/fd/" + link.Name()); strings.Contains(to, "answer-") {
					files++
				}
			}
			return m.HeapAlloc, files
		}
		h.waitFor(h.submit("x"), history.Done)
		before, _ := measure()
		for range 15 {
			h.waitFor(h.submit("x"), history.Done)
		}
		after, files := measure()
		if grown := int64(after) - int64(before); grown > 10<<20 || files > 0 {
			t.Errorf("%d MiB more are in use, %d files are open", grown>>20, files)
		}
	})
}
