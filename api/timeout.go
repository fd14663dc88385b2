package api

import (
	"context"
	"errors"
	"io"
	"time"
)

// waitTimer bounds the waits of one exchange: first for the headers, then between
// two pieces of the body, and for the whole of it. It works with any transport,
// since it ends the request's context.
type waitTimer struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	end    *time.Timer
}

// startWaitTimer begins with the wait for the headers.
func startWaitTimer(parent context.Context, limit time.Duration) *waitTimer {
	if limit <= 0 {
		limit = 30 * time.Second
	}
	w := &waitTimer{}
	w.ctx, w.cancel = context.WithCancelCause(parent)
	w.timer = time.AfterFunc(limit, func() { w.cancel(errSlowHeaders) })
	return w
}

// body goes over to the waits for the body.
func (w *waitTimer) body(r io.Reader, whole time.Duration) io.Reader {
	w.timer.Stop()
	w.timer = time.AfterFunc(stallLimit, func() { w.cancel(errStalled) })
	w.end = time.AfterFunc(whole, func() { w.cancel(errStalled) })
	return &timedBody{from: r, watch: w}
}

// cause returns the reason behind an error: the watch's own, if it struck.
func (w *waitTimer) cause(err error) error {
	cause := context.Cause(w.ctx)
	if errors.Is(cause, errSlowHeaders) || errors.Is(cause, errStalled) {
		return cause
	}
	return err
}

// stop lets go of everything.
func (w *waitTimer) stop() {
	w.timer.Stop()
	if w.end != nil {
		w.end.Stop()
	}
	w.cancel(context.Canceled)
}

// timedBody restarts the stall timer at each piece that arrives.
type timedBody struct {
	from  io.Reader
	watch *waitTimer
}

// Read reads the next piece; it ends with the watch even where the body of a
// foreign transport does not listen to its context.
func (b *timedBody) Read(p []byte) (int, error) {
	if err := b.watch.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.from.Read(p)
	if n > 0 {
		b.watch.timer.Reset(stallLimit)
	}
	return n, err
}
