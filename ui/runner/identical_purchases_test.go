package runner_test

import (
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// takeTurns lets the programs of one bubble write one after the other. The journal's lock would have them do so too, but it waits by the
// clock while it holds a mutex, and in a bubble the clock stands still while anybody waits for that.
func takeTurns(desks ...*desk) {
	pen := make(chan struct{}, 1)
	for _, d := range desks {
		d.studio.Journal(func(write runner.Append, key string, line runner.Line) (history.Entry, error) {
			pen <- struct{}{}
			defer func() { <-pen }()
			return write(key, line)
		})
	}
}

// both lets time pass for two programs, each of which reads the other's lines once a second.
func both(a, b *desk, seconds int) {
	for range seconds {
		a.pass(500 * time.Millisecond)
		b.pass(500 * time.Millisecond)
		a.refresh()
		b.refresh()
	}
}

// twoReachForOrphans: a program dies, and two others start at the same moment.
func twoReachForOrphans(t *testing.T, dir string, server *demo.Server, dead *desk) {
	dead.takes(20 * time.Second)
	dead.faults(onePixel())
	var keys []string
	for i := range 6 {
		keys = append(keys, dead.submit(fmt.Sprint("x ", i)))
	}
	dead.pass(5 * time.Second)
	dead.die()
	a, b := sit(t, dir, server, listing), sit(t, dir, server, listing)
	defer a.leave()
	defer b.leave()
	takeTurns(a, b)
	a.adopt()
	b.adopt()
	both(a, b, 40)
	drivers := map[string]int{}
	for _, key := range keys {
		e := b.entry(key)
		drivers[e.Driver]++
		if e.State != history.Done {
			t.Errorf("one stands at %s", e.State)
		}
	}
	if c := server.Counts(); c.Outputs != 6 || c.Posts != 6 || len(a.pictures()) != 6 {
		t.Errorf("%+v, %d files", c, len(a.pictures()))
	}
	if drivers[a.history.AcquireDriver()]+drivers[b.history.AcquireDriver()] != 6 {
		t.Errorf("driven by %v", drivers)
	}
}

// TestI03NeverLostToATwin: of two purchases of the very same one loses its answer, while that of the other drips in. The first does not
// take the other's prediction from the list: each comes to its own picture.
func TestI03NeverLostToATwin(t *testing.T) {
	for _, programs := range []int{1, 2} {
		story(t, fmt.Sprint("in ", programs), listing, func(t *testing.T, dir string, server *demo.Server, a *desk) {
			defer a.leave()
			b := a
			if programs == 2 {
				b = sit(t, dir, server, listing)
				defer b.leave()
				takeTurns(a, b)
			}
			a.faults(
				demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1},
				demo.Fault{On: demo.Create, Drip: 200 * time.Millisecond, Times: 1}, onePixel(), // more than a minute and a half
			)
			first := a.submit("the same")
			a.pass(10 * time.Millisecond)
			second := b.submit("the same")
			both(a, b, 180)
			if a.was(runner.NotFound) {
				t.Errorf("told %v", a.told)
			}
			mine, other := a.entry(first), a.entry(second)
			if mine.State != history.Done || other.State != history.Done || mine.ID == other.ID || server.Counts().Accepted != 2 {
				t.Errorf("%s %s, and %s %s", mine.State, mine.ID, other.State, other.ID)
			}
		})
	}
}

// twoFetchALostOne: both follow by hand, at the same moment, what is lost for now.
func twoFetchALostOne(t *testing.T, dir string, server *demo.Server, a *desk) {
	defer a.leave()
	a.faults(demo.Fault{On: demo.Output, Status: 200, Body: "<html>"})
	key := a.submit("x")
	lost := a.until(key, history.Lost).Entry
	tries := server.Counts().Outputs
	slow := onePixel()
	slow.Delay = 3 * time.Second
	a.faults(slow)
	b := sit(t, dir, server, listing)
	defer b.leave()
	takeTurns(a, b)
	b.saw(b.studio.Follow(lost))
	a.saw(a.studio.Follow(lost))
	both(a, b, 30)
	if e := a.entry(key); e.State != history.Done || len(a.pictures()) != 1 {
		t.Errorf("%s, files %v", e.State, a.pictures())
	}
	if n := server.Counts().Outputs - tries; n != 1 {
		t.Errorf("fetched %d times", n)
	}
}

// twoSeeEachOther: what one writes the other has read two seconds later.
func twoSeeEachOther(t *testing.T, dir string, server *demo.Server, a *desk) {
	defer a.leave()
	b := sit(t, dir, server, listing)
	defer b.leave()
	takeTurns(a, b)
	a.adopt()
	b.adopt()
	a.takes(4 * time.Second)
	a.faults(onePixel())
	for _, pair := range [][2]*desk{{a, b}, {b, a}} {
		writer, reader := pair[0], pair[1]
		key := writer.submit("x")
		for _, state := range []history.State{history.Waiting, history.Done} {
			row := writer.until(key, state)
			var seen history.State
			for range 2 { // once a second, as both faces look
				reader.pass(time.Second)
				changed, err := reader.history.Refresh(reader.ctx)
				must(t, err)
				for _, e := range changed {
					if e.Key == key && e.ID == row.ID {
						seen = e.State
					}
				}
			}
			if seen != state && seen != history.Done {
				t.Errorf("two seconds after %s the other sees %q", state, seen)
			}
		}
	}
}
