package wording

import (
	"testing"
	"time"

	"tintype/api"
	"tintype/history"
	"tintype/ui/runner"
)

// TestCancelled: one sentence tells of all jobs that were cancelled together, and of money only if something may be billed.
func TestCancelled(t *testing.T) {
	t.Parallel()
	change := func(kind runner.NoticeKind, provider string) runner.Change {
		return runner.Change{Row: runner.Row{Entry: history.Entry{Provider: provider, StartedAt: time.Unix(1, 0)}}, Notice: runner.Notice{Kind: kind}}
	}
	paid := func(kinds ...runner.NoticeKind) (changes []runner.Change) {
		for _, kind := range kinds {
			changes = append(changes, change(kind, api.Replicate))
		}
		return changes
	}
	for _, c := range []struct {
		outcomes   []runner.Change
		more, want string
	}{
		{paid(runner.Cancelled, runner.Cancelled), "", "2 cancelled. Replicate may bill the time they ran."},
		{paid(runner.StoppedUnsent, runner.StoppedUnsent, runner.StoppedUnsent), "", "3 cancelled."},
		{paid(runner.Cancelled, runner.Aborted), ", 1 of them out of sight", "2 cancelled, 1 of them out of sight. Replicate may bill the time they ran."},
		{paid(runner.StoppedUnsent, runner.AlreadyFinished), "", "1 cancelled, 1 finished first and is kept."},
		{paid(runner.CannotCancel, runner.CannotCancel), "", "2 cannot be cancelled and are no longer followed. Replicate may bill the time they ran."},
		{paid(runner.Cancelled, runner.HandedOver, runner.CancelFailed), "", "1 cancelled, 1 handed to another tintype, 1 not cancelled: its row says why. Replicate may bill the time they ran."},
		{[]runner.Change{change(runner.Cancelled, api.Demo), change(runner.Cancelled, api.Demo)}, "", "2 cancelled."},
	} {
		if got := (Writer{Provider: "Replicate"}).Cancelled(c.outcomes, c.more); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
