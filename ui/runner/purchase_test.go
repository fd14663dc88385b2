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

// sents are what the journal knows of each try of a purchase.
func sents(e history.Entry) (all string) {
	for _, a := range e.Attempts {
		all += a.Sent + " "
	}
	return all
}

// showed reports whether a row was shown like that on the way.
func (d *desk) showed(key string, like func(runner.Row) bool) bool {
	for _, c := range d.changes {
		if c.Row.Key == key && like(c.Row) {
			return true
		}
	}
	return false
}

// TestFaultPOSTResetBeforeSent: the line breaks before a header is written. Row “POST reset before sent”: the same purchase is sent
// again, three times at most, and the row says that it is tried again; one prediction is made, or none.
func TestFaultPOSTResetBeforeSent(t *testing.T) {
	for _, c := range []struct {
		times, accepted int
		ends            history.State
		sent            string
	}{{1, 1, history.Done, "no yes "}, {2, 1, history.Done, "no no yes "}, {3, 0, history.Failed, "no no no "}} {
		story(t, c.sent, comet, func(t *testing.T, _ string, server *demo.Server, d *desk) {
			defer d.leave()
			d.faults(demo.Fault{On: demo.Create, Unsent: true, Times: c.times}, onePixel())
			key := d.submit("x")
			d.until(key, c.ends)
			e := d.entry(key)
			if sents(e) != c.sent || server.Counts().Accepted != c.accepted {
				t.Errorf("tries %q, accepted %d", sents(e), server.Counts().Accepted)
			}
			if !d.showed(key, func(r runner.Row) bool {
				return r.Live != nil && r.Live.Waiting == runner.LastTryFailed && !r.Live.Until.IsZero()
			}) {
				t.Error("nobody saw that it is tried again")
			}
			if c.ends == history.Failed && (e.Cost == nil || *e.Cost != 0 || !d.was(runner.NotSent)) {
				t.Errorf("cost %v, told %v", e.Cost, d.told)
			}
		})
	}
}

// TestFaultPOSTResetAfterAccept: the provider takes the purchase, and the line breaks. Row “POST reset after accept”: it is never sent
// again; where there is a list it is found there within two minutes, elsewhere it asks the person, at each start.
func TestFaultPOSTResetAfterAccept(t *testing.T) {
	taken := demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}
	story(t, "with a list", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		d.faults(taken, demo.Fault{On: demo.List, Status: 500, Body: "{}", Times: 2}, onePixel())
		key := d.submit("x")
		d.until(key, history.Unconfirmed)
		d.pass(2 * time.Minute)
		if e := d.entry(key); e.State != history.Done || sents(e) != "yes " || !d.was(runner.Reconciled) {
			t.Errorf("%s, tries %q, told %v", e.State, sents(e), d.told)
		}
		if c := server.Counts(); c.Posts != 1 || c.Accepted != 1 {
			t.Errorf("%+v", c)
		}
	})
	story(t, "without", comet, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		d.faults(taken, onePixel())
		key := d.submit("x")
		d.until(key, history.Unconfirmed)
		d.leave()
		for range 5 {
			again := sit(t, dir, server, comet)
			if others := again.adopt(); others.Unconfirmed != 1 {
				t.Errorf("a start says %+v", others)
			}
			again.pass(time.Hour)
			if e := again.entry(key); e.State != history.Unconfirmed || e.Error == nil || e.Error.Code != "no_answer" || e.Cost != nil {
				t.Errorf("%s, %+v, cost %v", e.State, e.Error, e.Cost)
			}
			again.leave()
		}
		if c := server.Counts(); c.Posts != 1 {
			t.Errorf("%d posts", c.Posts)
		}
	})
}

