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
	"tintype/ui/runner"
)

const (
	goodPrompt = "a red fox in a misty forest"
	badPrompt  = "a red fox in a misty forest, inverted, masterpiece, 8k"
)

// openPair develops a good and a bad prediction, and marks them in that order.
func openPair(t *testing.T, w, h int) *app {
	t.Helper()
	return newAppWithPair(t, appOptions{w: w, h: h}, goodPrompt, badPrompt)
}

// newAppWithPair develops a good and a bad prompt with the same seed, and marks both in that order.
func newAppWithPair(t *testing.T, o appOptions, good, bad string) *app {
	t.Helper()
	o.smallPictures = true
	s := newApp(t, o)
	s.onLargeScreen(func() {
		s.m.settings.Set(params.Seed, 7)
		for _, prompt := range []string{good, bad} {
			s.develop(prompt)
			s.wait(20 * time.Second)
		}
	})
	s.pressSlowly([]string{"esc", "down", "space", "up", "space"})
	return s
}

// markTwo marks two predictions, by how many are newer than each, the good one first.
func (s *app) markTwo(good, bad int) {
	keys := s.m.list.Keys()
	for _, i := range []int{good, bad} {
		s.m.list.Choose(keys.At(i))
		s.m.list.ToggleMark()
	}
}

// judge presses a key of a bisect, and waits until the next picture is here.
func (s *app) judge(key string) {
	s.press(key)
	s.wait(30 * time.Second)
}

// openBisect begins to bisect the pair.
func openBisect(t *testing.T, w, h int) *app {
	t.Helper()
	s := openPair(t, w, h)
	s.pressSlowly([]string{"ctrl+x", "B"})
	s.wait(2 * noteDuration)
	if s.m.screens.Top() != s.m.screens.bisect {
		t.Fatalf("the bisect is not shown:\n%s", s.screenText())
	}
	return s
}

// openJudging has the first picture of a bisect to judge, openFound has the cause.
func openJudging(t *testing.T, w, h int) *app {
	s := openBisect(t, w, h)
	s.judge("y")
	return s
}

func openFound(t *testing.T, w, h int) *app {
	s := openJudging(t, w, h)
	s.judge("b")
	return s
}

// TestBisectGoldens compares the steps of a bisect with their golden files.
func TestBisectGoldens(t *testing.T) {
	compareGoldens(t, []scene{{"bisect-price", fourSizes, openBisect}, {"bisect-judge", fourSizes, openJudging}, {"bisect-found", fourSizes, openFound}})
}

// TestBisect: the price of the whole is told before anything is bought; one y agrees to it, and each verdict leads to the next picture, until
// the cause is said. No more is bought than was told.
func TestBisect(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openBisect(t, 120, 40)
		s.expectText("3 changes", "at most 3 pictures", "about $0.009")
		s.expectPurchases(2)
		s.press("g")
		s.expectSentence("The new picture is not made yet, so it cannot be judged.")
		s.judge("y")
		s.expectText("Is the new picture good or bad?", "with     + inverted", "without  + masterpiece")
		s.judge("b")
		s.expectText("This makes it bad.", "cause    + inverted", "judged   bad")
		s.expectPurchases(3)
	})
}

// TestBisectShowsItsKeys: with the question, the keys that answer it are in sight, and no note is in their place.
func TestBisectShowsItsKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openBisect(t, 120, 40)
		s.press("y")
		for range 300 {
			if s.wait(100 * time.Millisecond); strings.Contains(s.screenText(), "good or bad?") {
				break
			}
		}
		s.expectText("Is the new picture good or bad?", "g good", "b bad")
	})
}

// TestBisectOnANarrowTerminal: where one picture has room it begins with the good one, and shows the new one as soon as there is something to see.
func TestBisectOnANarrowTerminal(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openBisect(t, 60, 20)
		s.expectText("▌good", "3 changes: at most 3 pictures, about $0.009.")
		s.expectNoText("not made yet")
		s.press("tab")
		s.expectText("▌new", "not made yet")
		s.press("tab")
		s.expectText("▌bad")
		s.press("y")
		s.wait(30 * time.Second)
		s.expectText("▌new", "Is the new picture good or bad?")
		s.press("b")
		s.wait(30 * time.Second)
		s.expectText("▌good", "This makes it bad.")
		if n := s.purchases(); n != 3 {
			t.Errorf("%d were bought, want 3", n)
		}
	})
}

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
		if n := s.purchases(); n != 3 {
			t.Errorf("%d were bought, want 3", n)
		}
	})
}

