package duel

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/rank"
	"tintype/ui/text"
)

// setAbouts says what each picture is.
func (c *Contest) setAbouts() {
	with := map[string]int{} // how many pictures have a prompt
	models := map[string]bool{}
	for _, p := range c.pictures {
		with[c.entries[p.Key].Prompt()]++
		models[c.entries[p.Key].Model] = true
	}
	c.abouts = make(map[duels.Picture][]text.Safe, len(c.pictures))
	for _, p := range c.pictures {
		e := c.entries[p.Key]
		for _, fact := range c.about(p, with[e.Prompt()] > len(e.Outputs), len(models) > 1) {
			c.abouts[p] = append(c.abouts[p], text.CleanLine(fact))
		}
	}
}

// about says in few words what a picture is: its place in the plan, or its prompt. Of pictures that share a prompt, what they do not share
// comes first: the model where there are several.
func (c *Contest) about(p duels.Picture, shared, models bool) (said []string) {
	e := c.entries[p.Key]
	if n := len(e.Outputs); n > 1 {
		said = append(said, fmt.Sprintf("%d of %d", p.Output, n))
	}
	switch {
	case c.features != nil:
		for _, f := range c.features(p) {
			said = append(said, featureText(f))
		}
		return said
	case shared && models:
		said = append(append(said, model.Find(e.Model).Name()), c.values(e)...)
	case shared:
		said = append(said, c.values(e)...)
	}
	return append(said, e.Prompt())
}

// values returns the place of a prediction in its plan, without the model and what all have; and its seed if that has no place there.
func (c *Contest) values(e history.Entry) (said []string) {
	for _, axis := range sortedAxes(maps.Keys(e.Cell)) {
		if axis != byModel && c.varies(axis, e.Cell[axis]) {
			said = append(said, featureText(rank.Feature{Axis: axis, Value: e.Cell[axis]}))
		}
	}
	if _, of := e.Cell[bySeed]; !of && e.Seed != nil {
		said = append(said, fmt.Sprintf("%s %d", bySeed, *e.Seed))
	}
	return said
}

// varies reports whether a prediction has another value of an axis.
func (c *Contest) varies(axis, value string) bool {
	for _, e := range c.entries {
		if other, has := e.Cell[axis]; has && other != value {
			return true
		}
	}
	return false
}

// featureText says a value of an axis as the sheet does: "guidance 2.5", and without the axis a model, a preset or a part of a prompt.
func featureText(f rank.Feature) string {
	said := cmp.Or(f.Value, "(nothing)")
	switch {
	case f.Axis == byModel:
		return model.Find(f.Value).Name()
	case f.Axis == "prompt" || f.Axis == "preset" || !isName(f.Axis):
		return said
	}
	return f.Axis + " " + said
}

// isName reports whether an axis is called like a parameter, and not after a part of a prompt.
func isName(axis string) bool {
	return !strings.ContainsFunc(axis, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// sortedAxes puts the model first, and the seed last.
func sortedAxes(axes iter.Seq[string]) []string {
	return slices.SortedFunc(axes, func(a, b string) int { return cmp.Or(cmp.Compare(axisRank(a), axisRank(b)), strings.Compare(a, b)) })
}

// axisRank puts the model first, and the seed last.
func axisRank(axis string) int {
	switch axis {
	case byModel:
		return 0
	case bySeed:
		return 2
	}
	return 1
}

const (
	byModel = "model"
	bySeed  = "seed"
)
