package lab

import (
	"context"

	"tintype/ui/distance"
	"tintype/ui/impact"
	"tintype/ui/picture"
	"tintype/ui/plan"
)

// MeasureImpact measures the pictures of an impact's plan that are here. It reads them. Errors are sentences.
func (l *Lab) MeasureImpact(ctx context.Context, x impact.Experiment, p *plan.Plan) (impact.Result, error) {
	return impact.Measure(x.Pictures(p, func(key string) *distance.Picture { return l.measured(ctx, key) }))
}

// measured returns what is compared of a prediction's first picture; nil if it has none that can be read.
func (l *Lab) measured(ctx context.Context, key string) *distance.Picture {
	e, _, err := l.History.Entry(key)
	if err != nil {
		return nil
	}
	for _, o := range e.Outputs {
		if o.LocalPath() == "" {
			continue
		}
		img, _, err := picture.Load(ctx, l.History.Path(o.LocalPath()), picture.Limits{})
		if err != nil {
			return nil
		}
		p, _ := distance.New(ctx, img) // it has pixels; after an interrupt it is left out
		return p
	}
	return nil
}
