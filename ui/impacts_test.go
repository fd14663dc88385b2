package ui

import (
	"strings"
	"testing"
	"time"

	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

// weighed is a prompt with words that the demo's painter answers to, and one that it ignores.
const weighed = "a red fox in a misty forest, inverted, masterpiece"

// openImpactPlan develops a prompt and opens the plan of its impact.
func openImpactPlan(t *testing.T, w, h int, prompt string) *app {
	t.Helper()
	s := newApp(t, appOptions{w: w, h: h, smallPictures: true})
	s.onLargeScreen(func() {
		s.m.settings.Set(params.Seed, 7)
		s.develop(prompt)
		s.wait(20 * time.Second)
	})
	s.pressSlowly([]string{"ctrl+x", "k"})
	s.wait(time.Second)
	return s
}

// openImpact buys the plan of an impact, and waits until it is measured.
func openImpact(t *testing.T, w, h int) *app {
	t.Helper()
	s := openImpactPlan(t, w, h, weighed)
	s.press("y")
	s.wait(2 * time.Minute)
	if s.m.screens.Top() != s.m.screens.impact {
		t.Fatalf("the impact is not shown:\n%s", s.screenText())
	}
	return s
}

// TestImpactGoldens compares the impact of a prompt with its golden files.
func TestImpactGoldens(t *testing.T) {
	compareGoldens(t, []scene{{"impact", fourSizes, openImpact}})
}

// TestImpact: ctrl+x k shows a plan with its price, in which the prediction's own picture is had. y buys the rest, and then the prompt is
// shown with its impacts, the largest first. Pressed again, nothing is bought, and the impact is there at once.
func TestImpact(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpactPlan(t, 120, 40, weighed)
		s.expectText("5 × seeds 3 = 15 cells", "1 had", "14 to buy", "about $0.04")
		s.expectPurchases(1)
		s.pressSlowly([]string{"ctrl+x", "k"})
		s.expectSentence("The impact cannot be measured yet: it needs pictures of the entire prompt with two seeds.")
		s.wait(time.Second)
		s.press("y")
		s.wait(2 * time.Minute)
		s.expectText("Impact  4 phrases × 3 seeds", "1.00 is as much as another seed", "no effect seen            masterpiece", "masterpiece[none]", "entire prompt")
		if row := strings.Split(s.screenText(), "▌")[1]; !strings.Contains(strings.SplitN(row, "\n", 2)[0], "inverted") {
			t.Errorf("the first is not the one that matters most:\n%s", s.screenText())
		}
		s.expectPurchases(15)
		s.pressSlowly([]string{"esc", "esc"})
		s.m.list.Choose(s.m.list.Keys().At(s.m.list.Keys().Len() - 1))
		s.pressSlowly([]string{"ctrl+x", "k"})
		s.wait(5 * time.Second)
		s.expectText("Impact  4 phrases")
		s.expectPurchases(15)
	})
}

// TestImpactFlicks: enter shows the picture without the phrase in the cells of the entire prompt's, and back; the arrows show other seeds.
func TestImpactFlicks(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpact(t, 120, 40)
		shown := func() (string, any) {
			t := s.m.screens.impact.Pictures().Thumbs[0]
			return t.Key, t.Cell
		}
		s.wait(5 * time.Second)
		whole, at := shown()
		s.press("enter")
		s.expectText("without inverted", "seed 1 of 3")
		without, where := shown()
		if without == whole || where != at {
			t.Errorf("enter shows %s at %v, after %s at %v", without, where, whole, at)
		}
		s.press("right")
		s.expectText("without inverted", "seed 2 of 3")
		s.press("enter", "left")
		if again, _ := shown(); again != whole {
			t.Errorf("%s is shown, want %s", again, whole)
		}
		s.press("down", "enter")
		s.expectNoText("without inverted")
		s.wait(time.Second)
		s.press("v")
		s.wait(5 * time.Second)
		if s.m.screens.Top() != s.m.screens.duel {
			t.Fatalf("v leads to %T:\n%s", s.m.screens.Top(), s.screenText())
		}
		s.pressSlowly([]string{"right", "esc", "esc"})
		s.expectText("Impact  4 phrases")
		s.resize(40, 12)
		s.press("esc")
		if s.m.screens.Top() == s.m.screens.impact {
			t.Error("esc does not go back")
		}
	})
}

