package rank

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tintype/history/duels"
)

// picture is a picture of the tests.
func picture(name string) duels.Picture { return duels.Picture{Key: name, Output: 1} }

// game makes duels from words such as "a>b", "a=b" and "a-b" (both bad). Sides are not known.
func game(words string) (list []duels.Duel) {
	for _, w := range strings.Fields(words) {
		d := duels.Duel{A: picture(w[:1]), B: picture(w[2:])}
		switch w[1] {
		case '>':
			d.Won = duels.A
		case '<':
			d.Won = duels.B
		case '=':
			d.Won = duels.Tie
		case '-':
			d.Won = duels.Bad
		}
		list = append(list, d)
	}
	return list
}

// leftGame is game with the first picture of each duel at the left.
func leftGame(words string) []duels.Duel {
	list := game(words)
	for i := range list {
		list[i].Left = "a"
	}
	return list
}

// TestASideIsTakenOut: a judge who prefers the left side is found out, and the strengths are nearer to the truth without it.
func TestASideIsTakenOut(t *testing.T) {
	t.Parallel()
	taken, with, without := 0, 0.0, 0.0
	for seed := range uint64(60) {
		w := newWorld(seed, 10, 1)
		w.left = 1.2
		list := w.play(100, true)
		r := Fit(w.pictures, list, nil)
		if r.Side.TakenOut {
			taken++
		}
		if r.Side.TakenOut != (r.Side.String() != "") || r.Side.TakenOut && (r.Side.Low > r.Side.Advantage || r.Side.Advantage > r.Side.High) {
			t.Errorf("%+v", r.Side)
		}
		with += w.correlation(r)
		for i := range list {
			list[i].Left = ""
		}
		without += w.correlation(Fit(w.pictures, list, nil))
	}
	if taken < 50 || with <= without {
		t.Errorf("taken out %d times of 60; correlation %.3f, %.3f without", taken, with/60, without/60)
	}
	fair := 0
	for seed := range uint64(100) {
		w := newWorld(seed, 10, 1)
		if Fit(w.pictures, w.play(60, true), nil).Side.TakenOut {
			fair++
		}
	}
	if fair > 5 {
		t.Errorf("of a fair judge it was taken out %d times of 100", fair)
	}
}

// TestASideInWords: the sentence counts the side that wins.
func TestASideInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s    Side
		want string
	}{
		{Side{Left: 30, Decided: 40, TakenOut: true}, "The picture at the left won 30 of 40 times, more than chance explains. That is taken out."},
		{Side{Left: 10, Decided: 40, TakenOut: true}, "The picture at the right won 30 of 40 times, more than chance explains. That is taken out."},
		{Side{Left: 20, Decided: 40}, ""},
	} {
		if got := c.s.String(); got != c.want {
			t.Errorf("%q", got)
		}
	}
}

// TestAgreement counts pairs that came again with their sides swapped, and no others.
func TestAgreement(t *testing.T) {
	t.Parallel()
	for words, want := range map[string]Agreement{
		"a>b a>b":         {0, 0}, // the same sides
		"a>b b>a":         {0, 1}, // the left one, twice
		"a=b b=a":         {1, 1},
		"a>b b=a":         {0, 0}, // nearly
		"a>b b-a":         {0, 1},
		"a=b c>d b=a a=b": {2, 2},
	} {
		if r := Fit(nil, leftGame(words), nil); r.Again != want {
			t.Errorf("%s: %+v", words, r.Again)
		}
	}
	list := append(leftGame("a>b"), duels.Duel{A: picture("a"), B: picture("b"), Won: duels.A, Left: "b"})
	if got := Fit(nil, list, nil).Again; got != (Agreement{1, 1}) {
		t.Errorf("%+v", got)
	}
}

// TestNextComesAgain: one pair in twelve is an earlier one with its sides swapped, each pair once.
func TestNextComesAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(1, 8, 1)
	var list []duels.Duel
	again := map[[2]duels.Picture]int{}
	for i := range 60 {
		next, ok := Fit(w.pictures, list, nil).Next(w.rng, nil)
		if !ok || next.Again != (i%12 == 11) {
			t.Fatalf("duel %d: %+v %v", i+1, next, ok)
		}
		if next.Again {
			again[[2]duels.Picture{next.Left, next.Right}]++
			if !slices.ContainsFunc(list, func(d duels.Duel) bool { return d.A == next.Right && d.B == next.Left }) {
				t.Errorf("duel %d was not there before with its sides swapped", i+1)
			}
		}
		list = append(list, w.judge(next.Left, next.Right, i))
	}
	for pair, n := range again {
		if n > 1 {
			t.Errorf("%v came again %d times", pair, n)
		}
	}
	if len(again) != 5 {
		t.Errorf("%d pairs came again", len(again))
	}
}

// TestNextDrawsSides: the sides are drawn, and the same rng gives the same pair.
func TestNextDrawsSides(t *testing.T) {
	t.Parallel()
	r := Fit([]duels.Picture{picture("a"), picture("b")}, nil, nil)
	left := 0
	for seed := range uint64(200) {
		next, ok := r.Next(rand.New(rand.NewPCG(seed, 1)), nil)
		same, _ := r.Next(rand.New(rand.NewPCG(seed, 1)), nil)
		if !ok || next != same || next.Left == next.Right {
			t.Fatalf("%+v %+v %v", next, same, ok)
		}
		if next.Left == picture("a") {
			left++
		}
	}
	if left < 70 || left > 130 {
		t.Errorf("a is at the left %d times of 200", left)
	}
}

// TestNextSkips: a skipped pair does not come, and without another one there is none; nor of fewer than two pictures.
func TestNextSkips(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	pictures := []duels.Picture{picture("a"), picture("b"), picture("c")}
	for range 50 {
		next, ok := Fit(pictures, nil, nil).Next(rng, func(a, b duels.Picture) bool { return a == pictures[2] || b == pictures[2] })
		if !ok || next.Left == pictures[2] || next.Right == pictures[2] {
			t.Fatalf("%+v %v", next, ok)
		}
	}
	if next, ok := Fit(pictures, nil, nil).Next(rng, func(_, _ duels.Picture) bool { return true }); ok {
		t.Errorf("%+v", next)
	}
	for n := range 2 {
		if next, ok := Fit(pictures[:n], game("x>y"), nil).Next(rng, nil); ok {
			t.Errorf("of %d pictures: %+v", n, next)
		}
	}
	r := Fit(pictures[:2], leftGame("a>c b>c a>c b>c a>c a>c b>c a>c b>c a>c a>c"), nil) // the pair that comes again is none of the two
	if next, ok := r.Next(rng, nil); !ok || next.Again {
		t.Errorf("%+v %v", next, ok)
	}
}