// TestBisectGoesOnByItself: after y the next picture is bought without another question; undo shows the one before again, for nothing.
func TestBisectGoesOnByItself(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openJudging(t, 120, 40)
		s.judge("g")
		s.expectText("judged   good", "Is the new picture good or bad?")
		s.expectPurchases(4)
		s.press("u")
		s.wait(time.Second)
		s.expectNoText("judged")
		s.expectText("Is the new picture good or bad?")
		s.press("u")
		s.expectSentence("There is no verdict to undo.")
		s.expectPurchases(4)
	})
}

// TestBisectResumes: a bisect that is begun again is where it was, and its pictures cost nothing.
func TestBisectResumes(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openJudging(t, 120, 40)
		s.judge("g")
		s.pressSlowly([]string{"esc", "ctrl+x", "B"})
		s.wait(time.Second)
		s.expectText("judged   good", "Is the new picture good or bad?")
		s.wait(time.Second)
		s.judge("b")
		s.expectText("judged   good, bad", "To go on: at most 1 picture, about $0.003.")
		s.expectPurchases(4)
		again := newApp(t, appOptions{w: 120, h: 40, dir: s.copyFolder(), server: s.server})
		oldest := again.m.list.Keys().Len() - 1
		again.markTwo(oldest, oldest-1)
		again.pressSlowly([]string{"ctrl+x", "B"})
		again.wait(time.Second)
		again.expectText("judged   good, bad", "To go on: at most 1 picture")
	})
}

// TestBisectSkips: skipped pictures leave several changes, and more pictures than were agreed to are asked for again.
func TestBisectSkips(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openJudging(t, 120, 40)
		s.judge("s")
		s.judge("s")
		s.expectText("One of these makes it bad, or several together", "judged   cannot tell, cannot tell")
		s.expectPurchases(4)
	})
}

// TestBisectOfPlantedCauses: whichever changes are bad only together, the bisect names them, and sends no more than it told before each y.
func TestBisectOfPlantedCauses(t *testing.T) {
	r := rand.New(rand.NewPCG(14, 15)) //nolint:gosec // the same each time
	for range 3 {
		n := 4 + r.IntN(6)
		planted := r.Perm(n)[:1+r.IntN(3)]
		t.Run(fmt.Sprint(planted, " of ", n), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{w: 120, h: 40, smallPictures: true})
				s.m.settings.Set(params.Seed, 7)
				s.develop(strings.Repeat("the fox, ", n) + "at dawn")
				s.wait(20 * time.Second)
				var words []string
				for i := range n {
					words = append(words, fmt.Sprintf("the bad%d, ", i))
				}
				s.develop(strings.Join(words, "") + "at dawn")
				s.wait(20 * time.Second)
				s.pressSlowly([]string{"esc", "down", "space", "up", "space", "ctrl+x", "B"})
				s.wait(2 * noteDuration)
				c, told := s.m.screens.bisect.Case(), 0
				for c.Search.Status().Next != nil {
					switch now := s.m.screens.bisect.State(); {
					case now.Buys:
						told += c.Search.Status().AtMost
						s.press("y")
					case now.Good:
						e, _ := s.m.list.Entry(c.Plan.Cells[0].NewestKey())
						key := "b"
						for _, i := range planted {
							if !strings.Contains(e.Input[params.Prompt].(string), words[i]) {
								key = "g"
							}
						}
						s.press(key)
					}
					s.wait(20 * time.Second)
					if sent := s.purchases() - 2; sent > told || sent > len(c.Search.Steps())+1 {
						t.Fatalf("%d were sent, told were %d, judged %d", sent, told, len(c.Search.Steps()))
					}
				}
				var named []string
				for _, change := range c.Search.Cause() {
					named = append(named, change.After)
				}
				slices.Sort(planted)
				want := make([]string, len(planted))
				for i, at := range planted {
					want[i] = fmt.Sprintf("bad%d", at)
				}
				if !slices.Equal(named, want) || !c.Search.Status().Sure {
					t.Errorf("the cause is %q, want %q", named, want)
				}
			})
		})
	}
}

// TestBisectOfFailures: a prediction that fails is not bought again by itself; b judges it.
func TestBisectOfFailures(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openBisect(t, 120, 40)
		s.server.UpdateBehaviour(func(k *demo.Behaviour) {
			k.Faults = []demo.Fault{{On: demo.Create, Times: 1, Status: 422, Body: `{"detail":"flagged"}`}}
		})
		s.judge("y")
		posts := s.purchases()
		s.wait(30 * time.Second)
		if n := s.purchases(); n != posts {
			t.Errorf("it was tried again: %d posts after %d", n, posts)
		}
		s.judge("b")
		s.expectText("This makes it bad.")
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
		oldest := s.m.list.Keys().Len() - 1
		s.markTwo(oldest, oldest-1)
		s.pressSlowly([]string{"ctrl+x", "B"})
		s.wait(time.Second)
		s.expectSentence("These two differ in nothing but their seeds. Choose two with different words or settings.")
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
		if n := s.purchases(); n != 0 {
			t.Errorf("%d were bought", n)
		}
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
		s.judge("y")
		s.expectText("Is the new picture good or bad?")
	})
}

