package runner

import (
	"fmt"
	"maps"
	"math"
	"os"
	"strconv"
	"strings"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/picturekey"
)

// Limits are what may be spent, in USD; 0 for no limit. They hold over all running programs.
type Limits struct {
	Day   float64 // since midnight
	Month float64 // since the first of the month
	// RefuseUnknown says that nothing is bought whose price is not known, even if a person agrees. Without it, a person can agree.
	RefuseUnknown bool
	AskAbove      float64 // a person is asked before a purchase that costs more; the screen asks, the runner does not look at it
	Err           error   // the limits cannot be read: nothing is bought, and the error says why; nil if they can
}

// terms are what a draft asks of its purchase.
type terms struct {
	claim         bool
	planned       time.Time
	budget        float64
	acceptUnknown bool
}

// A refusal says why the gate does not let a purchase be made. It is found under the journal's lock, before anything was written.
type refusal struct {
	kind     NoticeKind
	sentence string
}

func (e *refusal) Error() string { return e.sentence }

// recordIntent writes the intent of a purchase down, with its price, if the gate lets it be made.
func (r *Runner) recordIntent(t *trackedJob) error {
	r.mu.Lock()
	e := t.entry
	usd, known := model.Find(e.Model).Cost(e.Provider, e.Input, e.MeasureImage)
	e.Price = price(e)
	e.Attempts[len(e.Attempts)-1].Price = usd // addAttempt has cloned them
	t.entry = e
	r.mu.Unlock()
	if !known {
		usd = math.NaN()
	}
	_, err := r.writeChecked(t, nil, func() error { return r.checkGate(t, usd) })
	return err
}

// checkGate looks, under the journal's lock, whether a purchase may be made: nobody has the same picture coming, and it fits the
// budgets. usd is its price, NaN if that is unknown.
func (r *Runner) checkGate(t *trackedJob, usd float64) error {
	r.mu.Lock()
	e, terms := t.entry, t.terms
	r.mu.Unlock()
	if terms.claim {
		if err := r.checkClaim(e, terms); err != nil {
			return err
		}
	}
	return r.checkBudget(e, terms, usd)
}

// checkClaim looks for the same picture among the entries of all programs. One that failed may be billed as well: who planned before that is told, and
// tries again by planning again.
func (r *Runner) checkClaim(e history.Entry, terms terms) error {
	found, err := r.history.WithPrompts([]string{e.Prompt()})
	if err != nil {
		return err
	}
	key, hasSeed := r.rule.OfEntry(e), picturekey.HasSeed(e.Model, e.Input)
	for _, entries := range found {
		for _, other := range entries {
			// Without a seed each purchase makes another picture: only the same cell of the same plan wants the same.
			sameCell := other.Batch == e.Batch && maps.Equal(other.Cell, e.Cell)
			if other.Key == e.Key || !hasSeed && !sameCell || r.rule.OfEntry(other) != key {
				continue
			}
			if isComing(other) || r.isHad(other, terms.planned) {
				return &refusal{AlreadyComing, "The same picture is there already, or on its way."}
			}
			if !terms.planned.IsZero() && other.State == history.Failed && other.Driver != e.Driver && !other.Time.Before(terms.planned) {
				return &refusal{FailedElsewhere, "Another program has just tried the same, and it failed."}
			}
		}
	}
	return nil
}

func isComing(e history.Entry) bool {
	switch e.State {
	case history.Creating, history.Waiting, history.Saving, history.Unconfirmed:
		return true
	}
	return false
}

// isHad reports whether a picture was made since a plan was compared with the history, and is on disk.
func (r *Runner) isHad(e history.Entry, planned time.Time) bool {
	if e.State != history.Done || e.Trashed || e.EndSeenAt.Before(planned) && e.CreatedTime().Before(planned) && e.Time.Before(planned) {
		return false
	}
	for _, o := range e.Outputs {
		if o.Path == "" {
			continue
		}
		if _, err := os.Stat(r.history.Path(o.Path)); err == nil {
			return true
		}
	}
	return false
}

// checkBudget looks whether a purchase fits what is left of the day, the month and the batch.
func (r *Runner) checkBudget(e history.Entry, terms terms, usd float64) error {
	limits := r.limits()
	if limits.Err != nil {
		return &refusal{OverBudget, "Nothing is bought while the budget cannot be read: " + limits.Err.Error()}
	}
	isLimited := limits.Day > 0 || limits.Month > 0 || terms.budget > 0
	if model.IsFree(e.Provider) || !isLimited && !limits.RefuseUnknown {
		return nil
	}
	if math.IsNaN(usd) {
		if err := refuseUnknown(e.Model, limits, terms); err != nil {
			return err
		}
		usd = 0
	}
	day, month := PeriodStarts(r.wall())
	for _, limit := range []struct {
		usd   float64
		of    string
		spent func() (history.Committed, error)
	}{
		{limits.Day, "", func() (history.Committed, error) { return r.history.CommittedSince(day) }},
		{limits.Month, " this month", func() (history.Committed, error) { return r.history.CommittedSince(month) }},
		{terms.budget, " for this plan", func() (history.Committed, error) { return r.history.CommittedBy(e.Batch) }},
	} {
		if limit.usd <= 0 || limit.of == " for this plan" && e.Batch == "" {
			continue
		}
		spent, err := limit.spent()
		if err != nil {
			return err
		}
		if math.Round((spent.USD+usd)*1e9) > math.Round(limit.usd*1e9) {
			return &refusal{OverBudget, fmt.Sprintf("Stopped at %s of %s%s.", dollars(spent.USD), dollars(limit.usd), limit.of)}
		}
	}
	return nil
}

// refuseUnknown returns why a purchase whose price is not known is not made; nil if it is.
func refuseUnknown(id string, limits Limits, terms terms) error {
	switch {
	case limits.RefuseUnknown:
		return &refusal{OverBudget, fmt.Sprintf(`The price of %s is not known, and unknown = "refuse" in [budget] of the settings buys no such thing. Give its price in [prices].`, id)}
	case !terms.acceptUnknown:
		return &refusal{UnknownPrice, fmt.Sprintf("The price of %s is not known, so it cannot be held against the budget. Give it in [prices] of the settings.", id)}
	}
	return nil
}

// dollars writes an amount with all its decimals, up to a billionth, and at least two.
func dollars(usd float64) string {
	whole, cents, _ := strings.Cut(strconv.FormatFloat(usd, 'f', 9, 64), ".")
	rest := strings.TrimRight(cents[2:], "0")
	return "$" + whole + "." + cents[:2] + rest
}

// Limits returns what may be spent now. It reads the settings again if they have changed.
func (r *Runner) Limits() Limits { return r.limits() }

// PeriodStarts returns when the day and the month of a moment begin, in its time zone.
func PeriodStarts(now time.Time) (day, month time.Time) {
	y, m, d := now.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, now.Location()), time.Date(y, m, 1, 0, 0, 0, 0, now.Location())
}
