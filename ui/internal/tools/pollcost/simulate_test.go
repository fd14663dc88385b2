package main

import (
	"strings"
	"testing"
	"time"
)

// TestTargets checks the targets for several seeds, with the state machine's own polls.
func TestTargets(t *testing.T) {
	for seed := range uint64(5) {
		for _, median := range medians {
			theirs := measure(seed, 600, median, fixed)
			ours := measure(seed, 600, median, fitted(20))
			want := targetOf(median, ours.took)
			if ratio := ours.requests / theirs.requests; ratio > want.share || ours.stale > want.stale {
				t.Errorf("seed %d, %v: %.2f of the requests (at most %.2f), %v stale (at most %v)", seed, median, ratio, want.share, ours.stale, want.stale)
			}
		}
	}
}

// TestFixed compares with polls counted by hand, at 0.5, 1.15 and 1.8 s.
func TestFixed(t *testing.T) {
	for took, want := range map[time.Duration]int{
		100 * time.Millisecond: 1, 575 * time.Millisecond: 1, 576 * time.Millisecond: 2, 1225 * time.Millisecond: 2, 1226 * time.Millisecond: 3,
	} {
		n, stale := fixed(nil, 0, took)
		if n != want || stale <= 0 || stale > officialInterval+roundTrip+roundTrip/2 {
			t.Errorf("%v: %d requests, %v stale", took, n, stale)
		}
	}
}

// TestPollUntilEnd checks that the polls keep Replicate's interval, and see the end.
func TestPollUntilEnd(t *testing.T) {
	for took := 10 * time.Millisecond; took < time.Minute; took = took*3/2 + time.Millisecond {
		n, stale := fitted(0)(nil, 0, took)
		if stale < roundTrip/2 || stale > 4*time.Second+2*roundTrip || time.Duration(n-1)*(250*time.Millisecond+roundTrip) > took+time.Second {
			t.Errorf("%v: %d requests, %v stale", took, n, stale)
		}
	}
}

func TestTable(t *testing.T) {
	var first, again strings.Builder
	if !printTable(&first, 7, 200) || !printTable(&again, 7, 200) || first.String() != again.String() || strings.Count(first.String(), "\n") != 12 {
		t.Errorf("%s\n%s", first.String(), again.String())
	}
}
