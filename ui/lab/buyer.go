package lab

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api"
	"tintype/history"
	"tintype/ui/plan"
	"tintype/ui/runner"
)

// UsualJobs is how many jobs of a plan run at once if Terms.Jobs is 0.
const UsualJobs = 8

// Terms say how a plan is bought.
type Terms struct {
	Jobs   int     // how many may run at once; 0: 8
	Again  bool    // buy cells that are had, too
	Except []int   // cells that are not bought again, because they were not had when the price was told
	Budget float64 // what all predictions of the plan may cost together, in USD; 0: no such limit
	// AcceptUnknown says that a person agreed to prices that are not known.
	AcceptUnknown bool
	KeepGoing     bool // go on after a refusal that every other cell would meet, such as for credit
}

// A Buyer buys the cells of a plan, a few at a time, in the plan's order. It does no I/O: it says which cell to submit next, and is
// told what happens to the jobs. The runner checks the claim and the budget of each.
type Buyer struct {
	plan       *plan.Plan
	terms      Terms
	queue      []int                 // cells to submit, in order
	running    map[string]int        // cell by the key of its job
	ended      int                   // how many jobs have ended
	made       int                   // how many of them have their pictures
	total      int                   // how many cells were to be bought
	cost       float64               // of those that were made, in USD
	unknown    int                   // how many of them have no known price
	unmade     map[history.State]int // how many jobs ended without their pictures, or are unconfirmed, by their states
	stopped    bool
	overBudget bool
	why        string
}

// NewBuyer returns a buyer of a plan's new cells. It changes the states of the plan's cells as their jobs go on.
func NewBuyer(p *plan.Plan, terms Terms) *Buyer {
	if terms.Jobs <= 0 {
		terms.Jobs = UsualJobs
	}
	if terms.Again {
		for i := range p.Cells {
			if p.Cells[i].State == plan.Had && !slices.Contains(terms.Except, i) {
				p.Cells[i].State = plan.New
			}
		}
	}
	b := &Buyer{plan: p, terms: terms, running: map[string]int{}, unmade: map[history.State]int{}, queue: p.Order()}
	b.total = len(b.queue)
	return b
}

// Plan returns the plan.
func (b *Buyer) Plan() *plan.Plan { return b.plan }

// Next returns the draft of the next cell; ok is false while enough are running, and when nothing is left. Submit the draft and
// call Started.
func (b *Buyer) Next() (cell int, draft runner.Draft, ok bool) {
	for !b.stopped && len(b.running) < b.terms.Jobs && len(b.queue) > 0 {
		cell, b.queue = b.queue[0], b.queue[1:]
		if b.isStillWanted(cell) {
			return cell, b.draft(cell), true
		}
		b.total--
	}
	return 0, runner.Draft{}, false
}

// isStillWanted reports whether a cell is to be bought: another program may have bought it since, or it was left out.
func (b *Buyer) isStillWanted(cell int) bool {
	return b.plan.Cells[cell].State == plan.New
}

// draft returns what is bought for a cell.
func (b *Buyer) draft(cell int) runner.Draft {
	c := b.plan.Cells[cell]
	return runner.Draft{
		Model: c.Model, Version: c.Version, Input: c.Input, Parent: c.Parent, Template: b.plan.TemplateOf(cell), Batch: b.plan.Key, Cell: b.plan.Coordinates(cell),
		Claim: !b.terms.Again, Planned: b.plan.Matched, Budget: b.terms.Budget, AcceptUnknown: b.terms.AcceptUnknown,
	}
}

// Started records that a cell's draft was submitted as the job with this key.
func (b *Buyer) Started(cell int, key string) {
	b.running[key] = cell
	c := &b.plan.Cells[cell]
	c.State, c.Job = plan.Coming, key
}

// OnChange takes a change of any job, updates its cell, and reports whether it is a job of the plan.
func (b *Buyer) OnChange(c runner.Change) bool {
	cell, ok := b.running[c.Row.Key]
	if !ok {
		return b.onOther(c)
	}
	switch c.Notice.Kind {
	case runner.AlreadyComing:
		b.end(c.Row.Key, plan.Coming)
		b.plan.Cells[cell].Job = ""
		b.total--
		return true
	case runner.FailedElsewhere:
		b.end(c.Row.Key, plan.New)
		b.plan.Cells[cell].Job = ""
		b.unmade[history.Failed]++
		return true
	case runner.OverBudget, runner.UnknownPrice:
		b.end(c.Row.Key, plan.New)
		b.plan.Cells[cell].Job = ""
		b.queue = append([]int{cell}, b.queue...)
		b.overBudget = true
		b.stop(c.Notice.Detail)
		return true
	}
	if c.Row.State.Ended() || c.Row.State == history.Unconfirmed {
		b.onEnded(c.Row.Entry)
	}
	return true
}

