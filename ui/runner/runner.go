// Package runner drives predictions without a screen: it performs what a job's state machine asks for, writes it to the
// journal, and turns jobs into entries of the history and back. Both faces use it, the full screen and the command line; they
// differ only in how they wait.
//
// Its rules:
//
//   - Methods that return at once (Submit, Apply, Cancel, Follow, …) do no I/O and may be called from an Update loop.
//     Perform, Run, Resume and Close do I/O and wait; they belong in a command or a goroutine.
//   - Every Task that a method returns must be performed once, and its Result passed to Apply. A Task that was superseded in
//     the meantime does nothing and costs nothing.
//   - Everything that concerns money is on disk before Perform returns: the intent before the POST leaves, the outcome and the
//     id right after the answer. A program that quits between Perform and Apply loses nothing.
//   - What cannot be written down is not bought, and neither is a picture for which there is no room. Room on the disk for the lines
//     that follow a purchase is reserved before it.
//   - An event of the state machine is applied once, in apply. An event that brings an id is applied under the journal's lock,
//     while its line is written; until that line is durable, the job issues no further Task.
//   - Row is the one source for every job that this program drives: it has seen every line that ObserveJournal was given, and
//     it changes only in methods that return a Change or a Row, so that nothing moves on the screen between two updates.
//   - A job that has ended and is written keeps only its row, and later not even that: the journal has it.
//   - All jobs share the limits of package queue: one for purchases, one for GETs, one for retries, one for downloads.
//   - Locks: mu guards the Runner's memory, and is never held during I/O or while the history is called. The writeMu of a job
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
	"tintype/ui/picturekey"
	"tintype/ui/runner/queue"
)

// Options are what a Runner works with.
type Options struct {
	Client  *api.Client      // the provider that this program talks to
	History *history.History // where its jobs are written down
	Now     func() time.Time // what timers measure; nil: time.Now
	Wall    func() time.Time // the wall clock, which runs on while the machine sleeps and may be set; nil: the same as Now
	Limits  func() Limits    // the budget, as it is now; called under the journal's lock; nil: none
	Rule    picturekey.Rule  // what makes another picture; that of the plans that are bought
	Jitter  func() float64   // 0 ≤ x < 1, for back-offs; nil: math/rand
}

// Runner drives the jobs of one provider.
type Runner struct {
	client  *api.Client
	history *history.History
	now     func() time.Time
	wall    func() time.Time
	jitter  func() float64
	limits  func() Limits
	rule    picturekey.Rule

	// append is history.Append: the only way into the journal.
	append func(key string, change func(latest history.Entry) history.Entry) (history.Entry, error)

	creates *queue.Creates
	gets    *queue.Gets
	retries *queue.Retries
	fetches *queue.Fetches

	refreshMu sync.Mutex // one reader of the journal's news at a time

	mu         sync.Mutex
	jobs       map[string]*trackedJob   // by key: jobs that this program drives or has driven lately
	retired    []*trackedJob            // those of them that have ended, oldest first
	durations  map[string]job.Durations // by model: how long its last predictions took
	claimedIDs map[string]string        // id → key of the unconfirmed job that found it
	clocks     clocks
	closing    bool
	inFlight   sync.WaitGroup     // purchases that were sent and whose answer is not on disk yet
	cutoff     context.Context    // ends when purchases in flight get no more time
	cutOff     context.CancelFunc // ends cutoff
}

// New returns a Runner without jobs. It does no I/O.
func New(o Options) *Runner {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wall == nil {
		o.Wall = func() time.Time { return o.Now().Round(0) }
	}
	if o.Limits == nil {
		o.Limits = func() Limits { return Limits{} }
	}
	if o.Jitter == nil {
		o.Jitter = rand.Float64
	}
	r := &Runner{
		client: o.Client, history: o.History, now: o.Now, wall: o.Wall, jitter: o.Jitter, limits: o.Limits, rule: o.Rule,
		creates: queue.NewCreates(o.Now), gets: queue.NewGets(o.Now), retries: queue.NewRetries(o.Now), fetches: queue.NewFetches(),
		jobs: map[string]*trackedJob{}, durations: map[string]job.Durations{}, claimedIDs: map[string]string{},
		clocks: clocks{steady: o.Now(), wall: o.Wall()},
	}
	r.append = r.history.Append
	r.cutoff, r.cutOff = context.WithCancel(context.Background())
	return r
}

// rules are what the state machine needs to know about this provider and a model. mu is held.
func (r *Runner) rules(model string) job.Rules {
	p := r.client.Provider()
	return job.Rules{
		MinPollInterval: p.MinPollInterval, GiveUpAge: p.GiveUpAge, CanList: p.CanList, CanCancel: p.CanCancel,
		Durations: r.durations[model],
	}
}

// isOurs reports whether an entry belongs to the provider that this program talks to. The demo is recognised by its name,
// because its address changes with every start.
func (r *Runner) isOurs(e history.Entry) bool {
	p := r.client.Provider()
	if p.Free {
		return e.Provider == p.Name
	}
	return e.BaseURL == r.client.BaseURL()
}