// TestImpactOnNarrowScreens: enter gives the picture the room of the list, enter flicks, and esc shows the list again.
func TestImpactOnNarrowScreens(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpact(t, 40, 12)
		s.press("enter")
		s.expectText("entire prompt")
		s.expectNoText("no effect seen")
		s.press("enter")
		s.expectText("without inverted")
		s.press("esc")
		s.expectText("no effect seen")
		if s.m.screens.Top() != s.m.screens.impact {
			t.Error("esc closed the list, too")
		}
	})
}

// TestImpactByWord: a prompt of one phrase is measured by words, and w measures the other way.
func TestImpactByWord(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpactPlan(t, 120, 40, "a red fox")
		s.expectText("4 × seeds 3 = 12 cells")
		s.press("y")
		s.wait(2 * time.Minute)
		s.expectText("Impact  3 words × 3 seeds")
		s.press("w")
		s.expectSentence("This prompt is one phrase: it can be measured by its words alone.")
		s = openImpact(t, 120, 40)
		s.press("w")
		s.wait(time.Second)
		s.expectText("10 × seeds 3 = 30 cells", "to buy")
		s.expectPurchases(15)
		s.pressSlowly([]string{"y"})
		s.wait(2 * time.Minute)
		s.expectText("Impact  9 words × 3 seeds", "misty[")
	})
}

// TestImpactRefusals: what cannot be measured is told in a sentence, and nothing is planned.
func TestImpactRefusals(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpactPlan(t, 120, 40, "fox")
		s.expectSentence("This prompt is one word: without it nothing is left to compare.")
		if !s.m.screens.IsHome() {
			t.Errorf("on top is %T", s.m.screens.Top())
		}
	})
}

// TestImpactWithoutAPicture: a picture whose file is gone is left out, and said.
func TestImpactWithoutAPicture(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpactPlan(t, 120, 40, weighed)
		s.m.screens.sheet.Plan().LeaveOut([]int{3, 4, 5}, true)
		s.press("y")
		s.wait(2 * time.Minute)
		s.expectText("no pictures               a red fox", "a red fox[?]")
		s.press("end", "down", "down", "down", "enter")
		s.expectText("This picture was not made.")
		s.press("v")
		s.expectSentence("There are no two pictures of this seed to choose from.")
	})
}

// TestImpactWithoutASeed: a model without a seed is told, with what cannot be seen.
func TestImpactWithoutASeed(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 120, h: 40}, pastPrediction{age: time.Minute, prompt: "a fox, inverted", model: uitest.SeedlessModel(t)})
		s.pressSlowly([]string{"ctrl+x", "k"})
		s.wait(time.Second)
		s.expectText("entire prompt · 1", "without a fox · 2", "without inverted · 3")
		s.expectNoText("line")
		s.press("y")
		s.wait(5 * time.Minute)
		s.expectText("Impact  2 phrases × 3 pictures", "1.00 is as much as another picture", "This model takes no seed", "picture 1 of 3")
	})
}

// TestImpactIsStopped: a plan that is stopped opens nothing; asked for, what is here is measured.
func TestImpactIsStopped(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openImpactPlan(t, 120, 40, weighed)
		s.server.UpdateBehaviour(takeEightSeconds)
		s.press("y")
		s.wait(time.Second)
		s.press("X")
		s.wait(time.Minute)
		if s.m.screens.Top() != s.m.screens.sheet {
			t.Fatalf("on top is %T:\n%s", s.m.screens.Top(), s.screenText())
		}
		s.pressSlowly([]string{"ctrl+x", "k"})
		s.wait(5 * time.Second)
		s.expectText("Impact  4 phrases × 3 seeds")
	})
}
