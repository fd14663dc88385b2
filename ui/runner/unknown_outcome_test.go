package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestI04HonestUnknownIsHealed: what may have been bought is found in the provider's list, and is what it is there; what somebody
// else bought is not taken for it.
func TestI04HonestUnknownIsHealed(t *testing.T) {
	story(t, "while it runs", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		d.faults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 2})
		a, b := d.submit("the same"), d.submit("the same")
		d.until(a, history.Done)
		d.until(b, history.Done)
		if d.entry(a).ID == d.entry(b).ID || server.Counts().Accepted != 2 {
			t.Errorf("both took %s, accepted %d", d.entry(a).ID, server.Counts().Accepted)
		}
	})
	story(t, "by a clock that is ten minutes off", listing, func(t *testing.T, dir string, _ *demo.Server, d *desk) {
		d.leave()
		server := serverBy(t, func() time.Time { return time.Now().Add(10 * time.Minute) })
		d = sit(t, dir, server, listing)
		defer d.leave()
		lost, later := demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}, down(demo.Output)
		later.Times = 2
		d.faults(lost, later)
		key := d.submit("x [slow]")
		row := d.until(key, history.Saving)
		if left := time.Until(row.Live.ExpiresAt); left < 55*time.Minute || left > time.Hour {
			t.Errorf("the picture lives %v more", left)
		}
		d.until(key, history.Done)
	})
	story(t, "not another's", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		known := d.submit("the same")
		d.until(known, history.Done)
		d.faults(demo.Fault{On: demo.Create, Reset: true, Times: 1})
		key := d.submit("the same")
		d.pass(2 * time.Minute)
		if e := d.entry(key); e.State != history.Unconfirmed || !d.was(runner.NotFound) {
			t.Fatalf("%s with id %q, told %v", e.State, e.ID, d.told)
		}
		d.idle(key)
		d.saw(d.studio.Resend(d.entry(key)))
		d.until(key, history.Done)
		if server.Counts().Accepted != 2 {
			t.Errorf("accepted %d", server.Counts().Accepted)
		}
	})
}

// TestI04HonestUnknownAtEachStart: what may have been bought is shown at start after start, days later too, with what is known about the
// money; nothing but a person ends that: by settling it, or by sending it again, once.
func TestI04HonestUnknownAtEachStart(t *testing.T) {
	for _, p := range []provider{listing, comet} {
		for _, end := range []string{"settled", "sent again"} {
			story(t, p.name+", "+end, p, func(t *testing.T, dir string, server *demo.Server, d *desk) {
				d.faults(demo.Fault{On: demo.Create, Hang: true, Times: 1}, onePixel())
				key := d.submit("x")
				d.pass(time.Second)
				d = d.next(p)
				for i := range 6 {
					if others := d.adopt(); others.Unconfirmed != 1 {
						t.Fatalf("start %d says %+v", i, others)
					}
					d.pass(time.Duration(i*i) * time.Hour)
					row, ok := d.studio.Row(key)
					if !ok || row.State != history.Unconfirmed || row.Error == nil || row.Error.Sentence == "" || row.Cost != nil || sents(row.Entry) != "maybe " {
						t.Fatalf("start %d: %s, %+v, cost %v, tries %q", i, row.State, row.Error, row.Cost, sents(row.Entry))
					}
					d = d.next(p)
				}
				if c := server.Counts(); c.Posts != 1 {
					t.Fatalf("%d posts", c.Posts)
				}
				defer func() { d.leave() }()
				d.adopt()
				d.pass(time.Minute)
				if end == "settled" {
					d.saw(d.studio.Dismiss(d.entry(key)))
					d.until(key, history.Stopped)
					d.pass(time.Second)
					if d = d.next(p); d.adopt().Unconfirmed != 0 || d.entry(key).CancelReason != "settled" || server.Counts().Posts != 1 {
						t.Errorf("%+v, %+v", d.entry(key), server.Counts())
					}
					return
				}
				d.saw(d.studio.Resend(d.entry(key)))
				d.saw(d.studio.Resend(d.entry(key))) // once is enough
				d.until(key, history.Done)
				if c := server.Counts(); c.Posts != 2 || sents(d.entry(key)) != "maybe yes " {
					t.Errorf("%d posts, tries %q", c.Posts, sents(d.entry(key)))
				}
			})
		}
	}
}

