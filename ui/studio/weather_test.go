package studio_test

import (
	"os"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/studio"
)

func TestPaidOnceInEachWeather(t *testing.T) {
	throttled := `{"detail":"Request was throttled. Your rate limit resets in ~5s."}`
	for _, c := range []struct {
		name     string
		fault    demo.Fault
		ends     history.State
		accepted int
		posts    int
		told     studio.Kind
	}{
		{"never left, twice", demo.Fault{On: demo.Create, Unsent: true, Times: 2}, history.Done, 1, 0, studio.Finished},
		{"never left, ever", demo.Fault{On: demo.Create, Unsent: true}, history.Failed, 0, 0, studio.NotSent},
		{"asked to wait, twice", demo.Fault{On: demo.Create, Status: 429, Body: throttled, Times: 2}, history.Done, 1, 3, studio.WaitsAsked},
		{"asked to wait, ever", demo.Fault{On: demo.Create, Status: 429, Body: throttled}, history.Failed, 0, 3, studio.RefusedThere},
		{"reset after it was taken", demo.Fault{On: demo.Create, Accept: true, Reset: true}, history.Unconfirmed, 1, 1, studio.Unsure},
		{"reset before it was taken", demo.Fault{On: demo.Create, Reset: true}, history.Unconfirmed, 0, 1, studio.Unsure},
		{"bad gateway", demo.Fault{On: demo.Create, Accept: true, Status: 502, Body: "<html>"}, history.Unconfirmed, 1, 1, studio.Unsure},
		{"a page of HTML", demo.Fault{On: demo.Create, Status: 200, Body: "<html>log in</html>"}, history.Unconfirmed, 0, 1, studio.Unsure},
		{"refused inside a 503", demo.Fault{On: demo.Create, Status: 503, Body: `{"error":{"code":"model_not_found","message":"no"}}`}, history.Failed, 0, 1, studio.RefusedThere},
	} {
		story(t, c.name, comet, func(t *testing.T, _ string, server *demo.Server, d *desk) {
			defer d.leave()
			server.SetKnobs(func(k *demo.Knobs) { k.Faults = []demo.Fault{c.fault} })
			key := d.submit("x")
			d.until(key, c.ends)
			d.pass(time.Minute)
			if got := server.Counts(); got.Accepted != c.accepted || c.posts > 0 && got.Posts != c.posts {
				t.Errorf("posts %d, accepted %d; want %d, %d", got.Posts, got.Accepted, c.posts, c.accepted)
			}
			if !d.was(c.told) || d.entry(key).State != c.ends {
				t.Errorf("told %v, on disk %s", d.told, d.entry(key).State)
			}
		})
	}
}

