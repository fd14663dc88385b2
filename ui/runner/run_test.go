package runner_test

import (
	"context"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestRun: the command line's way: a task and all that follows, to the end, until ctx ends, and until another program cancels
// it.
func TestRun(t *testing.T) {
	t.Parallel()
	run := func(h *harness, ctx context.Context, prompt string) (runner.Row, []history.State) {
		var states []history.State
		_, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: input(prompt)})
		row := h.runner.Run(ctx, task, func(c runner.Change) {
			if n := len(states); n == 0 || states[n-1] != c.Row.State {
				states = append(states, c.Row.State)
			}
		})
		return row, states
	}
	scenario(t, "to the end", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		row, states := run(h, h.ctx, "x")
		want := []history.State{history.Waiting, history.Saving, history.Done}
		if row.State != history.Done || len(states) != 3 || states[0] != want[0] || states[1] != want[1] || states[2] != want[2] {
			t.Errorf("%s by %v", row.State, states)
		}
	})
	scenario(t, "until ctx ends", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		ctx, cancel := context.WithTimeout(h.ctx, 10*time.Second)
		defer cancel()
		row, _ := run(h, ctx, "x [slow]")
		if row.State != history.Waiting || row.ID == "" || h.entry(row.Key).ID != row.ID {
			t.Errorf("%s, id %q", row.State, row.ID)
		}
		h.close()
		again := newHarness(t, dir, server, withList)
		defer again.close()
		entries, _ := again.history.Active()
		_, tasks, _ := again.runner.Resume(entries)
		if len(tasks) != 1 {
			t.Fatalf("%d tasks", len(tasks))
		}
		if row := again.runner.Run(again.ctx, tasks[0], func(runner.Change) {}); row.State != history.Done {
			t.Errorf("followed to %s", row.State)
		}
	})
	scenario(t, "cancelled by another program", withList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		_, task := h.runner.Submit(runner.Draft{Model: "flux-schnell", Input: input("x [slow]")})
		ended := make(chan runner.Row, 1)
		go func() { ended <- h.runner.Run(h.ctx, task, func(runner.Change) {}) }()
		time.Sleep(5 * time.Second)
		b := newHarness(t, dir, server, withList)
		defer b.close()
		_, cancel := b.runner.Cancel(task.Key)
		theirs := b.runner.Run(b.ctx, cancel, func(runner.Change) {})
		if mine := <-ended; mine.State != history.Stopped || theirs.State != history.Stopped {
			t.Errorf("the driver saw %s, the other %s", mine.State, theirs.State)
		}
	})
}
