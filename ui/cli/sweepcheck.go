package cli

import (
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/plan"
)

// checkPlaces returns an error for the prompt as a setting, which would not be sent; instead says where it is written.
func (f runFlags) checkPlaces(instead string) error {
	for _, pair := range f.set {
		if name, _, _ := strings.Cut(pair, "="); strings.TrimSpace(name) == plan.OfPrompt {
			return usageError("--set prompt would not count. %s", instead)
		}
	}
	return nil
}

// checkGiven returns an error for a setting of the flags that would not count: no cell has it, or an axis sets it.
func (f sweepFlags) checkGiven(spec plan.Spec) error {
	given, m := map[string]any{}, model.Find(spec.Model)
	if err := f.addTo(m, given); err != nil {
		return err
	}
	severalModels := false
	for _, a := range spec.Axes {
		severalModels = severalModels || slices.Contains(a.Of, plan.OfModel) || slices.Contains(a.Of, plan.OfPreset)
		for _, name := range a.Of {
			if given[name] != nil {
				return usageError("%s is set by a flag and by an axis. Take one of them away", name)
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if _, takes := m.Parameter(name); !takes && m.Known && !severalModels {
			return usageError("%s has no %s", m.Name(), name)
		}
	}
	return nil
}
