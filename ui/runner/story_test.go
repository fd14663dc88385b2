package runner_test

import (
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// story runs a test in a bubble of its own time, over a fresh folder and server.
func story(t *testing.T, name string, p provider, tell func(t *testing.T, dir string, server *demo.Server, d *desk)) {
	t.Run(name, func(t *testing.T) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			server := newServer(t)
			tell(t, dir, server, sit(t, dir, server, p))
		})
	})
}

func TestSubmitToSaved(t *testing.T) {
	for _, p := range []provider{listing, comet} {
		story(t, p.name, p, func(t *testing.T, dir string, server *demo.Server, d *desk) {
			key := d.submit("A paper boat floating on calm water at sunrise.")
			row, _ := d.studio.Row(key)
			if row.State != history.Creating || row.Live == nil {
				t.Fatalf("the row stands as %s", row.State)
			}
			d.until(key, history.Waiting)
			if e := d.entry(key); e.ID == "" || e.State != history.Waiting {
				t.Fatalf("on disk: %s, id %q", e.State, e.ID)
			}
			row = d.until(key, history.Done)
			finished(t, d, row)
			moved(t, d, key)
			if c := server.Counts(); c.Accepted != 1 || c.Posts != 1 {
				t.Errorf("posts %d, accepted %d", c.Posts, c.Accepted)
			}
			d.idle(key)
			d.leave()
			again := sit(t, dir, server, p)
			defer again.leave()
			if others := again.adopt(); others.Total() != 0 || len(again.studio.Live()) != 0 {
				t.Errorf("a done job was taken up again")
			}
		})
	}
}

// finished checks a saved job's row against the disk.
func finished(t *testing.T, d *desk, row runner.Row) {
	t.Helper()
	if row.Live != nil || len(row.Outputs) != 1 || row.Seed == nil || row.Status != "succeeded" {
		t.Fatalf("done, and %+v", row)
	}
	info, err := os.Stat(d.history.Path(row.Outputs[0].Path))
	if err != nil || info.Size() != row.Outputs[0].Bytes || row.Outputs[0].SHA256 == "" {
		t.Fatalf("the picture: %+v, %v", row.Outputs[0], err)
	}
	e := d.entry(row.Key)
	if e.State != history.Done || e.Outputs[0].Path != row.Outputs[0].Path || !strings.Contains(e.Logs, "Using seed") {
		t.Errorf("on disk: %s %+v, logs %q", e.State, e.Outputs, e.Logs)
	}
	if len(e.Attempts) != 1 || e.Attempts[0].Sent != "yes" {
		t.Errorf("attempts %+v", e.Attempts)
	}
	if !d.was(runner.Finished) {
		t.Error("nobody was told")
	}
}

// moved checks that progress was seen, and never went back.
func moved(t *testing.T, d *desk, key string) {
	t.Helper()
	last, seen := -1.0, false
	for _, c := range d.changes {
		if c.Row.Key != key || c.Row.Live == nil {
			continue
		}
		if c.Row.Live.Progress < last {
			t.Errorf("progress went back from %v to %v", last, c.Row.Live.Progress)
		}
		last = c.Row.Live.Progress
		seen = seen || last > 0
	}
	if !seen {
		t.Error("no progress was seen")
	}
}

func TestFailures(t *testing.T) {
	story(t, "flagged", listing, func(t *testing.T, _ string, _ *demo.Server, d *desk) {
		defer d.leave()
		key := d.submit("a thing [fail]")
		row := d.until(key, history.Failed)
		if row.Error == nil || row.Error.Code != "flagged" || !strings.Contains(row.Error.Detail, "E005") {
			t.Errorf("error %+v", row.Error)
		}
		d.idle(key)
	})
	story(t, "refused", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		row, task := d.studio.Submit(runner.Draft{
			Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "x", "aspect_ratio": "7:1"},
		})
		d.do(task)
		row = d.until(row.Key, history.Failed)
		if row.Error.Code != "invalid" || row.Cost == nil || *row.Cost != 0 {
			t.Errorf("error %+v, cost %v", row.Error, row.Cost)
		}
		if e := d.entry(row.Key); e.Attempts[0].Sent != "yes" || e.Attempts[0].Status != 422 {
			t.Errorf("attempts %+v", e.Attempts)
		}
		d.idle(row.Key)
	})
	story(t, "expired", listing, func(t *testing.T, _ string, _ *demo.Server, d *desk) {
		defer d.leave()
		key := d.submit("a thing [expired]")
		row := d.until(key, history.Lost)
		if row.Error == nil || row.Error.Code != "expired" || !d.was(runner.Expired) {
			t.Errorf("error %+v, told %v", row.Error, d.told)
		}
		d.idle(key)
	})
}

func TestCancelInEachState(t *testing.T) {
	story(t, "creating, not sent", listing, cancelCreatingNotSent)
	story(t, "creating, sent", listing, cancelCreatingSent)
	story(t, "waiting", listing, cancelWaiting)
	story(t, "waiting, where nothing can be cancelled", comet, cancelWaitingWhereNothingCanBeCancelled)
	story(t, "saving", listing, cancelSaving)
	story(t, "done", listing, cancelDone)
	story(t, "finished at that moment", listing, cancelFinishedAtThatMoment)
}