func TestUnconfirmedIsHealedFromTheList(t *testing.T) {
	story(t, "while it runs", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		server.SetKnobs(func(k *demo.Knobs) {
			k.Faults = []demo.Fault{{On: demo.Create, Accept: true, Reset: true, Times: 2}}
		})
		a, b := d.submit("the same"), d.submit("the same")
		d.until(a, history.Done)
		d.until(b, history.Done)
		if d.entry(a).ID == d.entry(b).ID || server.Counts().Accepted != 2 {
			t.Errorf("both took %s, accepted %d", d.entry(a).ID, server.Counts().Accepted)
		}
	})
	story(t, "by a clock that is ten minutes off", listing, func(t *testing.T, dir string, _ *demo.Server, d *desk) {
		d.leave()
		server, err := demo.New(demo.Options{BaseURL: origin, Now: func() time.Time { return time.Now().Add(10 * time.Minute) }})
		if err != nil {
			t.Fatal(err)
		}
		server.SetKnobs(func(k *demo.Knobs) {
			k.Faults = []demo.Fault{
				{On: demo.Create, Accept: true, Reset: true, Times: 1}, {On: demo.Output, Status: 503, Body: "later", Times: 2},
			}
		})
		d = sit(t, dir, server, listing)
		defer d.leave()
		key := d.submit("x [slow]")
		row := d.until(key, history.Saving)
		if left := time.Until(row.Live.SafeUntil); left < 55*time.Minute || left > time.Hour {
			t.Errorf("the picture lives %v more", left)
		}
		d.until(key, history.Done)
	})
	story(t, "not another's", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		known := d.submit("the same")
		d.until(known, history.Done)
		server.SetKnobs(func(k *demo.Knobs) { k.Faults = []demo.Fault{{On: demo.Create, Reset: true, Times: 1}} })
		key := d.submit("the same")
		d.pass(2 * time.Minute)
		if e := d.entry(key); e.State != history.Unconfirmed || !d.was(studio.NotFound) {
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

func TestPollWeather(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault demo.Fault
	}{
		{"server errors", demo.Fault{On: demo.Get, Status: 500, Body: "{}", Times: 20}},
		{"resets", demo.Fault{On: demo.Get, Reset: true, Times: 20}},
		{"hangs", demo.Fault{On: demo.Get, Hang: true, Times: 2}},
		{"cut", demo.Fault{On: demo.Get, Cut: true, CutAt: 20, Times: 5}},
		{"a captive portal", demo.Fault{On: demo.Get, Status: 200, Body: "<!doctype html><title>Hotel</title>", Times: 5}},
		{"throttled", demo.Fault{On: demo.Get, Status: 429, Body: `{"detail":"wait","retry_after":7}`, Times: 3}},
		{"not there yet", demo.Fault{On: demo.Get, Status: 400, Body: `{"code":"task_not_exist","message":"no"}`, Times: 3}},
	} {
		for _, p := range []provider{listing, comet} {
			story(t, c.name+" at "+p.name, p, func(t *testing.T, _ string, server *demo.Server, d *desk) {
				defer d.leave()
				server.SetKnobs(func(k *demo.Knobs) { k.Faults = []demo.Fault{c.fault} })
				key := d.submit("x")
				d.until(key, history.Done)
			})
		}
	}
}

func TestPicturesInBadWeather(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault demo.Fault
		ends  history.State
	}{
		{"cut", demo.Fault{On: demo.Output, Cut: true, CutAt: 1000, Times: 2}, history.Done},
		{"a page for a picture", demo.Fault{On: demo.Output, Status: 200, Body: "<html>no</html>", Times: 2}, history.Done},
		{"never a picture", demo.Fault{On: demo.Output, Status: 200, Body: "<html>no</html>"}, history.Lost},
		{"rubbish", demo.Fault{On: demo.Output, Status: 200, Body: "\x00\x01\x02\x03 no picture", Times: 2}, history.Done},
		{"a picture cut short and called whole", demo.Fault{On: demo.Output, Status: 200, Body: "\xff\xd8\xff\xe0\x00\x10JFIF", Times: 1}, history.Done},
		{"empty", demo.Fault{On: demo.Output, Status: 200, Body: "", Times: 1}, history.Done},
		{"forbidden for a while", demo.Fault{On: demo.Output, Status: 403, Body: "no", Times: 2}, history.Done},
		{"unreachable for an hour", demo.Fault{On: demo.Output, Reset: true}, history.Lost},
	} {
		story(t, c.name, listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
			defer d.leave()
			server.SetKnobs(func(k *demo.Knobs) { k.Faults = []demo.Fault{c.fault} })
			key := d.submit("x")
			d.until(key, history.Waiting)
			for range 80 { // more than the hour that a picture lives
				if row, _ := d.studio.Row(key); row.State.Ended() {
					break
				}
				d.pass(time.Minute)
			}
			row := d.until(key, c.ends)
			if c.ends == history.Lost {
				lostForNow(t, d, row)
			}
		})
	}
}

// lostForNow checks that a lost picture keeps its record, and that following it again fetches it while it lives.
func lostForNow(t *testing.T, d *desk, row studio.Row) {
	t.Helper()
	if row.Error == nil || row.Error.Sentence == "" || row.ID == "" {
		t.Fatalf("%+v", row.Entry)
	}
	d.server.SetKnobs(func(k *demo.Knobs) { k.Faults = nil })
	d.saw(d.studio.Follow(row.Entry))
	if row.Error.Code == "bad_picture" {
		d.until(row.Key, history.Done)
		return
	}
	d.until(row.Key, history.Lost)
}

