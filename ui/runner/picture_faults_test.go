package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestI10NoHalfPictureUnderFaults: whatever a download runs into, the picture is complete, or the job is lost and can be
// followed again.
func TestI10NoHalfPictureUnderFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault demo.Fault
		ends  history.State
	}{
		{"cut", demo.Fault{On: demo.Output, Cut: true, CutAt: 1000, Times: 2}, history.Done},
		{"a page for a picture", demo.Fault{On: demo.Output, Status: 200, Body: "<html>no</html>", Times: 2}, history.Done},
		{"never a picture", demo.Fault{On: demo.Output, Status: 200, Body: "<html>no</html>"}, history.Lost},
		{"rubbish", demo.Fault{On: demo.Output, Status: 200, Body: "\x00\x01\x02\x03 no picture", Times: 2}, history.Done},
		{"a picture cut short and called whole", demo.Fault{On: demo.Output, Status: 200, Body: "\xff\xd8\xff\xe0\x00\x10JFIF", Times: 1}, history.Done},
		{"empty", demo.Fault{On: demo.Output, Status: 200, Body: "", Times: 1}, history.Done},
		{"forbidden for a while", demo.Fault{On: demo.Output, Status: 403, Body: "no", Times: 2}, history.Done},
		{"unreachable for an hour", demo.Fault{On: demo.Output, Reset: true}, history.Lost},
	} {
		scenario(t, c.name, withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(c.fault)
			key := h.submit("x")
			h.waitFor(key, history.Waiting)
			for range 80 { // more than the hour until a picture expires
				if row, _ := h.runner.Row(key); row.State.Ended() {
					break
				}
				h.advance(time.Minute)
			}
			row := h.waitFor(key, c.ends)
			if c.ends == history.Lost {
				checkLost(t, h, row)
			}
		})
	}
}

// checkLost checks that a lost job keeps its record, and that following it again tries once more.
func checkLost(t *testing.T, h *harness, row runner.Row) {
	t.Helper()
	if row.Error == nil || row.Error.Sentence == "" || row.ID == "" {
		t.Fatalf("%+v", row.Entry)
	}
	h.setFaults()
	h.onChange(h.runner.Follow(row.Entry))
	h.waitFor(row.Key, history.Lost)
}
