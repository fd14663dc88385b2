package api

import (
	"context"
	"errors"
	"io"
	"time"
)

// waitTimer limits the waits of one exchange: for the headers, between two reads of the body, and for the entire body.
// It cancels the request's context, so it works with any transport.
type waitTimer struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	end    *time.Timer
}

// startWaitTimer starts the wait for the headers.
func startWaitTimer(parent context.Context, limit time.Duration) *waitTimer {
	if limit <= 0 {
		limit = 30 * time.Second
	}
	w := &waitTimer{}
	w.ctx, w.cancel = context.WithCancelCause(parent)
	w.timer = time.AfterFunc(limit, func() { w.cancel(errSlowHeaders) })
	return w
}

// body starts the waits for the body.
func (w *waitTimer) body(r io.Reader, whole time.Duration) io.Reader {
	w.timer.Stop()
	w.timer = time.AfterFunc(stallLimit, func() { w.cancel(errStalled) })
	w.end = time.AfterFunc(whole, func() { w.cancel(errStalled) })
	return &timedBody{from: r, watch: w}
}

// cause returns the timer's own error if it has fired, else err.
func (w *waitTimer) cause(err error) error {
	cause := context.Cause(w.ctx)
	if errors.Is(cause, errSlowHeaders) || errors.Is(cause, errStalled) {
		return cause
	}
	return err
}

// stop releases the timers and the context.
func (w *waitTimer) stop() {
	w.timer.Stop()
	if w.end != nil {
		w.end.Stop()
	}
	w.cancel(context.Canceled)
}

// timedBody restarts the stall timer whenever bytes arrive.
type timedBody struct {
	from  io.Reader
	watch *waitTimer
}

// Read reads the next bytes. It checks the context itself, because the body of a caller's transport may not.
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
