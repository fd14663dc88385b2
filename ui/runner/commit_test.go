package runner_test

import (
	"sync/atomic"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// TestI03NeverLostWhenCancelledMeanwhile requests a cancel while the line with the id is being written. The cancel is applied to the
// job that the id belongs to, but no task leaves before the line is durable; then the prediction is cancelled at the provider.
func TestI03NeverLostWhenCancelledMeanwhile(t *testing.T) {
	t.Parallel()
	scenario(t, "at the second line", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setDuration(time.Minute)
		written, proceed := make(chan struct{}), make(chan struct{})
		var lines atomic.Int32
		h.runner.WrapJournal(func(write runner.Append, key string, line runner.Line) (history.Entry, error) {
			e, err := write(key, line)
			if lines.Add(1) == 2 {
				close(written)
				<-proceed
			}
			return e, err
		})
		key := h.submit("x")
		<-written
		change, task := h.runner.Cancel(key)
		if !task.IsZero() || change.Row.Live == nil || !change.Row.Live.CancelRequested {
			t.Errorf("task %+v, row %+v", task, change.Row.Live)
		}
		if change.Row.State != history.Creating || change.Row.ID != "" {
			t.Errorf("%s with id %q is shown before it is on disk", change.Row.State, change.Row.ID)
		}
		close(proceed)
		row := h.waitFor(key, history.Stopped)
		if c := server.Counts(); c.Posts != 1 || c.Cancels != 1 || row.ID == "" || sentValues(row.Entry) != "yes " {
			t.Errorf("%+v, id %q, attempts %q", c, row.ID, sentValues(row.Entry))
		}
		h.checkIdle(key)
	})
}

// TestRowIsNeverOlderThanTheJournal: a row has what others wrote about its job as soon as the runner has observed it, after the job's
// end too; and a job that another program took over has no row here any more.
func TestRowIsNeverOlderThanTheJournal(t *testing.T) {
	t.Parallel()
	scenario(t, "a star of an ended job", withList, func(t *testing.T, dir string, _ *demo.Server, a *harness) {
		defer a.close()
		a.setFaults(onePixel())
		key := a.submit("x")
		a.waitFor(key, history.Done)
		b := newHarness(t, dir, a.server, withList)
		defer b.close()
		_, err := b.history.Append(key, func(e history.Entry) history.Entry { e.Star, e.Note = true, "good"; return e })
		must(t, err)
		a.refresh()
		if row, ok := a.runner.Row(key); !ok || !row.Star || row.Note != "good" || row.Rev != a.entry(key).Rev {
			t.Errorf("%v, %+v", ok, row.Entry)
		}
	})
	scenario(t, "taken over", withList, func(t *testing.T, dir string, _ *demo.Server, a *harness) {
		defer a.close()
		a.setFaults(blocked())
		key := a.submit("x")
		lost := a.waitFor(key, history.Lost).Entry
		a.setFaults(onePixel())
		b := newHarness(t, dir, a.server, withList)
		defer b.close()
		b.onChange(b.runner.Follow(lost))
		b.waitFor(key, history.Done)
		a.refresh()
		if row, ok := a.runner.Row(key); ok {
			t.Errorf("the first program still has a row: %s", row.State)
		}
		if row, ok := b.runner.Row(key); !ok || row.State != history.Done {
			t.Errorf("the second program's row: %v, %s", ok, row.State)
		}
	})
}
