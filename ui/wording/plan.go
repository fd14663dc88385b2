package wording

import (
	"fmt"
	"strings"

	"tintype/ui/format"
	"tintype/ui/plan"
)

// PlanSize returns how large a plan's table is: "3 × 4 × 3 seeds = 36 cells". Of a table of which only some cells are made, it has the
// number of those alone.
func PlanSize(p *plan.Plan) string {
	cells := format.Plural(len(p.Cells), "cell")
	if how := p.Spec.How; len(p.Axes) < 2 || how != "" && how != plan.All {
		return cells
	}
	var sides []string
	for _, a := range p.Axes {
		side := format.Count(len(a.Values))
		if a.Sets(plan.OfSeed) {
			side = format.Plural(len(a.Values), "seed")
		}
		sides = append(sides, side)
	}
	return strings.Join(sides, " × ") + " = " + cells
}

// PlanCounts returns what is known of a plan's cells, and what the new ones cost: "9 had · 3 the same · 24 to buy · about $0.41".
func PlanCounts(t plan.Totals, free bool) string {
	var parts []string
	for _, count := range []struct {
		n    int
		what string
	}{
		{t.Had, "had"}, {t.Coming, "coming"}, {t.Same, "the same"}, {t.LeftOut, "left out"}, {t.Invalid, "not possible"},
	} {
		if count.n > 0 {
			parts = append(parts, format.Count(count.n)+" "+count.what)
		}
	}
	if t.New == 0 {
		return strings.Join(append(parts, "nothing to buy"), " · ")
	}
	return strings.Join(append(parts, fmt.Sprintf("%s to buy", format.Count(t.New)), PlanPrice(t, free)), " · ")
}

// PlanPrice returns what the new cells of a plan cost: "about $0.41", "≥ $0.30" if some prices are unknown, "price unknown", "free".
func PlanPrice(t plan.Totals, free bool) string {
	switch {
	case free:
		return "free"
	case t.Unknown == t.New:
		return "price unknown"
	case t.Unknown > 0:
		return "≥ " + format.Dollars(t.Cost)
	case t.Guess:
		return format.Guess(t.Cost)
	}
	return format.Price(t.Cost, true, false)
}
