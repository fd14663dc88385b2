package cli

import (
	"cmp"

	"tintype/history"
	"tintype/ui/plan"
)

// planJSON is a plan as --json prints it, before or after buying.
type planJSON struct {
	Plan       string     `json:"plan"`
	Cells      int        `json:"cells"`
	Had        int        `json:"had"`
	Coming     int        `json:"coming"`
	New        int        `json:"new"`
	Same       int        `json:"same"`
	LeftOut    int        `json:"left_out"`
	Invalid    int        `json:"invalid"`
	Cost       *float64   `json:"cost"`        // of the new ones, US dollars; null if a price is unknown
	BudgetLeft *float64   `json:"budget_left"` // US dollars; null without a budget
	Stopped    string     `json:"stopped,omitempty"`
	Items      []cellJSON `json:"items"`
}

// cellJSON is one cell of a plan.
type cellJSON struct {
	At       map[string]string `json:"at"`
	Model    string            `json:"model"`
	Version  string            `json:"version,omitempty"` // of the model, if one is named
	Input    map[string]any    `json:"input"`
	State    string            `json:"state"` // of the cell; of its prediction, once it was bought
	Key      *string           `json:"key"`   // of its newest prediction
	Pictures []string          `json:"pictures"`
	Price    *float64          `json:"price"` // US dollars
	Why      string            `json:"why,omitempty"`
}

// newPlanJSON returns a plan for --json. h has the entries of its cells.
func newPlanJSON(p *plan.Plan, h *history.History, left *float64) planJSON {
	t := p.Totals()
	out := planJSON{
		Plan: p.Key, Cells: t.Cells, Had: t.Had, Coming: t.Coming, New: t.New, Same: t.Same, LeftOut: t.LeftOut, Invalid: t.Invalid,
		BudgetLeft: left, Items: make([]cellJSON, 0, len(p.Cells)),
	}
	if t.Unknown == 0 {
		out.Cost = &t.Cost
	}
	entries := entriesOf(p, h)
	for i := range p.Cells {
		out.Items = append(out.Items, newCellJSON(p, i, h, entries))
	}
	return out
}

// entriesOf returns the newest entry of each cell that has one, by key.
func entriesOf(p *plan.Plan, h *history.History) map[string]history.Entry {
	var keys []string
	for i := range p.Cells {
		if key := p.Cells[i].NewestKey(); key != "" {
			keys = append(keys, key)
		}
	}
	entries, _ := h.EntriesByKey(keys) // those that cannot be read are shown without pictures
	return entries
}

// newCellJSON returns a cell for --json.
func newCellJSON(p *plan.Plan, i int, h *history.History, entries map[string]history.Entry) cellJSON {
	c := &p.Cells[i]
	out := cellJSON{
		At: p.Coordinates(i), Model: c.Model, Version: c.Version, Input: c.Input, State: string(c.State), Key: stringOrNil(c.NewestKey()),
		Pictures: []string{}, Why: cmp.Or(c.Why, p.WhySame(i)),
	}
	if out.At == nil {
		out.At = map[string]string{}
	}
	if c.Estimate != nil {
		out.Price = &c.Estimate.USD
	}
	if e, ok := entries[c.NewestKey()]; ok {
		if c.Job != "" {
			out.State = string(e.State)
		}
		for _, o := range e.Outputs {
			if path := o.LocalPath(); path != "" {
				out.Pictures = append(out.Pictures, h.Path(path))
			}
		}
	}
	return out
}
