package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestI01PaidOnceUnderEachFault: whatever happens to the POST, the purchase is accepted once at most.
func TestI01PaidOnceUnderEachFault(t *testing.T) {
	t.Parallel()
	throttled := `{"detail":"Request was throttled. Your rate limit resets in ~5s."}`
	for _, c := range []struct {
		name     string
		fault    demo.Fault
		ends     history.State
		accepted int
		posts    int
		notice   runner.NoticeKind
	}{
		{"never left, twice", demo.Fault{On: demo.Create, Unsent: true, Times: 2}, history.Done, 1, 0, runner.Finished},
		{"never left, ever", demo.Fault{On: demo.Create, Unsent: true}, history.Failed, 0, 0, runner.NotSent},
		{"asked to wait, twice", demo.Fault{On: demo.Create, Status: 429, Body: throttled, Times: 2}, history.Done, 1, 3, runner.WaitsAsked},
		{"asked to wait, ever", demo.Fault{On: demo.Create, Status: 429, Body: throttled}, history.Failed, 0, 3, runner.Refused},
		{"reset after it was taken", demo.Fault{On: demo.Create, Accept: true, Reset: true}, history.Unconfirmed, 1, 1, runner.Uncertain},
		{"reset before it was taken", demo.Fault{On: demo.Create, Reset: true}, history.Unconfirmed, 0, 1, runner.Uncertain},
		{"bad gateway", demo.Fault{On: demo.Create, Accept: true, Status: 502, Body: "<html>"}, history.Unconfirmed, 1, 1, runner.Uncertain},
		{"a page of HTML", demo.Fault{On: demo.Create, Status: 200, Body: "<html>log in</html>"}, history.Unconfirmed, 0, 1, runner.Uncertain},
		{"refused inside a 503", demo.Fault{On: demo.Create, Status: 503, Body: `{"error":{"code":"model_not_found","message":"no"}}`}, history.Failed, 0, 1, runner.Refused},
	} {
		scenario(t, c.name, withoutList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(c.fault)
			key := h.submit("x")
			h.waitFor(key, c.ends)
			h.advance(time.Minute)
			if got := server.Counts(); got.Accepted != c.accepted || c.posts > 0 && got.Posts != c.posts {
				t.Errorf("posts %d, accepted %d; want %d, %d", got.Posts, got.Accepted, c.posts, c.accepted)
			}
			if !h.hasNotice(c.notice) || h.entry(key).State != c.ends {
				t.Errorf("notices %v, on disk %s", h.notices, h.entry(key).State)
			}
		})
	}
}
