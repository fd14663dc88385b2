package runner_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/runner"
)

// ownPrices are the prices that the tests of this package set, by model. Each test sets those of models that no other test buys from.
var ownPrices = struct {
	sync.Mutex
	list map[string][]model.Price
}{list: map[string][]model.Price{}}

// setPrice sets what CometAPI takes for a picture of a model.
func setPrice(id string, usd float64) {
	ownPrices.Lock()
	defer ownPrices.Unlock()
	ownPrices.list[id] = []model.Price{{Provider: api.CometAPI, Amount: usd, Unit: model.PerPicture, Source: "a test", Date: "2026-11-29"}}
	model.PublishOwn(ownPrices.list)
}

// TestBudgetHoldsInAnySchedule lets programs buy, send again, be killed and be started again, while the network breaks and prices change,
// and then compares the provider's account with the day's limit: it never charged more.
func TestBudgetHoldsInAnySchedule(t *testing.T) {
	t.Parallel()
	schedules := uint64(40)
	if longTests() {
		schedules = 2000
	}
	lanes := []string{"flux-pro", "flux-1.1-pro", "flux-1.1-pro-ultra", "flux-2-max"}
	t.Cleanup(func() {
		t.Logf("%d schedules bought %d predictions; %d came near the limit", budgetCounts.schedules, budgetCounts.bought, budgetCounts.near)
		if budgetCounts.near == 0 {
			t.Error("no schedule came near the limit")
		}
	})
	for lane, name := range lanes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for seed := uint64(lane); seed < schedules; seed += uint64(len(lanes)) {
				t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
					dir := t.TempDir()
					synctest.Test(t, func(t *testing.T) { newBudgetSchedule(t, seed, dir, "black-forest-labs/"+name).play() })
				})
			}
		})
	}
}

// A budgetSchedule is one random course of purchases within a limit.
type budgetSchedule struct {
	*schedule
	model    string
	price    float64
	limit    float64
	mu       sync.Mutex
	sentAt   map[int64][]sentPrice // by the seed of the input, which no two purchases share
	lastSeed int64
}

// A sentPrice is the price when a purchase left.
type sentPrice struct {
	at  time.Time
	usd float64
}

func newBudgetSchedule(t *testing.T, seed uint64, dir, id string) *budgetSchedule {
	server := demotest.NewServer(t, demo.Options{})
	b := &budgetSchedule{model: id, limit: 0.25, sentAt: map[int64][]sentPrice{}}
	b.schedule = &schedule{
		dice: rand.New(rand.NewPCG(seed, 2)), dir: dir, provider: withoutList, final: map[string]history.State{},
		harness: newHarness(t, dir, server, withoutList),
	}
	b.limitIt()
	b.changePrice()
	b.setFaults(append(b.randomFaults(), onePixel())...)
	return b
}

// limitIt gives the program of now the limit, and watches what it sends.
func (b *budgetSchedule) limitIt() {
	b.options.Limits = func() runner.Limits { return runner.Limits{Day: b.limit} }
	b.connect(b.provider, b)
}

func (b *budgetSchedule) changePrice() {
	b.price = float64(1+b.dice.IntN(12)) / 100
	setPrice(b.model, b.price)
}

// RoundTrip keeps the price of each purchase that leaves.
func (b *budgetSchedule) RoundTrip(r *http.Request) (*http.Response, error) {
	if isPurchase(r) {
		raw, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(raw))
		var sent struct {
			Input struct{ Seed int64 }
		}
		if err := json.Unmarshal(raw, &sent); err != nil {
			b.t.Error(err)
		}
		b.mu.Lock()
		b.sentAt[sent.Input.Seed] = append(b.sentAt[sent.Input.Seed], sentPrice{time.Now(), b.price})
		b.mu.Unlock()
	}
	return b.server.Transport().RoundTrip(r)
}

func (b *budgetSchedule) play() {
	for range 20 + b.dice.IntN(20) {
		b.step()
		b.advance(time.Duration(b.dice.IntN(3000)) * time.Millisecond)
	}
	b.setFaults(onePixel())
	b.restartLimited()
	b.advance(10 * time.Minute)
	b.checkCharged()
	b.close()
}

func (b *budgetSchedule) step() {
	switch n := b.dice.IntN(10); {
	case n < 6 || len(b.keys) == 0:
		prompts := []string{"a", "b", "c [slow]", "d [fail]"}
		b.lastSeed++
		in := input(prompts[b.dice.IntN(len(prompts))])
		in["seed"] = b.lastSeed
		row, task := b.runner.Submit(runner.Draft{Model: b.model, Input: in})
		b.perform(task)
		b.keys = append(b.keys, row.Key)
	case n == 6:
		b.changePrice()
	case n == 7:
		b.resend(b.anyKey())
	case n == 8:
		b.cancel(b.anyKey())
	case n == 9:
		b.restartLimited()
	}
}

// restartLimited kills the program and starts another over what it left on disk.
func (b *budgetSchedule) restartLimited() {
	old := b.harness
	b.harness = old.restartCopy(b.dir, b.provider)
	b.dir = b.folder
	b.limitIt()
	old.kill()
	b.resume()
}

// checkCharged adds up what the provider accepted, at the prices at which that was sent.
func (b *budgetSchedule) checkCharged() {
	page, err := newClient(b.t, withList, b.server.Transport()).List(context.Background(), "")
	must(b.t, err)
	charged := 0.0
	for _, p := range page.Predictions {
		seed, _ := p.Input["seed"].(float64)
		usd := -1.0
		for _, sent := range b.sentAt[int64(seed)] {
			if !sent.at.Truncate(time.Millisecond).After(p.CreatedAt) {
				usd = sent.usd
			}
		}
		if usd < 0 {
			b.t.Errorf("%s with seed %v was never sent", p.ID, p.Input["seed"])
		}
		if p.Status != api.Failed && p.Status != api.Canceled {
			charged += usd
		}
	}
	if charged > b.limit+1e-9 {
		b.t.Errorf("$%.2f of $%.2f was charged for %d predictions", charged, b.limit, len(page.Predictions))
	}
	budgetCounts.Lock()
	defer budgetCounts.Unlock()
	budgetCounts.schedules++
	budgetCounts.bought += len(page.Predictions)
	if charged > 0.8*b.limit {
		budgetCounts.near++
	}
}

// budgetCounts say how much the schedules tried: how many were played, what they bought, and how many came near the limit.
var budgetCounts struct {
	sync.Mutex
	schedules, bought, near int
}

// TestPriceThatFallsFreesNothing: what was sent at a price counts at that price, even if the list has a lower one when the picture comes.
func TestPriceThatFallsFreesNothing(t *testing.T) {
	t.Parallel()
	const id = "black-forest-labs/flux-2-pro"
	scenario(t, "falls", withoutList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
		defer h.close()
		setPrice(id, 0.05)
		row := h.buy(runner.Draft{Model: id, Input: input("x")})
		h.waitFor(row.Key, history.Waiting)
		setPrice(id, 0.01)
		h.waitFor(row.Key, history.Done)
		spent, err := h.history.CommittedSince(time.Now().Add(-time.Hour))
		must(t, err)
		if e := h.entry(row.Key); e.Cost == nil || *e.Cost != 0.05 || spent.USD != 0.05 {
			t.Errorf("it cost %v, and $%.2f is committed", e.Cost, spent.USD)
		}
	})
}
