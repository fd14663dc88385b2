package cli

import (
	"context"
	"sync"
	"time"

	"tintype/history"
	"tintype/ui/runner"
)

// searchLimit is how long a command waits while the runner looks for an unconfirmed purchase in the provider's list. A purchase
// that is listed at all is listed within seconds; each later start looks again.
const searchLimit = 12 * time.Second

// waitPolicy says how long a command follows one job.
type waitPolicy struct {
	noWait bool          // stop once the id is on disk
	limit  time.Duration // 0: no limit
}

// answerGrace is how much longer than the limit a command waits for the answer to a purchase that is being sent.
const answerGrace = time.Second

// run follows a job until it ends, ctx is done, or the policy says to leave it. When the time is up, the answer to a purchase that is
// being sent is waited for a little longer, and recorded; a purchase without an answer is unconfirmed. timedOut reports whether the
// limit has passed.
func (w waitPolicy) run(
	ctx context.Context, st *runner.Runner, row runner.Row, task runner.Task, each func(runner.Change),
) (last runner.Row, timedOut bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	state := &waiter{waitPolicy: w, row: row, leave: cancel}
	defer state.startTimer().Stop()
	last = st.Run(ctx, task, func(c runner.Change) {
		each(c)
		state.observe(c.Row)
	})
	return last, state.hasTimedOut()
}

// waiter decides when to leave a job.
type waiter struct {
	waitPolicy
	leave func()

	mu        sync.Mutex
	row       runner.Row
	timedOut  bool // the limit has passed
	overdue   bool // and the time for an answer after it
	searching bool // the runner looks for an unconfirmed purchase
}

// startTimer starts the timer of the limit. The caller stops it.
func (w *waiter) startTimer() *time.Timer {
	const never = 1<<63 - 1
	limit := w.limit
	if limit == 0 {
		limit = never
	}
	return time.AfterFunc(limit, func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.timedOut = true
		time.AfterFunc(answerGrace, w.onOverdue)
		w.leaveIfDone()
	})
}

// onOverdue leaves a purchase whose answer does not come.
func (w *waiter) onOverdue() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.overdue = true
	w.leaveIfDone()
}

func (w *waiter) hasTimedOut() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.timedOut
}

// observe takes each new row of the job.
func (w *waiter) observe(row runner.Row) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.row = row
	if row.State == history.Unconfirmed && !w.searching {
		w.searching = true
		time.AfterFunc(searchLimit, w.onSearchTimeout)
	}
	w.leaveIfDone()
}

// onSearchTimeout leaves a job that is still unconfirmed.
func (w *waiter) onSearchTimeout() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.row.State == history.Unconfirmed {
		w.leave()
	}
}

func (w *waiter) leaveIfDone() {
	if w.noWait && w.row.ID != "" || w.timedOut && (w.overdue || canLeave(w.row)) {
		w.leave()
	}
}

// canLeave reports whether a job can be left without losing track of a payment, which is possible unless a purchase is being
// sent.
func canLeave(row runner.Row) bool {
	return row.State != history.Creating || row.Live != nil && row.Live.Waiting != runner.NotWaiting
}