// TestI04HonestUnknownSentAgainInVain: sending again what is unconfirmed comes to nothing, for certain. That says nothing about what was
// sent first: it is as unconfirmed as before, at the next start too, and where there is a list it is found there.
func TestI04HonestUnknownSentAgainInVain(t *testing.T) {
	wait := demo.Fault{On: demo.Create, Status: 429, Body: `{"detail":"wait","retry_after":60}`}
	none := func(*desk, string) {}
	for _, c := range []struct {
		name  string
		meets demo.Fault
		then  func(d *desk, key string)
		tries string
	}{
		{"refused", demo.Fault{On: demo.Create, Status: 402, Body: `{"detail":"no"}`}, none, "maybe yes "},
		{"never left", demo.Fault{On: demo.Create, Unsent: true}, none, "maybe no no no "},
		{"asked to wait, and taken back", wait, func(d *desk, key string) { d.cancel(key) }, "maybe yes "},
		{"asked to wait, and killed", wait, none, "maybe yes "},
	} {
		for _, p := range []provider{comet, listing} {
			story(t, c.name+" at "+p.name, p, func(t *testing.T, _ string, server *demo.Server, d *desk) {
				deaf := down(demo.List)
				d.faults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}, c.meets, deaf)
				key := d.submit("x")
				d.until(key, history.Unconfirmed)
				d.pass(3 * time.Minute) // more than what is in the list may be off from the try
				d.saw(d.studio.Resend(d.entry(key)))
				d.pass(20 * time.Second)
				c.then(d, key)
				d.pass(time.Second)
				d = d.next(p)
				defer d.leave()
				d.adopt()
				d.pass(time.Second)
				if e := d.entry(key); e.State != history.Unconfirmed || e.Cost != nil || e.ID != "" || sents(e) != c.tries {
					t.Fatalf("%s, cost %v, id %q, tries %q", e.State, e.Cost, e.ID, sents(e))
				}
				d.faults(onePixel())
				d.pass(2 * time.Minute)
				e := d.entry(key)
				if p == listing && (e.State != history.Done || sents(e) != "yes"+c.tries[len("maybe"):]) || p == comet && e.State != history.Unconfirmed {
					t.Errorf("%s, tries %q", e.State, sents(e))
				}
				if n := server.Counts().Accepted; n != 1 {
					t.Errorf("%d were bought", n)
				}
			})
		}
	}
}

// TestI04HonestUnknownSentAgainUnsent: sent again, it never comes to its turn: the disk fails, the person takes it back, or the program is
// left. Nothing of that is written into the try before it.
func TestI04HonestUnknownSentAgainUnsent(t *testing.T) {
	for name, stop := range map[string]func(d *desk, key string){
		"not written down": func(d *desk, key string) {
			d.studio.Journal((&breaking{from: 1, times: 1}).line)
			d.saw(d.studio.Resend(d.entry(key)))
			if d.pass(time.Second); !d.was(runner.JournalFailed) || d.was(runner.NotRecorded) {
				d.t.Errorf("told %v", d.told)
			}
		},
		"taken back": func(d *desk, key string) {
			c, task := d.studio.Resend(d.entry(key))
			d.cancel(key)
			d.saw(c, task)
		},
		"left": func(d *desk, key string) {
			c, _ := d.studio.Resend(d.entry(key))
			d.saw(c, runner.Task{})
		},
	} {
		story(t, name, comet, func(t *testing.T, dir string, server *demo.Server, d *desk) {
			d.faults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}, onePixel())
			key := d.submit("x")
			d.until(key, history.Unconfirmed)
			stop(d, key)
			d.pass(time.Second)
			d.leave()
			d = sit(t, dir, server, comet)
			defer d.leave()
			d.adopt()
			d.pass(time.Second)
			if e := d.entry(key); e.State != history.Unconfirmed || e.Cost != nil || sents(e) != "maybe " || server.Counts().Posts != 1 {
				t.Errorf("%s, cost %v, tries %q, %d posts", e.State, e.Cost, sents(e), server.Counts().Posts)
			}
		})
	}
}

// next kills the program and starts it again over the same folder.
func (d *desk) next(p provider) *desk {
	next := d.killed(d.folder, p)
	d.die()
	return next
}
