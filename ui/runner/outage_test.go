package runner_test

import (
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// unavailable makes the server answer one kind of request with 503.
func unavailable(kind demo.RequestKind) demo.Fault {
	return demo.Fault{On: kind, Status: 503, Body: "{}"}
}

// TestRetryBudgetInAnOutage: while a server answers only 503, a hundred jobs together ask it about four times a minute, once
// the budget is empty. PollNow lets one more go. When the server works again, all of them know within half a minute.
func TestRetryBudgetInAnOutage(t *testing.T) {
	t.Parallel()
	scenario(t, "a hundred jobs", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setDuration(20 * time.Minute)
		var keys []string
		for i := range 100 {
			keys = append(keys, h.submit(fmt.Sprint("x ", i)))
		}
		h.advance(time.Minute)
		gets := func(long time.Duration) int {
			before := server.Counts().Gets
			h.advance(long)
			return server.Counts().Gets - before
		}
		h.setFaults(unavailable(demo.Get), onePixel())
		if n := gets(time.Minute); n > 100+20+4 {
			t.Errorf("%d requests in the first minute: more than one each, the budget and the probes", n)
		}
		for range 3 {
			if n := gets(time.Minute); n > 4 || n < 3 {
				t.Errorf("%d requests in a minute of the outage", n)
			}
		}
		if n := gets(time.Second); n > 1 {
			t.Errorf("%d at once", n)
		}
		h.runner.PollNow()
		if n := gets(2 * time.Second); n != 1 {
			t.Errorf("%d requests after waking up", n)
		}
		if row, _ := h.runner.Row(keys[50]); row.State != history.Waiting || row.Live.Waiting != runner.LastTryFailed || row.Live.Trouble.HTTPStatus != 503 {
			t.Errorf("the state is %s, %+v", row.State, row.Live)
		}
		h.setFaults(onePixel())
		h.advance(30 * time.Second)
		for _, key := range keys {
			if row, _ := h.runner.Row(key); row.Live == nil || row.Live.Waiting != runner.NotWaiting {
				t.Fatalf("half a minute after the end of the outage %s still waits: %+v", key, row.Live)
			}
		}
	})
}

// TestRetryBudgetStarvesNoPurchase: with an empty budget and a line of waiting retries, a purchase and its first poll leave at
// once, and its picture arrives; so does a cancel.
func TestRetryBudgetStarvesNoPurchase(t *testing.T) {
	t.Parallel()
	scenario(t, "in an outage of polls", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setDuration(20 * time.Minute)
		var keys []string
		for range 60 {
			keys = append(keys, h.submit("x [slow]"))
		}
		h.advance(time.Minute)
		h.setFaults(unavailable(demo.Get))
		h.advance(2 * time.Minute)
		before := server.Counts()
		key := h.submit("new")
		h.advance(time.Second)
		if row, _ := h.runner.Row(key); row.State != history.Waiting || row.ID == "" {
			t.Errorf("a purchase is %s", row.State)
		}
		h.advance(2 * time.Second)
		h.cancel(keys[7])
		h.advance(time.Second)
		if row, _ := h.runner.Row(keys[7]); row.State != history.Stopped {
			t.Errorf("a cancelled one is %s", row.State)
		}
		if after := server.Counts(); after.Gets == before.Gets || after.Cancels != 1 {
			t.Errorf("%+v, then %+v", before, after)
		}
	})
}

// TestRetryBudgetStarvesNoDownload: at a server in trouble, pictures are tried before polls, the one that expires first before
// the others. A first download is not held up by retries (I11).
func TestRetryBudgetStarvesNoDownload(t *testing.T) {
	t.Parallel()
	scenario(t, "one host for both", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setJitter(0.5) // the count of fetches is exact only with known waits
		h.setDuration(3 * time.Minute)
		h.setFaults(unavailable(demo.Output))
		paid := h.submit("paid")
		h.waitFor(paid, history.Saving)
		h.setDuration(6 * time.Hour)
		for range 60 {
			h.submit("x")
		}
		h.advance(time.Minute)
		h.setFaults(unavailable(demo.Output), unavailable(demo.Get))
		h.advance(3 * time.Minute)
		before := server.Counts()
		h.advance(10 * time.Minute)
		after := server.Counts()
		pictures, polls := after.Outputs-before.Outputs, after.Gets-before.Gets
		if pictures+polls > 41 || pictures < 9 || pictures > 12 {
			t.Errorf("%d fetches and %d polls in ten minutes", pictures, polls)
		}
		h.setFaults(unavailable(demo.Get), onePixel())
		h.advance(76 * time.Second)
		if row, _ := h.runner.Row(paid); row.State != history.Done {
			t.Errorf("the picture is %s", row.State)
		}
	})
}
