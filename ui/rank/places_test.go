package rank

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"tintype/history/duels"
)

// names returns the keys of items, best first.
func names(items []Item) (s string) {
	for _, i := range items {
		s += i.Picture.Key
	}
	return s
}

// TestFewDuels: what is known after no duel, one, and a few.
func TestFewDuels(t *testing.T) {
	t.Parallel()
	pictures := []duels.Picture{picture("a"), picture("b"), picture("c")}
	r := Fit(pictures, nil, nil)
	if names(r.Items) != "abc" || r.Items[0].Strength != 0 || r.Items[0].Duels != 0 || len(r.Untold) != 1 || r.Untold[0].To != 3 {
		t.Errorf("%+v %+v", r.Items, r.Untold)
	}
	r = Fit(pictures, game("c>a"), nil)
	share, low, high := r.Items[0].Wins()
	if names(r.Items) != "cba" || r.Items[0].Duels != 1 || share < 0.55 || share > 0.7 || low > 0.5 || high > 0.95 {
		t.Errorf("%+v", r.Items)
	}
	r = Fit(pictures, game("c>a c>a c>a"), nil) // three duels never say 100 %
	if share, _, _ := r.Items[0].Wins(); share > 0.8 {
		t.Errorf("%v", share)
	}
	r = Fit(pictures, game("c>a a>b b>c"), nil) // round in a circle
	for _, i := range r.Items {
		if math.Abs(i.Strength) > 1e-6 {
			t.Errorf("%+v", i)
		}
	}
	r = Fit(pictures, game("a=b a=b a-c a-c"), nil) // a tie pulls together, and what is bad falls
	if r.Items[2].Picture.Key != "a" && r.Items[2].Picture.Key != "c" || r.Items[0].Picture.Key != "b" {
		t.Errorf("%+v", r.Items)
	}
	if alone := Fit(pictures[:1], game("a>x a>x"), nil); len(alone.Items) != 1 || alone.Items[0].Place != 0 || len(alone.Untold) > 0 {
		t.Errorf("%+v %+v", alone.Items, alone.Untold)
	}
	if empty := Fit(nil, nil, nil); len(empty.Items) != 0 || len(empty.Untold) != 0 {
		t.Errorf("%+v", empty)
	}
}

// TestExtremes: thousands of the same result leave all numbers finite, and the fit at its top.
func TestExtremes(t *testing.T) {
	t.Parallel()
	pictures := []duels.Picture{picture("a"), picture("b"), picture("c")}
	for _, words := range []string{"a>b", "a-b", "a>b b>c a>c", "a>b a-c", "a=b b-c", "a>a"} {
		for _, left := range []bool{false, true} {
			list := game(strings.Repeat(words+" ", 4000))
			if left {
				list = leftGame(strings.Repeat(words+" ", 4000))
			}
			for _, features := range []func(duels.Picture) []Feature{nil, func(p duels.Picture) []Feature { return []Feature{{"key", p.Key}, {"all", "same"}} }} {
				r := Fit(pictures, list, features)
				for _, i := range r.Items {
					share, low, high := i.Wins()
					if !(low <= share && share <= high && share > 0 && share < 1) || math.IsInf(i.Low, 0) || math.IsInf(i.High, 0) {
						t.Errorf("%s: %+v", words, i)
					}
				}
				here := r.model.derive()
				for _, g := range append(here.r, here.g...) {
					if math.Abs(g) > 1e-3 {
						t.Errorf("%s, left %v: a slope of %v is left", words, left, g)
					}
				}
			}
		}
	}
}

// TestOthersCount: duels with pictures that are not ranked count, and those are not listed.
func TestOthersCount(t *testing.T) {
	t.Parallel()
	r := Fit([]duels.Picture{picture("b"), picture("a"), picture("a")}, game(strings.Repeat("a>x x>b ", 5)), nil)
	if names(r.Items) != "ab" || r.Items[0].Strength < 0.5 {
		t.Errorf("%+v", r.Items)
	}
}

