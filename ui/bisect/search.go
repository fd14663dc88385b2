package bisect

import "slices"

// A Verdict is what a person, or a rule, says of one picture.
type Verdict string

// The verdicts.
const (
	Good Verdict = "g"
	Bad  Verdict = "b"
	Skip Verdict = "s" // it cannot be told
)

// A Search finds which of some changes make a good picture bad. Without a change it is good; with all of them it is bad, as far as that is known.
// The search is a function of the verdicts so far and of nothing else: it is resumed by telling it the verdicts again, and the last one can be
// undone.
//
// It is delta debugging by prefixes (Zeller 2002; QuickXplain, Junker 2004). Half of the changes are tried, and so on, until a change is found that
// makes the difference together with those before it. If it is bad alone, it is the cause. Otherwise it needs some of those before it, and they are
// searched in the same way. One cause among 32 takes at most 6 pictures, and k that work together about k times as many. Where it is not known that
// all changes together are bad, they are tried once the answers make that doubtful.
type Search struct {
	n        int
	name     func(changes []int) string // sets of changes with the same name make the same picture
	verdicts map[string]Verdict         // by name
	steps    []Step
	status   Status
}

// A Step is a set of changes that was judged.
type Step struct {
	Changes []int // their indices, ascending
	Verdict Verdict
}

// newSearch begins a search among n changes. isBad: all of them together are known to be bad.
func newSearch(n int, isBad bool, name func(changes []int) string) *Search {
	s := &Search{n: n, name: name, verdicts: map[string]Verdict{}}
	if isBad {
		s.verdicts[name(upTo(n, nil))] = Bad
	}
	s.verdicts[name(nil)] = Good
	s.status = s.follow()
	return s
}

// upTo returns the changes before end, and those that are found already, ascending.
func upTo(end int, found []int) []int {
	set := make([]int, 0, end+len(found))
	for i := range end {
		set = append(set, i)
	}
	return append(set, found...) // they are after end
}

// A Status is how far a search is.
type Status struct {
	Next    []int // the changes of the next picture; nil when the search has ended
	Cause   []int // the changes that make it bad, once the search has ended; none if it is good with all of them
	Sure    bool  // each of Cause is known to matter; false where skipped pictures left several that cannot be told apart
	AtMost  int   // how many pictures are still needed if at most one change is the cause and none is skipped
	Between int   // how many changes may still be the one that is looked for
}

// Status returns how far the search is.
func (s *Search) Status() Status { return s.status }

// follow goes through the verdicts that there are.
func (s *Search) follow() Status {
	r := run{search: s, end: s.n, sure: true, doubtful: s.isDoubtful()}
	for r.end > 0 && !r.ended && r.next == nil {
		r.narrow()
	}
	if r.next == nil && !r.ended && r.doubtful {
		r.tryAll()
	}
	if r.next != nil {
		return Status{Next: r.next, AtMost: r.atMost, Between: r.between}
	}
	return Status{Cause: r.found, Sure: r.sure}
}

// isDoubtful reports whether nothing was bad yet, so that all changes together may be good.
func (s *Search) isDoubtful() bool {
	for _, v := range s.verdicts {
		if v == Bad {
			return false
		}
	}
	return true
}

// run follows the search through the verdicts that there are.
type run struct {
	search   *Search
	end      int   // the changes before end, with those found, are bad
	found    []int // ascending, all of them after end
	sure     bool
	doubtful bool // nothing was bad yet
	ended    bool
	next     []int
	atMost   int
	between  int
}

// verdict returns what was said of a set, or makes it the next one.
func (r *run) verdict(set []int, atMost, between int) (v Verdict, known bool) {
	v, known = r.search.verdicts[r.search.name(set)]
	if !known {
		if r.doubtful && len(set) < r.search.n {
			atMost++ // for all changes together
		}
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
		if r.doubtful && !r.tryAll() {
			return
		}
	}
	if first := r.lastNeeded(); r.next == nil {
		r.end = first
	}
}

// tryAll finds whether all changes together are bad. It reports false if they are not, or that is not known yet.
func (r *run) tryAll() bool {
	v, known := r.verdict(upTo(r.search.n, nil), 1, r.search.n)
	switch {
	case !known:
		return false
	case v == Good:
		r.found, r.sure, r.ended = nil, true, true
		return false
	}
	r.sure = r.sure && v != Skip
	return true
}

// lastNeeded finds the last change before end that is needed, adds it to those found, and returns its index. If pictures that could not be told
// leave several, it adds them all, and returns the index of the first.
func (r *run) lastNeeded() int {
	good, bad := 0, r.end // the changes before good are not enough, those before bad are
	skipped := map[int]bool{}
	for {
		middle, any := nearMiddle(good, bad, skipped)
		if !any {
			break
		}
		v, known := r.verdict(upTo(middle, r.found), halvings(bad-good)+1, bad-good)
		if !known {
			return 0
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
	r.found = append(more, r.found...)
	return good
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
	if next := s.status.Next; next != nil {
		s.verdicts[s.name(next)] = v
		s.steps = append(s.steps, Step{next, v})
		s.status = s.follow()
	}
}

// Undo undoes the last verdict. It reports false if there is none.
func (s *Search) Undo() bool {
	if len(s.steps) == 0 {
		return false
	}
	last := s.steps[len(s.steps)-1]
	s.steps = s.steps[:len(s.steps)-1]
	delete(s.verdicts, s.name(last.Changes))
	s.status = s.follow()
	return true
}

// Steps returns what was judged, in order.
func (s *Search) Steps() []Step { return slices.Clone(s.steps) }