func TestNothingIsBoughtThatCannotBeWritten(t *testing.T) {
	if os.Getuid() == 0 {
		t.Log("run by root: a read-only folder is made by putting a file in its place")
	}
	story(t, "no folder", listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		d.leave()
		blocked := dir + "/blocked"
		if err := os.WriteFile(blocked, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		d = sit(t, blocked, server, listing)
		defer d.die()
		key := d.submit("x")
		row := d.until(key, history.Failed)
		if row.Error.Code != "not_recorded" || !d.was(studio.NotRecorded) || row.Live != nil {
			t.Errorf("%+v, told %v", row.Error, d.told)
		}
		if server.Counts().Posts != 0 {
			t.Error("it was bought all the same")
		}
	})
}

func TestPurchasesWaitTogether(t *testing.T) {
	story(t, "six a minute", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		server.SetKnobs(func(k *demo.Knobs) { k.PerMinute = 3 })
		var keys []string
		for range 8 {
			keys = append(keys, d.submit("x"))
		}
		d.pass(2 * time.Second)
		if running, waiting := d.studio.Busy(); waiting != 5 {
			t.Errorf("%d run, %d wait", running, waiting)
		}
		for _, key := range keys {
			d.until(key, history.Done)
		}
		if c := server.Counts(); c.Accepted != 8 || c.Posts > 8+3*8 {
			t.Errorf("%+v", c)
		}
	})
}

func TestStuck(t *testing.T) {
	story(t, "for ever", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		key := d.submit("x [stuck]")
		d.until(key, history.Waiting)
		d.pass(12 * time.Minute)
		row, _ := d.studio.Row(key)
		if !row.Live.Slow {
			t.Error("not slow after twelve minutes")
		}
		gets := server.Counts().Gets
		d.pass(10 * time.Minute)
		if n := server.Counts().Gets - gets; n > 25 {
			t.Errorf("%d polls in ten minutes", n)
		}
		d.pass(2 * time.Hour)
		if row = d.until(key, history.Stopped); row.CancelReason != "no_end" || !d.was(studio.NoEnd) {
			t.Errorf("%q, told %v", row.CancelReason, d.told)
		}
	})
}

func TestWakePollsAtOnce(t *testing.T) {
	story(t, "focus", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		key := d.submit("x [slow]")
		d.until(key, history.Waiting)
		d.pass(15 * time.Second)
		before := server.Counts().Gets
		for range 5 { // faster than the pace allows
			d.studio.Wake()
			d.pass(20 * time.Millisecond)
		}
		if n := server.Counts().Gets - before; n < 1 || n > 2 {
			t.Errorf("%d polls after waking up", n)
		}
		d.until(key, history.Done)
	})
}

func TestManyAtOnce(t *testing.T) {
	story(t, "twelve, of several pictures", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		server.SetKnobs(func(k *demo.Knobs) { k.Faults = []demo.Fault{onePixel()} })
		var keys []string
		for range 12 {
			in := input("x")
			in["num_outputs"] = 3
			row, task := d.studio.Submit(studio.Draft{Model: "flux-schnell", Input: in})
			d.do(task)
			keys = append(keys, row.Key)
		}
		if n := len(d.studio.Live()); n != 12 {
			t.Errorf("%d under way", n)
		}
		for _, key := range keys {
			if row := d.until(key, history.Done); len(row.Outputs) != 3 || row.Outputs[2].Path == "" {
				t.Errorf("%+v", row.Outputs)
			}
		}
		if c := server.Counts(); c.Accepted != 12 || c.Outputs != 36 {
			t.Errorf("%+v", c)
		}
	})
}

func TestDataURIs(t *testing.T) {
	story(t, "restarted while saving", listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		defer d.leave()
		server.SetKnobs(func(k *demo.Knobs) { k.DataURI = true })
		key := d.submit("x")
		d.until(key, history.Done)
		if e := d.entry(key); len(e.Outputs) != 1 || len(e.Outputs[0].URL) > 64 || e.Outputs[0].Path == "" {
			t.Errorf("%.200v", e.Outputs)
		}
	})
}