func cancelCreatingNotSent(t *testing.T, _ string, server *demo.Server, d *desk) {
	defer d.leave()
	row, task := d.studio.Submit(runner.Draft{Model: "flux-schnell", Input: input("x")})
	d.cancel(row.Key)
	d.do(task) // the command comes too late, and does nothing
	d.pass(time.Second)
	if row = d.until(row.Key, history.Stopped); row.CancelReason != "never_sent" || !d.was(runner.StoppedUnsent) {
		t.Errorf("%q, told %v", row.CancelReason, d.told)
	}
	if server.Counts().Posts != 0 || d.entry(row.Key).State != history.Stopped {
		t.Error("it left, or is not on disk")
	}
	c, again, ok := d.studio.UndoCancel(row.Key)
	if !ok || c.Notice.Kind != runner.Resumed {
		t.Fatal("it cannot be taken back")
	}
	d.do(again)
	d.until(row.Key, history.Done)
	if server.Counts().Accepted != 1 {
		t.Error("bought more than once")
	}
}

func cancelCreatingSent(t *testing.T, _ string, server *demo.Server, d *desk) {
	defer d.leave()
	d.takes(time.Minute)
	d.faults(demo.Fault{On: demo.Create, Delay: 2 * time.Second, Accept: true})
	key := d.submit("x")
	d.pass(time.Second)
	d.cancel(key)
	if row, _ := d.studio.Row(key); row.State != history.Creating || !row.Live.CancelRequested {
		t.Fatalf("%s, %+v", row.State, row.Live)
	}
	row := d.until(key, history.Stopped)
	if row.CancelReason != "canceled" && row.CancelReason != "aborted" || row.ID == "" {
		t.Errorf("%q, id %q", row.CancelReason, row.ID)
	}
	if server.Counts().Cancels != 1 || server.Counts().Accepted != 1 {
		t.Errorf("%+v", server.Counts())
	}
	d.idle(key)
}

func cancelWaiting(t *testing.T, _ string, server *demo.Server, d *desk) {
	defer d.leave()
	key := d.submit("x [slow]")
	d.until(key, history.Waiting)
	d.pass(5 * time.Second)
	d.cancel(key)
	d.until(key, history.Stopped)
	if !d.was(runner.Cancelled) || d.entry(key).CancelReason != "canceled" {
		t.Errorf("told %v", d.told)
	}
	d.idle(key)
}

func cancelWaitingWhereNothingCanBeCancelled(t *testing.T, _ string, server *demo.Server, d *desk) {
	defer d.leave()
	key := d.submit("x [slow]")
	d.until(key, history.Waiting)
	d.cancel(key)
	row := d.until(key, history.Stopped)
	if !d.was(runner.CannotCancel) || row.CancelReason != "not_followed" {
		t.Errorf("%q, told %v", row.CancelReason, d.told)
	}
	d.idle(key)
	d.saw(d.studio.Follow(row.Entry))
	d.until(key, history.Done)
}

func cancelSaving(t *testing.T, _ string, server *demo.Server, d *desk) {
	defer d.leave()
	d.faults(demo.Fault{On: demo.Output, Times: 2, Status: 500, Body: "later"})
	key := d.submit("x")
	d.until(key, history.Saving)
	d.cancel(key)
	if !d.was(runner.AlreadyFinished) {
		t.Errorf("told %v", d.told)
	}
	d.until(key, history.Done)
	if server.Counts().Cancels != 0 {
		t.Error("what was finished was cancelled")
	}
}

func cancelDone(t *testing.T, _ string, server *demo.Server, d *desk) {
	defer d.leave()
	key := d.submit("x")
	d.until(key, history.Done)
	d.cancel(key)
	if row, _ := d.studio.Row(key); row.State != history.Done || !d.was(runner.AlreadyEnded) {
		t.Errorf("%s, told %v", row.State, d.told)
	}
	d.idle(key)
}

func cancelFinishedAtThatMoment(t *testing.T, _ string, server *demo.Server, d *desk) {
	defer d.leave()
	d.takes(3 * time.Second)
	key := d.submit("x")
	d.until(key, history.Waiting)
	d.faults(demo.Fault{On: demo.Cancel, Delay: 10 * time.Second})
	d.cancel(key)
	d.until(key, history.Done)
}

// TestManyAtOnce: jobs of several pictures each go beside each other, and all pictures come.
func TestManyAtOnce(t *testing.T) {
	story(t, "twelve, of several pictures", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		defer d.leave()
		d.faults(onePixel())
		var keys []string
		for range 12 {
			in := input("x")
			in["num_outputs"] = 3
			row, task := d.studio.Submit(runner.Draft{Model: "flux-schnell", Input: in})
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

// TestDataURIs: pictures that come inside the answer are saved, and stay out of the journal.
func TestDataURIs(t *testing.T) {
	story(t, "restarted while saving", listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		defer d.leave()
		server.UpdateBehaviour(func(k *demo.Behaviour) { k.DataURI = true })
		key := d.submit("x")
		d.until(key, history.Done)
		if e := d.entry(key); len(e.Outputs) != 1 || len(e.Outputs[0].URL) > 64 || e.Outputs[0].Path == "" {
			t.Errorf("%.200v", e.Outputs)
		}
	})
}
