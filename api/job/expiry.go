package job

import (
	"time"

	"tintype/api"
)

// Retention is how long Replicate keeps the outputs of predictions made over its API.
const Retention = time.Hour

// ExpiresAt returns until when pictures are fetched, by this machine's clock: Retention after the latest of the
// prediction's end by the provider, the moment it was sent, and the moment its end was first seen here, because a stamp
// alone may be wrong. The age of the prediction is measured by the server's clock, so a wrong clock here does not matter.
// A moment in the future counts as now: some gateways report local times without a zone.
func ExpiresAt(p api.Prediction, sent, endSeen, now time.Time) time.Time {
	end := now
	if !p.CompletedAt.IsZero() {
		server := p.ServerTime
		if server.IsZero() {
			server = now
		}
		end = now.Add(-server.Sub(p.CompletedAt))
		for _, other := range []time.Time{sent, endSeen} {
			if other.After(end) {
				end = other
			}
		}
	}
	if end.After(now) {
		end = now
	}
	return end.Add(Retention)
}

// suspectClock marks times as uncertain that were measured before the program started or the machine slept, because the
// clock may have been set since. At most an hour of the pictures' time is then left, and no time that passed by such a
// clock ends a job.
func (j Job) suspectClock(slept time.Duration, now time.Time) Job {
	j.ClockSuspect = true
	j.Since = now.Add(j.Since.Sub(now) - slept)
	if !j.EndSeen.IsZero() {
		j.EndSeen = now.Add(j.EndSeen.Sub(now) - slept)
	}
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
