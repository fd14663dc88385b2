package rank

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tintype/history/duels"
	"tintype/ui/internal/uitest"
)

// TestBestIsFound: in simulated worlds the best picture is found as often as it must be, and more often than with pairs at random.
func TestBestIsFound(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, duels int
		bar      float64
	}{{6, 6, 0.56}, {12, 12, 0.43}} {
		got, random := found(400, c.n, c.duels, false), found(400, c.n, c.duels, true)
		t.Logf("best of %d after %d duels: %.2f, at random %.2f", c.n, c.duels, got, random)
		if got < c.bar || got < random+0.1 {
			t.Errorf("best of %d after %d duels: %.2f, want %.2f; at random %.2f", c.n, c.duels, got, c.bar, random)
		}
	}
}

// TestFactorsAreFound: 20 duels of a 3×3×3 table tell what its 27 pictures are worth, if they are fit by their values, and find the best of them
// more often than pairs at random.
func TestFactorsAreFound(t *testing.T) {
	t.Parallel()
	got, best := correlated(400, 20, false, true)
	random, bestAtRandom := correlated(400, 20, true, true)
	without, _ := correlated(400, 20, false, false)
	t.Logf("correlation %.2f, at random %.2f, without factors %.2f; best found %.2f, at random %.2f", got, random, without, best, bestAtRandom)
	if got < 0.70 || got < random+0.02 || got < without+0.1 || best < bestAtRandom+0.04 {
		t.Errorf("correlation %.2f, want 0.70; at random %.2f, without factors %.2f; best found %.2f, at random %.2f", got, random, without, best, bestAtRandom)
	}
}

// TestIntervalsHoldTheTruth: intervals of 95 % hold between 90 and 97 % of the true strengths.
func TestIntervalsHoldTheTruth(t *testing.T) {
	t.Parallel()
	for _, count := range []int{3, 12, 40, 120} {
		for _, random := range []bool{false, true} {
			if got := covered(150, 12, count, 1, random); got < 0.90 || got > 0.97 {
				t.Errorf("%d duels, at random %v: %.3f of the truth is inside", count, random, got)
			}
		}
	}
	inside, all := 0, 0
	for seed := range uint64(150) { // the effects of values, too
		w := newTable(seed, 3, 3, 1, 0.5)
		truth := map[Feature]float64{}
		for _, p := range w.pictures {
			for _, f := range w.features(p) {
				truth[f] += w.truth[p] / 9
			}
		}
		mean := map[string]float64{}
		for f, u := range truth {
			mean[f.Axis] += u / 3
		}
		for _, e := range Fit(w.pictures, w.play(40, false), w.features).Effects() {
			all++
			if u := truth[e.Feature] - mean[e.Axis]; e.Low <= u && u <= e.High {
				inside++
			}
		}
	}
	if got := float64(inside) / float64(all); got < 0.90 || got > 0.98 { // the truth has the own parts of nine pictures in it
		t.Errorf("%.3f of the effects are inside", got)
	}
}

// TestLargeGroupsAreAsSure: where a group is too large for exact intervals, they hold the truth as often.
func TestLargeGroupsAreAsSure(t *testing.T) {
	t.Parallel()
	for _, count := range []int{300, 2000} {
		if got := covered(3, 400, count, 1, true); got < 0.90 || got > 0.97 {
			t.Errorf("%d duels: %.3f of the truth is inside", count, got)
		}
	}
}

// randomHistory returns pictures and duels with all outcomes.
func randomHistory(rng *rand.Rand, withLeft bool) ([]duels.Picture, []duels.Duel) {
	w := newWorld(rng.Uint64(), 2+rng.IntN(7), 1.5)
	var list []duels.Duel
	for i := range rng.IntN(25) {
		at := w.rng.Perm(len(w.pictures))
		d := w.judge(w.pictures[at[0]], w.pictures[at[1]], i)
		switch rng.IntN(6) {
		case 0:
			d.Won = duels.Tie
		case 1:
			d.Won = duels.Bad
		}
		if !withLeft {
			d.Left = ""
		}
		list = append(list, d)
	}
	return w.pictures, list
}

