package runner

import (
	"math"
	"time"
)

// A BudgetLeft is what may still be spent, by the narrowest of the limits.
type BudgetLeft struct {
	USD     float64 // 0 or more
	Monthly bool    // the month's limit is the narrowest, not the day's
	Limited bool    // there is a limit; without one the rest is zero
}

// BudgetLeft returns what is left of the limits, over all running programs. It reads the disk.
func (r *Runner) BudgetLeft() (BudgetLeft, error) {
	limits := r.limits()
	day, month := PeriodStarts(r.wall())
	least := BudgetLeft{USD: math.Inf(1)}
	for _, limit := range []struct {
		usd     float64
		since   time.Time
		monthly bool
	}{{limits.Day, day, false}, {limits.Month, month, true}} {
		if limit.usd <= 0 {
			continue
		}
		spent, err := r.history.CommittedSince(limit.since)
		if err != nil {
			return BudgetLeft{}, err
		}
		if left := max(limit.usd-spent.USD, 0); left < least.USD {
			least = BudgetLeft{USD: left, Monthly: limit.monthly, Limited: true}
		}
	}
	if !least.Limited {
		return BudgetLeft{}, nil
	}
	return least, nil
}
