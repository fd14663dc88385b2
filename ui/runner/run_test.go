package runner_test

import (
	"context"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestRun: the command line's way, a task and all that follows from it, to its end, to its time's end, and to another's cancel.
func TestRun(t *testing.T) {
	run := func(d *desk, ctx context.Context, prompt string) (runner.Row, []history.State) {
		var states []history.State
		_, task := d.studio.Submit(runner.Draft{Model: "flux-schnell", Input: input(prompt)})
		row := d.studio.Run(ctx, task, func(c runner.Change) {
			if n := len(states); n == 0 || states[n-1] != c.Row.State {
				states = append(states, c.Row.State)
			}
		})
		return row, states
	}
	story(t, "to the end", listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		defer d.leave()
		row, states := run(d, d.ctx, "x")
		want := []history.State{history.Waiting, history.Saving, history.Done}
		if row.State != history.Done || len(states) != 3 || states[0] != want[0] || states[1] != want[1] || states[2] != want[2] {
			t.Errorf("%s by %v", row.State, states)
		}
	})
	story(t, "until its time is over", listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		ctx, cancel := context.WithTimeout(d.ctx, 10*time.Second)
		defer cancel()
		row, _ := run(d, ctx, "x [slow]")
		if row.State != history.Waiting || row.ID == "" || d.entry(row.Key).ID != row.ID {
			t.Errorf("%s, id %q", row.State, row.ID)
		}
		d.leave()
		again := sit(t, dir, server, listing)
		defer again.leave()
		entries, _ := again.history.Active()
		_, tasks, _ := again.studio.Resume(entries)
		if len(tasks) != 1 {
			t.Fatalf("%d tasks", len(tasks))
		}
		if row := again.studio.Run(again.ctx, tasks[0], func(runner.Change) {}); row.State != history.Done {
			t.Errorf("followed to %s", row.State)
		}
	})
	story(t, "cancelled by another program", listing, func(t *testing.T, dir string, server *demo.Server, d *desk) {
		defer d.leave()
		_, task := d.studio.Submit(runner.Draft{Model: "flux-schnell", Input: input("x [slow]")})
		ended := make(chan runner.Row, 1)
		go func() { ended <- d.studio.Run(d.ctx, task, func(runner.Change) {}) }()
		time.Sleep(5 * time.Second)
		b := sit(t, dir, server, listing)
		defer b.leave()
		_, cancel := b.studio.Cancel(task.Key)
		theirs := b.studio.Run(b.ctx, cancel, func(runner.Change) {})
		if mine := <-ended; mine.State != history.Stopped || theirs.State != history.Stopped {
			t.Errorf("the driver saw %s, the other %s", mine.State, theirs.State)
		}
	})
}
