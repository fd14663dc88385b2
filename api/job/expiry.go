package job

import (
	"time"

	"tintype/api"
)

// Retention is how long outputs of predictions made over the API live (contract §2).
const Retention = time.Hour

// ExpiresAt is when the provider deletes the pictures, by this machine's clock: the server's clock is believed, and its
// distance from ours taken out. An end that is still to come by it is now: some gateways tell times of their own zone.
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

// suspectClock takes times for uncertain that were reckoned before the program began, or before the machine slept: the clock may have
// been set since. What is left of the pictures' hour is then at most an hour; and no time that has passed by such a clock
// alone ends a job.
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

// trustClock ends the doubt by what the provider's clock says about a prediction's age; without that, it begins anew.
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
