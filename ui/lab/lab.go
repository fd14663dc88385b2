package lab

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
	"tintype/ui/template"
)

// Limit is the most cells that a plan may have; of a larger table, some are made. BuyLimit is the most that may be bought at once.
const (
	Limit    = plan.Limit
	BuyLimit = 5_000
)

// A Lab is what plans are made with. Lists, Presets, Measure and History may be nil.
type Lab struct {
	Provider string           // whose prices count
	Lists    template.Lists   // of values
	Presets  Presets          // by their names
	History  *history.History // what is had
	Now      func() time.Time // nil: time.Now
	Rule     picturekey.Rule  // what makes another picture; that of the runner that buys

	// Measure returns the measure of the input images of a model's input, for prices that depend on their sizes.
	Measure func(m model.Model, input map[string]any) model.Measure
}

// Presets finds presets by their names.
type Presets interface {
	// Apply returns a model, a prompt and settings to which presets were applied, one after the other ("film+ink"). It does not change
	// input. The error is a sentence.
	Apply(names, modelID, prompt string, input map[string]any) (newModel, newPrompt string, newInput map[string]any, err error)
}

// Make makes the plan of a spec, and finds out what is had and what is coming. It reads the disk. Errors are sentences; those of the prompt's
// template are a *template.Error.
func (l *Lab) Make(ctx context.Context, spec plan.Spec) (*plan.Plan, error) {
	return l.make(ctx, spec, l.filesOf(spec))
}

// make is Make with what is read of the spec's input images.
func (l *Lab) make(ctx context.Context, spec plan.Spec, images files) (*plan.Plan, error) {
	indexed := l.readHistory(ctx)
	p, err := l.build(spec, images)
	<-indexed
	if err != nil {
		return nil, err
	}
	return p, l.Refresh(ctx, p)
}

// readHistory begins to index the history, which takes as long as making a large plan. The channel is closed when it has ended. An
// error comes with the next question to the history.
func (l *Lab) readHistory(ctx context.Context) <-chan struct{} {
	done := make(chan struct{})
	go func() {
		defer close(done)
		if l.History != nil {
			_ = l.History.BuildIndex(ctx)
		}
	}()
	return done
}

// build makes the plan of a spec.
func (l *Lab) build(spec plan.Spec, images files) (*plan.Plan, error) {
	prompts, err := l.newPrompter(spec)
	if err != nil {
		return nil, err
	}
	options := plan.Options{Provider: l.Provider, Measure: images.measure, Rule: l.Rule, PromptAxes: prompts.axes, Prompt: prompts.text, Axes: prompts.rest}
	if options.Images, err = images.checksums(); err != nil {
		return nil, err
	}
	asText := map[string]bool{} // presets whose text would be a template in a prompt
	if l.Presets != nil {
		options.Preset = func(names, id, prompt string, input map[string]any) (string, string, map[string]any, error) {
			id, prompt, input, err := l.Presets.Apply(names, id, prompt, input)
			if t, mistake := template.Parse(prompt, l.Lists); !spec.AsWritten && (mistake != nil || t.Varies()) {
				asText[names] = true
			}
			if err == nil {
				err = addChecksums(options.Images, input)
			}
			return id, prompt, input, err
		}
	}
	p, err := plan.Build(spec, options)
	if err != nil {
		return nil, err
	}
	for _, names := range slices.Sorted(maps.Keys(asText)) {
		p.Notes = append(p.Notes, fmt.Sprintf("The text of the preset %s is sent as it is written, with the signs of the language in it.", names))
	}
	return p, nil
}

// CheckCount returns an error if a plan would buy more than BuyLimit cells. again: its had cells, too.
func CheckCount(p *plan.Plan, again bool) error {
	t := p.Totals()
	n := t.New
	if again {
		n += t.Had
	}
	if n <= BuyLimit {
		return nil
	}
	cure := "Leave some out, or take each pair once."
	if len(p.Spec.Rows) > 0 {
		cure = "Make several files of it."
	}
	return fmt.Errorf("%s cells are to be bought, and at most %s are bought at once. %s", format.Count(n), format.Count(BuyLimit), cure)
}
