package job

import (
	"time"

	"tintype/api"
)

const (
	backoffBase     = 500 * time.Millisecond
	backoffCap      = 15 * time.Second
	maxProviderWait = 5 * time.Minute // the longest that a provider may ask for
)

// backoff is the wait after the n-th trouble in a row (n ≥ 1): twice as long each time, full jitter.
func backoff(n int, chance float64) time.Duration {
	ceiling := backoffCap
	if n < 6 { // 0.5 s · 2⁵ = 16 s
		ceiling = min(backoffBase<<n, backoffCap)
	}
	return time.Duration(chance * float64(ceiling))
}

// retry issues the command outstanding once more, after the wait that the provider asked for, or a back-off.
func (j Job) retry(m Failure, now time.Time) (Job, Step) {
	return j.retryAfter(m.Wait(j.Tries+1), m.waitReason(), m.Err, now)
}

// waitReason says whether the provider asked for the wait.
func (m Failure) waitReason() WaitReason {
	if m.Err != nil && (m.Err.HasRetryAfter || m.Err.Outcome == api.RateLimited || m.Err.Code == api.CodeRate) {
		return ProviderAsked
	}
	return LastTryFailed
}

// Wait is how long to wait after the n-th trouble in a row: as long as the provider asks for, five minutes at most, else a
// back-off.
func (m Failure) Wait(n int) time.Duration {
	if m.Err != nil && m.Err.HasRetryAfter {
		return min(m.Err.RetryAfter, maxProviderWait)
	}
	return backoff(n, m.Jitter)
}

// retryAfter issues the command outstanding once more, visibly waiting. A wait that was asked for cannot be hurried; any other
// can, down to the provider's pace.
func (j Job) retryAfter(wait time.Duration, why WaitReason, err *api.Error, now time.Time) (Job, Step) {
	j.Tries++
	wait = max(wait, j.Rules.MinPollInterval)
	j, _ = j.command(j.Pending, now.Add(wait))
	j.Waiting, j.Err = why, err
	if why == LastTryFailed {
		j.Earliest = now.Add(j.Rules.MinPollInterval)
	}
	return j, j.Step()
}
