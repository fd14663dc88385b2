package bisectview

import (
	"math"
	"math/rand/v2"
	"testing"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
)

// newCase returns the case of two prompts that differ in so many words, whose dearest picture has a price.
func newCase(t *testing.T, bad string, dearest *float64) *Case {
	t.Helper()
	entry := func(prompt string) history.Entry {
		return history.Entry{Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": prompt, "seed": 7.0}}
	}
	search, err := bisect.New(entry("a fox"), entry(bad), picturekey.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	return &Case{Search: search, Dearest: dearest}
}

// costing returns a plan of one new cell with a price; negative: unknown.
func costing(usd float64) *plan.Plan {
	c := plan.Cell{State: plan.New}
	if usd >= 0 {
		c.Estimate = &model.Estimate{USD: usd}
	}
	return &plan.Plan{Cells: []plan.Cell{c}}
}

// TestAgreed: however prices vary and whatever is judged, no more pictures are taken than were agreed to, and they cost no more.
func TestAgreed(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
	for range 2000 {
		dearest := rng.Float64()
		c := newCase(t, "a fox, red, old, fast, at dusk", &dearest)
		c.agree()
		most, price := c.Search.Status().AtMost, float64(c.Search.Status().AtMost)*dearest
		taken, spent := 0, 0.0
		for range 3 * most {
			usd := rng.Float64() * 2 * dearest
			c.Plan = costing(usd)
			if rng.IntN(10) == 0 {
				c.Plan = costing(-1)
			}
			if c.takeAgreed() {
				taken++
				spent += usd
				if c.cell().Estimate == nil {
					t.Fatal("a picture of an unknown price was taken for a price that was agreed to")
				}
			}
		}
		if taken > most || spent > price+1e-6 {
			t.Fatalf("%d pictures for $%g were taken; agreed were %d for $%g", taken, spent, most, price)
		}
	}
}

// TestPrice: what is said before any money is the number of pictures times the price of the dearest.
func TestPrice(t *testing.T) {
	t.Parallel()
	usd := 0.003
	c := newCase(t, "a fox, red, old", &usd)
	c.Plan = costing(0.003)
	for _, want := range []struct {
		free, made bool
		said       string
	}{
		{false, false, "at most 2 pictures, about $0.006"}, {false, true, "at most 1 more picture, about $0.003"}, {true, false, "at most 2 pictures, free"},
	} {
		if got := c.price(want.free, want.made); got != want.said {
			t.Errorf("%q, want %q", got, want.said)
		}
	}
	c.Plan = costing(0.01)
	if c.noteEstimate(); math.Abs(*c.Dearest-0.01) > 1e-12 {
		t.Errorf("the dearest is $%g after one of $0.01", *c.Dearest)
	}
	c.Plan = costing(-1)
	if c.noteEstimate(); c.Dearest != nil || c.price(false, false) != "at most 2 pictures, price unknown" {
		t.Errorf("with an unknown price: %q", c.price(false, false))
	}
	c.agree()
	taken := 0
	for range 5 {
		if c.takeAgreed() {
			taken++
		}
	}
	if taken != 2 {
		t.Errorf("%d pictures of unknown prices were taken, agreed were 2", taken)
	}
}
