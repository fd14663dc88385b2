package bisect

import (
	"fmt"

	"tintype/ui/format"
	"tintype/ui/inputdiff"
	"tintype/ui/plan"
)

// An Agreement is what a person agreed to pay for a search: how many pictures, and what they may cost together. The zero Agreement is none.
type Agreement struct {
	Dearest  *float64 // what the dearest picture of the search costs, in USD; nil if a price is unknown
	pictures int      // how many may still be bought
	usd      float64  // what they may cost together
}

// NewAgreement returns an agreement to nothing yet, which knows the price of the dearest picture: that of the good input, of the bad one, or of the
// good one with any single change. estimate plans a picture; one that cannot be planned cannot be bought.
func NewAgreement(b *Bisect, estimate func(plan.Spec) (*plan.Plan, error)) Agreement {
	sets := [][]int{nil, upTo(len(b.Changes), nil), b.Status().Next}
	for i, c := range b.Changes {
		if c.Kind != inputdiff.Words {
			sets = append(sets, []int{i})
		}
	}
	var dearest *float64
	for _, set := range sets {
		p, err := estimate(b.Spec(set))
		switch {
		case err != nil || p.Cells[0].State == plan.Invalid:
		case p.Cells[0].Estimate == nil:
			return Agreement{}
		case dearest == nil || p.Cells[0].Estimate.USD > *dearest:
			usd := p.Cells[0].Estimate.USD
			dearest = &usd
		}
	}
	return Agreement{Dearest: dearest}
}

// Agree lets as many pictures be bought as the rest of a search takes at most.
func (a *Agreement) Agree(s Status) {
	a.pictures = s.AtMost
	if a.usd = 0; a.Dearest != nil {
		a.usd = float64(a.pictures) * *a.Dearest
	}
}

// slack is what a sum of prices may be off, because of the way in which computers add.
const slack = 1e-9

// Take takes a picture from those that were agreed to. It reports false if it was not agreed to.
func (a *Agreement) Take(next *plan.Cell) bool {
	if next == nil || a.pictures < 1 {
		return false
	}
	if e := next.Estimate; e != nil && a.Dearest != nil {
		if e.USD > a.usd+slack {
			return false
		}
		a.usd -= e.USD
	} else if a.Dearest != nil {
		return false // a price was agreed to, and this one is unknown
	}
	a.pictures--
	return true
}

// Note takes the price of the next picture into account, which several changes together may raise.
func (a *Agreement) Note(next *plan.Cell) {
	switch {
	case next == nil || a.Dearest == nil || next.State != plan.New:
	case next.Estimate == nil:
		a.Dearest = nil
	case next.Estimate.USD > *a.Dearest:
		usd := next.Estimate.USD
		a.Dearest = &usd
	}
}

// Price says how many pictures the rest of a search takes, and what they cost: "at most 7 pictures, about $0.021". isMade says that the first of
// them is there or coming, free that the provider bills nothing.
func (a *Agreement) Price(s Status, free, isMade bool) string {
	most := s.AtMost
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
	case a.Dearest == nil:
		return said + ", price unknown"
	}
	return fmt.Sprintf("%s, about %s", said, format.Dollars(float64(most)**a.Dearest))
}
