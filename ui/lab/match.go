package lab

import (
	"context"
	"slices"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/params"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
)

// Refresh updates the states of a plan's cells from the history: which pictures are on disk, and which are coming. It reads the disk.
func (l *Lab) Refresh(ctx context.Context, p *plan.Plan) error {
	if l.History == nil {
		return nil
	}
	now := time.Now
	if l.Now != nil {
		now = l.Now
	}
	matched := now() // before the history is read: what ends meanwhile counts as newer
	found, err := l.findEntries(ctx, p)
	if err != nil {
		return err
	}
	for i := range p.Cells {
		if c := &p.Cells[i]; c.State == plan.New || c.State == plan.Had || c.State == plan.Coming {
			l.match(c, found)
		}
	}
	p.SetSame()
	p.Matched = matched
	return nil
}

// entries are what the history has of the pictures of a plan, by their picture keys, newest first.
type entries map[picturekey.Key][]*history.Entry

// findEntries returns the entries of a plan's pictures.
func (l *Lab) findEntries(ctx context.Context, p *plan.Plan) (entries, error) {
	var prompts []string
	seen, wanted, seeds := map[string]bool{}, map[picturekey.Key]bool{}, map[int64]bool{}
	for _, c := range p.Cells {
		if seed, ok := model.Int(c.Input[params.Seed]); ok {
			seeds[seed] = true
		}
		text, _ := c.Input[params.Prompt].(string)
		wanted[c.Key] = true
		if c.Key != "" && !seen[text] {
			seen[text] = true
			prompts = append(prompts, text)
		}
	}
	byPrompt, err := l.History.WithPrompts(prompts)
	if err != nil {
		return nil, err
	}
	found := entries{}
	for _, list := range byPrompt {
		for i := range list {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			e := &list[i]
			if e.Trashed || !isHere(*e) {
				continue
			}
			if key := l.Rule.OfEntry(*e); wanted[key] {
				found[key] = append(found[key], e)
			}
			if e.Seed == nil || !seeds[*e.Seed] || picturekey.HasSeed(e.Model, e.Input) {
				continue
			}
			if key := l.Rule.OfSeed(*e, *e.Seed); wanted[key] { // the provider drew the seed that the cell asks for
				found[key] = append(found[key], e)
			}
		}
	}
	return found, nil
}

// isHere reports whether an entry has pictures, or may get them.
func isHere(e history.Entry) bool { return e.State == history.Done || isComing(e) }

// isComing reports whether the pictures of an entry may still come.
func isComing(e history.Entry) bool {
	return !e.State.Ended()
}

// match sets the state of a cell. Without a seed, each prediction makes other pictures: a cell wants a number of them, and takes
// those that no cell before it took.
func (l *Lab) match(c *plan.Cell, found entries) {
	job := c.Job
	var state plan.State
	var keys []string
	if picturekey.HasSeed(c.Model, c.Input) {
		state, keys = l.matchSeeded(found[c.Key])
	} else {
		state, keys, found[c.Key] = l.matchUnseeded(c.Pictures, found[c.Key])
	}
	if state == plan.New && job != "" && c.State == plan.Coming {
		return // the job has no line in the journal yet
	}
	c.State, c.Entries = state, keys
}

// matchSeeded returns the state of a cell with a seed: any of the entries has its picture.
func (l *Lab) matchSeeded(list []*history.Entry) (plan.State, []string) {
	var had, coming []string
	for _, e := range list {
		switch {
		case isComing(*e):
			coming = append(coming, e.Key)
		case l.pictures(*e) > 0:
			had = append(had, e.Key)
		}
	}
	switch {
	case len(had) > 0:
		return plan.Had, had
	case len(coming) > 0:
		return plan.Coming, coming
	}
	return plan.New, nil
}

// matchUnseeded returns the state of a cell that wants a number of pictures, and the entries that are left for other cells.
func (l *Lab) matchUnseeded(wanted int, list []*history.Entry) (plan.State, []string, []*history.Entry) {
	var keys []string
	state, have := plan.Had, 0
	for i, e := range list {
		if have >= wanted {
			return state, keys, list[i:]
		}
		n := wanted
		if isComing(*e) {
			state = plan.Coming
		} else {
			n = l.pictures(*e)
		}
		if n > 0 {
			have += n
			keys = append(keys, e.Key)
		}
	}
	if have < wanted {
		return plan.New, nil, list
	}
	return state, keys, nil
}

// pictures returns how many pictures of an entry are on this disk.
func (l *Lab) pictures(e history.Entry) (n int) {
	for _, o := range e.Outputs {
		if l.History.HasFile(o) {
			n++
		}
	}
	return n
}

// FailedAttempt returns the newest prediction that was to make the picture of a cell and ended without it; the zero Entry if there is none.
func (l *Lab) FailedAttempt(c *plan.Cell) (history.Entry, error) {
	prompt, _ := c.Input[params.Prompt].(string)
	found, err := l.History.WithPrompts([]string{prompt})
	if err != nil {
		return history.Entry{}, err
	}
	for _, list := range found {
		i := slices.IndexFunc(list, func(e history.Entry) bool {
			return (e.State == history.Failed || e.State == history.Lost) && l.Rule.OfEntry(e) == c.Key
		})
		if i >= 0 {
			return list[i], nil
		}
	}
	return history.Entry{}, nil
}
