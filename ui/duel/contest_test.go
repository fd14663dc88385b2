package duel

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/internal/uitest"
	"tintype/ui/list"
	"tintype/ui/rank"
	"tintype/ui/text"
)

// newContest returns a contest of n pictures; of a plan with two axes if that is wanted.
func newContest(t testing.TB, n int, ofPlan bool) *Contest {
	t.Helper()
	h, choice := writePictures(t, n, ofPlan)
	c, err := Load(h, choice, 1)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// writePictures makes a history of n pictures.
func writePictures(t testing.TB, n int, ofPlan bool) (*history.History, Choice) {
	t.Helper()
	h, err := history.Open(history.Options{Dir: t.TempDir(), App: "test", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if err := os.MkdirAll(h.Path("pictures"), 0o700); err != nil {
		t.Fatal(err)
	}
	var choice Choice
	for i := range n {
		path := filepath.Join("pictures", fmt.Sprintf("%d.png", i))
		if err := os.WriteFile(h.Path(path), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		e, err := h.Append(history.NewKey(time.Now()), func(e history.Entry) history.Entry {
			e.Model, e.State, e.Input = "black-forest-labs/flux-dev", history.Done, map[string]any{"prompt": "A fox"}
			e.Outputs = []history.Output{{Path: path, Width: 64, Height: 64}}
			if ofPlan {
				e.Batch, e.Cell = "plan", map[string]string{"guidance": fmt.Sprint(i % 2), "seed": fmt.Sprint(i / 2), "model": "flux-dev"}
			}
			return e
		})
		if err != nil {
			t.Fatal(err)
		}
		choice.Subjects = append(choice.Subjects, list.Subject{Key: e.Key})
	}
	return h, choice
}

// TestContestAnyWay plays at random: the pairs that were foreseen come, undo leaves the duels as they were, and the file has what counts.
func TestContestAnyWay(t *testing.T) {
	t.Parallel()
	steps := uitest.Times(300, 3000)
	rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // a test
	c := newContest(t, 6, false)
	for i := range steps {
		before, ahead := c, c.ahead()
		var err error
		switch n := rng.IntN(10); {
		case n < 6:
			c, err = c.answer([]duels.Outcome{duels.A, duels.B, duels.Tie, duels.Bad}[rng.IntN(4)])
		case n < 7 && len(c.skipped) < 10:
			c = c.skip()
		case len(c.mine) > 0:
			last := c.mine[len(c.mine)-1]
			if c, err = c.undo(); err == nil && (c.pair.Left != last.A || c.pair.Right != last.B || len(c.list) != len(before.list)-1) {
				t.Fatalf("step %d: undo of %v shows %v, with %d duels after %d", i, last, c.pair, len(c.list), len(before.list))
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		if c != before && c.hasPair && !slices.Contains(ahead, c.pair) {
			t.Fatalf("step %d: %v was not foreseen among %v", i, c.pair, ahead)
		}
		if c.hasPair && (c.pair.Left == c.pair.Right || c.skipped[pairOf(c.pair.Left, c.pair.Right)]) {
			t.Fatalf("step %d: the pair is %v", i, c.pair)
		}
	}
	report, err := c.log.Read()
	if err != nil || len(report.Duels) != len(c.list) || len(report.Bad) > 0 {
		t.Errorf("the file has %d duels, and the contest %d: %v", len(report.Duels), len(c.list), err)
	}
}

// TestContestOfPlan: pictures of one plan have its axes, the seed last, without what all of them share.
func TestContestOfPlan(t *testing.T) {
	t.Parallel()
	c := newContest(t, 8, true)
	if c.plan != "plan" || !c.balanced {
		t.Errorf("the plan is %q, balanced: %v", c.plan, c.balanced)
	}
	if got := c.features(c.pictures[1]); !slices.Equal(got, []rank.Feature{{Axis: "guidance", Value: "1"}, {Axis: "seed", Value: "0"}}) {
		t.Errorf("the features are %v", got)
	}
	if len(c.effects()) > 0 {
		t.Error("there are effects without a duel")
	}
	for range 9 {
		won := duels.A
		if c.entries[c.pair.Right.Key].Cell["guidance"] == "1" {
			won = duels.B
		}
		var err error
		if c, err = c.answer(won); err != nil {
			t.Fatal(err)
		}
	}
	if e := c.effects(); len(e) != 6 || e[0].Value != "1" || c.mine[0].Of != "plan" {
		t.Errorf("the effects are %v", e)
	}
	if got := text.Join(c.abouts[c.pictures[1]], " · "); got != "guidance 1 · seed 0" {
		t.Errorf("it says %q", got)
	}
}

// TestContestOfShownPlan: pictures that were bought in other plans have the axes of the one that is shown.
func TestContestOfShownPlan(t *testing.T) {
	t.Parallel()
	h, choice := writePictures(t, 4, true)
	choice.Plan, choice.Cells = "shown", map[string]map[string]string{}
	for i, s := range choice.Subjects {
		choice.Cells[s.Key] = map[string]string{"style": fmt.Sprint(i % 2), "size": "1"}
	}
	c, err := Load(h, choice, 1)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.features(c.pictures[3]); len(got) != 1 || got[0] != (rank.Feature{Axis: "style", Value: "1"}) || c.duel(duels.A).Of != "shown" {
		t.Errorf("the features are %v", got)
	}
}

// TestContestOfTooMany: what is too many is left out, and said.
func TestContestOfTooMany(t *testing.T) {
	t.Parallel()
	h, choice := writePictures(t, 3, false)
	key := choice.Subjects[0].Key
	if _, err := h.Append(key, func(e history.Entry) history.Entry {
		e.Outputs = slices.Repeat(e.Outputs, MostPictures)
		return e
	}); err != nil {
		t.Fatal(err)
	}
	choice.LeftOut = 5
	c, err := Load(h, choice, 1)
	if err != nil {
		t.Fatal(err)
	}
	if want := "1,000 pictures are compared; 2 pictures and 5 older runs are left out."; len(c.pictures) != MostPictures || !slices.Contains(c.said, want) {
		t.Errorf("%d pictures; it says %q", len(c.pictures), c.said)
	}
}

// TestContestNamesModels: pictures that share a prompt are told apart by their models only where there are several.
func TestContestNamesModels(t *testing.T) {
	t.Parallel()
	c := newContest(t, 2, false)
	said := func() string { return string(text.Join(c.abouts[c.pictures[0]], " · ")) }
	if got := said(); got != "A fox" {
		t.Errorf("of one model it says %q", got)
	}
	e := c.entries[c.pictures[1].Key]
	e.Model = "black-forest-labs/flux-schnell"
	c.entries[c.pictures[1].Key] = e
	c.setAbouts()
	if got := said(); got != "flux-dev · A fox" {
		t.Errorf("of two models it says %q", got)
	}
}

// TestFeatureText: values of parameters have their names, and others have none.
func TestFeatureText(t *testing.T) {
	t.Parallel()
	for f, want := range map[rank.Feature]string{
		{Axis: "guidance", Value: "2.5"}:                     "guidance 2.5",
		{Axis: "model", Value: "black-forest-labs/flux-dev"}: "flux-dev",
		{Axis: ", at dawn …", Value: ", at night"}:           ", at night",
		{Axis: "{a|b}", Value: ""}:                           "(nothing)",
		{Axis: "preset", Value: "film+ink"}:                  "film+ink",
	} {
		if got := featureText(f); got != want {
			t.Errorf("%v is called %q, want %q", f, got, want)
		}
	}
}

// TestContestSkipsAll: when all pairs were skipped there is none; without a picture its duels stay.
func TestContestSkipsAll(t *testing.T) {
	t.Parallel()
	c := newContest(t, 3, false)
	for i := range 3 {
		if !c.hasPair {
			t.Fatalf("after %d of 3 skipped pairs there is none", i)
		}
		c = c.skip()
	}
	if c.hasPair || len(c.ahead()) > 0 {
		t.Errorf("the pair is %v", c.pair)
	}
	c = newContest(t, 3, false)
	c, err := c.answer(duels.A)
	if err != nil {
		t.Fatal(err)
	}
	if c = c.without(c.pictures[0]); len(c.pictures) != 2 || len(c.list) != 1 || len(c.ranking.Items) != 2 || !c.hasPair {
		t.Errorf("left are %d pictures with %d duels", len(c.pictures), len(c.list))
	}
}

// BenchmarkAnswer measures what is done between two pairs, without the disk.
func BenchmarkAnswer(b *testing.B) {
	for _, n := range []int{12, 300, MostPictures} {
		c := newContest(b, n, false)
		b.Run(fmt.Sprintf("%d pictures", n), func(b *testing.B) {
			for b.Loop() {
				c.with(c.duel(duels.A))
			}
		})
	}
}

// BenchmarkManyDuels: pictures that met often, and what an answer takes.
func BenchmarkManyDuels(b *testing.B) {
	for _, n := range []int{10_000, 100_000} {
		h, choice := writePictures(b, 300, false)
		rng := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // the same each time
		f, _ := os.Create(h.Duels().Path())
		for i := range n {
			x, y := rng.IntN(300), rng.IntN(299)
			if y >= x {
				y++
			}
			fmt.Fprintf(f, `{"v":1,"time":"2026-11-20T12:00:00.%09dZ","a":"%s#1","b":"%s#1","won":"a"}`+"\n", i, choice.Subjects[x].Key, choice.Subjects[y].Key)
		}
		_ = f.Close()
		b.Run(fmt.Sprint("load", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := Load(h, choice, 1); err != nil {
					b.Fatal(err)
				}
			}
		})
		c, _ := Load(h, choice, 1)
		b.Run(fmt.Sprint("answer", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if next := c.with(c.duel(duels.A)); !next.hasPair {
					b.Fatal("no pair")
				}
			}
		})
		b.Run(fmt.Sprint("ahead", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.ahead()
			}
		})
	}
}
