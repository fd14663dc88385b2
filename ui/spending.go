package ui

import (
	"slices"
	"sort"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
)

// spending is today's cost and the price of the last purchase.
type spending struct {
	today     format.Spending
	lastPrice float64 // of the last purchase, in US dollars; 0 if it is unknown
}

// tally adds up the cost since the midnight before now, and computes the models' typical durations.
func tally(h *history.History, now time.Time) tea.Cmd {
	today := midnight(now)
	return ask(func() spentMsg {
		msg := spentMsg{typical: map[string]time.Duration{}}
		keys := h.Keys()
		n := sort.Search(keys.Len(), func(i int) bool { return history.KeyTime(keys.At(i)).Before(today) })
		entries, _ := h.Entries(keys.Slice(0, n))
		for _, e := range entries {
			if isBilled(e) {
				add(&msg.today, e)
			}
		}
		for _, known := range model.All() {
			if d := median(h.Durations(known.ID, typicalRuns)); d > 0 {
				msg.typical[known.ID] = d
			}
		}
		return msg
	})
}

// add adds what an entry cost to a sum.
func add(sum *format.Spending, e history.Entry) {
	if e.Price != nil && e.Price.Guess {
		sum.AddGuess(e.Cost)
		return
	}
	sum.Add(e.Cost)
}

// typicalRuns is how many of a model's runs its typical duration is computed from. It is unknown for fewer than minTypicalRuns.
const (
	typicalRuns    = 20
	minTypicalRuns = 3
)

// median returns the median of durations; 0 for fewer than minTypicalRuns.
func median(ds []time.Duration) time.Duration {
	if len(ds) < minTypicalRuns {
		return 0
	}
	sorted := slices.Sorted(slices.Values(ds))
	return sorted[len(sorted)/2]
}

// isBilled reports whether an entry counts as bought: it succeeded, may have succeeded, or has a cost.
func isBilled(e history.Entry) bool {
	switch e.State {
	case history.Done, history.Lost, history.Saving:
		return true
	}
	return e.Cost != nil && *e.Cost > 0
}

// midnight returns the beginning of the day in the time zone of now.
func midnight(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
}
