package bisectview

import (
	"fmt"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/plan"
)

// A Case is a bisect between two predictions, as far as it is.
type Case struct {
	Good, Bad history.Entry
	Gone      [2]bool // the file of the good or the bad picture is not there
	Search    *bisect.Bisect
	Verdicts  lab.Verdicts
	Plan      *plan.Plan // of the next picture: one cell; nil when the search has ended
	Dearest   *float64   // what the dearest picture of the search costs, in USD; nil if a price is unknown

	agreed int     // how many pictures may still be bought, because a person agreed to their price
	usd    float64 // what they may cost together
}

// cell returns the cell of the next picture; nil if there is none.
func (c *Case) cell() *plan.Cell {
	if c == nil || c.Plan == nil || len(c.Plan.Cells) == 0 {
		return nil
	}
	return &c.Plan.Cells[0]
}

// agree lets as many pictures be bought as the rest of the search takes at most.
func (c *Case) agree() {
	c.agreed = c.Search.Status().AtMost
	if c.usd = 0; c.Dearest != nil {
		c.usd = float64(c.agreed) * *c.Dearest
	}
}

// slack is what a sum of prices may be off, because of the way in which computers add.
const slack = 1e-9

// takeAgreed takes the next picture from those that were agreed to. It reports false if it was not agreed to.
func (c *Case) takeAgreed() bool {
	next := c.cell()
	if next == nil || c.agreed < 1 {
		return false
	}
	if e := next.Estimate; e != nil && c.Dearest != nil {
		if e.USD > c.usd+slack {
			return false
		}
		c.usd -= e.USD
	} else if c.Dearest != nil {
		return false // a price was agreed to, and this one is unknown
	}
	c.agreed--
	return true
}

// noteEstimate takes the price of the next picture into account, which several changes together may raise.
func (c *Case) noteEstimate() {
	next := c.cell()
	switch {
	case next == nil || c.Dearest == nil || next.State != plan.New:
	case next.Estimate == nil:
		c.Dearest = nil
	case next.Estimate.USD > *c.Dearest:
		c.Dearest = &next.Estimate.USD
	}
}

// price says how many pictures the rest of the search takes, and what they cost: "at most 7 pictures, about $0.021". isMade says that the
// first of them is there or coming.
func (c *Case) price(free, isMade bool) string {
	most := c.Search.Status().AtMost
	said := "at most " + format.Plural(most, "picture")
	if isMade {
		most--
		said = "at most " + format.Plural(most, "more picture")
	}
	switch {
	case most == 0:
		return "the last picture"
	case free:
		return said + ", free"
	case c.Dearest == nil:
		return said + ", price unknown"
	}
	return fmt.Sprintf("%s, about %s", said, format.Dollars(float64(most)**c.Dearest))
}
