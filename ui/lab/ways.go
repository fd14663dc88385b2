package lab

import (
	"context"
	"fmt"

	"tintype/ui/plan"
)

// A Way is one way of choosing the cells of a plan, with what it would buy.
type Way struct {
	How     plan.How
	Totals  plan.Totals
	Problem string // why it is not possible; "" if it is
}

// Ways returns the ways of choosing the cells of a spec, each with its count and its price. It reads the disk. The error is
// that of ctx, or a sentence.
func (l *Lab) Ways(ctx context.Context, spec plan.Spec) ([]Way, error) {
	var ways []Way
	images := l.filesOf(spec)
	for _, how := range []plan.How{plan.All, plan.EachValue, plan.EachPair, "12", "48"} {
		spec.How = how
		p, err := l.make(ctx, spec, images)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			ways = append(ways, Way{How: how, Problem: err.Error()})
			continue
		}
		if n, isNumber := atRandom(how); isNumber && len(ways) > 0 && ways[0].Problem == "" && n >= ways[0].Totals.Cells {
			continue // that would be all of them
		}
		ways = append(ways, Way{How: how, Totals: p.Totals()})
	}
	if len(ways) == 0 {
		return nil, fmt.Errorf("This plan has no cells.")
	}
	return ways, nil
}