// TestBisectTakesNoHeldKeys: y and verdicts that were typed before what they are about was on the screen do nothing.
func TestBisectTakesNoHeldKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openPair(t, 120, 40)
		s.pressSlowly([]string{"ctrl+x"})
		s.press("B", "y")
		s.wait(30 * time.Second)
		s.expectPurchases(2)
	})
}

// TestWhyOnPlainTerminals: without colours impact and bisect have none, and without Unicode they are ASCII.
func TestWhyOnPlainTerminals(t *testing.T) {
	for name, o := range plainTerminals {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				o.w, o.h = 120, 40
				s := newAppWithPair(t, o, goodPrompt, "a red fox in a snowy forest, inverted, masterpiece")
				s.pressSlowly([]string{"ctrl+x", "B"})
				s.wait(2 * noteDuration)
				s.expectPlain(name == "ascii")
				s.judge("y")
				s.expectText("Is the new picture good or bad?")
				s.expectPlain(name == "ascii")
				s.pressSlowly([]string{"esc", "ctrl+x", "k"})
				s.wait(2 * noteDuration)
				s.press("y")
				s.wait(2 * time.Minute)
				s.expectText("Impact  ")
				s.expectPlain(name == "ascii")
			})
		})
	}
}

// TestBisectInTwoPrograms: while one program makes the picture, the other one waits for it, and buys none.
func TestBisectInTwoPrograms(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one := openBisect(t, 120, 40)
		two := newApp(t, appOptions{w: 120, h: 40, dir: one.dir, server: one.server})
		two.markTwo(1, 0)
		one.server.UpdateBehaviour(takeEightSeconds)
		one.press("y")
		one.wait(2 * time.Second)
		two.settle()
		two.pressSlowly([]string{"ctrl+x", "B"})
		two.wait(time.Second)
		two.press("y", "g")
		for range 20 {
			one.wait(time.Second)
			two.wait(time.Second)
		}
		two.expectText("Is the new picture good or bad?")
		one.expectPurchases(3)
	})
}

// TestBisectCountsOtherVerdicts: what another program said meanwhile is kept beside one's own, and counts with the next verdict.
func TestBisectCountsOtherVerdicts(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one := openJudging(t, 120, 40)
		two := newApp(t, appOptions{w: 120, h: 40, dir: one.dir, server: one.server})
		for _, key := range []string{one.m.screens.bisect.Case().Good.Key, one.m.screens.bisect.Case().Bad.Key} {
			two.m.list.Choose(key)
			two.m.list.ToggleMark()
		}
		two.pressSlowly([]string{"ctrl+x", "B"})
		two.wait(2 * noteDuration)
		two.expectText("Is the new picture good or bad?")
		one.press("g")
		one.wait(30 * time.Second)
		one.press("b")
		one.wait(30 * time.Second)
		two.settle()
		two.press("g")
		two.wait(time.Second)
		two.expectText("judged   good, bad")
		if n := one.purchases(); n != 5 {
			t.Errorf("%d were bought, want 5", n)
		}
	})
}

// TestBisectOverBudget: a picture that the budget does not allow is refused in a sentence, and the bisect stays where it is.
func TestBisectOverBudget(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithPair(t, appOptions{w: 120, h: 40, limits: runner.Limits{Day: 0.007}}, goodPrompt, badPrompt)
		s.pressSlowly([]string{"ctrl+x", "B"})
		s.wait(2 * noteDuration)
		s.press("y")
		s.wait(time.Second)
		s.expectText("Stopped at $0.006 of $0.007")
		s.wait(30 * time.Second)
		s.expectText("3 changes: at most 3 pictures", "y make them")
		s.expectPurchases(2)
	})
}

// TestBisectBuysNothingAfterEsc: a verdict that is followed by esc at once buys nothing more, and is kept.
func TestBisectBuysNothingAfterEsc(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openJudging(t, 120, 40)
		s.holdCommands()
		s.press("g", "esc")
		s.releaseCommands()
		s.wait(30 * time.Second)
		s.expectPurchases(3)
		s.pressSlowly([]string{"ctrl+x", "B"})
		s.wait(time.Second)
		s.expectText("judged   good", "To go on: at most 2 pictures, about $0.006.")
	})
}
