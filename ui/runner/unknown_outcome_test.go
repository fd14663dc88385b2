package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// TestI04HonestUnknownIsReconciled: an unconfirmed purchase is found in the provider's list and followed; another purchase is
// not mistaken for it.
func TestI04HonestUnknownIsReconciled(t *testing.T) {
	t.Parallel()
	scenario(t, "while it runs", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 2})
		a, b := h.submit("the same"), h.submit("the same")
		h.waitFor(a, history.Done)
		h.waitFor(b, history.Done)
		if h.entry(a).ID == h.entry(b).ID || server.Counts().Accepted != 2 {
			t.Errorf("both took %s, accepted %d", h.entry(a).ID, server.Counts().Accepted)
		}
	})
	scenario(t, "by a clock that is ten minutes wrong", withList, func(t *testing.T, dir string, _ *demo.Server, h *harness) {
		h.close()
		server := demotest.NewServer(t, demo.Options{Now: func() time.Time { return time.Now().Add(10 * time.Minute) }})
		h = newHarness(t, dir, server, withList)
		defer h.close()
		lost, later := demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}, unavailable(demo.Output)
		later.Times = 2
		h.setFaults(lost, later)
		key := h.submit("x [slow]")
		row := h.waitFor(key, history.Saving)
		if left := time.Until(row.Live.ExpiresAt); left < 55*time.Minute || left > time.Hour {
			t.Errorf("the picture expires in %v", left)
		}
		h.waitFor(key, history.Done)
	})
	scenario(t, "not another's", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		known := h.submit("the same")
		h.waitFor(known, history.Done)
		h.setFaults(demo.Fault{On: demo.Create, Reset: true, Times: 1})
		key := h.submit("the same")
		h.advance(2 * time.Minute)
		if e := h.entry(key); e.State != history.Unconfirmed || !h.hasNotice(runner.NotFound) {
			t.Fatalf("%s with id %q, notices %v", e.State, e.ID, h.notices)
		}
		h.checkIdle(key)
		h.onChange(h.runner.Resend(h.entry(key)))
		h.waitFor(key, history.Done)
		if server.Counts().Accepted != 2 {
			t.Errorf("accepted %d", server.Counts().Accepted)
		}
	})
}

// TestI04HonestUnknownAtEachStart: an unconfirmed purchase is shown at each start, days later too, without a claim about its
// cost. Only a person ends that: by dismissing it, or by sending it again, once.
func TestI04HonestUnknownAtEachStart(t *testing.T) {
	t.Parallel()
	for _, p := range []provider{withList, withoutList} {
		for _, end := range []string{"settled", "sent again"} {
			scenario(t, p.name+", "+end, p, func(t *testing.T, dir string, server *demo.Server, h *harness) {
				h.setFaults(demo.Fault{On: demo.Create, Hang: true, Times: 1}, onePixel())
				key := h.submit("x")
				h.advance(time.Second)
				h = h.restart(p)
				for i := range 6 {
					if others := h.resume(); others.Unconfirmed != 1 {
						t.Fatalf("start %d reports %+v", i, others)
					}
					h.advance(time.Duration(i*i) * time.Hour)
					row, ok := h.runner.Row(key)
					if !ok || row.State != history.Unconfirmed || row.Error == nil || row.Error.Sentence == "" || row.Cost != nil || sentValues(row.Entry) != "maybe " {
						t.Fatalf("start %d: %s, %+v, cost %v, attempts %q", i, row.State, row.Error, row.Cost, sentValues(row.Entry))
					}
					h = h.restart(p)
				}
				if c := server.Counts(); c.Posts != 1 {
					t.Fatalf("%d posts", c.Posts)
				}
				defer func() { h.close() }()
				h.resume()
				h.advance(time.Minute)
				if end == "settled" {
					h.onChange(h.runner.Dismiss(h.entry(key)))
					h.waitFor(key, history.Stopped)
					h.advance(time.Second)
					if h = h.restart(p); h.resume().Unconfirmed != 0 || h.entry(key).CancelReason != "settled" || server.Counts().Posts != 1 {
						t.Errorf("%+v, %+v", h.entry(key), server.Counts())
					}
					return
				}
				h.onChange(h.runner.Resend(h.entry(key)))
				h.onChange(h.runner.Resend(h.entry(key))) // the second has no effect
				h.waitFor(key, history.Done)
				if c := server.Counts(); c.Posts != 2 || sentValues(h.entry(key)) != "maybe yes " {
					t.Errorf("%d posts, attempts %q", c.Posts, sentValues(h.entry(key)))
				}
			})
		}
	}
}

