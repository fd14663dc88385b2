package bisectview

import (
	"slices"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/lab"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
)

// A Case is a bisect between two predictions, as far as it is.
type Case struct {
	Good, Bad history.Entry
	Gone      [2]bool // the file of the good or the bad picture is not there
	Search    *bisect.Bisect
	Verdicts  []lab.Verdict // what was said, of all programs
	Agreement bisect.Agreement
	Plan      *plan.Plan // of the next picture: one cell; nil when the search has ended
}

// cell returns the cell of the next picture; nil if there is none.
func (c *Case) cell() *plan.Cell {
	if c == nil || c.Plan == nil || len(c.Plan.Cells) == 0 {
		return nil
	}
	return &c.Plan.Cells[0]
}

// forget removes what was said of a picture.
func (c *Case) forget(picture picturekey.Key) {
	c.Verdicts = slices.DeleteFunc(slices.Clone(c.Verdicts), func(v lab.Verdict) bool { return v.Picture == picture })
}
