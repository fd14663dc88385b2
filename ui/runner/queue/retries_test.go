package queue

import (
	"slices"
	"testing"
	"time"
)

var midday = time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)

// went returns the indices of the waiters whose turn has come.
func went(waiters []*waiter) (gone []int) {
	for i, w := range waiters {
		select {
		case <-w.turn:
			gone = append(gone, i)
		default:
		}
	}
	return gone
}

// TestRetryBudget: twenty retries, then one probe every 15 s; a good answer gives one back.
func TestRetryBudget(t *testing.T) {
	t.Parallel()
	var b budget
	var waiters []*waiter
	for range 25 {
		waiters = append(waiters, b.add(time.Time{}, midday))
	}
	if n := len(went(waiters)); n != 20 {
		t.Fatalf("%d went at once", n)
	}
	for i, step := range []struct {
		after time.Duration
		gone  int
	}{{14 * time.Second, 20}, {15 * time.Second, 21}, {29 * time.Second, 21}, {30 * time.Second, 22}, {90 * time.Second, 23}} {
		b.serve(midday.Add(step.after))
		if n := len(went(waiters)); n != step.gone {
			t.Errorf("%d: %d went, want %d", i, n, step.gone)
		}
	}
	b.restore(midday.Add(91 * time.Second))
	if n := len(went(waiters)); n != 24 {
		t.Errorf("an answer in order let %d go", n-23)
	}
	for range 100 {
		b.restore(midday.Add(92 * time.Second))
	}
	if n := len(went(waiters)); n != 25 || b.spent != 0 {
		t.Errorf("%d went, %d tokens are gone", n, b.spent)
	}
}

// TestRetryBudgetPicturesFirst: what the provider deletes goes before what it keeps, the soonest first (I11).
func TestRetryBudgetPicturesFirst(t *testing.T) {
	t.Parallel()
	b := budget{spent: budgetSize, nextProbe: midday.Add(probeInterval)}
	var waiters []*waiter
	for _, minutes := range []int{0, 30, 0, 10, 20} { // 0: a poll
		var until time.Time
		if minutes > 0 {
			until = midday.Add(time.Duration(minutes) * time.Minute)
		}
		waiters = append(waiters, b.add(until, midday))
	}
	var order []int
	for range waiters {
		before := went(waiters)
		b.restore(midday)
		for _, i := range went(waiters) {
			if !slices.Contains(before, i) && !slices.Contains(order, i) {
				order = append(order, i)
			}
		}
	}
	if !slices.Equal(order, []int{3, 4, 1, 0, 2}) {
		t.Errorf("went in the order %v", order)
	}
}

// TestRetryBudgetLastChance: a picture that is deleted before the next probe is tried once more, whatever the budget (I11).
func TestRetryBudgetLastChance(t *testing.T) {
	t.Parallel()
	b := budget{spent: budgetSize, nextProbe: midday.Add(probeInterval)}
	var waiters []*waiter
	for _, seconds := range []int{10, 25, 40} {
		waiters = append(waiters, b.add(midday.Add(time.Duration(seconds)*time.Second), midday))
	}
	if gone := went(waiters); !slices.Equal(gone, []int{0}) {
		t.Errorf("%v went at once", gone)
	}
	b.serve(midday.Add(probeInterval))
	if gone := went(waiters); !slices.Equal(gone, []int{0, 1}) {
		t.Errorf("%v went with the probe", gone)
	}
}

// TestRetryBudgetHastened: Hasten lets one probe go at once, and not one for each call.
func TestRetryBudgetHastened(t *testing.T) {
	t.Parallel()
	b := budget{spent: budgetSize, nextProbe: midday.Add(probeInterval)}
	waiters := []*waiter{b.add(time.Time{}, midday), b.add(time.Time{}, midday)}
	for after := 900 * time.Millisecond; after < 1900*time.Millisecond; after += 100 * time.Millisecond {
		b.hasten(midday.Add(after))
	}
	if n := len(went(waiters)); n != 1 {
		t.Errorf("%d went", n)
	}
	if at := b.opensAt(); at != midday.Add(time.Second+probeInterval) {
		t.Errorf("the next goes at %v", at.Sub(midday))
	}
}
