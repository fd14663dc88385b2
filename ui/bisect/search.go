package bisect

import (
	"fmt"
	"slices"
)

// A Verdict is what a person, or a rule, says of one picture.
type Verdict string

// The verdicts.
const (
	Good Verdict = "g"
	Bad  Verdict = "b"
	Skip Verdict = "s" // it cannot be told
)

// A Search finds which of some changes make a good picture bad. Without a change it is good, with all of them bad. The search is a function of the
// verdicts so far and of nothing else: it is resumed by telling it the verdicts again, and the last one can be undone.
//
// It is delta debugging by prefixes (Zeller 2002; QuickXplain, Junker 2004). Half of the changes are tried, and so on, until a change is found that
// makes the difference together with those before it. If it is bad alone, it is the cause. Otherwise it needs some of those before it, and they are
// searched in the same way. One cause among 32 takes at most 6 pictures, and k that work together about k times as many.
type Search struct {
	n        int
	verdicts map[string]Verdict // by set of changes
	steps    []Step
}

// A Step is a set of changes that was judged.
type Step struct {
	Changes []int // their indices, ascending
	Verdict Verdict
}

// NewSearch begins a search among n changes.
func NewSearch(n int) *Search {
	s := &Search{n: n, verdicts: map[string]Verdict{}}
	s.verdicts[name(nil)], s.verdicts[name(upTo(n, nil))] = Good, Bad
	return s
}

// name names a set of changes.
func name(changes []int) string { return fmt.Sprint(changes) }

// upTo returns the changes before end, and those that are found already, ascending.
func upTo(end int, found []int) []int {
	set := make([]int, 0, end+len(found))
	for i := range end {
		set = append(set, i)
	}
	return append(set, found...) // they are behind end
}

// A Status is how far a search is.
type Status struct {
	Next    []int // the changes of the next picture; nil when the search has ended
	Cause   []int // the changes that make it bad, once the search has ended
	Sure    bool  // each of Cause is known to matter; false where skipped pictures left several that cannot be told apart
	AtMost  int   // how many pictures are still needed if one change is the cause and none is skipped
	Between int   // how many changes may still be the one that is looked for
}

// Status returns how far the search is.
func (s *Search) Status() Status {
	if s.n == 0 {
		return Status{}
	}
	r := run{search: s, end: s.n, sure: true}
	for r.end > 0 && !r.ended && r.next == nil {
		r.narrow()
	}
	if r.next != nil {
		return Status{Next: r.next, AtMost: r.atMost, Between: r.between}
	}
	return Status{Cause: r.found, Sure: r.sure}
}

// run follows the search through the verdicts that there are.
type run struct {
	search  *Search
	end     int   // the changes before end, with those found, are bad
	found   []int // ascending, all of them behind end
	sure    bool
	ended   bool
	next    []int
	atMost  int
	between int
}

// verdict returns what was said of a set, or makes it the next one.
func (r *run) verdict(set []int, atMost, between int) (v Verdict, known bool) {
	v, known = r.search.verdicts[name(set)]
	if !known {
		r.next, r.atMost, r.between = set, atMost, between
	}
	return v, known
}

// narrow finds one more change that is needed, or finds that those found are enough.
func (r *run) narrow() {
	if len(r.found) > 0 {
		v, known := r.verdict(r.found, 1, r.end)
		if r.ended = v == Bad; !known || r.ended {
			return
		}
		r.sure = r.sure && v != Skip
	}
	good, bad := 0, r.end // the changes before good are not enough, those before bad are
	skipped := map[int]bool{}
	for {
		middle, any := nearMiddle(good, bad, skipped)
		if !any {
			break
		}
		v, known := r.verdict(upTo(middle, r.found), halvings(bad-good)+1, bad-good)
		if !known {
			return
		}
		switch v {
		case Good:
			good = middle
		case Bad:
			bad = middle
		default:
			skipped[middle] = true
		}
	}
	r.sure = r.sure && bad-good == 1
	var more []int
	for i := good; i < bad; i++ {
		more = append(more, i)
	}
	r.found, r.end = append(more, r.found...), good
}

// nearMiddle returns the place nearest to the middle between two others that was not skipped.
func nearMiddle(good, bad int, skipped map[int]bool) (place int, any bool) {
	middle := good + (bad-good)/2
	for off := range bad - good {
		for _, place := range []int{middle - off, middle + off} {
			if place > good && place < bad && !skipped[place] {
				return place, true
			}
		}
	}
	return 0, false
}

// halvings returns how often n is halved until one is left.
func halvings(n int) int {
	count := 0
	for ; n > 1; n = (n + 1) / 2 {
		count++
	}
	return count
}

// Judge tells the verdict of the next picture.
func (s *Search) Judge(v Verdict) {
	if next := s.Status().Next; next != nil {
		s.verdicts[name(next)] = v
		s.steps = append(s.steps, Step{next, v})
	}
}

// Undo undoes the last verdict. It reports false if there is none.
func (s *Search) Undo() bool {
	if len(s.steps) == 0 {
		return false
	}
	last := s.steps[len(s.steps)-1]
	s.steps = s.steps[:len(s.steps)-1]
	delete(s.verdicts, name(last.Changes))
	return true
}

// Steps returns what was judged, in order.
func (s *Search) Steps() []Step { return slices.Clone(s.steps) }
