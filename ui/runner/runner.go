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
	Dice    func() float64   // 0 ≤ x < 1, for the jitter of back-offs; nil: math/rand
}

// Runner follows the jobs of one provider.
type Runner struct {
	client  *api.Client
	history *history.History
	now     func() time.Time
	wall    func() time.Time
	dice    func() float64

	// append is history.Append: the one way into the journal.
	append func(key string, change func(latest history.Entry) history.Entry) (history.Entry, error)

	mu      sync.Mutex
	works   map[string]*work         // by key: what this program drives, and what it has driven
	paces   map[string]job.Durations // by model: what the history taught
	taken   map[string]string        // id → key of the unconfirmed job that found it
	pacer   pacer
	gate    gate
	slots   slots
	budgets map[string]*budget // by host: those that give trouble
	clocks  clocks
	closing bool
	flying  sync.WaitGroup     // purchases that have left and are not answered and written down yet
	cutoff  context.Context    // ends when purchases in flight get no more time
	cut     context.CancelFunc // ends cutoff
	hearing sync.Mutex         // one reader of the journal's news at a time
}

// New returns a studio without jobs. It does no I/O.
func New(o Options) *Runner {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wall == nil {
		o.Wall = func() time.Time { return o.Now().Round(0) }
	}
	if o.Dice == nil {
		o.Dice = rand.Float64
	}
	s := &Runner{
		client: o.Client, history: o.History, now: o.Now, wall: o.Wall, dice: o.Dice,
		works: map[string]*work{}, paces: map[string]job.Durations{}, taken: map[string]string{},
		budgets: map[string]*budget{}, clocks: clocks{steady: o.Now(), wall: o.Wall()},
	}
	s.append = s.history.Append
	s.slots.free = maxFetches
	s.cutoff, s.cut = context.WithCancel(context.Background())
	return s
}

// rules are what a job's machine knows of this provider and its model. mu is held.
func (s *Runner) rules(model string) job.Rules {
	p := s.client.Provider()
	return job.Rules{
		MinPollInterval: p.MinPollInterval, GiveUpAge: p.GiveUpAge, CanList: p.CanList, CanCancel: p.CanCancel, Durations: s.paces[model],
	}
}

// mine reports whether an entry belongs to the provider that this program talks to. The demo's address changes with every
// start, and its predictions go on.
func (s *Runner) mine(e history.Entry) bool {
	p := s.client.Provider()
	if p.Free {
		return e.Provider == p.Name
	}
	return e.BaseURL == s.client.BaseURL()
}
