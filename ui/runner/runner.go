// Package studio is the work without a screen: it performs what a job's machine asks for, writes it down, and turns jobs
// into entries of the history and back. Both faces, the full screen and the command line, drive it, and differ only in
// how they wait.
//
// Its rules:
//
//   - Methods that return at once (Submit, Advance, Cancel, Follow, …) do no I/O and may be called from an Update loop.
//     Perform, Run and Close do I/O and wait; they belong into a command or a goroutine.
//   - Every Task that a method returns must be performed, once, and its Result handed to Advance. A Task that has been
//     superseded in the meantime does nothing, and costs nothing.
//   - What money hangs on is written down inside Perform, before it returns: the intent before the POST leaves, the verdict
//     and the id right after the answer. A program that quits between Perform and Advance loses nothing.
//   - What cannot be written down is not bought.
//   - All jobs share one limiter: GETs are spaced, purchases wait together once one was asked to, four jobs fetch at a time, and
//     retries have a budget for each host, in which pictures go first and purchases have no part.
//   - A job's row changes only in the methods that return a Change or a Row, so what is drawn does not move under one's eyes.
//   - Locks: mu guards all of the Studio's memory and is never held during I/O or while the history is called; a job's pen
//     is held while its line is written, so that the last line of a job is always its newest state.
package runner

import (
	"context"
	"math/rand/v2"
	"sync"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/history"
)

// Options are what a Studio works with.
type Options struct {
	Client  *api.Client      // the provider that this program talks to
	History *history.History // where it is written down
	Now     func() time.Time // nil: time.Now; what passes by it is what timers measure
	Wall    func() time.Time // the clock on the wall, which goes on while the machine sleeps and may be set; nil: Now's
	Jitter  func() float64   // 0 ≤ x < 1, for the jitter of back-offs; nil: math/rand
}

// Runner follows the jobs of one provider.
type Runner struct {
	client  *api.Client
	history *history.History
	now     func() time.Time
	wall    func() time.Time
	jitter  func() float64

	// append is history.Append: the one way into the journal.
	append func(key string, change func(latest history.Entry) history.Entry) (history.Entry, error)

	mu         sync.Mutex
	jobs       map[string]*trackedJob   // by key: what this program drives, and what it has driven
	paces      map[string]job.Durations // by model: what the history taught
	claimedIDs map[string]string        // id → key of the unconfirmed job that found it
	pacer      pacer
	gate       gate
	slots      slots
	budgets    map[string]*budget // by host: those that give trouble
	clocks     clocks
	closing    bool
	inFlight   sync.WaitGroup     // purchases that have left and are not answered and written down yet
	cutoff     context.Context    // ends when purchases in flight get no more time
	cutOff     context.CancelFunc // ends cutoff
	refreshMu  sync.Mutex         // one reader of the journal's news at a time
}

// New returns a studio without jobs. It does no I/O.
func New(o Options) *Runner {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wall == nil {
		o.Wall = func() time.Time { return o.Now().Round(0) }
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	r := &Runner{
		client: o.Client, history: o.History, now: o.Now, wall: o.Wall, jitter: o.Jitter,
		jobs: map[string]*trackedJob{}, paces: map[string]job.Durations{}, claimedIDs: map[string]string{},
		budgets: map[string]*budget{}, clocks: clocks{steady: o.Now(), wall: o.Wall()},
	}
	r.append = r.history.Append
	r.slots.free = maxFetches
	r.cutoff, r.cutOff = context.WithCancel(context.Background())
	return r
}

// rules are what a job's machine knows of this provider and its model. mu is held.
func (r *Runner) rules(model string) job.Rules {
	p := r.client.Provider()
	return job.Rules{
		MinPollInterval: p.MinPollInterval, GiveUpAge: p.GiveUpAge, CanList: p.CanList, CanCancel: p.CanCancel, Durations: r.paces[model],
	}
}

// isOurs reports whether an entry belongs to the provider that this program talks to. The demo's address changes with every
// start, and its predictions go on.
func (r *Runner) isOurs(e history.Entry) bool {
	p := r.client.Provider()
	if p.Free {
		return e.Provider == p.Name
	}
	return e.BaseURL == r.client.BaseURL()
}
