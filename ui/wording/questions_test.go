package wording

import (
	"testing"

	"tintype/ui/internal/uitest"
	"tintype/ui/runner"
)

func TestCancelAllQuestion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, unsent int
		free      bool
		want      string
	}{
		{1, 0, true, "Cancel the running one?"},
		{1, 0, false, "Cancel the running one? They may be billed for the time they ran."},
		{2, 2, false, "Cancel all 2? 2 were not sent yet"},
		{3, 1, false, "Cancel all 3? 1 was not sent yet; 2 may be billed for the time they ran."},
	} {
		if got := CancelAllQuestion(c.n, c.unsent, c.free); got != c.want {
			t.Errorf("%d, %d unsent, free %t: %q, want %q", c.n, c.unsent, c.free, got, c.want)
		}
	}
}

func TestLeaveQuestion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, unsent int
		want      string
	}{
		{1, 0, "1 job keeps running and will be picked up next time."},
		{2, 0, "2 jobs keep running and will be picked up next time."},
		{3, 1, "2 jobs keep running and will be picked up next time. 1 was not sent yet and is cancelled."},
		{2, 2, "2 were not sent yet and are cancelled."},
	} {
		if got := LeaveQuestion(c.n, c.unsent); got != c.want {
			t.Errorf("%d, %d unsent: %q", c.n, c.unsent, got)
		}
	}
}

func TestResumedJobs(t *testing.T) {
	t.Parallel()
	got := ResumedJobs(3, runner.Skipped{Unconfirmed: 1, DrivenElsewhere: 2, OtherProviders: map[string]int{"https://b": 2, "https://a\x1b": 1}})
	want := "Picked up 2 jobs from last time. 1 unconfirmed: [open] on its row, to decide what to do. 2 followed by another tintype. " +
		"1 waits for https://a␛. 2 wait for https://b."
	if got = uitest.Bracketed(got); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
