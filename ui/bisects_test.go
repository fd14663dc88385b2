package ui

import (
	"strings"
	"testing"
	"time"

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

// TestBisect: the price of all pictures is told before anything is bought; one y agrees to it, and each verdict leads to the next picture, until
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
		s.judge("y")
		s.expectText("▌new", "Is the new picture good or bad?")
		s.judge("b")
		s.expectText("▌good", "This makes it bad.")
		s.expectPurchases(3)
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
		two.press("y", "g", "left")
		two.expectText("▌good")
		for range 20 {
			one.wait(time.Second)
			two.wait(time.Second)
		}
		two.expectText("Is the new picture good or bad?", "▌good") // what was chosen stays
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
		one.judge("g")
		one.judge("b")
		two.settle()
		two.press("g")
		two.wait(time.Second)
		two.expectText("judged   good, bad")
		one.expectPurchases(5)
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
