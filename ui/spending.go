package ui

import (
	"slices"
	"sort"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// spending is today's cost and the price of the last purchase.
type spending struct {
	today     format.Spending
	limits    runner.Limits // as they were when today's cost was added up
	near      bool          // at least nearLimit of the day's limit is committed
	lastPrice float64       // of the last purchase, in US dollars; 0 if it is unknown
}

// tally adds up the cost since the midnight before now, and computes the models' typical durations.
func tally(h *history.History, r *runner.Runner, now time.Time) tea.Cmd {
	today := midnight(now)
	return ask(func() spentMsg {
		msg := spentMsg{typical: map[string]time.Duration{}}
		if r != nil {
			msg.limits = r.Limits()
		}
		msg.left = budgetLeft(r)
		if msg.limits.Day > 0 {
			committed, err := h.CommittedSince(today)
			msg.near = err == nil && committed.USD >= nearLimit*msg.limits.Day
		}
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

// nearLimit is the part of the day's limit from which on the header warns.
const nearLimit = 0.8

// todayText returns what was spent today, beside the day's limit if there is one: "~$0.41 of $2.00 today"; "" if nothing was bought.
func (s spending) todayText() string {
	period := "today"
	if s.limits.Day > 0 {
		period = "of " + format.Dollars(s.limits.Day) + " today"
	}
	return s.today.Text(period)
}

// mustAsk reports whether a person is asked before a purchase at a price in USD.
func (s spending) mustAsk(usd float64) bool {
	return s.limits.AskAbove > 0 && usd > s.limits.AskAbove+1e-9
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
