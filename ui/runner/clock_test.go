package runner_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// clockJumps counts the parts of TestFaultClockJump that have begun.
var clockJumps atomic.Int64

// TestFaultClockJump: the clock is set between two starts, by a day or an hour, forward or back. Running jobs are followed to
// their end, pictures are saved, an unconfirmed job is not bought again, and the later line of the journal counts, whatever its
// time.
//
// It is not parallel, and each part begins a hundred days later than the one before: the keys of a process ascend, so keys that other
// tests make within two days of its own would count as newer.
func TestFaultClockJump(t *testing.T) {
	for _, jump := range []time.Duration{-24 * time.Hour, -time.Hour, time.Hour, 24 * time.Hour} {
		scenario(t, jump.String(), withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			h.close()
			time.Sleep(time.Duration(clockJumps.Add(1)) * 100 * 24 * time.Hour)
			h = newHarness(t, dir, server, withList)
			h.setFaults(unavailable(demo.Output), unavailable(demo.List), demo.Fault{On: demo.Create, Skip: 2, Times: 1, Accept: true, Reset: true})
			runs := h.submit("a [slow]")
			h.waitFor(runs, history.Waiting)
			saving := h.submit("b")
			h.waitFor(saving, history.Saving)
			h.waitFor(h.submit("c"), history.Unconfirmed)
			h.close()

			h = newHarnessWithClock(t, dir, server, withList, func() time.Time { return time.Now().Add(jump) })
			defer h.close()
			h.resume()
			h.advance(time.Minute) // the pictures cannot be fetched yet
			if row, _ := h.runner.Row(saving); row.State != history.Saving || row.Live.ExpiresAt.Sub(time.Now().Add(jump)) > time.Hour {
				t.Errorf("what is paid for is %s, %+v", row.State, row.Live)
			}
			h.setFaults(onePixel())
			h.waitFor(runs, history.Done)
			h.waitFor(saving, history.Done)
			later := h.submit("d")
			h.waitFor(later, history.Done)
			if n := server.Counts().Posts; n != 4 {
				t.Errorf("%d posts for four purchases", n)
			}
			if keys := h.history.Keys(); keys.Len() != 4 || keys.At(0) != later {
				t.Errorf("the newest is not the one that was written last: %v", keys.All())
			}
			again := newHarness(t, dir, server, withList)
			defer again.kill()
			for _, key := range []string{runs, saving, later} {
				if e := again.entry(key); e.State != history.Done {
					t.Errorf("read again, the state is %s", e.State)
				}
			}
		})
	}
}

// sleepClock is the wall clock of a machine that can sleep: it runs on, for the server too, while the timers stop.
type sleepClock struct{ gap atomic.Int64 }

func (a *sleepClock) wall() time.Time { return time.Now().Round(0).Add(time.Duration(a.gap.Load())) }

func (a *sleepClock) sleep(long time.Duration) { a.gap.Add(int64(long)) }

// sleepScenario runs a scenario on such a machine.
func sleepScenario(t *testing.T, name string, run func(t *testing.T, a *sleepClock, h *harness, transport *getLog)) {
	t.Run(name, func(t *testing.T) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			a := &sleepClock{}
			server := demotest.NewServer(t, demo.Options{Now: a.wall})
			h := newHarness(t, dir, server, withList)
			h.options.Wall = a.wall
			transport := &getLog{next: server.Transport(), gets: map[string][]time.Time{}}
			h.connect(withList, transport)
			run(t, a, h, transport)
		})
	})
}

// TestFaultSuspendResume: the machine sleeps and wakes up. Dead connections are closed, running jobs are polled at once, and
// the time until the pictures expire is computed again.
func TestFaultSuspendResume(t *testing.T) {
	t.Parallel()
	sleepScenario(t, "polls at once", func(t *testing.T, a *sleepClock, h *harness, transport *getLog) {
		defer h.close()
		h.setDuration(90 * time.Minute)
		h.setFaults(onePixel())
		key := h.submit("x")
		h.waitFor(key, history.Waiting)
		h.advance(15 * time.Minute) // by now it is polled every 30 s
		before := h.server.Counts().Gets
		a.sleep(2 * time.Hour)
		h.runner.PollNow()
		h.advance(500 * time.Millisecond)
		if row, _ := h.runner.Row(key); row.State != history.Done || h.server.Counts().Gets != before+1 || transport.dropped() == 0 {
			t.Errorf("%s after %d polls, idle connections closed %d times", row.State, h.server.Counts().Gets-before, transport.dropped())
		}
	})
	sleepScenario(t, "on the command line", func(t *testing.T, a *sleepClock, h *harness, transport *getLog) {
		defer h.close()
		h.setDuration(90 * time.Minute)
		h.setFaults(onePixel())
		_, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: input("x")})
		ended := make(chan time.Time, 1)
		go func() {
			h.runner.Run(h.ctx, task, func(runner.Change) {})
			ended <- time.Now()
		}()
		time.Sleep(15*time.Minute + 10*time.Second)
		a.sleep(2 * time.Hour)
		opened := time.Now()
		if took := (<-ended).Sub(opened); took > 1500*time.Millisecond || transport.dropped() == 0 {
			t.Errorf("it was seen after %v; idle connections closed %d times", took, transport.dropped())
		}
	})
	sleepScenario(t, "pictures expire meanwhile", func(t *testing.T, a *sleepClock, h *harness, _ *getLog) {
		defer h.close()
		h.setFaults(unavailable(demo.Output))
		key := h.submit("x")
		h.waitFor(key, history.Saving)
		for _, left := range []time.Duration{60 * time.Minute, 20 * time.Minute} {
			h.runner.PollNow()
			h.advance(16 * time.Second)
			row, _ := h.runner.Row(key)
			if got := time.Until(row.Live.ExpiresAt); got > left || got < left-2*time.Minute {
				t.Errorf("the pictures expire in %v, want %v", got, left)
			}
			a.sleep(40 * time.Minute)
		}
		h.setFaults() // by now they are deleted
		h.runner.PollNow()
		if row := h.waitFor(key, history.Lost); row.Error.Code != "expired" || row.ID == "" {
			t.Errorf("%+v", row.Error)
		}
	})
}

// TestFaultClockJumpWhileRunning: the wall clock is set by a day while a picture cannot be fetched. That does not make the
// picture expired.
func TestFaultClockJumpWhileRunning(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		scenario(t, jump.String(), withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			a := &sleepClock{}
			h.options.Wall = a.wall
			h.runner = runner.New(h.options)
			defer h.close()
			h.setFaults(unavailable(demo.Output))
			key := h.submit("x")
			h.waitFor(key, history.Saving)
			a.sleep(jump)
			h.runner.PollNow()
			h.advance(5 * time.Minute)
			if row, _ := h.runner.Row(key); row.State != history.Saving || row.Live.ExpiresAt.Before(time.Now().Add(50*time.Minute)) {
				t.Errorf("%s, %+v", row.State, row.Live)
			}
			h.setFaults(onePixel())
			h.waitFor(key, history.Done)
		})
	}
}
