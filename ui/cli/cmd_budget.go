package cli

import (
	"context"
	"strings"
	"time"

	"tintype/config"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"

	"github.com/spf13/cobra"
)

func budgetCommand(p *program) *cobra.Command {
	var set []string
	c := &cobra.Command{
		Use:   "budget",
		Short: "Show what was spent today and this month, and set limits",
		Long: "Shows what all programs together have spent today and this month, with what is running or may have been billed, beside the " +
			"limits of [budget] in the settings. --set changes a limit and keeps the rest of the settings file as it is: day=2.00, " +
			"month=20, ask_above=0.25, unknown=ask or unknown=refuse; 0 is no limit.",
		RunE: p.runE(func(_ context.Context, args []string) (int, error) {
			if len(args) > 0 {
				return 0, usageError("budget takes no words; --set day=2.00 sets a limit")
			}
			return exitOK, showBudget(p, set)
		}),
	}
	c.Flags().StringArrayVar(&set, "set", nil, "set a limit, such as day=2.00; may be repeated")
	return c
}

// A limitJSON is one period of budget --json.
type limitJSON struct {
	Limit     *float64 `json:"limit"` // USD; null for none
	Committed float64  `json:"committed"`
}

// showBudget sets limits, and prints what was spent.
func showBudget(p *program, set []string) error {
	settings, provider, err := p.loadSettings()
	if settings.Config == "" && err != nil {
		return err
	}
	for _, change := range set {
		key, value, _ := strings.Cut(change, "=")
		if err := config.SetBudget(settings.Config, strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return usageError("%w", err)
		}
	}
	if len(set) > 0 {
		settings, provider, err = p.loadSettings()
	}
	if err != nil {
		return err
	}
	s, err := p.openWith(settings, provider)
	if err != nil {
		return err
	}
	defer s.close()
	p.warnUnreadable(s.history)
	return printBudget(p, s.history, settings.Budget)
}

func printBudget(p *program, h *history.History, b config.Budget) error {
	dayStart, monthStart := runner.PeriodStarts(p.now().In(time.Local))
	day, err := h.CommittedSince(dayStart)
	if err != nil {
		return err
	}
	month, err := h.CommittedSince(monthStart)
	if err != nil {
		return err
	}
	if p.json {
		return p.writeJSON(struct {
			Day     limitJSON `json:"day"`
			Month   limitJSON `json:"month"`
			Unknown int       `json:"unknown_prices"`
		}{limitOf(b.Day, day), limitOf(b.Month, month), month.Unknown})
	}
	p.printLine(p.out, "today       "+spentOf(day.USD, b.Day))
	p.printLine(p.out, "this month  "+spentOf(month.USD, b.Month))
	if month.Unknown > 0 {
		p.printLine(p.out, format.Plural(month.Unknown, "prediction")+" of this month have no known price and count nothing")
	}
	return nil
}

func limitOf(limit float64, c history.Committed) limitJSON {
	l := limitJSON{Committed: c.USD}
	if limit > 0 {
		l.Limit = &limit
	}
	return l
}

func spentOf(usd, limit float64) string {
	if limit <= 0 {
		return "~" + format.Dollars(usd) + ", no limit"
	}
	return "~" + format.Dollars(usd) + " of " + format.Dollars(limit)
}
