package bisect

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
)

// newWords returns a bisect of two prompts that differ in so many words.
func newWords(t *testing.T, bad string) *Bisect {
	t.Helper()
	entry := func(prompt string) history.Entry {
		return history.Entry{Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": prompt, "seed": 7.0}}
	}
	b, err := New(entry("a fox"), entry(bad), picturekey.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// costing returns a new cell with a price; negative: unknown.
func costing(usd float64) *plan.Cell {
	c := &plan.Cell{State: plan.New}
	if usd >= 0 {
		c.Estimate = &model.Estimate{USD: usd}
	}
	return c
}

// TestAgreed: however prices vary and whatever is judged, no more pictures are taken than were agreed to, and they cost no more.
func TestAgreed(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
	s := newWords(t, "a fox, red, old, fast, at dusk").Status()
	for range 2000 {
		dearest := rng.Float64()
		a := Agreement{Dearest: &dearest}
		a.Agree(s)
		most, price := s.AtMost, float64(s.AtMost)*dearest
		taken, spent := 0, 0.0
		for range 3 * most {
			usd := rng.Float64() * 2 * dearest
			c := costing(usd)
			if rng.IntN(10) == 0 {
				c = costing(-1)
			}
			if a.Take(c) {
				taken++
				spent += usd
				if c.Estimate == nil {
					t.Fatal("a picture of an unknown price was taken for a price that was agreed to")
				}
			}
		}
		if taken > most || spent > price+1e-6 {
			t.Fatalf("%d pictures for $%g were taken; agreed were %d for $%g", taken, spent, most, price)
		}
	}
}

// TestDearest: the price that is told is that of the dearest picture that can be planned; unknown if one of these is.
func TestDearest(t *testing.T) {
	t.Parallel()
	b := newWords(t, "a fox, red, old")
	prices, gone := []float64{0.001, 0.004, 0.002}, errors.New("gone")
	for _, c := range []struct {
		failing int // index of the picture that cannot be planned
		want    float64
	}{{-1, 0.004}, {1, 0.002}, {0, 0.004}} {
		n := -1
		a := NewAgreement(b, func(plan.Spec) (*plan.Plan, error) {
			if n++; n == c.failing {
				return nil, gone
			}
			return &plan.Plan{Cells: []plan.Cell{*costing(prices[n])}}, nil
		})
		if a.Dearest == nil || math.Abs(*a.Dearest-c.want) > 1e-12 {
			t.Errorf("%v, want %g", a.Dearest, c.want)
		}
	}
	unknown := func(plan.Spec) (*plan.Plan, error) { return &plan.Plan{Cells: []plan.Cell{*costing(-1)}}, nil }
	none := func(plan.Spec) (*plan.Plan, error) { return nil, gone }
	if a, b := NewAgreement(b, unknown), NewAgreement(b, none); a.Dearest != nil || b.Dearest != nil {
		t.Error(a, b)
	}
}

// TestPrice: what is said before any money is the number of pictures times the price of the dearest.
func TestPrice(t *testing.T) {
	t.Parallel()
	usd := 0.003
	s, a := newWords(t, "a fox, red, old").Status(), Agreement{Dearest: &usd}
	for _, want := range []struct {
		free, made bool
		said       string
	}{
		{false, false, "at most 2 pictures, about $0.006"}, {false, true, "at most 1 more picture, about $0.003"}, {true, false, "at most 2 pictures, free"},
	} {
		if got := a.Price(s, want.free, want.made); got != want.said {
			t.Errorf("%q, want %q", got, want.said)
		}
	}
	if a.Note(costing(0.01)); math.Abs(*a.Dearest-0.01) > 1e-12 {
		t.Errorf("the dearest is $%g after one of $0.01", *a.Dearest)
	}
	if a.Note(costing(-1)); a.Dearest != nil || a.Price(s, false, false) != "at most 2 pictures, price unknown" {
		t.Errorf("with an unknown price: %q", a.Price(s, false, false))
	}
	a.Agree(s)
	taken := 0
	for range 5 {
		if a.Take(costing(-1)) {
			taken++
		}
	}
	if taken != 2 {
		t.Errorf("%d pictures of unknown prices were taken, agreed were 2", taken)
	}
}
