package runner_test

import (
	"context"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// killed copies the folder as it stands on the disk at this moment, which is what a program killed now would leave, and starts
// another one over it.
func (d *desk) killed(dir string, p provider) *desk {
	d.t.Helper()
	synctest.Wait() // no write is half-way
	left := d.t.TempDir()
	if err := os.CopyFS(left, os.DirFS(dir)); err != nil {
		d.t.Fatal(err)
	}
	return sit(d.t, left, d.server, p)
}

func TestRestartInEachState(t *testing.T) {
	story(t, "creating, waiting to be sent", listing, restartCreatingWaitingToBeSent)
	story(t, "creating, sent, found in the list", listing, restartCreatingSentFoundInTheList)
	story(t, "creating, sent, no list", comet, restartCreatingSentNoList)
	story(t, "waiting", listing, restartWaiting)
	story(t, "waiting, and an hour later", listing, restartWaitingAndAnHourLater)
	story(t, "saving", listing, restartSaving)
	story(t, "stopped, lost and done stay", listing, restartStoppedLostAndDoneStay)
}

func restartCreatingWaitingToBeSent(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	d.faults(demo.Fault{On: demo.Create, Status: 429, Body: `{"detail":"Request was throttled. Your rate limit resets in ~30s."}`})
	first := d.submit("x")
	d.pass(time.Second)
	second := d.submit("y") // it waits together with the first
	d.pass(time.Second)
	again := d.killed(dir, listing)
	defer again.leave()
	again.adopt()
	for _, key := range []string{first, second} {
		again.until(key, history.Stopped)
		again.pass(time.Second)
		if e := again.entry(key); e.State != history.Stopped || e.CancelReason != "never_sent" {
			t.Errorf("%s %q", e.State, e.CancelReason)
		}
	}
	if server.Counts().Accepted != 0 {
		t.Error("bought at a restart")
	}
}

func restartCreatingSentFoundInTheList(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	server.UpdateBehaviour(func(k *demo.Behaviour) {
		k.Faults = []demo.Fault{{On: demo.Create, Accept: true, Hang: true, Times: 1}}
		k.ShortList = true
	})
	key := d.submit("x")
	d.pass(time.Second)
	again := d.killed(dir, listing)
	defer again.leave()
	if again.adopt(); len(again.told) > 0 {
		t.Fatal(again.told)
	}
	if row, _ := again.studio.Row(key); row.State != history.Unconfirmed {
		t.Fatalf("it stands at %s", row.State)
	}
	again.until(key, history.Done)
	if server.Counts().Accepted != 1 || !again.was(runner.Reconciled) {
		t.Errorf("%+v, told %v", server.Counts(), again.told)
	}
}

func restartCreatingSentNoList(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	d.faults(demo.Fault{On: demo.Create, Accept: true, Hang: true, Times: 1})
	key := d.submit("x")
	d.pass(time.Second)
	again := d.killed(dir, comet)
	defer again.leave()
	if others := again.adopt(); others.Unconfirmed != 1 {
		t.Errorf("%+v", others)
	}
	again.pass(time.Minute)
	e := again.entry(key)
	if e.State != history.Unconfirmed || server.Counts().Posts != 1 {
		t.Fatalf("%s after %d posts", e.State, server.Counts().Posts)
	}
	again.saw(again.studio.Dismiss(e))
	again.pass(time.Second)
	if e := again.entry(key); e.State != history.Stopped || e.CancelReason != "settled" {
		t.Errorf("%s %q", e.State, e.CancelReason)
	}
}

func restartWaiting(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	key := d.submit("x [slow]")
	d.until(key, history.Waiting)
	again := d.killed(dir, listing)
	defer again.leave()
	again.adopt()
	again.until(key, history.Done)
}

func restartWaitingAndAnHourLater(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	key := d.submit("x [slow]")
	d.until(key, history.Waiting)
	again := d.killed(dir, listing)
	defer again.leave()
	time.Sleep(2 * time.Hour)
	again.adopt()
	if row := again.until(key, history.Lost); row.Error.Code != "expired" || row.Seed == nil && row.Input["prompt"] != "x [slow]" {
		t.Errorf("%+v", row.Entry)
	}
}

func restartSaving(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	d.faults(demo.Fault{On: demo.Output, Status: 503, Times: 3})
	key := d.submit("x")
	d.until(key, history.Saving)
	again := d.killed(dir, listing)
	defer again.leave()
	again.adopt()
	again.until(key, history.Done)
}

func restartStoppedLostAndDoneStay(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	a, b, c := d.submit("a [slow]"), d.submit("b"), d.submit("c [expired]")
	d.until(a, history.Waiting)
	d.cancel(a)
	d.until(a, history.Stopped)
	d.until(b, history.Done)
	d.until(c, history.Lost)
	time.Sleep(2 * time.Hour)
	again := d.killed(dir, listing)
	defer again.leave()
	if again.adopt(); len(again.studio.Live()) != 0 {
		t.Errorf("taken up: %+v", again.studio.Live())
	}
}

// TestI03NeverLostOnLeaving ends the program at each moment of a purchase's first seconds, orderly and by a kill; whatever was
// accepted is on disk with its id, or unconfirmed.
func TestI03NeverLostOnLeaving(t *testing.T) {
	for at := 0 * time.Millisecond; at <= 2*time.Second; at += 125 * time.Millisecond {
		for _, orderly := range []bool{true, false} {
			name := at.String() + map[bool]string{true: ", orderly", false: ", killed"}[orderly]
			story(t, name, listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
				d.faults(demo.Fault{On: demo.Create, Delay: time.Second, Accept: true, Times: 1})
				key := d.submit("x")
				d.pass(at)
				var again *desk
				if orderly {
					began := time.Now()
					d.leave()
					if took := time.Since(began); took > time.Second {
						t.Errorf("leaving took %v", took)
					}
					again = sit(t, dir, server, listing)
				} else {
					again = d.killed(dir, listing)
					defer d.leave()
				}
				defer again.leave()
				again.adopt()
				again.pass(2 * time.Minute)
				e, err := again.history.Get(key)
				c := server.Counts()
				if c.Accepted > 1 || c.Accepted == 1 && (err != nil || e.State != history.Done) {
					t.Errorf("accepted %d, on disk %s (%v)", c.Accepted, e.State, err)
				}
			})
		}
	}
}

