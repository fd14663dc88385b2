package rank

import (
	"fmt"
	"math"
	"math/rand/v2"
	"time"

	"tintype/history/duels"
)

// A world has pictures whose true strengths are known, and a judge who chooses between them as the model says.
type world struct {
	rng      *rand.Rand
	pictures []duels.Picture
	truth    map[duels.Picture]float64
	features func(duels.Picture) []Feature
	left     float64 // advantage of the left side
}

// newWorld makes a world of n pictures whose strengths have the standard deviation sd.
func newWorld(seed uint64, n int, sd float64) *world {
	w := &world{rng: rand.New(rand.NewPCG(seed, 1)), truth: map[duels.Picture]float64{}}
	for i := range n {
		p := duels.Picture{Key: fmt.Sprintf("01m8%022d", i), Output: 1}
		w.pictures = append(w.pictures, p)
		w.truth[p] = w.rng.NormFloat64() * sd
	}
	return w
}

// newTable makes a world of a balanced table of axes with values each, whose strengths are the sums of their values' parts and an own one.
func newTable(seed uint64, axes, values int, sd, own float64) *world {
	n := int(math.Pow(float64(values), float64(axes)) + 0.5)
	w := newWorld(seed, n, own)
	at := map[duels.Picture][]Feature{}
	parts := map[Feature]float64{}
	for i, p := range w.pictures {
		rest := i
		for axis := range axes {
			f := Feature{fmt.Sprint("axis ", axis), fmt.Sprint("value ", rest%values)}
			rest /= values
			if _, known := parts[f]; !known {
				parts[f] = w.rng.NormFloat64() * sd
			}
			at[p] = append(at[p], f)
			w.truth[p] += parts[f]
		}
	}
	w.features = func(p duels.Picture) []Feature { return at[p] }
	return w
}

// judge lets the judge choose between two pictures.
func (w *world) judge(left, right duels.Picture, n int) duels.Duel {
	d := duels.Duel{Time: time.Unix(int64(n), 0), A: left, B: right, Won: duels.B, Left: "a"}
	if w.rng.Float64() < logistic(w.truth[left]-w.truth[right]+w.left) {
		d.Won = duels.A
	}
	return d
}

// play lets the judge decide a number of duels. At random, the pairs are drawn; else they are those of Next.
func (w *world) play(n int, random bool) []duels.Duel {
	var list []duels.Duel
	for i := range n {
		var next Pair
		if random {
			at := w.rng.Perm(len(w.pictures))
			next = Pair{Left: w.pictures[at[0]], Right: w.pictures[at[1]]}
		} else {
			next, _ = Fit(w.pictures, list, w.features).Next(w.rng, nil)
		}
		list = append(list, w.judge(next.Left, next.Right, i))
	}
	return list
}

// best returns the best picture.
func (w *world) best() (best duels.Picture) {
	most := math.Inf(-1)
	for _, p := range w.pictures {
		if w.truth[p] > most {
			best, most = p, w.truth[p]
		}
	}
	return best
}

// found returns how often, of many worlds of n pictures, the best one is first after a number of duels.
func found(worlds, n, count int, random bool) float64 {
	hits := 0
	for seed := range worlds {
		w := newWorld(uint64(seed), n, 1.5)
		list := w.play(count, random)
		if Fit(w.pictures, list, nil).Items[0].Picture == w.best() {
			hits++
		}
	}
	return float64(hits) / float64(worlds)
}

// correlated returns the mean correlation of strengths and truth in worlds of a 3×3×3 table, after a number of duels, and how often the best of its
// pictures is first.
func correlated(worlds, count int, random, withFeatures bool) (correlation, best float64) {
	for seed := range worlds {
		w := newTable(uint64(seed), 3, 3, 0.8, 0.5)
		if !withFeatures {
			w.features = nil
		}
		r := Fit(w.pictures, w.play(count, random), w.features)
		correlation += w.correlation(r) / float64(worlds)
		if r.Items[0].Picture == w.best() {
			best += 1 / float64(worlds)
		}
	}
	return correlation, best
}

// correlation returns how the strengths of a ranking are correlated with the truth.
func (w *world) correlation(r *Ranking) float64 {
	var x, y, xx, yy, xy float64
	n := float64(len(r.Items))
	for _, i := range r.Items {
		a, b := i.Strength, w.truth[i.Picture]
		x, y, xx, yy, xy = x+a, y+b, xx+a*a, yy+b*b, xy+a*b
	}
	return (xy - x*y/n) / math.Sqrt((xx-x*x/n)*(yy-y*y/n))
}

// covered returns how many of the intervals hold the truth, in worlds of n pictures after a number of duels.
func covered(worlds, n, count int, sd float64, random bool) float64 {
	inside, all := 0, 0
	for seed := range worlds {
		w := newWorld(uint64(seed), n, sd)
		mean := 0.0
		for _, u := range w.truth {
			mean += u / float64(n)
		}
		for _, i := range Fit(w.pictures, w.play(count, random), nil).Items {
			all++
			if u := w.truth[i.Picture] - mean; i.Low <= u && u <= i.High {
				inside++
			}
		}
	}
	return float64(inside) / float64(all)
}