// onOther updates a cell whose job had ended for the buyer, and goes on: an unconfirmed one was found, or a lost one fetched.
func (b *Buyer) onOther(c runner.Change) bool {
	i := slices.IndexFunc(b.plan.Cells, func(cell plan.Cell) bool { return cell.Job == c.Row.Key && c.Row.Key != "" })
	if i < 0 {
		return false
	}
	b.plan.Cells[i].State = cellState(c.Row.State)
	return true
}

// onEnded counts a job that has ended, or that nobody can follow.
func (b *Buyer) onEnded(e history.Entry) {
	b.ended++
	if e.State == history.Done {
		b.made++
		b.addCost(b.running[e.Key], e)
	} else {
		b.unmade[e.State]++
	}
	b.end(e.Key, cellState(e.State))
	if why := repeats(e); why != "" && !b.terms.KeepGoing {
		b.stop(why)
	}
}

// addCost adds what a prediction cost, or else what its cell was to cost.
func (b *Buyer) addCost(cell int, e history.Entry) {
	switch estimate := b.plan.Cells[cell].Estimate; {
	case e.Cost != nil:
		b.cost += *e.Cost
	case estimate != nil:
		b.cost += estimate.USD
	default:
		b.unknown++
	}
}

// Cost returns what the cells that were made cost together, in USD, and how many of them have no known price.
func (b *Buyer) Cost() (usd float64, unknown int) { return b.cost, b.unknown }

// end removes a job from those that run.
func (b *Buyer) end(key string, state plan.State) {
	cell := b.running[key]
	delete(b.running, key)
	b.plan.Cells[cell].State = state
	if state == plan.Had || state == plan.Coming {
		b.plan.Cells[cell].Entries = append(b.plan.Cells[cell].Entries, key)
	}
}

// cellState returns the state of a cell whose newest prediction has a state. One that failed can be bought again.
func cellState(s history.State) plan.State {
	switch s {
	case history.Done:
		return plan.Had
	case history.Creating, history.Waiting, history.Saving, history.Unconfirmed:
		return plan.Coming
	}
	return plan.New
}

// repeats returns the sentence of a refusal that every other cell would meet, too; "" if there is none.
func repeats(e history.Entry) string {
	if e.State != history.Failed || e.Error == nil {
		return ""
	}
	switch api.Code(e.Error.Code) {
	case api.CodeUnauthorized, api.CodeCredit, api.CodeUnreachable, api.CodeOffline, api.CodeTLS:
		return e.Error.Sentence
	}
	return ""
}

// Stop submits nothing more. What was submitted goes on. It returns how many cells are not sent.
func (b *Buyer) Stop() int {
	b.stopped = true
	return len(b.queue)
}

// stop stops for a reason.
func (b *Buyer) stop(why string) {
	if !b.stopped {
		b.why = why
	}
	b.Stop()
}

// IsStopped reports whether nothing more is submitted.
func (b *Buyer) IsStopped() bool { return b.stopped }

// IsDone reports whether nothing is left to do: every job has ended, and no cell is left to submit.
func (b *Buyer) IsDone() bool { return len(b.running) == 0 && (b.stopped || len(b.queue) == 0) }

// Running returns the keys of the jobs that run.
func (b *Buyer) Running() []string {
	keys := make([]string, 0, len(b.running))
	for key := range b.running {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// Counts returns how many cells have their pictures, how many were to be bought, and how many are not sent.
func (b *Buyer) Counts() (made, total, left int) { return b.made, b.total, len(b.queue) }

// Unmade returns how many jobs ended in a state without their pictures, or cannot be followed.
func (b *Buyer) Unmade(state history.State) int { return b.unmade[state] }

// IsOverBudget reports whether a budget stopped the buyer.
func (b *Buyer) IsOverBudget() bool { return b.overBudget }

// Why returns why the rest is not made, in a sentence with the counts; "" if nothing stopped the buyer.
func (b *Buyer) Why() string {
	if b.why == "" {
		return ""
	}
	return fmt.Sprintf("%s: %d of %d made, %d not sent.", strings.TrimSuffix(b.why, "."), b.made, b.total, len(b.queue))
}
