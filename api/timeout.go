package api

import (
	"context"
	"errors"
	"io"
	"time"
)

// watch bounds the waits of one exchange: first for the headers, then between
// two pieces of the body, and for the whole of it. It works with any transport,
// since it ends the request's context.
type watch struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	timer  *time.Timer
	end    *time.Timer
}

// startWatch begins with the wait for the headers.
func startWatch(parent context.Context, limit time.Duration) *watch {
	if limit <= 0 {
		limit = 30 * time.Second
	}
	w := &watch{}
	w.ctx, w.cancel = context.WithCancelCause(parent)
	w.timer = time.AfterFunc(limit, func() { w.cancel(errSlowHeaders) })
	return w
}

// body goes over to the waits for the body.
func (w *watch) body(r io.Reader, whole time.Duration) io.Reader {
	w.timer.Stop()
	w.timer = time.AfterFunc(stallLimit, func() { w.cancel(errStalled) })
	w.end = time.AfterFunc(whole, func() { w.cancel(errStalled) })
	return &watchedBody{from: r, watch: w}
}

// why returns the reason behind an error: the watch's own, if it struck.
func (w *watch) why(err error) error {
	cause := context.Cause(w.ctx)
	if errors.Is(cause, errSlowHeaders) || errors.Is(cause, errStalled) {
		return cause
	}
	return err
}

// stop lets go of everything.
func (w *watch) stop() {
	w.timer.Stop()
	if w.end != nil {
		w.end.Stop()
	}
	w.cancel(context.Canceled)
}

// watchedBody restarts the stall timer at each piece that arrives.
type watchedBody struct {
	from  io.Reader
	watch *watch
}

// Read reads the next piece; it ends with the watch even where the body of a
// foreign transport does not listen to its context.
func (b *watchedBody) Read(p []byte) (int, error) {
	if err := b.watch.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := b.from.Read(p)
	if n > 0 {
		b.watch.timer.Reset(stallLimit)
	}
	return n, err
}