// TestPlaces: a place has a number once its order against all others is sure at 0.9.
func TestPlaces(t *testing.T) {
	t.Parallel()
	pictures := []duels.Picture{picture("c"), picture("b"), picture("a"), picture("d")}
	r := Fit(pictures, game(strings.Repeat("a>b a>c b>d c>d a>d ", 12)+"b>c"), nil)
	var places []int
	for _, i := range r.Items {
		places = append(places, i.Place)
	}
	if names(r.Items) != "abcd" || !slices.Equal(places, []int{1, 0, 0, 4}) || len(r.Untold) != 1 {
		t.Fatalf("%+v %+v", r.Items, r.Untold)
	}
	if got := r.Untold[0].String(); !strings.HasPrefix(got, "2nd and 3rd not told apart yet, about ") {
		t.Error(got)
	}
	for i, a := range r.Items { // each place with a number is sure against all others
		for j, b := range r.Items {
			if i < j && (a.Place > 0 || b.Place > 0) && !r.isSure(i, j) {
				t.Errorf("%s is not told apart from %s", a.Picture, b.Picture)
			}
		}
	}
}

// TestPlacesOfMany: places with a number are sure against all others, and others are within an Untold, also where leads are looked at from afar.
func TestPlacesOfMany(t *testing.T) {
	t.Parallel()
	for seed := range uint64(20) {
		w := newWorld(seed, 30, 3)
		r := Fit(w.pictures, w.play(600, true), nil)
		within := map[int]bool{}
		for _, u := range r.Untold {
			for at := u.From; at <= u.To; at++ {
				within[at] = true
			}
			for at := u.From; at < u.To; at++ { // it does not fall in two
				cut := true
				for i := u.From; i <= at; i++ {
					for j := at + 1; j <= u.To; j++ {
						cut = cut && r.isSure(i-1, j-1)
					}
				}
				if cut {
					t.Errorf("%v falls in two after %d", u, at)
				}
			}
		}
		for at, i := range r.Items {
			if (i.Place == 0) != within[at+1] || i.Place != 0 && i.Place != at+1 {
				t.Errorf("place %d: %+v", at+1, i)
			}
			for j := at + 1; i.Place > 0 && j < len(r.Items); j++ {
				if !r.isSure(at, j) {
					t.Errorf("%d is not told apart from %d", at+1, j+1)
				}
			}
		}
	}
}

// TestAboutMore: as many duels as are said tell two pictures apart, or the best from others, about every second time; of many, within three times as
// many.
func TestAboutMore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ n, duels, worlds, times int }{{2, 4, 150, 1}, {5, 10, 60, 1}, {12, 12, 30, 3}} {
		told, all := 0, 0
		for seed := range uint64(c.worlds) {
			w := newWorld(seed, c.n, 1)
			list := w.play(c.duels, false)
			r := Fit(w.pictures, list, nil)
			if r.Items[0].Place == 1 {
				continue
			}
			all++
			for i := range min(c.times*r.Untold[0].More, 400) {
				next, _ := r.Next(w.rng, nil)
				list = append(list, w.judge(next.Left, next.Right, i))
				if r = Fit(w.pictures, list, nil); r.Items[0].Place == 1 {
					told++
					break
				}
			}
		}
		if share := float64(told) / float64(all); share < 0.4 || share > 0.9 {
			t.Errorf("of %d pictures the best was told in %d of %d worlds", c.n, told, all)
		}
	}
}

// TestEffects: the values of a balanced table are found in their order, with what they are worth.
func TestEffects(t *testing.T) {
	t.Parallel()
	w := newTable(1, 2, 3, 0, 0)
	for _, p := range w.pictures {
		for _, f := range w.features(p) {
			w.truth[p] += map[Feature]float64{{"axis 0", "value 2"}: 1.5, {"axis 0", "value 0"}: -1.5}[f]
		}
	}
	effects := Fit(w.pictures, w.play(300, true), w.features).Effects()
	var got []string
	for _, e := range effects {
		got = append(got, e.Axis+" "+e.Value)
		if e.Low > e.Strength || e.High < e.Strength || e.Duels < 100 || e.Duels > 200 {
			t.Errorf("%+v", e)
		}
	}
	if !slices.Equal(got[:3], []string{"axis 0 value 2", "axis 0 value 1", "axis 0 value 0"}) || len(got) != 6 {
		t.Errorf("%q", got)
	}
	if best := effects[0]; best.Strength < 1 || best.Strength > 2 || best.Low < 0.5 {
		t.Errorf("%+v", best)
	}
	for _, e := range effects[3:] {
		if e.Low > 0 || e.High < 0 {
			t.Errorf("%+v", e)
		}
	}
	if len(Fit(w.pictures, nil, nil).Effects()) != 0 {
		t.Error("effects without features")
	}
}

