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

// restartCopy copies the folder as it is on disk now, which is what a killed program would leave, and starts another program
// over the copy.
func (h *harness) restartCopy(dir string, p provider) *harness {
	h.t.Helper()
	synctest.Wait() // no write is running
	left := h.t.TempDir()
	if err := os.CopyFS(left, os.DirFS(dir)); err != nil {
		h.t.Fatal(err)
	}
	return newHarness(h.t, left, h.server, p)
}

// TestRestartInEachState kills the program while a job is in each state, and starts another one.
func TestRestartInEachState(t *testing.T) {
	t.Parallel()
	scenario(t, "creating, waiting to be sent", withList, restartCreatingWaitingToBeSent)
	scenario(t, "creating, sent, found in the list", withList, restartCreatingSentFoundInTheList)
	scenario(t, "creating, sent, no list", withoutList, restartCreatingSentNoList)
	scenario(t, "waiting", withList, restartWaiting)
	scenario(t, "waiting, and an hour later", withList, restartWaitingAndAnHourLater)
	scenario(t, "saving", withList, restartSaving)
	scenario(t, "stopped, lost and done stay", withList, restartStoppedLostAndDoneStay)
}

func restartCreatingWaitingToBeSent(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	h.setFaults(demo.Fault{On: demo.Create, Status: 429, Body: `{"detail":"Request was throttled. Your rate limit resets in ~30s."}`})
	first := h.submit("x")
	h.advance(time.Second)
	second := h.submit("y") // waits with the first one
	h.advance(time.Second)
	again := h.restartCopy(dir, withList)
	defer again.close()
	again.resume()
	for _, key := range []string{first, second} {
		again.waitFor(key, history.Stopped)
		again.advance(time.Second)
		if e := again.entry(key); e.State != history.Stopped || e.CancelReason != "never_sent" {
			t.Errorf("%s %q", e.State, e.CancelReason)
		}
	}
	if server.Counts().Accepted != 0 {
		t.Error("bought at a restart")
	}
}

func restartCreatingSentFoundInTheList(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	server.UpdateBehaviour(func(k *demo.Behaviour) {
		k.Faults = []demo.Fault{{On: demo.Create, Accept: true, Hang: true, Times: 1}}
		k.ShortList = true
	})
	key := h.submit("x")
	h.advance(time.Second)
	again := h.restartCopy(dir, withList)
	defer again.close()
	if again.resume(); len(again.notices) > 0 {
		t.Fatal(again.notices)
	}
	if row, _ := again.runner.Row(key); row.State != history.Unconfirmed {
		t.Fatalf("the state is %s", row.State)
	}
	again.waitFor(key, history.Done)
	if server.Counts().Accepted != 1 || !again.hasNotice(runner.Reconciled) {
		t.Errorf("%+v, notices %v", server.Counts(), again.notices)
	}
}

func restartCreatingSentNoList(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	h.setFaults(demo.Fault{On: demo.Create, Accept: true, Hang: true, Times: 1})
	key := h.submit("x")
	h.advance(time.Second)
	again := h.restartCopy(dir, withoutList)
	defer again.close()
	if others := again.resume(); others.Unconfirmed != 1 {
		t.Errorf("%+v", others)
	}
	again.advance(time.Minute)
	e := again.entry(key)
	if e.State != history.Unconfirmed || server.Counts().Posts != 1 {
		t.Fatalf("%s after %d posts", e.State, server.Counts().Posts)
	}
	again.onChange(again.runner.Dismiss(e))
	again.advance(time.Second)
	if e := again.entry(key); e.State != history.Stopped || e.CancelReason != "settled" {
		t.Errorf("%s %q", e.State, e.CancelReason)
	}
}

func restartWaiting(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	key := h.submit("x [slow]")
	h.waitFor(key, history.Waiting)
	again := h.restartCopy(dir, withList)
	defer again.close()
	again.resume()
	again.waitFor(key, history.Done)
}

func restartWaitingAndAnHourLater(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	key := h.submit("x [slow]")
	h.waitFor(key, history.Waiting)
	again := h.restartCopy(dir, withList)
	defer again.close()
	time.Sleep(2 * time.Hour)
	again.resume()
	if row := again.waitFor(key, history.Lost); row.Error.Code != "expired" || row.Seed == nil && row.Input["prompt"] != "x [slow]" {
		t.Errorf("%+v", row.Entry)
	}
}

