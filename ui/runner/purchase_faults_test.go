package runner_test

import (
	"net"
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

// sentValues are the values of Sent of an entry's attempts.
func sentValues(e history.Entry) (all string) {
	for _, a := range e.Attempts {
		all += a.Sent + " "
	}
	return all
}

// everShowed reports whether a row ever met a condition.
func (h *harness) everShowed(key string, like func(runner.Row) bool) bool {
	for _, c := range h.changes {
		if c.Row.Key == key && like(c.Row) {
			return true
		}
	}
	return false
}

// TestFaultPOSTResetBeforeSent: the connection breaks before a header is written. The same purchase is sent again, three times
// at most, and the row shows that it is tried again. One prediction is made, or none.
func TestFaultPOSTResetBeforeSent(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		times, accepted int
		ends            history.State
		sent            string
	}{{1, 1, history.Done, "no yes "}, {2, 1, history.Done, "no no yes "}, {3, 0, history.Failed, "no no no "}} {
		scenario(t, c.sent, withoutList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(demo.Fault{On: demo.Create, Unsent: true, Times: c.times}, onePixel())
			key := h.submit("x")
			h.waitFor(key, c.ends)
			e := h.entry(key)
			if sentValues(e) != c.sent || server.Counts().Accepted != c.accepted {
				t.Errorf("attempts %q, accepted %d", sentValues(e), server.Counts().Accepted)
			}
			if !h.everShowed(key, func(r runner.Row) bool {
				return r.Live != nil && r.Live.Waiting == runner.LastTryFailed && !r.Live.Until.IsZero()
			}) {
				t.Error("no row showed that it is tried again")
			}
			if c.ends == history.Failed && (e.Cost == nil || *e.Cost != 0 || !h.hasNotice(runner.NotSent)) {
				t.Errorf("cost %v, notices %v", e.Cost, h.notices)
			}
		})
	}
}

// TestFaultPOSTResetAfterAccept: the provider accepts the purchase, and the connection breaks. It is never sent again. If the
// provider has a list, it is found there within two minutes; otherwise it asks the person for a decision, at each start.
func TestFaultPOSTResetAfterAccept(t *testing.T) {
	t.Parallel()
	taken := demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}
	scenario(t, "with a list", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(taken, demo.Fault{On: demo.List, Status: 500, Body: "{}", Times: 2}, onePixel())
		key := h.submit("x")
		h.waitFor(key, history.Unconfirmed)
		h.advance(2 * time.Minute)
		if e := h.entry(key); e.State != history.Done || sentValues(e) != "yes " || !h.hasNotice(runner.Reconciled) {
			t.Errorf("%s, attempts %q, notices %v", e.State, sentValues(e), h.notices)
		}
		if c := server.Counts(); c.Posts != 1 || c.Accepted != 1 {
			t.Errorf("%+v", c)
		}
	})
	scenario(t, "without", withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		h.setFaults(taken, onePixel())
		key := h.submit("x")
		h.waitFor(key, history.Unconfirmed)
		h.close()
		for range 5 {
			again := newHarness(t, dir, server, withoutList)
			if others := again.resume(); others.Unconfirmed != 1 {
				t.Errorf("a start reports %+v", others)
			}
			again.advance(time.Hour)
			if e := again.entry(key); e.State != history.Unconfirmed || e.Error == nil || e.Error.Code != "no_answer" || e.Cost != nil {
				t.Errorf("%s, %+v, cost %v", e.State, e.Error, e.Cost)
			}
			again.close()
		}
		if c := server.Counts(); c.Posts != 1 {
			t.Errorf("%d posts", c.Posts)
		}
	})
}

