package runner_test

import (
	"net/http"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

const throttled = `{"detail":"Request was throttled.","status":429}`

// TestFault429WithRetryAfter: all ways to ask for a wait, sensible or not. The row shows a countdown as long as that,
// and then the same purchase is sent once more.
func TestFault429WithRetryAfter(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, header, body string
		least, most        time.Duration
	}{
		{"seconds", "7", throttled, 7 * time.Second, 7 * time.Second},
		{"a date", "+40s", throttled, 40 * time.Second, 41 * time.Second},
		{"a date that has passed", "-1h", throttled, 5 * time.Second, 7 * time.Second},
		{"nothing", "0", throttled, 5 * time.Second, 7 * time.Second},
		{"less than nothing", "-5", throttled, 5 * time.Second, 7 * time.Second},
		{"an hour", "3600", throttled, time.Hour, time.Hour},
		{"a date in three days", "+72h", throttled, 72 * time.Hour, 72*time.Hour + time.Second},
		{"rubbish, and the body says it", "soon", `{"detail":"Your rate limit resets in ~30s."}`, 30 * time.Second, 30 * time.Second},
		{"in the body alone", "", `{"detail":"wait","retry_after":12}`, 12 * time.Second, 12 * time.Second},
		{"rubbish alone", "\x01soon", throttled, 5 * time.Second, 7 * time.Second},
		{"a page, and the header says it", "9", "<html>", 9 * time.Second, 9 * time.Second},
		{"no body", "9", " ", 9 * time.Second, 9 * time.Second},
	} {
		scenario(t, c.name, withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			header := http.Header{}
			if ahead, err := time.ParseDuration(c.header); err == nil && len(c.header) > 2 {
				header.Set("Retry-After", time.Now().Add(ahead).UTC().Format(http.TimeFormat))
			} else if c.header != "" {
				header.Set("Retry-After", c.header)
			}
			h.setFaults(demo.Fault{On: demo.Create, Status: 429, Header: header, Body: c.body, Times: 1}, onePixel())
			key := h.submit("x")
			h.advance(time.Millisecond)
			row, _ := h.runner.Row(key)
			if row.State != history.Creating || row.Live.Waiting != runner.ProviderAsked || !h.hasNotice(runner.WaitsAsked) {
				if c.least > 0 {
					t.Fatalf("%s, %+v, notices %v", row.State, row.Live, h.notices)
				}
			} else if wait := row.Live.Until.Sub(row.Attempts[0].Time); wait < c.least || wait > c.most {
				t.Errorf("it waits %v, want %v", wait, c.least)
			}
			if h.advance(max(c.least-10*time.Millisecond, 0)); c.least > 0 && server.Counts().Posts != 1 {
				t.Error("it was sent before its time")
			}
			h.advance(c.most - c.least + time.Second)
			if n := server.Counts(); n.Posts != 2 || n.Accepted != 1 {
				t.Errorf("%+v", n)
			}
			h.waitFor(key, history.Done)
		})
	}
}

// TestFault429Without: a 429 without Retry-After. The back-off grows, and after three tries the purchase is refused and not
// billed. Other purchases wait with it instead of trying on their own.
func TestFault429Without(t *testing.T) {
	t.Parallel()
	scenario(t, "forever", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Create, Status: 429, Body: throttled})
		key := h.submit("x")
		h.advance(time.Millisecond)
		row, _ := h.runner.Row(key)
		if row.Live == nil || row.Live.Waiting != runner.ProviderAsked || row.Live.Until.Sub(row.Attempts[0].Time) < 5*time.Second {
			t.Errorf("%+v", row.Live)
		}
		row = h.waitFor(key, history.Failed)
		if row.Error.Code != "rate" || row.Cost == nil || *row.Cost != 0 || server.Counts().Posts != 3 || len(row.Attempts) != 3 {
			t.Errorf("%+v, cost %v, %+v", row.Error, row.Cost, server.Counts())
		}
	})
	scenario(t, "twenty more wait together", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		h.setJitter(0.999)
		h.setFaults(demo.Fault{On: demo.Create, Status: 429, Body: throttled, Times: 4}, onePixel())
		for _, key := range h.submitThrottled(20, 4*time.Second) {
			h.waitFor(key, history.Done)
		}
		if c := server.Counts(); c.Accepted != 21 || c.Posts != 25 {
			t.Errorf("%+v", c)
		}
	})
}

// submitThrottled buys one, which is asked to wait, and then more, and checks that all of them wait.
func (h *harness) submitThrottled(more int, long time.Duration) (keys []string) {
	h.t.Helper()
	keys = []string{h.submit("x")}
	h.advance(time.Millisecond)
	for range more {
		keys = append(keys, h.submit("y"))
	}
	h.advance(long)
	if _, waiting := h.runner.Counts(); waiting != more+1 || h.server.Counts().Posts != 1 {
		h.t.Errorf("%d wait, after %d posts", waiting, h.server.Counts().Posts)
	}
	return keys
}

// TestFault429WithRetryAfterTogether: after one purchase was asked to wait, none leaves before that time and each row shows the
// same countdown. Then they leave one after the other, in order, and all are bought.
func TestFault429WithRetryAfterTogether(t *testing.T) {
	t.Parallel()
	scenario(t, "one is asked, five wait", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Create, Status: 429, Body: throttled, Header: http.Header{"Retry-After": {"60"}}, Times: 1}, onePixel())
		keys := h.submitThrottled(4, 59*time.Second)
		first, _ := h.runner.Row(keys[0])
		for i, row := range h.runner.Live() {
			if row.Live.Waiting != runner.ProviderAsked || row.Live.Until.Sub(first.Live.Until).Abs() > time.Millisecond {
				t.Errorf("the %d. shows %+v", i, row.Live)
			}
		}
		h.advance(2 * time.Second)
		var last time.Time
		for _, key := range keys {
			row := h.waitFor(key, history.Done)
			at := row.Attempts[len(row.Attempts)-1].Time
			if at.Before(last) {
				t.Errorf("%s left out of turn", key)
			}
			last = at
		}
		if n := server.Counts().Posts; n != 6 {
			t.Errorf("%d posts", n)
		}
	})
	scenario(t, "three a minute", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		server.UpdateBehaviour(func(k *demo.Behaviour) { k.PerMinute, k.Faults = 3, []demo.Fault{onePixel()} })
		var keys []string
		for range 16 {
			keys = append(keys, h.submit("x"))
		}
		h.advance(2 * time.Second)
		if running, waiting := h.runner.Counts(); waiting != 13 {
			t.Errorf("%d run, %d wait", running, waiting)
		}
		h.advance(5 * 61 * time.Second) // the last of the 16 leaves then, and any of them may be the last
		for _, key := range keys {
			h.waitFor(key, history.Done)
		}
		if c := server.Counts(); c.Accepted != 16 || c.Posts > 16+13+5 {
			t.Errorf("%+v", c)
		}
	})
}
