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
//   - Rows change only in the methods that return a Change or a Row, so what is drawn does not move under one's eyes.
package studio

import (
	"sync"
	"time"

	"tintype/api"
	"tintype/history"
)

// Options are what a Studio works with.
type Options struct {
	Client  *api.Client      // the provider that this program talks to
	History *history.History // where it is written down
	Now     func() time.Time // nil: time.Now
}

// Studio follows the jobs of one provider.
type Studio struct {
	client  *api.Client
	history *history.History
	now     func() time.Time

	mu   sync.Mutex
	jobs map[string]*work // by key: what this program drives, and what it has driven
}

// New returns a studio without jobs. It does no I/O.
func New(o Options) *Studio {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Studio{client: o.Client, history: o.History, now: o.Now, jobs: map[string]*work{}}
}

type work struct{}