func restartSaving(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	h.setFaults(demo.Fault{On: demo.Output, Status: 503, Times: 3})
	key := h.submit("x")
	h.waitFor(key, history.Saving)
	again := h.restartCopy(dir, withList)
	defer again.close()
	again.resume()
	again.waitFor(key, history.Done)
}

func restartStoppedLostAndDoneStay(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	a, b, c := h.submit("a [slow]"), h.submit("b"), h.submit("c [expired]")
	h.waitFor(a, history.Waiting)
	h.cancel(a)
	h.waitFor(a, history.Stopped)
	h.waitFor(b, history.Done)
	h.waitFor(c, history.Lost)
	time.Sleep(2 * time.Hour)
	again := h.restartCopy(dir, withList)
	defer again.close()
	if again.resume(); len(again.runner.Live()) != 0 {
		t.Errorf("resumed: %+v", again.runner.Live())
	}
}

// TestI03NeverLostOnLeaving ends the program at each moment of a purchase's first seconds, in an orderly way and by a kill.
// Whatever was accepted is on disk with its id, or unconfirmed.
func TestI03NeverLostOnLeaving(t *testing.T) {
	t.Parallel()
	for at := 0 * time.Millisecond; at <= 2*time.Second; at += 125 * time.Millisecond {
		for _, orderly := range []bool{true, false} {
			name := at.String() + map[bool]string{true: ", orderly", false: ", killed"}[orderly]
			scenario(t, name, withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
				h.setFaults(demo.Fault{On: demo.Create, Delay: time.Second, Accept: true, Times: 1})
				key := h.submit("x")
				h.advance(at)
				var again *harness
				if orderly {
					began := time.Now()
					h.close()
					if took := time.Since(began); took > time.Second {
						t.Errorf("leaving took %v", took)
					}
					again = newHarness(t, dir, server, withList)
				} else {
					again = h.restartCopy(dir, withList)
					defer h.close()
				}
				defer again.close()
				again.resume()
				again.advance(2 * time.Minute)
				e, err := again.history.Get(key)
				c := server.Counts()
				if c.Accepted > 1 || c.Accepted == 1 && (err != nil || e.State != history.Done) {
					t.Errorf("accepted %d, on disk %s (%v)", c.Accepted, e.State, err)
				}
			})
		}
	}
}

// TestI03NeverLostOnLeavingWhileWritten quits while an id waits for the journal's lock: a purchase is in flight until its id is
// on disk, not until it is answered.
func TestI03NeverLostOnLeavingWhileWritten(t *testing.T) {
	t.Parallel()
	scenario(t, "another program writes", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		h.setFaults(demo.Fault{On: demo.Create, Delay: 300 * time.Millisecond, Accept: true, Times: 1})
		key := h.submit("x")
		h.advance(200 * time.Millisecond)
		other := flock.New(h.history.Path("history.lock"))
		if held, err := other.TryLock(); err != nil || !held {
			t.Fatalf("the journal's lock: %v, %v", held, err)
		}
		h.advance(200 * time.Millisecond)
		time.AfterFunc(300*time.Millisecond, func() { _ = other.Unlock() })
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if err := h.runner.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
		if e := h.entry(key); e.ID == "" || e.State != history.Waiting {
			t.Errorf("when Close returned, the disk had %s with the id %q", e.State, e.ID)
		}
	})
}

// TestI03NeverLostBeforeApply quits after a command has ended, and before its result is applied.
func TestI03NeverLostBeforeApply(t *testing.T) {
	t.Parallel()
	scenario(t, "quit", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		row, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: input("x")})
		h.runner.Perform(h.ctx, task)
		if shown, _ := h.runner.Row(row.Key); shown.ID != "" {
			t.Error("the row changed before Apply")
		}
		e := h.entry(row.Key)
		if e.ID == "" || e.State != history.Waiting || e.Attempts[0].Sent != "yes" {
			t.Errorf("on disk: %+v", e)
		}
		h.close()
	})
}
