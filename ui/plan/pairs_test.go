package plan

import (
	"testing"
)

// isCovered reports whether every pair of values of any two axes occurs in the places.
func isCovered(sizes []int, places [][]int) bool {
	for i := range sizes {
		for j := range i {
			seen := map[[2]int]bool{}
			for _, at := range places {
				seen[[2]int{at[i], at[j]}] = true
			}
			if len(seen) != sizes[i]*sizes[j] {
				return false
			}
		}
	}
	return true
}

// designs calls f with every design of up to most axes of 1 to values values, in ascending order of sizes.
func designs(most, values int, f func(sizes []int)) {
	var add func(sizes []int, from int)
	add = func(sizes []int, from int) {
		if len(sizes) > 0 {
			f(sizes)
		}
		for n := from; n <= values && len(sizes) < most; n++ {
			add(append(sizes[:len(sizes):len(sizes)], n), n)
		}
	}
	add(nil, 1)
}

// TestEachPairCovers: every design of up to 5 axes of 5 values is covered.
func TestEachPairCovers(t *testing.T) {
	n := 0
	designs(5, 5, func(sizes []int) {
		n++
		places := eachPair(sizes)
		if !isCovered(sizes, places) {
			t.Errorf("%v: not every pair is in %v", sizes, places)
		}
	})
	t.Logf("%d designs", n)
}

// TestEachPairIsSmall: designs of up to 6 axes of 6 values need at most 1.6 times as many cells as the two longest axes have pairs.
func TestEachPairIsSmall(t *testing.T) {
	worst, where := 0.0, []int(nil)
	designs(6, 6, func(sizes []int) {
		if ratio := float64(len(eachPair(sizes))) / float64(largestPair(sizes)); ratio > worst {
			worst, where = ratio, sizes
		}
	})
	t.Logf("at most %.2f times, for %v", worst, where)
	if worst > 1.6 {
		t.Errorf("%v needs %.2f times as many", where, worst)
	}
}

// TestEachPairBesideTheBestKnown prints the sizes beside the smallest covering arrays that are published (Colbourn, "Covering Array
// Tables for t=2"). None may need more than half as many again.
func TestEachPairBesideTheBestKnown(t *testing.T) {
	for _, test := range []struct{ axes, values, best int }{{4, 2, 5}, {4, 3, 9}, {5, 3, 11}, {6, 3, 12}, {5, 4, 16}, {6, 4, 19}, {5, 5, 25}, {6, 5, 25}, {3, 6, 36}, {4, 6, 37}, {6, 6, 41}} {
		sizes := make([]int, test.axes)
		for i := range sizes {
			sizes[i] = test.values
		}
		n := len(eachPair(sizes))
		t.Logf("%d axes of %d: %d cells, best known %d", test.axes, test.values, n, test.best)
		if 2*n > 3*test.best {
			t.Errorf("%d axes of %d: %d cells are far more than %d", test.axes, test.values, n, test.best)
		}
	}
}