// TestFault5xxOnPOST: the server fails at a purchase. After a 503 with Retry-After and an error in JSON it is sent once more;
// any other failure may have been accepted, and the job is unconfirmed.
func TestFault5xxOnPOST(t *testing.T) {
	t.Parallel()
	later := http.Header{"Retry-After": {"3"}}
	for _, c := range []struct {
		name  string
		fault demo.Fault
		ends  history.State
		posts int
	}{
		{"500", demo.Fault{Status: 500, Body: `{"detail":"no"}`}, history.Unconfirmed, 1},
		{"502", demo.Fault{Status: 502, Body: "<html>bad gateway</html>", Header: later}, history.Unconfirmed, 1},
		{"504", demo.Fault{Status: 504, Body: `{"detail":"no"}`, Header: later}, history.Unconfirmed, 1},
		{"503 that does not say when", demo.Fault{Status: 503, Body: `{"detail":"no"}`}, history.Unconfirmed, 1},
		{"503 in a page", demo.Fault{Status: 503, Body: "<html>", Header: later}, history.Unconfirmed, 1},
		{"503 once", demo.Fault{Status: 503, Body: `{"detail":"no"}`, Header: later, Times: 1}, history.Done, 2},
		{"503 for ever", demo.Fault{Status: 503, Body: `{"detail":"no"}`, Header: later}, history.Failed, 2},
	} {
		scenario(t, c.name, withoutList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			c.fault.On = demo.Create
			h.setFaults(c.fault, onePixel())
			key := h.submit("x")
			h.waitFor(key, c.ends)
			h.advance(10 * time.Minute)
			if n := server.Counts().Posts; n != c.posts || h.entry(key).State != c.ends {
				t.Errorf("%d posts, and the state is %s", n, h.entry(key).State)
			}
		})
	}
}

// offlineTransport is a transport that can go offline: then names do not resolve.
type offlineTransport struct {
	next http.RoundTripper
	out  atomic.Bool
}

func (u *offlineTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	if u.out.Load() {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: r.URL.Hostname()}}
	}
	return u.next.RoundTrip(r)
}

// TestFaultNoNetwork: the machine is offline for ten minutes. The row says so, a purchase fails without being billed, and
// running jobs go on when the network is back.
func TestFaultNoNetwork(t *testing.T) {
	t.Parallel()
	scenario(t, "ten minutes", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		transport := &offlineTransport{next: server.Transport()}
		h.connect(withList, transport)
		h.setDuration(time.Minute)
		h.setFaults(onePixel())
		key := h.submit("x")
		h.waitFor(key, history.Waiting)
		transport.out.Store(true)
		h.advance(5 * time.Minute)
		row, _ := h.runner.Row(key)
		if l := row.Live; row.State != history.Waiting || l.Waiting != runner.LastTryFailed || l.Trouble == nil || l.Trouble.Code != api.CodeOffline {
			t.Errorf("%s, %+v", row.State, row.Live)
		}
		other := h.submit("y")
		h.waitFor(other, history.Failed)
		if e := h.entry(other); e.Error.Code != string(api.CodeOffline) || sentValues(e) != "no no no " || *e.Cost != 0 {
			t.Errorf("%+v, attempts %q", e.Error, sentValues(e))
		}
		h.advance(5 * time.Minute)
		transport.out.Store(false)
		h.advance(20 * time.Second)
		if row, _ := h.runner.Row(key); row.State != history.Done || server.Counts().Accepted != 1 {
			t.Errorf("%s, %+v", row.State, server.Counts())
		}
	})
}

// TestI03NeverLostAtEachCut cuts the answer to a purchase after each of its bytes (each 29th in the short form). The id is on
// disk, or the job is unconfirmed; from the first cut that reveals the id, every later one does; and the provider counts one
// purchase each time. The provider has no list, so nothing is reconciled.
func TestI03NeverLostAtEachCut(t *testing.T) {
	t.Parallel()
	each := 29
	if longTests() {
		each = 1
	}
	for _, p := range []provider{withoutList, {api.CometAPI, "/v1"}} {
		scenario(t, strings.Trim(p.path, "/"), p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setDuration(100 * time.Hour)
			named, ids := 0, map[string]bool{}
			for cut := 0; cut < 900; cut += each {
				h.setFaults(demo.Fault{On: demo.Create, Cut: true, CutAt: cut, Accept: true, Times: 1})
				key := h.submit("x")
				h.advance(time.Millisecond)
				e := h.entry(key)
				switch {
				case e.State == history.Waiting && e.ID != "" && !ids[e.ID] && sentValues(e) == "yes ":
					named, ids[e.ID] = named+1, true
				case e.State == history.Unconfirmed && e.ID == "" && sentValues(e) == "maybe " && named == 0:
				default:
					t.Fatalf("cut after %d bytes: %s, id %q, attempts %q", cut, e.State, e.ID, sentValues(e))
				}
				if c := server.Counts(); c.Posts != cut/each+1 || c.Accepted != c.Posts {
					t.Fatalf("cut after %d bytes: %+v", cut, c)
				}
			}
			if n := 900 / each; named < n/2 || named >= n {
				t.Errorf("%d of %d brought the id", named, n)
			}
		})
	}
}
