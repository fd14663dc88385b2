package runner_test

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestFault5xxOnGET: the server fails twenty times and then works. The job is followed all the while, its row shows the
// trouble, and the picture arrives.
func TestFault5xxOnGET(t *testing.T) {
	t.Parallel()
	for _, p := range []provider{withList, withoutList} {
		scenario(t, p.name, p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Get, Status: 500, Body: "{}", Times: 20}, onePixel())
			key := h.submit("x")
			h.waitFor(key, history.Waiting)
			h.advance(30 * time.Second)
			row, _ := h.runner.Row(key)
			if l := row.Live; l == nil || l.Waiting != runner.LastTryFailed || l.Trouble == nil || l.Trouble.Code != api.CodeServer || !l.Until.After(time.Now()) {
				t.Errorf("the row does not show the trouble: %+v", row.Live)
			}
			row = h.waitFor(key, history.Done)
			if c := server.Counts(); c.Gets != 21 || c.Posts != 1 || row.Live != nil {
				t.Errorf("%+v, live %v", c, row.Live)
			}
		})
	}
}

// TestPollFaults: whatever a poll runs into, the job goes on to its picture.
func TestPollFaults(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fault demo.Fault
	}{
		{"resets", demo.Fault{On: demo.Get, Reset: true, Times: 20}},
		{"hangs", demo.Fault{On: demo.Get, Hang: true, Times: 2}},
		{"cut", demo.Fault{On: demo.Get, Cut: true, CutAt: 20, Times: 5}},
		{"a captive portal", demo.Fault{On: demo.Get, Status: 200, Body: "<!doctype html><title>Hotel</title>", Times: 5}},
		{"throttled", demo.Fault{On: demo.Get, Status: 429, Body: `{"detail":"wait","retry_after":7}`, Times: 3}},
		{"not there yet", demo.Fault{On: demo.Get, Status: 400, Body: `{"code":"task_not_exist","message":"no"}`, Times: 3}},
	} {
		for _, p := range []provider{withList, withoutList} {
			scenario(t, c.name+" at "+p.name, p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
				defer h.close()
				h.setFaults(c.fault)
				key := h.submit("x")
				h.waitFor(key, history.Done)
			})
		}
	}
}

// TestFaultUnknownStatus replaces the status in the provider's answers. An unknown word means that the prediction runs, and is
// shown as it is; a missing or malformed status means the same; other words for an end are ends.
func TestFaultUnknownStatus(t *testing.T) {
	t.Parallel()
	for word, c := range map[string]struct {
		ends  history.State // "": it runs on
		shows string
	}{
		`"hibernating"`: {"", "hibernating"}, `"queued"`: {"", "starting"}, `""`: {"", ""}, `null`: {"", ""}, `42`: {"", ""},
		`["succeeded"]`: {"", ""}, `{"a":"failed"}`: {"", ""}, `true`: {"", ""},
		`"aborted"`: {history.Stopped, "aborted"}, `"cancelled"`: {history.Stopped, "canceled"}, `"error"`: {history.Failed, "failed"},
	} {
		scenario(t, strings.ReplaceAll(word, "/", ""), withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			var healthy atomic.Bool
			h.connect(withList, rewriter{server.Transport(), func(r *http.Request) bool { return isPoll(r) && !healthy.Load() }, func(_ *http.Response, body []byte) []byte {
				return bytes.Replace(body, []byte(`"status":"processing"`), []byte(`"status":`+word), 1)
			}})
			h.setDuration(7 * time.Minute)
			h.setFaults(onePixel())
			key := h.submit("x")
			if c.ends != "" {
				if row := h.waitFor(key, c.ends); row.Status != c.shows {
					t.Errorf("it ended as %q", row.Status)
				}
				return
			}
			h.advance(5 * time.Minute)
			gets := server.Counts().Gets
			h.advance(time.Minute)
			row, _ := h.runner.Row(key)
			if row.State != history.Waiting || c.shows != "" && row.Status != c.shows || server.Counts().Gets == gets {
				t.Errorf("%s, status %q, %d more polls", row.State, row.Status, server.Counts().Gets-gets)
			}
			healthy.Store(true)
			h.waitFor(key, history.Done)
		})
	}
}

// TestFaultStatusNeverTerminal: the prediction is “processing” for three hours. After ten minutes its row is slow and it is
// polled every 30 s. It is never dropped silently, can be cancelled all the while, and ends with a notice at the give-up age.
func TestFaultStatusNeverTerminal(t *testing.T) {
	t.Parallel()
	scenario(t, "forever", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		key := h.submit("x [stuck]")
		h.waitFor(key, history.Waiting)
		h.advance(12 * time.Minute)
		row, _ := h.runner.Row(key)
		if !row.Live.Slow {
			t.Error("not slow after twelve minutes")
		}
		gets := server.Counts().Gets
		h.advance(10 * time.Minute)
		if n := server.Counts().Gets - gets; n > 25 {
			t.Errorf("%d polls in ten minutes", n)
		}
		h.advance(98 * time.Minute)
		if row, _ = h.runner.Row(key); row.State != history.Waiting || !row.Live.Slow {
			t.Errorf("at two hours less a few moments: %s, %+v", row.State, row.Live)
		}
		h.advance(time.Hour)
		if row = h.waitFor(key, history.Stopped); row.CancelReason != "no_end" || !h.hasNotice(runner.TimedOut) {
			t.Errorf("%q, notices %v", row.CancelReason, h.notices)
		}
	})
}

// TestPollNowPollsOnce: PollNow polls at once, and only once however often it is called.
func TestPollNowPollsOnce(t *testing.T) {
	t.Parallel()
	scenario(t, "five times", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		key := h.submit("x [slow]")
		h.waitFor(key, history.Waiting)
		h.advance(15 * time.Second)
		before := server.Counts().Gets
		for range 5 { // faster than the pace allows
			h.runner.PollNow()
			h.advance(20 * time.Millisecond)
		}
		if n := server.Counts().Gets - before; n < 1 || n > 2 {
			t.Errorf("%d polls after waking up", n)
		}
		h.waitFor(key, history.Done)
	})
}
