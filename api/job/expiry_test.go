package job

import (
	"testing"
	"time"

	"tintype/api"
)

// restored restores a job at a start of the program whose clock has jumped.
func restored(t *testing.T, r Record, jump time.Duration) *script {
	s := &script{t: t, now: start.Add(jump)}
	s.job, _ = Restore(r, rules, s.now)
	return s
}

// Row "clock jump ±1 day, DST": a clock that is set between two starts, in either direction, never ends a job. The
// remaining time is counted by the provider's clock.
func TestFaultClockJump(t *testing.T) {
	t.Parallel()
	for _, jump := range []time.Duration{-24 * time.Hour, -time.Hour, 0, time.Hour, 24 * time.Hour} {
		t.Run(jump.String(), func(t *testing.T) {
			s := restored(t, Record{State: Waiting, ID: "p1", Since: start}, jump)
			s.poll(api.Prediction{ID: "p1", Status: api.Processing, CreatedAt: start, ServerTime: start.Add(time.Minute)})
			s.expect(Waiting, "", Poll)
			if age := s.now.Sub(s.job.Since); age != time.Minute {
				t.Errorf("it is %v old, but a minute by the provider's clock", age)
			}
			s = restored(t, Record{State: Saving, ID: "p1", Since: start, ExpiresAt: start.Add(50 * time.Minute)}, jump)
			if left := s.job.ExpiresAt.Sub(s.now); left <= 0 || left > time.Hour {
				t.Errorf("the pictures exist for %v more", left)
			}
			s.send()
			s.apply(NotSaved{Failure: s.failure(api.CodeUnreachable, api.OutcomeUnknown)})
			s.expect(Saving, "", Save) // no answer does not prove that they are deleted
			s.send()
			s.apply(NotSaved{Failure: s.failure(api.CodeUnreachable, api.OutcomeUnknown), ExpiresAt: s.now.Add(10 * time.Minute)})
			s.now = s.now.Add(11 * time.Minute)
			s.send()
			s.apply(NotSaved{Failure: s.failure(api.CodeUnreachable, api.OutcomeUnknown)})
			s.expect(Lost, Expired, NoCommand)
		})
	}
}

// TestFaultClockJumpWithoutTheServersTimes: without times from the provider a job is not given up early, but still at
// the give-up age.
func TestFaultClockJumpWithoutTheServersTimes(t *testing.T) {
	t.Parallel()
	s := restored(t, Record{State: Waiting, ID: "p1", Since: start}, 24*time.Hour)
	s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	s.expect(Waiting, "", Poll)
	s.now = s.now.Add(rules.GiveUpAge)
	s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	s.expect(Stopped, TimedOut, NoCommand)
}

// Row "suspend/resume": time asleep that the timers did not count is subtracted from the pictures' hour, and a sleep
// never ends a job.
func TestFaultSuspendResume(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.create("p1")
	s.poll(api.Prediction{ID: "p1", Status: api.Succeeded, Output: []string{"https://a/1"}})
	before := s.job
	s.apply(ClockJumped{Moment{s.now}, 40 * time.Minute})
	if left := s.job.ExpiresAt.Sub(s.now); left != 20*time.Minute || s.job.Step() != before.Step() {
		t.Errorf("the pictures live %v more; the step is %+v", left, s.job.Step())
	}
	s.apply(ClockJumped{Moment{s.now}, 3 * time.Hour})
	s.send()
	s.apply(NotSaved{Failure: s.failure(api.CodeUnreachable, api.OutcomeUnknown)})
	s.expect(Saving, "", Save)

	s = newScript(t, rules)
	s.create("p1")
	s.apply(ClockJumped{Moment{s.now}, 3 * time.Hour})
	s.poll(api.Prediction{ID: "p1", Status: api.Processing, CreatedAt: s.now.Add(-time.Minute), ServerTime: s.now})
	s.expect(Waiting, "", Poll) // the clock was set; the prediction is a minute old
	s.apply(ClockJumped{Moment{s.now}, 3 * time.Hour})
	s.poll(api.Prediction{ID: "p1", Status: api.Processing, CreatedAt: s.now.Add(-3 * time.Hour), ServerTime: s.now})
	s.expect(Stopped, TimedOut, NoCommand)
}
