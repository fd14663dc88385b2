package duel

import (
	"maps"
	"math/rand/v2"
	"slices"

	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/rank"
	"tintype/ui/text"
)

// A Contest is some pictures, and what is known of them. It does not change.
type Contest struct {
	log      *duels.Log
	plan     string
	pictures []duels.Picture
	entries  map[string]history.Entry
	features func(duels.Picture) []rank.Feature // of a plan's pictures; nil for others
	balanced bool                               // the values of the plan's axes are told apart
	seed     uint64
	said     []string                      // sentences about what was left out
	abouts   map[duels.Picture][]text.Safe // what each picture is, in some facts

	list    []duels.Duel // that count, the earliest first
	among   int          // how many of them are between pictures of the contest
	mine    []duels.Duel // those that were made in this program, which undo goes through
	skipped map[[2]duels.Picture]bool
	ranking *rank.Ranking
	pair    rank.Pair
	hasPair bool // false: all pairs were skipped
}

func (c *Contest) rank() {
	c.ranking = rank.Fit(c.pictures, c.list, c.features)
	c.among = c.between()
}

// pick chooses the next pair. It is the same whenever the same is known.
func (c *Contest) pick() {
	rng := rand.New(rand.NewPCG(c.seed, uint64(len(c.list))<<20+uint64(len(c.skipped)))) //nolint:gosec // it draws sides
	c.pair, c.hasPair = c.ranking.Next(rng, func(a, b duels.Picture) bool { return c.skipped[pairOf(a, b)] })
}

// pairOf names a pair in either order.
func pairOf(a, b duels.Picture) [2]duels.Picture {
	if a.Key > b.Key || a.Key == b.Key && a.Output > b.Output {
		a, b = b, a
	}
	return [2]duels.Picture{a, b}
}

// duel returns the duel of the present pair.
func (c *Contest) duel(won duels.Outcome) duels.Duel {
	return duels.Duel{A: c.pair.Left, B: c.pair.Right, Won: won, Left: "a", Of: c.plan}
}

// with returns the contest after a duel.
func (c *Contest) with(d duels.Duel) *Contest {
	next := *c
	next.list = append(slices.Clone(c.list), d)
	next.mine = append(slices.Clone(c.mine), d)
	next.rank()
	next.pick()
	return &next
}

// answer records who won the present pair, and returns the contest after it. It uses the disk.
func (c *Contest) answer(won duels.Outcome) (*Contest, error) {
	d, err := c.log.Append(c.duel(won))
	if err != nil {
		return c, err
	}
	return c.with(d), nil
}

// takeOver makes it possible to undo the duels of an earlier contest that are between the same pictures.
func (c *Contest) takeOver(before *Contest) {
	if c.log != before.log {
		return
	}
	for _, d := range before.mine {
		counts := slices.ContainsFunc(c.list, func(other duels.Duel) bool { return isSame(d, other) })
		if counts && slices.Contains(c.pictures, d.A) && slices.Contains(c.pictures, d.B) {
			c.mine = append(c.mine, d)
		}
	}
}

// isSame reports whether two duels are the same one.
func isSame(d, other duels.Duel) bool {
	return d.A == other.A && d.B == other.B && d.Time.Equal(other.Time)
}

// undo makes the last duel that was made here not count, and returns the contest with its pair again. It uses the disk.
func (c *Contest) undo() (*Contest, error) {
	last := c.mine[len(c.mine)-1]
	if err := c.log.Undo(last); err != nil {
		return c, err
	}
	next := *c
	next.mine = slices.Clone(c.mine[:len(c.mine)-1])
	next.list = slices.DeleteFunc(slices.Clone(c.list), func(d duels.Duel) bool { return isSame(d, last) })
	next.rank()
	next.pair, next.hasPair = rank.Pair{Left: last.A, Right: last.B}, true
	return &next, nil
}

// skip returns the contest without the present pair.
func (c *Contest) skip() *Contest {
	next := *c
	next.skipped = maps.Clone(c.skipped)
	next.skipped[pairOf(c.pair.Left, c.pair.Right)] = true
	next.pick()
	return &next
}

// without returns the contest without a picture that cannot be shown.
func (c *Contest) without(gone duels.Picture) *Contest {
	next := *c
	next.pictures = slices.DeleteFunc(slices.Clone(c.pictures), func(p duels.Picture) bool { return p == gone })
	if c.features != nil {
		next.list = slices.DeleteFunc(slices.Clone(c.list), func(d duels.Duel) bool { return d.A == gone || d.B == gone })
		next.balanced = rank.IsBalanced(next.pictures, next.features)
	}
	next.rank()
	next.pick()
	return &next
}

// mostAhead is how many pictures a contest may have whose next pairs are found in advance.
const mostAhead = 300

// ahead returns the pairs that may come next: after each answer, and after a skip.
func (c *Contest) ahead() (pairs []rank.Pair) {
	if !c.hasPair || len(c.pictures) > mostAhead {
		return nil
	}
	coming := []*Contest{c.with(c.duel(duels.A)), c.with(c.duel(duels.B)), c.skip(), c.with(c.duel(duels.Tie)), c.with(c.duel(duels.Bad))}
	for _, next := range coming {
		if next.hasPair {
			pairs = append(pairs, next.pair)
		}
	}
	return pairs
}

// between returns in how many duels that count both pictures are of this contest.
func (c *Contest) between() (n int) {
	among := make(map[duels.Picture]bool, len(c.pictures))
	for _, p := range c.pictures {
		among[p] = true
	}
	for _, d := range c.list {
		if among[d.A] && among[d.B] {
			n++
		}
	}
	return n
}
