package template

import "math/big"

// Exact is the number of combinations up to which Count is always exact.
const Exact = 10_000

// maxAssignments is for how many choices of variables that are chosen once, and of groups in step, an automaton is made.
const maxAssignments = 1000

// Count returns how many different prompts it expands to, with the default lab seed (1) if something is drawn.
func (t Template) Count() *big.Int { return t.CountDrawn(1) }

// CountDrawn returns how many different prompts it expands to with a lab seed.
//
// Equal prompts are one. The count is exact where the template's automaton is small, which it nearly always is, and for up to 10,000
// combinations in any case. Otherwise it is the number of combinations, among which some prompts may be equal: with lists of some 10,000
// values, with permutations of many options, and with draws.
func (t Template) CountDrawn(labSeed uint64) *big.Int {
	combined := t.combinations()
	if clamp(combined) <= 1 {
		return combined
	}
	if n, ok := t.distinct(); ok {
		return n
	}
	if n := clamp(combined); n <= Exact {
		if prompts, ok := t.different(labSeed, 0, n); ok {
			return big.NewInt(int64(len(prompts)))
		}
	}
	return combined
}

// distinct counts the words of the automaton of t. ok is false if it would be too large.
func (t *Template) distinct() (n *big.Int, ok bool) {
	if t.draws {
		return nil, false
	}
	assignments := t.steps
	for _, v := range t.once {
		assignments = times(assignments, v.value.count64)
	}
	if assignments > maxAssignments {
		return nil, false
	}
	a := newAutomaton()
	var ends []int32
	for i := range assignments {
		a.renderer.step = i % t.steps
		a.renderer.combine(t, t.onceRanks(i/t.steps), 0)
		ends = append(ends, a.build(t.root, 0))
	}
	a.join(ends)
	if a.full {
		return nil, false
	}
	return a.count()
}
