package runner_test

import (
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// down is a server whose answers to one kind of request are 503.
func down(kind demo.RequestKind) demo.Fault { return demo.Fault{On: kind, Status: 503, Body: "{}"} }

// TestRetryBudgetInAnOutage: a hundred jobs whose server gives nothing but 503 ask it about four times a minute together, once the
// bucket is empty; a window that is touched lets one more go; and when the server is well again, all of them know within half a
// minute.
func TestRetryBudgetInAnOutage(t *testing.T) {
	story(t, "a hundred jobs", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		d.takes(20 * time.Minute)
		var keys []string
		for i := range 100 {
			keys = append(keys, d.submit(fmt.Sprint("x ", i)))
		}
		d.pass(time.Minute)
		gets := func(long time.Duration) int {
			before := server.Counts().Gets
			d.pass(long)
			return server.Counts().Gets - before
		}
		d.faults(down(demo.Get), onePixel())
		if n := gets(time.Minute); n > 100+20+4 {
			t.Errorf("%d requests in the first minute: more than one each, the bucket and the probes", n)
		}
		for range 3 {
			if n := gets(time.Minute); n > 4 || n < 3 {
				t.Errorf("%d requests in a minute of the outage", n)
			}
		}
		if n := gets(time.Second); n > 1 {
			t.Errorf("%d at once", n)
		}
		d.studio.PollNow()
		if n := gets(2 * time.Second); n != 1 {
			t.Errorf("%d requests after waking up", n)
		}
		if row, _ := d.studio.Row(keys[50]); row.State != history.Waiting || row.Live.Waiting != runner.LastTryFailed || row.Live.Trouble.HTTPStatus != 503 {
			t.Errorf("it stands at %s, %+v", row.State, row.Live)
		}
		d.faults(onePixel())
		d.pass(30 * time.Second)
		for _, key := range keys {
			if row, _ := d.studio.Row(key); row.Live == nil || row.Live.Waiting != runner.NotWaiting {
				t.Fatalf("half a minute after the end of the outage %s still waits: %+v", key, row.Live)
			}
		}
	})
}

// TestRetryBudgetStarvesNoPurchase: with the bucket empty, and a queue before it, a purchase goes at once, its first poll too, and
// its picture comes; so does a cancel.
func TestRetryBudgetStarvesNoPurchase(t *testing.T) {
	story(t, "in an outage of polls", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		d.takes(20 * time.Minute)
		var keys []string
		for range 60 {
			keys = append(keys, d.submit("x [slow]"))
		}
		d.pass(time.Minute)
		d.faults(down(demo.Get))
		d.pass(2 * time.Minute)
		before := server.Counts()
		key := d.submit("new")
		d.pass(time.Second)
		if row, _ := d.studio.Row(key); row.State != history.Waiting || row.ID == "" {
			t.Errorf("a purchase stands at %s", row.State)
		}
		d.pass(2 * time.Second)
		d.cancel(keys[7])
		d.pass(time.Second)
		if row, _ := d.studio.Row(keys[7]); row.State != history.Stopped {
			t.Errorf("a cancelled one stands at %s", row.State)
		}
		if after := server.Counts(); after.Gets == before.Gets || after.Cancels != 1 {
			t.Errorf("%+v, then %+v", before, after)
		}
	})
}

// TestRetryBudgetStarvesNoDownload: pictures at a server in trouble are tried before its polls, the first that will be deleted
// first; those whose first try is still to come are fetched at once, though others wait (I11).
func TestRetryBudgetStarvesNoDownload(t *testing.T) {
	story(t, "one host for both", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		d.takes(3 * time.Minute)
		d.faults(down(demo.Output))
		paid := d.submit("paid")
		d.until(paid, history.Saving)
		d.takes(6 * time.Hour)
		for range 60 {
			d.submit("x")
		}
		d.pass(time.Minute)
		d.faults(down(demo.Output), down(demo.Get))
		d.pass(3 * time.Minute)
		before := server.Counts()
		d.pass(10 * time.Minute)
		after := server.Counts()
		pictures, polls := after.Outputs-before.Outputs, after.Gets-before.Gets
		if pictures+polls > 41 || pictures < 18 {
			t.Errorf("%d fetches and %d polls in ten minutes", pictures, polls)
		}
		d.faults(down(demo.Get), onePixel())
		d.pass(31 * time.Second)
		if row, _ := d.studio.Row(paid); row.State != history.Done {
			t.Errorf("the picture stands at %s", row.State)
		}
	})
}
