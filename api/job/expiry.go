package job

import (
	"time"

	"tintype/api"
)

// Retention is how long Replicate keeps the outputs of predictions made over its API.
const Retention = time.Hour

// ExpiresAt returns when the provider deletes the pictures, by this machine's clock. The age of the prediction is
// measured by the server's clock, so a wrong clock here does not matter. An end in the future counts as now: some
// gateways report local times without a zone.
func ExpiresAt(p api.Prediction, now time.Time) time.Time {
	if p.CompletedAt.IsZero() {
		return now.Add(Retention)
	}
	server := p.ServerTime
	if server.IsZero() {
		server = now
	}
	return now.Add(Retention - max(server.Sub(p.CompletedAt), 0))
}

// suspectClock marks times as uncertain that were measured before the program started or the machine slept, because the
// clock may have been set since. At most an hour of the pictures' time is then left, and no time that passed by such a
// clock ends a job.
func (j Job) suspectClock(slept time.Duration, now time.Time) Job {
	j.ClockSuspect = true
	j.Since = now.Add(j.Since.Sub(now) - slept)
	if j.ExpiresAt.IsZero() {
		return j
	}
	left := j.ExpiresAt.Sub(now) - slept
	if left <= 0 || left > Retention {
		left = Retention
	}
	j.ExpiresAt = now.Add(left)
	return j
}

// trustClock ends the uncertainty with the prediction's age by the provider's clock. Without it, the age counts from
// now.
func (j Job) trustClock(p api.Prediction, now time.Time) Job {
	if !j.ClockSuspect {
		return j
	}
	j.ClockSuspect = false
	j.Since = now
	if age := p.ServerTime.Sub(p.CreatedAt); !p.ServerTime.IsZero() && !p.CreatedAt.IsZero() && age > 0 {
		j.Since = now.Add(-age)
	}
	return j
}
