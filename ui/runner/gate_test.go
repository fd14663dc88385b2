package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

const gateModel = "black-forest-labs/flux-schnell"

// buy submits a draft and lets it end.
func (h *harness) buy(d runner.Draft) runner.Row {
	h.t.Helper()
	row, task := h.runner.Submit(d)
	h.perform(task)
	return row
}

// TestGate: the claim and the budget are checked under the journal's lock, so that they hold over all programs.
func TestGate(t *testing.T) {
	t.Parallel()
	scenario(t, "two programs on one plan", withList, twoProgramsOnOnePlan)
	scenario(t, "a failure of another program", withList, otherProgramFails)
	scenario(t, "a budget", withoutList, aBudgetStops)
}

// otherProgramFails: what another program tried and failed since one planned is not tried too; planning again tries it, and so does the program itself.
func otherProgramFails(t *testing.T, dir string, server *demo.Server, a *harness) {
	defer a.close()
	b := newHarness(t, dir, server, withList)
	defer b.close()
	in := input("a [fail] fox")
	in["seed"] = int64(7)
	draft := func() runner.Draft {
		return runner.Draft{Model: gateModel, Input: in, Batch: "plan", Claim: true, Planned: time.Now()}
	}
	early := draft()
	for _, step := range []struct {
		by       *harness
		draft    runner.Draft
		accepted int
	}{{a, early, 1}, {b, early, 1}, {a, early, 2}} {
		step.by.buy(step.draft)
		step.by.advance(time.Minute)
		if n := server.Counts().Accepted; n != step.accepted {
			t.Errorf("%d purchases, want %d", n, step.accepted)
		}
	}
	if !b.hasNotice(runner.FailedElsewhere) || a.hasNotice(runner.FailedElsewhere) {
		t.Error("the other one was not told, or the one that tried was")
	}
	b.buy(draft())
	b.advance(time.Minute)
	if n := server.Counts().Accepted; n != 3 {
		t.Errorf("%d purchases, want 3", n)
	}
}

func twoProgramsOnOnePlan(t *testing.T, dir string, server *demo.Server, a *harness) {
	defer a.close()
	b := newHarness(t, dir, server, withList)
	defer b.close()
	for seed := range 6 {
		in := input("x")
		in["seed"] = int64(seed)
		d := runner.Draft{Model: gateModel, Input: in, Batch: "plan", Claim: true, Planned: time.Now()}
		first, second := a, b
		if seed%2 == 1 {
			first, second = b, a
		}
		first.buy(d)
		first.advance(100 * time.Millisecond) // not at once: a wait for the lock file does not end in a bubble
		second.buy(d)
		second.advance(100 * time.Millisecond)
		first.advance(time.Minute)
	}
	if n := server.Counts().Accepted; n != 6 {
		t.Errorf("%d purchases for 6 pictures", n)
	}
	if !a.hasNotice(runner.AlreadyComing) && !b.hasNotice(runner.AlreadyComing) {
		t.Error("nobody was told")
	}
	a.refresh()
	if n := a.history.Len(); n != 6 {
		t.Errorf("%d entries in the journal", n)
	}
	for seed := range 2 { // without a seed, each cell wants a picture of its own
		a.buy(runner.Draft{Model: gateModel, Input: input("y"), Batch: "plan", Cell: map[string]string{"n": string(rune('1' + seed))}, Claim: true, Planned: time.Now()})
	}
	a.advance(time.Minute)
	if n := server.Counts().Accepted; n != 8 {
		t.Errorf("%d purchases, want 8", n)
	}
}

func aBudgetStops(t *testing.T, _ string, server *demo.Server, a *harness) {
	defer a.close()
	limits := runner.Limits{Day: 0.008}
	a.options.Limits = func() runner.Limits { return limits }
	a.runner = runner.New(a.options)
	d := runner.Draft{Model: gateModel, Input: input("x"), Batch: "plan"}
	for range 5 {
		a.buy(d)
		a.advance(time.Minute)
	}
	spent, err := a.history.CommittedSince(time.Now().Add(-24 * time.Hour))
	must(t, err)
	bought := server.Counts().Accepted
	if spent.USD > 0.008 || bought == 0 || bought == 5 || !a.hasNotice(runner.OverBudget) {
		t.Errorf("%d purchases, $%.4f; notices %v", bought, spent.USD, a.notices)
	}
	if a.history.Len() != bought {
		t.Errorf("%d entries for %d purchases", a.history.Len(), bought)
	}
	limits.Day = 0
	d.Budget = 2 * spent.USD
	for range 5 {
		a.buy(d)
		a.advance(time.Minute)
	}
	if n := server.Counts().Accepted; n != 2*bought {
		t.Errorf("%d purchases with the plan's own budget, want %d", n, 2*bought)
	}
	e := a.history.Keys().At(0)
	if got := a.entry(e); got.State != history.Done || len(got.Attempts) != 1 || got.Attempts[0].Price <= 0 {
		t.Errorf("%+v", got.Attempts)
	}
}
