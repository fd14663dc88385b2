package runner_test

import (
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// serializeJournals lets the programs of one bubble write one after the other. The journal's lock does that too, but it waits
// by the clock while it holds a mutex, and in a bubble the clock stops while a goroutine waits for a mutex.
func serializeJournals(desks ...*harness) {
	turn := make(chan struct{}, 1)
	for _, h := range desks {
		h.runner.WrapJournal(func(write runner.Append, key string, line runner.Line) (history.Entry, error) {
			turn <- struct{}{}
			defer func() { <-turn }()
			return write(key, line)
		})
	}
}

// advanceBoth lets time pass for two programs, each of which reads the other's lines once a second.
func advanceBoth(a, b *harness, seconds int) {
	for range seconds {
		a.advance(500 * time.Millisecond)
		b.advance(500 * time.Millisecond)
		a.refresh()
		b.refresh()
	}
}

// bothResumeOrphans: a program dies, and two others start at the same moment.
func bothResumeOrphans(t *testing.T, dir string, server *demo.Server, dead *harness) {
	dead.setDuration(20 * time.Second)
	dead.setFaults(onePixel())
	var keys []string
	for i := range 6 {
		keys = append(keys, dead.submit(fmt.Sprint("x ", i)))
	}
	dead.advance(5 * time.Second)
	dead.kill()
	a, b := newHarness(t, dir, server, withList), newHarness(t, dir, server, withList)
	defer a.close()
	defer b.close()
	serializeJournals(a, b)
	a.resume()
	b.resume()
	advanceBoth(a, b, 40)
	drivers := map[string]int{}
	for _, key := range keys {
		e := b.entry(key)
		drivers[e.Driver]++
		if e.State != history.Done {
			t.Errorf("one is %s", e.State)
		}
	}
	if c := server.Counts(); c.Outputs != 6 || c.Posts != 6 || len(a.pictures()) != 6 {
		t.Errorf("%+v, %d files", c, len(a.pictures()))
	}
	if drivers[a.history.AcquireDriver()]+drivers[b.history.AcquireDriver()] != 6 {
		t.Errorf("driven by %v", drivers)
	}
}

// TestI03NeverLostToATwin: of two identical purchases, one loses its answer while the answer of the other arrives slowly. The
// first does not take the other's prediction from the list: each gets its own picture.
func TestI03NeverLostToATwin(t *testing.T) {
	t.Parallel()
	for _, programs := range []int{1, 2} {
		scenario(t, fmt.Sprint("in ", programs), withList, func(t *testing.T, dir string, server *demo.Server, a *harness) {
			defer a.close()
			b := a
			if programs == 2 {
				b = newHarness(t, dir, server, withList)
				defer b.close()
				serializeJournals(a, b)
			}
			a.setFaults(
				demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1},
				demo.Fault{On: demo.Create, Drip: 200 * time.Millisecond, Times: 1}, onePixel(), // more than a minute and a half
			)
			first := a.submit("the same")
			a.advance(10 * time.Millisecond)
			second := b.submit("the same")
			advanceBoth(a, b, 180)
			if a.hasNotice(runner.NotFound) {
				t.Errorf("notices %v", a.notices)
			}
			mine, other := a.entry(first), a.entry(second)
			if mine.State != history.Done || other.State != history.Done || mine.ID == other.ID || server.Counts().Accepted != 2 {
				t.Errorf("%s %s, and %s %s", mine.State, mine.ID, other.State, other.ID)
			}
		})
	}
}

// bothFollowALostJob: two programs follow the same lost job again at the same moment.
func bothFollowALostJob(t *testing.T, dir string, server *demo.Server, a *harness) {
	defer a.close()
	a.setFaults(blocked())
	key := a.submit("x")
	lost := a.waitFor(key, history.Lost).Entry
	tries := server.Counts().Outputs
	slow := onePixel()
	slow.Delay = 3 * time.Second
	a.setFaults(slow)
	b := newHarness(t, dir, server, withList)
	defer b.close()
	serializeJournals(a, b)
	b.onChange(b.runner.Follow(lost))
	a.onChange(a.runner.Follow(lost))
	advanceBoth(a, b, 30)
	if e := a.entry(key); e.State != history.Done || len(a.pictures()) != 1 {
		t.Errorf("%s, files %v", e.State, a.pictures())
	}
	if n := server.Counts().Outputs - tries; n != 1 {
		t.Errorf("fetched %d times", n)
	}
}

// eachSeesTheOthersLines: what one program writes, the other has read two seconds later.
func eachSeesTheOthersLines(t *testing.T, dir string, server *demo.Server, a *harness) {
	defer a.close()
	b := newHarness(t, dir, server, withList)
	defer b.close()
	serializeJournals(a, b)
	a.resume()
	b.resume()
	a.setDuration(4 * time.Second)
	a.setFaults(onePixel())
	for _, pair := range [][2]*harness{{a, b}, {b, a}} {
		writer, reader := pair[0], pair[1]
		key := writer.submit("x")
		for _, state := range []history.State{history.Waiting, history.Done} {
			row := writer.waitFor(key, state)
			var seen history.State
			for range 2 { // once a second, as both faces do
				reader.advance(time.Second)
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
