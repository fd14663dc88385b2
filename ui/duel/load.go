package duel

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/rank"
)

// MostPictures is how many pictures are compared at once.
const MostPictures = 1000

// A Choice says which pictures are to be compared.
type Choice struct {
	Subjects []list.Subject               // in the order of equal ones; of a prediction without an output all its pictures
	Plan     string                       // key of the plan that they are all of; "" for none
	Cells    map[string]map[string]string // where predictions are in it: values by axes; nil for what the history says
	LeftOut  int                          // how many predictions were left out, since there are too many
}

// Load reads the pictures of a choice and all duels, and finds the first pair. seed is what sides and equal pairs are drawn by. An error is a
// sentence; fewer than two pictures are a TooFewError. It uses the disk.
func Load(h *history.History, choice Choice, seed uint64) (*Contest, error) {
	entries, err := h.EntriesByKey(list.KeysOf(choice.Subjects))
	if err != nil {
		return nil, err
	}
	report, err := h.Duels().Read()
	if err != nil {
		return nil, err
	}
	c := &Contest{
		log: h.Duels(), plan: choice.Plan, entries: entries, seed: seed, list: report.Duels,
		skipped: map[[2]duels.Picture]bool{},
	}
	gone, tooMany := 0, 0
	for _, s := range choice.Subjects {
		lost, more := c.add(h, s)
		gone, tooMany = gone+lost, tooMany+more
	}
	if len(c.pictures) < 2 {
		return nil, tooFew(len(c.pictures), gone)
	}
	c.setPlan(choice.Cells)
	c.setFeatures()
	c.setAbouts()
	c.sayMissing(gone, tooMany, choice.LeftOut)
	c.sayBad(report.Unread)
	c.rank()
	c.pick()
	return c, nil
}

// add adds the pictures of a subject, and returns how many of them are gone, and how many are too many.
func (c *Contest) add(h *history.History, s list.Subject) (gone, tooMany int) {
	for i, o := range c.entries[s.Key].Outputs {
		if s.Output != 0 && s.Output != i+1 || o.Path == "" {
			continue
		}
		if len(c.pictures) == MostPictures {
			tooMany++
			continue
		}
		if !h.HasFile(o) {
			gone++
			continue
		}
		c.pictures = append(c.pictures, duels.Picture{Key: s.Key, Output: i + 1})
	}
	return gone, tooMany
}

// TooFewError is why nothing can be compared: a sentence.
type TooFewError string

func (e TooFewError) Error() string { return string(e) }

// tooFew says why nothing can be compared.
func tooFew(pictures, gone int) error {
	said := "A duel needs two pictures; there is none here."
	if pictures == 1 {
		said = "A duel needs two pictures; there is one here."
	}
	if gone > 0 {
		said += " " + goneText(gone)
	}
	return TooFewError(said)
}

func goneText(gone int) string {
	if gone == 1 {
		return "1 picture is gone, and left out."
	}
	return format.Count(gone) + " pictures are gone, and left out."
}

// sayMissing keeps which pictures are left out: those that are gone, those that are too many, and runs that were not looked at.
func (c *Contest) sayMissing(gone, tooMany, runs int) {
	if gone > 0 {
		c.said = append(c.said, goneText(gone))
	}
	var left []string
	if tooMany > 0 {
		left = append(left, format.Plural(tooMany, "picture"))
	}
	if runs > 0 {
		left = append(left, format.Plural(runs, "older run"))
	}
	if len(left) > 0 {
		c.said = append(c.said, fmt.Sprintf("%s are compared; %s are left out.", format.Plural(len(c.pictures), "picture"), strings.Join(left, " and ")))
	}
}

// sayBad keeps that lines of the duels cannot be read.
func (c *Contest) sayBad(lines int) {
	if lines > 0 {
		c.said = append(c.said, format.Plural(lines, "line")+" of the duels cannot be read: tintype doctor")
	}
}

// setPlan sets the plan in which all pictures were bought, if it is one and no other is shown, and where they are in the plan that is shown.
func (c *Contest) setPlan(cells map[string]map[string]string) {
	of := c.entries[c.pictures[0].Key].Batch
	same := !slices.ContainsFunc(c.pictures, func(p duels.Picture) bool { return c.entries[p.Key].Batch != of })
	if c.plan == "" && same {
		c.plan = of
	}
	for key, e := range c.entries {
		if cells != nil {
			e.Batch, e.Cell = c.plan, cells[key]
		}
		c.entries[key] = e
	}
}

// setFeatures makes the axes of a plan features, if all pictures are of that plan. Then only duels between them count, since the pictures of others
// have no such values.
func (c *Contest) setFeatures() {
	values := map[string]map[string]bool{}
	for _, p := range c.pictures {
		e := c.entries[p.Key]
		if c.plan == "" || e.Batch != c.plan || len(e.Cell) == 0 {
			return
		}
		for axis, value := range e.Cell {
			if values[axis] == nil {
				values[axis] = map[string]bool{}
			}
			values[axis][value] = true
		}
	}
	maps.DeleteFunc(values, func(_ string, of map[string]bool) bool { return len(of) < 2 })
	axes := sortedAxes(maps.Keys(values))
	if len(axes) == 0 {
		return
	}
	entries := c.entries
	c.features = func(p duels.Picture) (list []rank.Feature) {
		for _, axis := range axes {
			if value, has := entries[p.Key].Cell[axis]; has {
				list = append(list, rank.Feature{Axis: axis, Value: value})
			}
		}
		return list
	}
	c.balanced = rank.IsBalanced(c.pictures, c.features)
	c.list = rank.Among(c.pictures, c.list)
}