// TestI04HonestUnknownSentAgainInVain: an unconfirmed purchase is sent again, and that certainly fails. This says nothing about
// the first attempt: the job is still unconfirmed, at the next start too, and is found in the list if there is one.
func TestI04HonestUnknownSentAgainInVain(t *testing.T) {
	t.Parallel()
	wait := demo.Fault{On: demo.Create, Status: 429, Body: `{"detail":"wait","retry_after":60}`}
	none := func(*harness, string) {}
	for _, c := range []struct {
		name  string
		meets demo.Fault
		then  func(h *harness, key string)
		tries string
	}{
		{"refused", demo.Fault{On: demo.Create, Status: 402, Body: `{"detail":"no"}`}, none, "maybe yes "},
		{"never left", demo.Fault{On: demo.Create, Unsent: true}, none, "maybe no no no "},
		{"asked to wait, and taken back", wait, func(h *harness, key string) { h.cancel(key) }, "maybe yes "},
		{"asked to wait, and killed", wait, none, "maybe yes "},
	} {
		for _, p := range []provider{withoutList, withList} {
			scenario(t, c.name+" at "+p.name, p, func(t *testing.T, _ string, server *demo.Server, h *harness) {
				deaf := unavailable(demo.List)
				h.setFaults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}, c.meets, deaf)
				key := h.submit("x")
				h.waitFor(key, history.Unconfirmed)
				h.advance(3 * time.Minute) // more than findWithin after the first attempt
				h.onChange(h.runner.Resend(h.entry(key)))
				h.advance(20 * time.Second)
				c.then(h, key)
				h.advance(time.Second)
				h = h.restart(p)
				defer h.close()
				h.resume()
				h.advance(time.Second)
				if e := h.entry(key); e.State != history.Unconfirmed || e.Cost != nil || e.ID != "" || sentValues(e) != c.tries {
					t.Fatalf("%s, cost %v, id %q, attempts %q", e.State, e.Cost, e.ID, sentValues(e))
				}
				h.setFaults(onePixel())
				h.advance(2 * time.Minute)
				e := h.entry(key)
				if p == withList && (e.State != history.Done || sentValues(e) != "yes"+c.tries[len("maybe"):]) || p == withoutList && e.State != history.Unconfirmed {
					t.Errorf("%s, attempts %q", e.State, sentValues(e))
				}
				if n := server.Counts().Accepted; n != 1 {
					t.Errorf("%d were bought", n)
				}
			})
		}
	}
}

// TestI04HonestUnknownSentAgainUnsent: an unconfirmed purchase is sent again and never leaves: the disk fails, the person
// cancels, or the program quits. The attempt before it is not changed.
func TestI04HonestUnknownSentAgainUnsent(t *testing.T) {
	t.Parallel()
	for name, stop := range map[string]func(h *harness, key string){
		"not written down": func(h *harness, key string) {
			h.runner.WrapJournal((&failingJournal{from: 1, times: 1}).line)
			h.onChange(h.runner.Resend(h.entry(key)))
			if h.advance(time.Second); !h.hasNotice(runner.JournalFailed) || h.hasNotice(runner.NotRecorded) {
				h.t.Errorf("notices %v", h.notices)
			}
		},
		"taken back": func(h *harness, key string) {
			c, task := h.runner.Resend(h.entry(key))
			h.cancel(key)
			h.onChange(c, task)
		},
		"left": func(h *harness, key string) {
			c, _ := h.runner.Resend(h.entry(key))
			h.onChange(c, runner.Task{})
		},
	} {
		scenario(t, name, withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			h.setFaults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}, onePixel())
			key := h.submit("x")
			h.waitFor(key, history.Unconfirmed)
			stop(h, key)
			h.advance(time.Second)
			h.close()
			h = newHarness(t, dir, server, withoutList)
			defer h.close()
			h.resume()
			h.advance(time.Second)
			if e := h.entry(key); e.State != history.Unconfirmed || e.Cost != nil || sentValues(e) != "maybe " || server.Counts().Posts != 1 {
				t.Errorf("%s, cost %v, attempts %q, %d posts", e.State, e.Cost, sentValues(e), server.Counts().Posts)
			}
		})
	}
}

// restart kills the program and starts it again over a copy of its folder.
func (h *harness) restart(p provider) *harness {
	next := h.restartCopy(h.folder, p)
	h.kill()
	return next
}
