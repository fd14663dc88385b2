package runner

import (
	"math"
	"time"

	"tintype/history"
)

// A BudgetLeft is what may still be spent, by the narrowest of the limits.
type BudgetLeft struct {
	USD     float64 // 0 or more, to a billionth
	Monthly bool    // the month's limit is the narrowest, not the day's
	Limited bool    // there is a limit; without one the rest is zero
}

// BudgetLeft returns what is left of the limits of this program. It reads the disk.
func (r *Runner) BudgetLeft() (BudgetLeft, error) { return LeftOf(r.limits(), r.history, r.wall()) }

// LeftOf returns what is left of limits at a time, over all running programs. It reads the disk.
func LeftOf(limits Limits, h *history.History, now time.Time) (BudgetLeft, error) {
	day, month := PeriodStarts(now)
	var least BudgetLeft
	for _, limit := range []struct {
		usd     float64
		since   time.Time
		monthly bool
	}{{limits.Day, day, false}, {limits.Month, month, true}} {
		if limit.usd <= 0 {
			continue
		}
		spent, err := h.CommittedSince(limit.since)
		if err != nil {
			return BudgetLeft{}, err
		}
		if left := LeftAfter(limit.usd, spent); !least.Limited || left < least.USD {
			least = BudgetLeft{USD: left, Monthly: limit.monthly, Limited: true}
		}
	}
	return least, nil
}

// LeftAfter returns what is left of an amount after what was committed, rounded to a billionth of a dollar as the check before a
// purchase rounds.
func LeftAfter(usd float64, spent history.Committed) float64 {
	return math.Round(max(usd-spent.USD, 0)*1e9) / 1e9
}