// TestOneMoreDuelNeverLowers: one more duel that a wins lowers neither its strength, nor its lead over any other picture, nor its place; also where
// pictures have values of one axis.
func TestOneMoreDuelNeverLowers(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range uitest.Times(3000, 100_000) {
		pictures, list := randomHistory(rng, false)
		var features func(duels.Picture) []Feature
		if n%3 == 2 {
			values, of := uint64(1+rng.IntN(4)), rng.Uint64()
			features = func(p duels.Picture) []Feature {
				value := rand.NewPCG(of, uint64(slices.Index(pictures, p))).Uint64() % (values + 1)
				if value == 0 {
					return nil
				}
				return []Feature{{"axis", strconv.FormatUint(value, 10)}}
			}
		}
		at := rng.Perm(len(pictures))
		a, b := pictures[at[0]], pictures[at[1]]
		more := append(list[:len(list):len(list)], duels.Duel{A: a, B: b, Won: duels.A})
		if rng.IntN(2) == 0 {
			more[len(list)] = duels.Duel{A: b, B: a, Won: duels.B}
		}
		checkNotLower(t, Fit(pictures, list, features), Fit(pictures, more, features), at[0])
	}
}

// checkNotLower fails if a picture is weaker after a duel, leads less, or has a later place.
func checkNotLower(t *testing.T, before, after *Ranking, a int) {
	t.Helper()
	if x, y := before.model.strength(a), after.model.strength(a); y < x-1e-6 {
		t.Fatalf("%d duels: the strength fell from %v to %v", len(before.list), x, y)
	}
	for i := range before.pictures {
		lead := func(r *Ranking) float64 { return r.model.strength(a) - r.model.strength(i) }
		if x, y := lead(before), lead(after); y < x-1e-6 {
			t.Fatalf("%d duels: the lead over another fell from %v to %v", len(before.list), x, y)
		}
	}
	if x, y := slices.Index(before.shown, a), slices.Index(after.shown, a); y > x {
		t.Fatalf("%d duels: the place went from %d to %d", len(before.list), x, y)
	}
}

// TestOneMoreDuelWithFeatures: with features and a side, the model gives the result of the new duel no smaller chance than before.
func TestOneMoreDuelWithFeatures(t *testing.T) {
	t.Parallel()
	for seed := range uint64(400) {
		w := newTable(seed, 2, 3, 1, 0.5)
		w.left = float64(seed%2) * 2
		list := w.play(30, true)
		before := Fit(w.pictures, list, w.features)
		at := w.rng.Perm(len(w.pictures))
		a, b := w.pictures[at[0]], w.pictures[at[1]]
		after := Fit(w.pictures, append(list, duels.Duel{A: a, B: b, Won: duels.A, Left: "a"}), w.features)
		if before.Side.TakenOut != after.Side.TakenOut {
			continue // it is another model
		}
		chance := func(r *Ranking) float64 {
			x := r.model.strength(at[0]) - r.model.strength(at[1])
			if r.model.side >= 0 {
				x += r.model.g[r.model.side]
			}
			return x
		}
		if x, y := chance(before), chance(after); y < x-1e-6 {
			t.Errorf("world %d: the chance fell from %v to %v", seed, x, y)
		}
	}
}

// TestOneMoreDuelMayLower has the examples of the package comment: with several axes, or a side that wins too often, a win may say more against the
// winner than for it.
func TestOneMoreDuelMayLower(t *testing.T) {
	t.Parallel()
	w := newTable(1, 3, 2, 0, 0)
	winner := w.pictures[0b011] // (1,1,0): the first axis is the lowest digit
	var list []duels.Duel
	for range 10 {
		for _, equal := range []int{0b110, 0b101} {
			list = append(list, duels.Duel{A: winner, B: w.pictures[equal], Won: duels.Tie})
		}
	}
	before := Fit(w.pictures, list, w.features)
	after := Fit(w.pictures, append(list, duels.Duel{A: winner, B: w.pictures[0b111], Won: duels.A}), w.features)
	if x, y := before.model.strength(0b011), after.model.strength(0b011); y > x-0.05 {
		t.Errorf("with three axes the strength went from %v to %v", x, y)
	}

	pictures := []duels.Picture{picture("a"), picture("b"), picture("c")}
	list = leftGame(strings.Repeat("b>a b>c b>a b>c b>a b>c b<a b<c ", 40))
	before, after = Fit(pictures, list, nil), Fit(pictures, append(list, leftGame("a<c")...), nil)
	if x, y := before.model.strength(2), after.model.strength(2); !before.Side.TakenOut || y > x-0.005 {
		t.Errorf("with a side the strength went from %v to %v", x, y)
	}
}