// TestIsBalanced: each two values occur together equally often.
func TestIsBalanced(t *testing.T) {
	t.Parallel()
	w := newTable(1, 3, 3, 1, 0)
	if !IsBalanced(w.pictures, w.features) {
		t.Error("a table is balanced")
	}
	if IsBalanced(w.pictures[1:], w.features) || IsBalanced(nil, w.features) {
		t.Error("a table without a cell is not")
	}
	diagonal := []duels.Picture{w.pictures[0], w.pictures[13], w.pictures[26]}
	if IsBalanced(diagonal, w.features) {
		t.Error("a diagonal is not")
	}
}

// TestWords: percentages never say 0 or 100.
func TestWords(t *testing.T) {
	t.Parallel()
	for got, want := range map[string]string{
		Against(0.712, 0.58, 0.817): "wins 71 % against the average one (58–82)",
		Against(0.9999, 0.001, 1):   "wins 99 % against the average one (1–99)",
		Untold{2, 3, 9}.String():    "2nd and 3rd not told apart yet, about 9 more",
		Untold{1, 5, 40}.String():   "1st to 5th not told apart yet, about 40 more for the 1st",
		Untold{1, 2, 4000}.String(): "1st and 2nd not told apart yet, more than 999 more",
		Share(0.712, 0.58, 0.817):   "71 % (58–82)",
		Share(0.07, 0.01, 0.3):      " 7 % (1–30)",
		Signed(1.12, 0.4, 1.8):      "+1.1 (0.4 … 1.8)",
		Signed(-0.04, -0.62, 0.5):   "0.0 (−0.6 … 0.5)",
		Signed(0.04, -0.04, 0.04):   "0.0 (0.0 … 0.0)",
		Signed(0, 0, 0):             "0.0 (0.0 … 0.0)",
		Agreement{3, 3}.String():    "",
		Agreement{0, 4}.String():    "You agree with yourself 0 times in 4.",
		Agreement{1, 5}.String():    "You agree with yourself 1 time in 5.",
		Agreement{9, 10}.String():   "You agree with yourself 9 times in 10.",
		Signed(-0.6, -1, -0.2):      "−0.6 (−1.0 … −0.2)",
		fmt.Sprint(ordinal(11)):     "11th",
		fmt.Sprint(ordinal(112)):    "112th",
		fmt.Sprint(ordinal(121)):    "121st",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// TestValues: the values of one axis among others, and of very many.
func TestValues(t *testing.T) {
	t.Parallel()
	w := newTable(3, 2, 3, 1.5, 0)
	list := w.play(60, true)
	few := Values(w.pictures, list, "axis 1", w.features)
	if len(few) != 3 || few[0].Axis != "axis 1" || few[0].Strength < few[2].Strength {
		t.Errorf("%+v", few)
	}
	w = newWorld(3, 600, 1.5)
	numbers := map[duels.Picture]int{}
	for i, p := range w.pictures {
		numbers[p] = i / 2
	}
	list = w.play(1000, true)
	many := Values(w.pictures, list, "pair", func(p duels.Picture) []Feature {
		return []Feature{{"pair", fmt.Sprint(numbers[p])}}
	})
	if len(many) != 300 || many[0].Strength <= many[299].Strength || many[0].Axis != "pair" || many[0].Duels == 0 {
		t.Errorf("%d values, %+v", len(many), many[0])
	}
}

// TestShares: a prediction has the share of its best picture.
func TestShares(t *testing.T) {
	t.Parallel()
	list := game(strings.Repeat("a>b ", 6))
	list = append(list, duels.Duel{A: picture("b"), B: duels.Picture{Key: "a", Output: 2}, Won: duels.A})
	shares := Shares(list)
	if len(shares) != 2 || shares["a"] < 0.6 || shares["b"] > 0.5 {
		t.Errorf("%v", shares)
	}
	if len(Shares(nil)) != 0 {
		t.Error("shares without duels")
	}
}
