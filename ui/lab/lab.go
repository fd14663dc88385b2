package lab

import (
	"context"
	"time"

	"tintype/history"
	"tintype/ui/plan"
	"tintype/ui/template"
)

// Limit is how many cells a plan may have; above it, only draws and coverings are made. BuyLimit is how many may be bought at once.
const (
	Limit    = 10_000
	BuyLimit = 5_000
)

// A Lab is what plans are made with. Its fields may be nil, if there is no such thing.
type Lab struct {
	Provider string         // whose prices count
	Lists    template.Lists // wildcards
	Presets  Presets
	History  *history.History
	Now      func() time.Time
	Images   func(path string) (sha256 string, ok bool) // of an input image; may be slow
}

// Presets finds a preset by its name; package preset has them in files.
type Presets interface {
	// Apply returns the model, the prompt and the settings after presets were applied one after the other ("film+ink").
	Apply(names, model, prompt string, input map[string]any) (string, string, map[string]any, error)
}

// Make makes the plan of a spec, with what is had, coming and new. It reads the disk. Errors are sentences; those of a template are a
// *template.Error.
func (l *Lab) Make(ctx context.Context, spec plan.Spec) (*plan.Plan, error) {
	return &plan.Plan{Spec: spec}, nil
}

// Refresh updates the states of the cells from the history, in place of making the plan again.
func (l *Lab) Refresh(ctx context.Context, p *plan.Plan) error { return nil }

// Save keeps a plan that is about to be bought as labs/KEY.toml in the data folder; Load reads one, by its key or path.
func (l *Lab) Save(p *plan.Plan) error { return nil }

// Load reads the spec of a plan that was kept, by its key, or of a sweep's file, by its path.
func (l *Lab) Load(name string) (plan.Spec, error) { return plan.Spec{}, nil }