// TestI03NeverLostOnLeavingWhileWritten leaves while an id that has come waits for its turn at the journal: a purchase has landed
// when it is on disk, not when it is answered.
func TestI03NeverLostOnLeavingWhileWritten(t *testing.T) {
	story(t, "another program writes", listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
		d.faults(demo.Fault{On: demo.Create, Delay: 300 * time.Millisecond, Accept: true, Times: 1})
		key := d.submit("x")
		d.pass(200 * time.Millisecond)
		other := flock.New(d.history.Path("history.lock"))
		if held, err := other.TryLock(); err != nil || !held {
			t.Fatalf("the journal's lock: %v, %v", held, err)
		}
		d.pass(200 * time.Millisecond)
		time.AfterFunc(300*time.Millisecond, func() { _ = other.Unlock() })
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := d.studio.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
		if e := d.entry(key); e.ID == "" || e.State != history.Waiting {
			t.Errorf("when all had landed, the disk held %s with the id %q", e.State, e.ID)
		}
	})
}

// TestI03NeverLostBeforeAdvance quits between a command's end and the loop that would have taken its result.
func TestI03NeverLostBeforeAdvance(t *testing.T) {
	story(t, "quit", listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		row, task := d.studio.Submit(runner.Draft{Model: "flux-schnell", Input: input("x")})
		d.studio.Perform(d.ctx, task)
		if shown, _ := d.studio.Row(row.Key); shown.ID != "" {
			t.Error("the row moved before Advance")
		}
		e := d.entry(row.Key)
		if e.ID == "" || e.State != history.Waiting || e.Attempts[0].Sent != "yes" {
			t.Errorf("on disk: %+v", e)
		}
		d.leave()
	})
}
