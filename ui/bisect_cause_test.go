package ui

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

// TestBisectFindsTheSeed: where the bad one has another seed, and all changes are good at the seed of the good one, its seed is the cause.
func TestBisectFindsTheSeed(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40, smallPictures: true})
		for seed, prompt := range []string{goodPrompt, "a red fox in a snowy forest"} {
			s.m.settings.Set(params.Seed, seed)
			s.develop(prompt)
			s.wait(20 * time.Second)
		}
		s.pressSlowly([]string{"esc", "down", "space", "up", "space", "ctrl+x", "B"})
		s.wait(2 * noteDuration)
		s.expectText("1 change: at most 1 picture, about $0.003.", "The two have different seeds. If the changes do not make it bad, the seed does.")
		s.press("y")
		s.wait(30 * time.Second)
		s.press("g")
		s.wait(30 * time.Second)
		s.expectText("With all changes it is good: the seed makes it bad.", "cause    seed 0 → 1")
		s.press("u")
		s.wait(2 * noteDuration)
		s.press("b")
		s.wait(30 * time.Second)
		s.expectText("This makes it bad.", "cause    misty → snowy")
		s.expectPurchases(3)
	})
}

// TestBisectOfPlantedCauses: whichever changes are bad only together, the bisect names them, and sends no more than it told before each y.
func TestBisectOfPlantedCauses(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 15)) //nolint:gosec // the same each time
	for range 3 {
		n := 4 + r.IntN(6)
		planted := r.Perm(n)[:1+r.IntN(3)]
		slices.Sort(planted)
		t.Run(fmt.Sprint(planted, " of ", n), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				var words, want []string
				for i := range n {
					words = append(words, fmt.Sprintf("the bad%d, ", i))
				}
				for _, i := range planted {
					want = append(want, words[i])
				}
				s := newAppWithPair(t, appOptions{w: 120, h: 40}, strings.Repeat("the fox, ", n)+"at dawn", strings.Join(words, "")+"at dawn")
				s.pressSlowly([]string{"ctrl+x", "B"})
				s.wait(2 * noteDuration)
				s.findPlanted(want)
			})
		})
	}
}

// findPlanted judges the pictures of the bisect on the screen: bad are those whose prompts have all of some words. It fails the test unless these are
// found, and no more was sent than was told.
func (s *app) findPlanted(words []string) {
	s.t.Helper()
	c, told := s.m.screens.bisect.Case(), 0
	for c.Search.Status().Next != nil {
		switch now := s.m.screens.bisect.State(); {
		case now.Buys:
			told += c.Search.Status().AtMost
			s.press("y")
		case now.Good:
			e, _ := s.m.list.Entry(c.Plan.Cells[0].NewestKey())
			lacks := func(word string) bool { return !strings.Contains(e.Input[params.Prompt].(string), word) }
			s.press(map[bool]string{true: "g", false: "b"}[slices.ContainsFunc(words, lacks)])
		}
		s.wait(20 * time.Second)
		if sent := s.purchases() - 2; sent > told || sent > len(c.Search.Steps())+1 {
			s.t.Fatalf("%d were sent, told were %d, judged %d", sent, told, len(c.Search.Steps()))
		}
	}
	var named []string
	for _, change := range c.Search.Cause() {
		named = append(named, "the "+change.After+", ")
	}
	if !slices.Equal(named, words) || !c.Search.Status().Sure {
		s.t.Errorf("the cause is %q, want %q", named, words)
	}
}

// TestBisectOfFailures: a prediction that fails is not bought again by itself; b judges it, also once the screen was left.
func TestBisectOfFailures(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openBisect(t, 120, 40)
		s.server.UpdateBehaviour(func(k *demo.Behaviour) {
			k.Faults = []demo.Fault{{On: demo.Create, Times: 1, Status: 422, Body: `{"detail":"flagged"}`}}
		})
		s.press("y")
		s.wait(30 * time.Second)
		posts := s.purchases()
		s.wait(30 * time.Second)
		if n := s.purchases(); n != posts {
			t.Errorf("it was tried again: %d posts after %d", n, posts)
		}
		s.pressSlowly([]string{"esc", "ctrl+x", "B"})
		s.wait(2 * noteDuration)
		s.press("b")
		s.wait(30 * time.Second)
		s.expectText("This makes it bad.")
		s.expectPurchases(posts)
	})
}

// TestBisectOfOneChange: one change needs no picture, and a model without a seed is told before any money.
func TestBisectOfOneChange(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		id := uitest.SeedlessModel(t)
		s := newAppWithHistory(t, appOptions{w: 120, h: 40},
			pastPrediction{age: 3 * time.Minute, prompt: "a fox", model: id},
			pastPrediction{age: 2 * time.Minute, prompt: "a fox, inverted", model: id},
			pastPrediction{age: time.Minute, prompt: "a fox at dusk, inverted, mirrored", model: id},
		)
		s.pressSlowly([]string{"esc", "down", "down", "space", "up", "ctrl+x", "B"})
		s.wait(time.Second)
		s.expectText("One change only. Nothing needs to be made.", "cause    + inverted", "found")
		s.press("g")
		s.expectSentence("The search has ended: nothing is left to judge.")
		s.pressSlowly([]string{"esc"})
		s.m.list.Choose(s.m.list.Keys().At(0))
		s.pressSlowly([]string{"ctrl+x", "B"})
		s.wait(time.Second)
		s.expectText("takes no seed, so its pictures differ by chance too", "at most")
		s.expectPurchases(0)
	})
}

// TestBisectWithoutItsFile: a good picture whose file is gone is said, and the bisect goes on.
func TestBisectWithoutItsFile(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openPair(t, 120, 40)
		e, _ := s.m.list.Entry(s.m.list.Keys().At(1))
		if err := os.Remove(filepath.Join(s.dir, e.Outputs[0].Path)); err != nil {
			t.Fatal(err)
		}
		s.pressSlowly([]string{"ctrl+x", "B"})
		s.wait(2 * noteDuration)
		s.expectText("good · its file is not here", "at most 3 pictures")
		s.press("y")
		s.wait(30 * time.Second)
		s.expectText("Is the new picture good or bad?")
	})
}

// TestBisectRefusals: two that do not differ, and other numbers than two, are told in a sentence.
func TestBisectRefusals(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40, smallPictures: true})
		for _, prompt := range []string{goodPrompt, goodPrompt, badPrompt} {
			s.develop(prompt)
			s.wait(20 * time.Second)
			s.press("y")
			s.wait(20 * time.Second)
		}
		s.press("esc")
		s.pressSlowly([]string{"ctrl+x", "B"})
		s.expectSentence("first a good picture, then a bad one. Bisect finds what makes it bad.")
		s.pressSlowly([]string{"down", "space", "up", "up", "space", "ctrl+x", "B"})
		if s.m.screens.Top() == s.m.screens.bisect {
			s.pressSlowly([]string{"esc"})
		}
		s.m.list.ClearMarks()
		keys := s.m.list.Keys()
		for _, i := range []int{keys.Len() - 1, keys.Len() - 2} {
			s.m.list.Choose(keys.At(i))
			s.m.list.ToggleMark()
		}
		s.pressSlowly([]string{"ctrl+x", "B"})
		s.wait(time.Second)
		s.expectSentence("These two differ in nothing but their seeds. Choose two with different words or settings.")
	})
}
