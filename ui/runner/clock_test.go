package runner_test

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestFaultClockJump: the clock is set between two starts, by a day or an hour, ahead or back. Row “clock jump ±1 day, DST”: what runs is
// followed to its end, what is being saved is saved, what is unconfirmed is not bought again; and in the journal the later line
// counts, whatever its time.
func TestFaultClockJump(t *testing.T) {
	for _, jump := range []time.Duration{-24 * time.Hour, -time.Hour, time.Hour, 24 * time.Hour} {
		story(t, jump.String(), listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
			d.faults(down(demo.Output), down(demo.List), demo.Fault{On: demo.Create, Skip: 2, Times: 1, Accept: true, Reset: true})
			runs := d.submit("a [slow]")
			d.until(runs, history.Waiting)
			saving := d.submit("b")
			d.until(saving, history.Saving)
			d.until(d.submit("c"), history.Unconfirmed)
			d.leave()

			d = sitBy(t, dir, server, listing, func() time.Time { return time.Now().Add(jump) })
			defer d.leave()
			d.adopt()
			d.pass(time.Minute) // the pictures cannot be had yet
			if row, _ := d.studio.Row(saving); row.State != history.Saving || row.Live.ExpiresAt.Sub(time.Now().Add(jump)) > time.Hour {
				t.Errorf("what is paid for stands at %s, %+v", row.State, row.Live)
			}
			d.faults(onePixel())
			d.until(runs, history.Done)
			d.until(saving, history.Done)
			later := d.submit("d")
			d.until(later, history.Done)
			if n := server.Counts().Posts; n != 4 {
				t.Errorf("%d posts for four purchases", n)
			}
			if keys := d.history.Keys(); keys.Len() != 4 || keys.At(0) != later {
				t.Errorf("the newest is not the one that was written last: %v", keys.All())
			}
			again := sit(t, dir, server, listing)
			defer again.die()
			for _, key := range []string{runs, saving, later} {
				if e := again.entry(key); e.State != history.Done {
					t.Errorf("read anew it stands at %s", e.State)
				}
			}
		})
	}
}

// asleep is a machine that can sleep: the wall's clock goes on, also the server's, and the timers stand still.
type asleep struct{ gap atomic.Int64 }

func (a *asleep) wall() time.Time { return time.Now().Round(0).Add(time.Duration(a.gap.Load())) }

func (a *asleep) sleep(long time.Duration) { a.gap.Add(int64(long)) }

// nap runs a story on such a machine.
func nap(t *testing.T, name string, tell func(t *testing.T, a *asleep, d *desk, wire *clocked)) {
	t.Run(name, func(t *testing.T) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) {
			a := &asleep{}
			server := serverBy(t, a.wall)
			d := sit(t, dir, server, listing)
			d.options.Wall = a.wall
			wire := &clocked{next: server.Transport(), gets: map[string][]time.Time{}}
			d.over(listing, wire)
			tell(t, a, d, wire)
		})
	})
}

// TestFaultSuspendResume: the lid is closed, and opened again. Row “suspend/resume”: dead connections are dropped, what runs is asked
// after at once, and what is left of the pictures' hour is reckoned anew.
func TestFaultSuspendResume(t *testing.T) {
	nap(t, "polls at once", func(t *testing.T, a *asleep, d *desk, wire *clocked) {
		defer d.leave()
		d.takes(90 * time.Minute)
		d.faults(onePixel())
		key := d.submit("x")
		d.until(key, history.Waiting)
		d.pass(15 * time.Minute) // by now it is looked at each 30 s
		before := d.server.Counts().Gets
		a.sleep(2 * time.Hour)
		d.studio.PollNow()
		d.pass(500 * time.Millisecond)
		if row, _ := d.studio.Row(key); row.State != history.Done || d.server.Counts().Gets != before+1 || wire.dropped() == 0 {
			t.Errorf("%s after %d polls, idle connections dropped %d times", row.State, d.server.Counts().Gets-before, wire.dropped())
		}
	})
	nap(t, "on the command line", func(t *testing.T, a *asleep, d *desk, wire *clocked) {
		defer d.leave()
		d.takes(90 * time.Minute)
		d.faults(onePixel())
		_, task := d.studio.Submit(runner.Draft{Model: "flux-schnell", Input: input("x")})
		ended := make(chan time.Time, 1)
		go func() {
			d.studio.Run(d.ctx, task, func(runner.Change) {})
			ended <- time.Now()
		}()
		time.Sleep(15*time.Minute + 10*time.Second)
		a.sleep(2 * time.Hour)
		opened := time.Now()
		if took := (<-ended).Sub(opened); took > 1500*time.Millisecond || wire.dropped() == 0 {
			t.Errorf("it was seen after %v; idle connections dropped %d times", took, wire.dropped())
		}
	})
	nap(t, "the hour goes on", func(t *testing.T, a *asleep, d *desk, _ *clocked) {
		defer d.leave()
		d.faults(down(demo.Output))
		key := d.submit("x")
		d.until(key, history.Saving)
		for _, left := range []time.Duration{60 * time.Minute, 20 * time.Minute} {
			d.studio.PollNow()
			d.pass(16 * time.Second)
			row, _ := d.studio.Row(key)
			if got := time.Until(row.Live.ExpiresAt); got > left || got < left-2*time.Minute {
				t.Errorf("the pictures live %v more, want %v", got, left)
			}
			a.sleep(40 * time.Minute)
		}
		d.faults() // by now they are deleted
		d.studio.PollNow()
		if row := d.until(key, history.Lost); row.Error.Code != "expired" || row.ID == "" {
			t.Errorf("%+v", row.Error)
		}
	})
}

// TestFaultClockJumpWhileRunning: the wall's clock is set by a day while a picture cannot be fetched: that is no reason to take it
// for deleted.
func TestFaultClockJumpWhileRunning(t *testing.T) {
	for _, jump := range []time.Duration{-24 * time.Hour, 24 * time.Hour} {
		story(t, jump.String(), listing, func(t *testing.T, _ string, server *demo.Server, d *desk) {
			a := &asleep{}
			d.options.Wall = a.wall
			d.studio = runner.New(d.options)
			defer d.leave()
			d.faults(down(demo.Output))
			key := d.submit("x")
			d.until(key, history.Saving)
			a.sleep(jump)
			d.studio.PollNow()
			d.pass(5 * time.Minute)
			if row, _ := d.studio.Row(key); row.State != history.Saving || row.Live.ExpiresAt.Before(time.Now().Add(50*time.Minute)) {
				t.Errorf("%s, %+v", row.State, row.Live)
			}
			d.faults(onePixel())
			d.until(key, history.Done)
		})
	}
}
