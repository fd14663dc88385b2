package wording

import (
	"testing"

	"tintype/ui/runner"
)

func TestCancelAllQuestion(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, unsent int
		free      bool
		want      string
	}{
		{1, 0, true, "Cancel the one that runs?"},
		{1, 0, false, "Cancel the one that runs? They may be billed for the time they ran."},
		{2, 2, false, "Cancel all 2? 2 were never sent"},
		{3, 1, false, "Cancel all 3? 1 was never sent; 2 may be billed for the time they ran."},
	} {
		if got := CancelAllQuestion(c.n, c.unsent, c.free); got != c.want {
			t.Errorf("%d, %d unsent, free %t: %q, want %q", c.n, c.unsent, c.free, got, c.want)
		}
	}
}

func TestLeaveQuestion(t *testing.T) {
	t.Parallel()
	if got := LeaveQuestion(1, "Replicate"); got != "1 goes on at Replicate and is followed at the next start." {
		t.Errorf("got %q", got)
	}
	if got := LeaveQuestion(2, "Replicate"); got != "2 go on at Replicate and are followed at the next start." {
		t.Errorf("got %q", got)
	}
}

func TestResumedJobs(t *testing.T) {
	t.Parallel()
	got := ResumedJobs(3, runner.Skipped{Unconfirmed: 1, DrivenElsewhere: 2, OtherProviders: map[string]int{"https://b": 2, "https://a\x1b": 1}})
	want := "2 from before followed again. 1 unconfirmed: enter on the row decides. 2 followed by another tintype. " +
		"1 waits for https://a␛. 2 wait for https://b."
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
