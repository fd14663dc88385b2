package lab_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/lab"
	"tintype/ui/plan"
	"tintype/ui/runner"
)

// TestScheduleNearIdeal: a plan of 200 cells on two models, bought eight at a time at the demo's real pace, takes at most 1.10 times as long as
// eight places that never wait would take for the same predictions. The clock is that of the bubble.
func TestScheduleNearIdeal(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		server := demotest.NewServer(t, demo.Options{})
		server.UpdateBehaviour(func(b *demo.Behaviour) {
			b.Faults = []demo.Fault{{On: demo.Output, Status: 200, Body: string(demotest.PNG(1, 1))}}
		})
		b := newBuying(t, dir, server)
		defer b.close()
		buyer := lab.NewBuyer(b.table(t, "model=flux-schnell,flux-dev", "seed=1..100"), lab.Terms{Jobs: 8})
		started := time.Now()
		order := b.buy(buyer)
		took := time.Since(started)
		if made, total, left := buyer.Counts(); made != 200 || total != 200 || left != 0 || server.Counts().Accepted != 200 {
			t.Fatalf("%d of %d made, %d left, %d bought", made, total, left, server.Counts().Accepted)
		}
		ideal := idealTime(b.durations(t, order), 8)
		t.Logf("took %v, ideal %v: %.3f", took, ideal, took.Seconds()/ideal.Seconds())
		if took.Seconds() > 1.10*ideal.Seconds() {
			t.Errorf("took %v, more than 1.10 times %v", took, ideal)
		}
	})
}

// idealTime returns how long places that never wait take for jobs in their order: each takes the next job as soon as it is free.
func idealTime(jobs []time.Duration, places int) time.Duration {
	free := make([]time.Duration, places) // when each place is free
	for _, d := range jobs {
		first := slices.Index(free, slices.Min(free))
		free[first] += d
	}
	return slices.Max(free)
}

// buying is a face without a screen that buys plans.
type buying struct {
	t        *testing.T
	ctx      context.Context
	quit     context.CancelFunc
	history  *history.History
	runner   *runner.Runner
	results  chan runner.Result
	inFlight int
}

func newBuying(t *testing.T, dir string, server *demo.Server) *buying {
	t.Helper()
	provider, _ := api.FindProvider(api.Demo)
	o := demotest.ClientOptions(provider, server.Transport())
	o.BaseURL = demotest.Origin + "/v1"
	client, err := api.New(o)
	if err != nil {
		t.Fatal(err)
	}
	h, err := history.Open(history.Options{Dir: dir, App: "test", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	b := &buying{t: t, history: h, results: make(chan runner.Result, 64)}
	b.ctx, b.quit = context.WithCancel(context.Background())
	b.runner = runner.New(runner.Options{History: h, Client: client, Now: time.Now})
	return b
}

// table returns a plan whose settings vary.
func (b *buying) table(t *testing.T, axes ...string) *plan.Plan {
	t.Helper()
	spec := plan.Spec{Prompt: "A boat.", Model: "black-forest-labs/flux-dev", Base: map[string]any{"megapixels": "0.25", "output_format": "png"}}
	for _, typed := range axes {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			t.Fatal(err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	l := lab.Lab{Provider: api.Demo, History: b.history}
	p, err := l.Make(b.ctx, spec)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (b *buying) perform(task runner.Task) {
	if task.IsZero() {
		return
	}
	b.inFlight++
	go func() { b.results <- b.runner.Perform(b.ctx, task) }()
}

// buy buys a plan, and returns the keys of its predictions in the order in which they were submitted.
func (b *buying) buy(buyer *lab.Buyer) (order []string) {
	for {
		for {
			cell, draft, ok := buyer.Next()
			if !ok {
				break
			}
			row, task := b.runner.Submit(draft)
			buyer.Started(cell, row.Key)
			order = append(order, row.Key)
			b.perform(task)
		}
		if buyer.IsDone() || b.inFlight == 0 {
			return order
		}
		result := <-b.results
		b.inFlight--
		change, task := b.runner.Apply(result)
		buyer.OnChange(change)
		b.perform(task)
	}
}

// durations returns how long predictions took at the provider.
func (b *buying) durations(t *testing.T, keys []string) []time.Duration {
	t.Helper()
	var all []time.Duration
	for _, key := range keys {
		e, err := b.history.Get(key)
		if err != nil {
			t.Fatal(err)
		}
		d := e.CompletedAt.Sub(e.CreatedAt)
		if e.State != history.Done || d <= 0 {
			t.Fatalf("%s is %s after %v", key, e.State, d)
		}
		all = append(all, d)
	}
	return all
}

func (b *buying) close() {
	b.quit()
	_ = b.runner.Close(context.Background())
	for b.inFlight > 0 {
		<-b.results
		b.inFlight--
	}
	_ = b.history.Close()
}
