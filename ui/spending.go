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

// spending is what was spent today, and on the last purchase.
type spending struct {
	today     format.Spending
	lastPrice float64 // price of the last purchase; 0 unknown
}

// tally adds up what was bought since midnight, and learns the models' usual durations.
func tally(h *history.History, midnight time.Time) tea.Cmd {
	return ask(func() spentMsg {
		msg := spentMsg{typical: map[string]time.Duration{}}
		keys := h.Keys()
		n := sort.Search(keys.Len(), func(i int) bool { return history.KeyTime(keys.At(i)).Before(midnight) })
		entries, _ := h.Entries(keys.Slice(0, n))
		for _, e := range entries {
			if isBilled(e) {
				msg.today.Add(e.Cost)
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

// typicalRuns is how many of a model's runs its usual duration is taken from; fewer than minTypicalRuns say nothing.
const (
	typicalRuns    = 20
	minTypicalRuns = 3
)

// median of durations; 0 for fewer than minTypicalRuns.
func median(ds []time.Duration) time.Duration {
	if len(ds) < minTypicalRuns {
		return 0
	}
	sorted := slices.Sorted(slices.Values(ds))
	return sorted[len(sorted)/2]
}

// isBilled tells whether an entry counts among what was bought: it succeeded, or may have.
func isBilled(e history.Entry) bool {
	switch e.State {
	case history.Done, history.Lost, history.Saving:
		return true
	}
	return e.Cost != nil && *e.Cost > 0
}

// midnight is the beginning of a day, where the user is.
func midnight(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
}
