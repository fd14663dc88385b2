package duel

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"

	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/rank"
	"tintype/ui/text"
)

// MostPictures is how many pictures are compared at once.
const MostPictures = 1000

// A Choice says which pictures are to be compared.
type Choice struct {
	Subjects []list.Subject               // the newest first; of a prediction without an output all its pictures
	Plan     string                       // key of the plan that they are all of; "" for none
	Cells    map[string]map[string]string // where predictions are in it: values by axes; nil for what the history says
	LeftOut  int                          // how many predictions were left out, since there are too many
}

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
	mine    []duels.Duel // those of this screen, which undo goes through
	skipped map[[2]duels.Picture]bool
	among   int // how many of them are between pictures of the contest
	ranking *rank.Ranking
	pair    rank.Pair
	hasPair bool // false: all pairs were skipped
}

// Load reads the pictures of a choice and all duels, and finds the first pair. seed is what sides and equal pairs are drawn by. An error is a
// sentence; fewer than two pictures are a TooFewError. It uses the disk.
func Load(h *history.History, choice Choice, seed uint64) (*Contest, error) {
	entries, err := h.Entries(list.KeysOf(choice.Subjects))
	if err != nil {
		return nil, err
	}
	report, err := h.Duels().Read()
	if err != nil {
		return nil, err
	}
	c := &Contest{
		log: h.Duels(), plan: choice.Plan, entries: map[string]history.Entry{}, seed: seed, list: report.Duels,
		skipped: map[[2]duels.Picture]bool{},
	}
	for _, e := range entries {
		c.entries[e.Key] = e
	}
	gone := 0
	for _, s := range choice.Subjects {
		gone += c.add(h, s)
	}
	if len(c.pictures) < 2 {
		return nil, tooFew(len(c.pictures), gone)
	}
	c.setPlan(choice.Cells)
	c.setFeatures()
	c.setAbouts()
	c.say(gone, choice.LeftOut, report.Unread)
	c.rank()
	c.pick()
	return c, nil
}

// add adds the pictures of a subject, and returns how many of them are gone.
func (c *Contest) add(h *history.History, s list.Subject) (gone int) {
	for i, o := range c.entries[s.Key].Outputs {
		if s.Output != 0 && s.Output != i+1 || o.Path == "" || len(c.pictures) == MostPictures {
			continue
		}
		if !h.HasFile(o) {
			gone++
			continue
		}
		c.pictures = append(c.pictures, duels.Picture{Key: s.Key, Output: i + 1})
	}
	return gone
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

// say keeps what has to be said once the screen is open.
func (c *Contest) say(gone, leftOut, bad int) {
	if gone > 0 {
		c.said = append(c.said, goneText(gone))
	}
	if leftOut > 0 {
		c.said = append(c.said, fmt.Sprintf("The newest %s are compared; %s are left out.", format.Plural(len(c.pictures), "picture"), format.Plural(leftOut, "older run")))
	}
	if bad > 0 {
		c.said = append(c.said, format.Plural(bad, "line")+" of the duels cannot be read: tintype doctor")
	}
}

// setPlan sets the plan in which all pictures were bought, if it is one, and where they are in the plan that is shown.
func (c *Contest) setPlan(cells map[string]map[string]string) {
	of := c.entries[c.pictures[0].Key].Batch
	same := !slices.ContainsFunc(c.pictures, func(p duels.Picture) bool { return c.entries[p.Key].Batch != of })
	if of != "" && same {
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
	c.list = slices.DeleteFunc(slices.Clone(c.list), func(d duels.Duel) bool {
		return !slices.Contains(c.pictures, d.A) || !slices.Contains(c.pictures, d.B)
	})
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

// undo makes the last duel of this screen not count, and returns the contest with its pair again. It uses the disk.
func (c *Contest) undo() (*Contest, error) {
	last := c.mine[len(c.mine)-1]
	if err := c.log.Undo(last); err != nil {
		return c, err
	}
	next := *c
	next.mine = slices.Clone(c.mine[:len(c.mine)-1])
	next.list = slices.DeleteFunc(slices.Clone(c.list), func(d duels.Duel) bool { return d == last })
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
