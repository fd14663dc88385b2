package job

import (
	"time"

	"tintype/api"
)

const (
	backoffBase     = 500 * time.Millisecond
	backoffCap      = 15 * time.Second
	maxProviderWait = 5 * time.Minute // the longest wait before a get or a cancel that a provider may ask for: pictures are deleted soon
	minCreateWait   = 5 * time.Second // before a create that was refused for now, if the provider gave no time; it doubles each time …
	maxCreateWait   = time.Minute     // … up to this
)

// backoff is the wait after the n-th failure in a row (n ≥ 1). It doubles each time, with full jitter; chance is from
// 0 up to 1, without 1.
func backoff(n int, chance float64) time.Duration {
	ceiling := backoffCap
	if n < 6 { // 0.5 s · 2⁵ = 16 s
		ceiling = min(backoffBase<<n, backoffCap)
	}
	return time.Duration(chance * float64(ceiling))
}

// retry issues the pending command once more, after the wait that the provider asked for, or a back-off.
func (j Job) retry(m Failure, now time.Time) (Job, Step) {
	return j.retryAfter(m.Wait(j.Tries+1), m.waitReason(), m.Err, now)
}

// waitReason returns why the next try waits: the provider asked for it, or the last try failed.
func (m Failure) waitReason() WaitReason {
	if m.Err != nil && (m.Err.HasRetryAfter || m.Err.Outcome == api.RateLimited || m.Err.Code == api.CodeRate) {
		return ProviderAsked
	}
	return LastTryFailed
}

// Wait is how long to wait after the n-th failure in a row (n ≥ 1). A create waits as long as the provider asks, or at
// least five seconds and longer each time if it gave no time. Everything else waits at most five minutes, or a back-off.
func (m Failure) Wait(n int) time.Duration {
	asked := m.Err != nil && m.Err.HasRetryAfter
	switch refused := m.Err != nil && m.Err.Outcome == api.RateLimited; {
	case refused && asked && m.Err.RetryAfter > 0:
		return m.Err.RetryAfter
	case refused:
		wait := min(minCreateWait<<min(n-1, 4), maxCreateWait)
		return wait + time.Duration(m.Jitter*float64(wait)/4) // so that several programs do not come back together
	case asked:
		return min(m.Err.RetryAfter, maxProviderWait)
	}
	return backoff(n, m.Jitter)
}

// retryAfter issues the pending command once more after a wait, and keeps the reason to show it. A wait that the
// provider asked for cannot be shortened; any other can, down to MinPollInterval.
func (j Job) retryAfter(wait time.Duration, reason WaitReason, err *api.Error, now time.Time) (Job, Step) {
	j.Tries++
	wait = max(wait, j.Rules.MinPollInterval)
	j, _ = j.command(j.Pending, now.Add(wait))
	j.Waiting, j.Err = reason, err
	if reason == LastTryFailed {
		j.Earliest = now.Add(j.Rules.MinPollInterval)
	}
	return j, j.Step()
}
