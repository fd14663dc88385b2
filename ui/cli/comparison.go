package cli

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/params"
	"tintype/ui/rank"
)

// A comparison is what was compared, and what the history has of it.
type comparison struct {
	duels    []duels.Duel
	pictures []duels.Picture // that are ranked
	entries  map[string]history.Entry
	gone     int // pictures that are in the trash or not in the history any more
	bad      int // lines that cannot be read

	plan  string                       // in which they were compared; "" for none that was asked for
	cells map[string]map[string]string // where its predictions are in it; nil if that is not known
}

// readComparison reads the duels, and the predictions whose pictures were in them and match words. wrong is a term that cannot be
// understood.
func readComparison(ctx context.Context, h *history.History, words, plan string, p *program) (c comparison, wrong, err error) {
	report, err := h.Duels().Read()
	if err != nil {
		return c, nil, err
	}
	c.duels, c.bad = report.Duels, report.Unread
	compared, err := c.compared(plan)
	if err != nil {
		return c, nil, err
	}
	keys, wrong, err := matchingKeys(ctx, h, words, 0, p.now())
	if err != nil {
		return c, nil, err
	}
	all, wanted := h.Keys(), map[string]bool{}
	for _, picture := range compared {
		if _, found := keys.Find(picture.Key); found {
			c.pictures = append(c.pictures, picture)
			wanted[picture.Key] = true
		} else if _, here := all.Find(picture.Key); !here {
			c.gone++
		}
	}
	if c.entries, err = h.EntriesByKey(slices.Collect(maps.Keys(wanted))); err != nil {
		return c, nil, err
	}
	c.leaveOutUnknown()
	return c, wrong, nil
}

// compared returns the pictures that were in duels, the newest first; of a plan if its key or the beginning of it is given.
func (c *comparison) compared(plan string) ([]duels.Picture, error) {
	seen := map[duels.Picture]bool{}
	for _, d := range c.duels {
		if plan != "" {
			if !strings.HasPrefix(d.Of, plan) {
				continue
			}
			if c.plan != "" && c.plan != d.Of {
				return nil, usageError("several plans begin with %s: give more of the key", plan)
			}
			c.plan = d.Of
		}
		seen[d.A], seen[d.B] = true, true
	}
	return slices.SortedFunc(maps.Keys(seen), func(a, b duels.Picture) int { return cmp.Or(strings.Compare(b.Key, a.Key), a.Output-b.Output) }), nil
}

// leaveOutUnknown leaves out pictures that their predictions do not have, as lines that were written by hand may name.
func (c *comparison) leaveOutUnknown() {
	before := len(c.pictures)
	c.pictures = slices.DeleteFunc(c.pictures, func(p duels.Picture) bool { return p.Output > max(len(c.entries[p.Key].Outputs), 1) })
	c.gone += before - len(c.pictures)
}

// findCells finds where the pictures are in the plan in which they were compared, also those that were bought in another one. Where the plan is not
// kept, what its own predictions say counts.
func (c *comparison) findCells(ctx context.Context, with *lab.Lab) {
	if c.plan == "" {
		return
	}
	spec, err := with.Load(c.plan)
	if err != nil {
		return
	}
	if made, err := with.Make(ctx, spec); err == nil {
		_, c.cells = made.Predictions()
	}
}

// cell returns where a prediction is in the plan of all; ok is false if it is not in it.
func (c *comparison) cell(e history.Entry) (at map[string]string, plan string, ok bool) {
	if c.cells != nil {
		at, ok = c.cells[e.Key]
		return at, c.plan, ok
	}
	return e.Cell, e.Batch, e.Batch != ""
}

// features returns the values of the pictures on an axis; for those of one plan, also on the plan's axes, so that each value is told from those
// that it occurs with. ofPlan is set then.
func (c *comparison) features(by string) (features func(duels.Picture) []rank.Feature, ofPlan bool) {
	of := ""
	for i, p := range c.pictures {
		at, plan, ok := c.cell(c.entries[p.Key])
		if _, has := at[by]; !ok || !has || i > 0 && plan != of {
			return func(p duels.Picture) []rank.Feature { return valueOf(c.entries[p.Key], by) }, false
		}
		of = plan
	}
	return func(p duels.Picture) (list []rank.Feature) {
		e := c.entries[p.Key]
		at, _, _ := c.cell(e)
		for axis, value := range at {
			if axis == byModel {
				value = e.Model // in full, as elsewhere
			}
			list = append(list, rank.Feature{Axis: axis, Value: value})
		}
		slices.SortFunc(list, func(a, b rank.Feature) int { return strings.Compare(a.Axis, b.Axis) })
		return list
	}, true
}

// valueOf returns an entry's value: its prompt, its model, a parameter, or its place on an axis of its plan. It has none where it has no
// such parameter.
func valueOf(e history.Entry, by string) []rank.Feature {
	one := func(value string) []rank.Feature { return []rank.Feature{{Axis: by, Value: value}} }
	m := model.Find(e.Model)
	parameter, known := m.Parameter(by)
	value, sent := e.Input[by]
	switch {
	case by == byPrompt:
		return one(e.Prompt())
	case by == byModel:
		return one(e.Model)
	case sent && known:
		return one(parameter.Format(value))
	case sent:
		return one(fmt.Sprint(value))
	case e.Cell[by] != "":
		return one(e.Cell[by])
	case by == params.Seed && e.Seed != nil:
		return one(fmt.Sprint(*e.Seed))
	case known && parameter.Default != nil:
		return one(parameter.Format(parameter.Default))
	}
	return nil
}

// checkBy returns an error if no picture can have a value of that name.
func (c *comparison) checkBy(by string) error {
	names := append([]string{byPicture, byPrompt, byModel}, rankableParameters()...)
	for _, e := range c.entries {
		at, _, _ := c.cell(e)
		for axis := range at {
			names = append(names, axis)
		}
		for name := range e.Input {
			names = append(names, name)
		}
	}
	if slices.Contains(names, by) {
		return nil
	}
	return usageError("--by takes picture, prompt, model, a parameter or an axis of a plan; %q is none.%s", by, format.DidYouMean(by, names))
}
