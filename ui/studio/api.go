package studio

import (
	"context"

	"tintype/history"
)

// Submit takes a draft as bought: its row stands at once, and the first task writes it down (fsync) and posts it.
func (s *Studio) Submit(d Draft) (Row, Task) { return Row{}, Task{} }

// Advance takes what came of a task, and says what changed and what is to be performed next. A zero task: nothing more.
func (s *Studio) Advance(r Result) (Change, Task) { return Change{}, Task{} }

// Cancel asks for the end of a job. What was not sent is stopped at once; what runs is cancelled at the provider; what
// another running program drives is handed over through the journal.
func (s *Studio) Cancel(key string) (Change, Task) { return Change{}, Task{} }

// Follow takes up what was stopped, lost or left unconfirmed, by hand.
func (s *Studio) Follow(e history.Entry) (Change, Task) { return Change{}, Task{} }

// Resend buys an unconfirmed or never sent one again. The person was asked first: an unconfirmed one may be billed twice.
func (s *Studio) Resend(e history.Entry) (Change, Task) { return Change{}, Task{} }

// Settle marks an unconfirmed one as settled: it is kept, and no longer asks.
func (s *Studio) Settle(e history.Entry) (Change, Task) { return Change{}, Task{} }

// TakeBack lets what was stopped before it was sent go on; false when it is too late for that.
func (s *Studio) TakeBack(key string) (Change, Task, bool) { return Change{}, Task{}, false }

// Adopt takes up, at the start, the unended entries of this provider whose driver is gone, and says how many others wait.
// It tries locks of other programs (microseconds each).
func (s *Studio) Adopt(entries []history.Entry) ([]Row, []Task, Others) { return nil, nil, Others{} }

// Heed reads what other programs wrote into the journal (history.Refresh returns it): cancels handed over to this program
// are carried out. Entries of others are passed over.
func (s *Studio) Heed(changed []history.Entry) ([]Change, []Task) { return nil, nil }

// Wake makes waiting polls and fetches go at once, as far as the provider's pace allows: after a suspend, a focus-in.
// What the provider asked to wait keeps waiting.
func (s *Studio) Wake() {}

// Row returns the row of a job that this studio drives or has driven.
func (s *Studio) Row(key string) (Row, bool) { return Row{}, false }

// Live returns the rows under way, newest first.
func (s *Studio) Live() []Row { return nil }

// Busy counts what is under way: running, and of the rest those that wait.
func (s *Studio) Busy() (running, waiting int) { return 0, 0 }

// Perform does a task: it waits for its time, writes down what must be, talks to the provider, and writes down what came
// of it. It returns early when ctx ends; a purchase that has left is then given a moment to be answered.
func (s *Studio) Perform(ctx context.Context, t Task) Result { return Result{Task: t} }

// Close stops buying, and waits until purchases in flight are answered and written down, or ctx ends.
func (s *Studio) Close(ctx context.Context) error { return nil }

// Run performs a task and all that follow from it, and tells each change, until the job has ended, nothing is left to
// do, or ctx ends. It returns the last row.
func (s *Studio) Run(ctx context.Context, t Task, each func(Change)) Row { return Row{} }

// Others counts the unended entries that Adopt left alone, and why.
type Others struct {
	Elsewhere   map[string]int // base URL of another provider → how many wait for it
	Driven      int            // another running program drives them
	Unconfirmed int            // of those adopted: how many need a decision
}

// N is how many unended entries are not followed here.
func (o Others) N() int {
	n := o.Driven
	for _, k := range o.Elsewhere {
		n += k
	}
	return n
}
