package runner

import (
	"context"
	"net/url"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// awaitRetry waits until the host's retry budget lets a job's command leave. A first try does not wait. It is false if ctx ends
// first.
func (r *Runner) awaitRetry(ctx context.Context, t *trackedJob) bool {
	r.mu.Lock()
	host, first := r.hostOf(t), t.job.Tries == 0
	var deadline time.Time
	if t.job.Pending == job.Save {
		deadline = t.deletedAt()
	}
	r.mu.Unlock()
	if first || host == "" {
		return ctx.Err() == nil
	}
	return r.retries.Acquire(ctx, host, deadline)
}

// retryOpensAt is when the host's budget lets a job's retry leave; zero if it does not hold it back. mu is held.
func (r *Runner) retryOpensAt(t *trackedJob) time.Time {
	if t.job.Tries == 0 || t.job.Pending == job.Create {
		return time.Time{}
	}
	return r.retries.OpensAt(r.hostOf(t))
}

// hostOf is the host that a job's command asks first: the provider's, or that of the first missing picture. mu is held.
func (r *Runner) hostOf(t *trackedJob) string {
	if t.job.Pending == job.Save {
		for i, address := range t.urls {
			if address != "" && (i >= len(t.entry.Outputs) || t.entry.Outputs[i].Path == "") {
				return r.pictureHost(address)
			}
		}
	}
	return r.apiHost()
}

// apiHost is the host of the provider's API.
func (r *Runner) apiHost() string { return hostIn(r.client.BaseURL()) }

// pictureHost is the host of a picture's address: that of the API if the address is relative, "" for a data: URI.
func (r *Runner) pictureHost(address string) string {
	if host := hostIn(address); host != "" || api.IsDataURL(address) {
		return host
	}
	return r.apiHost()
}

// hostIn is the host of a URL; "" if it has none, as a data: URI.
func hostIn(address string) string {
	if api.IsDataURL(address) { // it may be long
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
