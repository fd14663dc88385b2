package runner_test

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
)

// getLog is a transport that records when each GET to the API leaves.
type getLog struct {
	next http.RoundTripper
	mu   sync.Mutex
	gets map[string][]time.Time // by path
	idle int                    // how often idle connections were closed
}

func (c *getLog) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet && r.Header.Get("Authorization") != "" {
		c.mu.Lock()
		c.gets[r.URL.Path] = append(c.gets[r.URL.Path], time.Now())
		c.mu.Unlock()
	}
	return c.next.RoundTrip(r)
}

func (c *getLog) CloseIdleConnections() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.idle++
}

// dropped is how often idle connections were closed.
func (c *getLog) dropped() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.idle
}

// busiest is the largest number of GETs within any second.
func (c *getLog) busiest() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	var all []time.Time
	for _, times := range c.gets {
		all = append(all, times...)
	}
	slices.SortFunc(all, time.Time.Compare)
	most, from := 0, 0
	for i, at := range all {
		for at.Sub(all[from]) >= time.Second {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// closest is the least time between two GETs for the same prediction.
func (c *getLog) closest() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	least := time.Hour
	for path, times := range c.gets {
		if path == withList.path+"/predictions" {
			continue // the list, which each unconfirmed job requests
		}
		for i := 1; i < len(times); i++ {
			least = min(least, times[i].Sub(times[i-1]))
		}
	}
	return least
}

// TestGETsShareOneLimiter: fifty jobs, woken again and again, with searches in the list and refreshed URLs among them, ask at
// most ten times a second, and each no faster than the provider's least interval.
func TestGETsShareOneLimiter(t *testing.T) {
	t.Parallel()
	for _, p := range []provider{withList, withoutList} {
		scenario(t, p.name, p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			transport := &getLog{next: server.Transport(), gets: map[string][]time.Time{}}
			h.connect(p, transport)
			h.setFaults(
				demo.Fault{On: demo.Create, Skip: 40, Times: 5, Accept: true, Reset: true},
				demo.Fault{On: demo.Output, Status: 404, Body: "no", Times: 5}, onePixel(),
			)
			var keys []string
			for i := range 50 {
				keys = append(keys, h.submit(fmt.Sprint("x [slow] ", i)))
			}
			for range 20 {
				h.advance(time.Second)
				h.runner.PollNow()
			}
			settled := func(key string) bool {
				row, _ := h.runner.Row(key)
				return row.State == history.Done || row.State == history.Unconfirmed
			}
			for range 300 {
				if h.advance(time.Second); !slices.ContainsFunc(keys, func(key string) bool { return !settled(key) }) {
					break
				}
			}
			for _, key := range keys {
				if row, _ := h.runner.Row(key); !settled(key) {
					t.Errorf("%s: %s %+v", key, row.State, row.Error)
				}
			}
			if n := transport.busiest(); n > 10 {
				t.Errorf("%d GETs within a second", n)
			}
			gap := map[provider]time.Duration{withList: 250 * time.Millisecond, withoutList: time.Second}[p]
			if least := transport.closest(); least < gap {
				t.Errorf("two polls of one job %v apart, at least %v", least, gap)
			}
			if n := transport.dropped(); n < 20 {
				t.Errorf("idle connections were closed %d times, woken 20 times", n)
			}
		})
	}
}

// TestCancelIsFollowedByAPoll: the effect of a cancel is polled at once, not when the next poll was due.
func TestCancelIsFollowedByAPoll(t *testing.T) {
	t.Parallel()
	scenario(t, "taken, and still running", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		key := h.submit("x [stuck]")
		h.waitFor(key, history.Waiting)
		h.advance(12 * time.Minute) // by now it is polled every 30 s
		h.setFaults(demo.Fault{On: demo.Cancel, Status: 200, Body: `{"id":"` + h.entry(key).ID + `","status":"processing"}`})
		before := server.Counts()
		h.cancel(key)
		h.advance(3 * time.Second)
		after := server.Counts()
		if after.Cancels-before.Cancels != 1 || after.Gets-before.Gets < 2 {
			t.Errorf("%d cancels, %d polls within three seconds", after.Cancels-before.Cancels, after.Gets-before.Gets)
		}
	})
}