// TestFault5xxOnPOST: the server fails at a purchase. Row “5xx on POST”: a 503 that says when, with an error in JSON, is sent once
// more; any other may have been accepted, and stands as unconfirmed.
func TestFault5xxOnPOST(t *testing.T) {
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
		story(t, c.name, comet, func(t *testing.T, _ string, server *demo.Server, d *desk) {
			defer d.leave()
			c.fault.On = demo.Create
			d.faults(c.fault, onePixel())
			key := d.submit("x")
			d.until(key, c.ends)
			d.pass(10 * time.Minute)
			if n := server.Counts().Posts; n != c.posts || d.entry(key).State != c.ends {
				t.Errorf("%d posts, and it stands at %s", n, d.entry(key).State)
			}
		})
	}
}

// unplugged is a wire that can be pulled out: names are then not resolved.
type unplugged struct {
	next http.RoundTripper
	out  atomic.Bool
}

func (u *unplugged) RoundTrip(r *http.Request) (*http.Response, error) {
	if u.out.Load() {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: &net.DNSError{Err: "no such host", Name: r.URL.Hostname()}}
	}
	return u.next.RoundTrip(r)
}

// TestFaultNoNetwork: the machine is offline for ten minutes. Row “DNS failure / no network”: it says so, a purchase is refused as
// unpaid, and when the line is back what runs is followed by itself.
func TestFaultNoNetwork(t *testing.T) {
	story(t, "ten minutes", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		wire := &unplugged{next: server.Transport()}
		d.over(listing, wire)
		d.takes(time.Minute)
		d.faults(onePixel())
		key := d.submit("x")
		d.until(key, history.Waiting)
		wire.out.Store(true)
		d.pass(5 * time.Minute)
		row, _ := d.studio.Row(key)
		if l := row.Live; row.State != history.Waiting || l.Waiting != runner.LastTryFailed || l.Trouble == nil || l.Trouble.Code != api.CodeOffline {
			t.Errorf("%s, %+v", row.State, row.Live)
		}
		other := d.submit("y")
		d.until(other, history.Failed)
		if e := d.entry(other); e.Error.Code != string(api.CodeOffline) || sents(e) != "no no no " || *e.Cost != 0 {
			t.Errorf("%+v, tries %q", e.Error, sents(e))
		}
		d.pass(5 * time.Minute)
		wire.out.Store(false)
		d.pass(20 * time.Second)
		if row, _ := d.studio.Row(key); row.State != history.Done || server.Counts().Accepted != 1 {
			t.Errorf("%s, %+v", row.State, server.Counts())
		}
	})
}

// TestI03NeverLostAtEachCut cuts the answer to a purchase after each of its bytes: the id is on disk, or it stands as unconfirmed; from
// the first cut that gives up the id on, each later one does; and the provider counts one purchase each time. Without a list, that
// heals nothing.
func TestI03NeverLostAtEachCut(t *testing.T) {
	each := 1
	if testing.Short() {
		each = 29
	}
	for _, p := range []provider{comet, {api.CometAPI, "/v1"}} {
		story(t, strings.Trim(p.path, "/"), p, func(t *testing.T, _ string, server *demo.Server, d *desk) {
			defer d.leave()
			d.takes(100 * time.Hour)
			named, ids := 0, map[string]bool{}
			for cut := 0; cut < 900; cut += each {
				d.faults(demo.Fault{On: demo.Create, Cut: true, CutAt: cut, Accept: true, Times: 1})
				key := d.submit("x")
				d.pass(time.Millisecond)
				e := d.entry(key)
				switch {
				case e.State == history.Waiting && e.ID != "" && !ids[e.ID] && sents(e) == "yes ":
					named, ids[e.ID] = named+1, true
				case e.State == history.Unconfirmed && e.ID == "" && sents(e) == "maybe " && named == 0:
				default:
					t.Fatalf("cut after %d bytes: %s, id %q, tries %q", cut, e.State, e.ID, sents(e))
				}
				if c := server.Counts(); c.Posts != cut/each+1 || c.Accepted != c.Posts {
					t.Fatalf("cut after %d bytes: %+v", cut, c)
				}
			}
			if n := 900 / each; named < n/2 || named >= n {
				t.Errorf("%d of %d named their prediction", named, n)
			}
		})
	}
}
