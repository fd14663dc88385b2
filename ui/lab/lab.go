package lab

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/plan"
	"tintype/ui/template"
)

// Limit is how many cells a plan may have: larger tables are drawn from, or covered. BuyLimit is how many may be bought at once.
const (
	Limit    = plan.Limit
	BuyLimit = 5_000
)

// A Lab is what plans are made with. Lists, Presets, Measure and History may be nil.
type Lab struct {
	Provider string           // whose prices count
	Lists    template.Lists   // of values
	Presets  Presets          // by their names
	Measure  model.Measure    // sizes of input images
	History  *history.History // what is had
	Now      func() time.Time // nil: time.Now
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
	indexed := l.readHistory(ctx)
	p, err := l.build(spec)
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
func (l *Lab) build(spec plan.Spec) (*plan.Plan, error) {
	prompts, err := l.newPrompter(spec)
	if err != nil {
		return nil, err
	}
	options := plan.Options{Provider: l.Provider, Measure: l.Measure, PromptAxes: prompts.axes, Prompt: prompts.text, Axes: prompts.rest}
	if l.Presets != nil {
		options.Preset = l.Presets.Apply
	}
	if options.Images, err = checksums(spec); err != nil {
		return nil, err
	}
	return plan.Build(spec, options)
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

// checksums returns the sha256 of the input images of a spec by their paths. Files that cannot be read have none: the purchase says so.
func checksums(spec plan.Spec) (map[string]string, error) {
	sums := map[string]string{}
	add := func(v any) error {
		switch v := v.(type) {
		case string:
			return addChecksum(sums, v)
		case []string:
			for _, path := range v {
				if err := addChecksum(sums, path); err != nil {
					return err
				}
			}
		}
		return nil
	}
	inputs := []map[string]any{spec.Base}
	for _, r := range spec.Rows {
		inputs = append(inputs, r.Input)
	}
	for _, input := range inputs {
		for name, v := range input {
			if isImage(name) {
				if err := add(v); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, a := range spec.Axes {
		for _, v := range a.Values {
			for _, name := range a.Of {
				if name == plan.OfImage || isImage(name) {
					if set, ok := v.Set[name]; ok {
						if err := add(set); err != nil {
							return nil, err
						}
					} else if err := add(v.Text); err != nil {
						return nil, err
					}
				}
			}
		}
	}
	return sums, nil
}

// isImage reports whether a name is that of an input image in some model.
func isImage(name string) bool {
	for _, m := range model.All() {
		if p, ok := m.Parameter(name); ok && (p.Type == model.Image || p.Type == model.Images) {
			return true
		}
	}
	return false
}

// addChecksum adds the checksum of a file.
func addChecksum(sums map[string]string, path string) error {
	if path == "" || !model.IsPath(path) || sums[path] != "" {
		return nil
	}
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %s.", path, reason(err))
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return fmt.Errorf("%s cannot be read: %s.", path, reason(err))
	}
	sums[path] = hex.EncodeToString(hash.Sum(nil))
	return nil
}
