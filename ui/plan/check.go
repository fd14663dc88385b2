package plan

import (
	"fmt"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
)

// checkAxes refuses what would make a table that nobody means: a model that does not exist, a setting that no model of the table takes, one
// that two axes set, and a skip of something that the table does not have.
func (b *builder) checkAxes() error {
	if err := b.checkTwice(); err != nil {
		return err
	}
	models, err := b.models()
	if err != nil {
		return err
	}
	takesAny := slices.ContainsFunc(models, func(m model.Model) bool { return !m.Known })
	for _, a := range b.plan.Axes {
		for _, name := range a.Of {
			if err := b.checkTaken(name, models); err != nil {
				return err
			}
		}
	}
	for _, skip := range b.spec.Skips {
		for _, c := range skip {
			if !takesAny && b.axisCalled(c.Of) < 0 && !slices.Contains(Names(), c.Of) {
				names := Names()
				for _, a := range b.plan.Axes {
					names = append(names, a.Name())
				}
				return fmt.Errorf("skip: nothing here is called %q.%s", c.Of, format.DidYouMean(c.Of, names))
			}
		}
	}
	return nil
}

// models returns the models of the table, with those that its presets name; none if no model is chosen.
func (b *builder) models() (models []model.Model, err error) {
	for _, a := range b.plan.Axes {
		if !slices.Contains(a.Of, OfModel) {
			continue
		}
		for i := range a.Values {
			id, _ := a.Value(i, OfModel)
			if err := model.CheckID(id); err != nil {
				return nil, fmt.Errorf("model: %w%s", err, didYouMeanModel(id))
			}
			models = append(models, model.Find(id))
		}
	}
	if len(models) == 0 && b.spec.Model != "" {
		models = append(models, model.Find(b.spec.Model))
		return append(models, b.presetModels()...), nil
	}
	return models, nil
}

// presetModels returns the models that presets of the table name. One that cannot be read is told where a cell needs it.
func (b *builder) presetModels() (models []model.Model) {
	for _, a := range b.plan.Axes {
		if !slices.Contains(a.Of, OfPreset) {
			continue
		}
		for i := range a.Values {
			names, _ := a.Value(i, OfPreset)
			if names == "" {
				continue
			}
			if p, err := b.presets(names); err == nil && p.model != "" {
				models = append(models, model.Find(p.model))
			}
		}
	}
	return models
}

// didYouMeanModel suggests names of models.
func didYouMeanModel(id string) string {
	id, _, _ = strings.Cut(id, ":")
	if model.Find(id).Known {
		return "" // the mistake is in the version
	}
	var names []string
	for _, m := range model.All() {
		names = append(names, m.Name())
	}
	if like := format.DidYouMean(id, names); like != "" {
		return "." + like
	}
	return ""
}

// checkTaken returns an error if none of the models takes a setting. A model that is not in the catalogue may take any; where no model is
// chosen, all of the catalogue count.
func (b *builder) checkTaken(name string, models []model.Model) error {
	if name != OfSeed && slices.Contains(notParameters, name) || name == OfParent || strings.HasPrefix(name, "${") {
		return nil
	}
	if len(models) == 0 {
		return checkName(name)
	}
	var names []string
	for _, m := range models {
		if _, ok := m.Parameter(name); ok || !m.Known {
			return nil
		}
		for _, p := range m.Parameters {
			names = append(names, p.Name)
		}
	}
	return notTaken(name, names)
}

// checkTwice returns an error if two axes set the same. Several texts may be replaced, and several presets applied.
func (b *builder) checkTwice() error {
	seen := map[string]bool{}
	for _, a := range b.plan.Axes {
		for _, name := range a.Of {
			if name == OfReplace || name == OfPreset || name == OfPrompt {
				continue
			}
			if seen[name] {
				return fmt.Errorf("%s is an axis twice. Give all its values in one.", name)
			}
			seen[name] = true
		}
	}
	return nil
}
