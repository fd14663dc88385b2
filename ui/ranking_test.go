package ui

import (
	"os"
	"slices"
	"testing"
	"time"

	"tintype/ui/internal/uitest"
	"tintype/ui/list"
	"tintype/ui/plan"
)

// TestDuelInFilter: what the filter shows is compared, and a filter by rank is searched again when the screen closes.
func TestDuelInFilter(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithPictures(t, 120, 40)
		s.press("esc", "/")
		s.typeText("is:unranked")
		s.press("enter")
		s.wait(time.Second)
		before := s.m.list.Keys().Len()
		s.press("v")
		s.waitForPair()
		s.answerDuels("left")
		s.press("esc", "esc")
		s.wait(time.Second)
		last := s.duels()[0]
		want := before - 2
		if last.A.Key == last.B.Key {
			want = before - 1
		}
		if now := s.m.list.Keys().Len(); now != want || !s.m.screens.IsHome() {
			t.Errorf("%d are unranked, before it were %d:\n%s", now, before, s.screenText())
		}
	})
}

// TestRankingScreen: the arrows walk, enter opens the picture, v goes on with the same pair.
func TestRankingScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openRanking(t, 120, 40)
		s.expectText("Ranking", "wins against the average one", "6 duels", "not told apart yet")
		s.press("down")
		s.wait(time.Second)
		want := s.m.screens.duel.Subjects()[0]
		if s.m.list.Current() != want {
			t.Errorf("the list has %v, and the ranking %v", s.m.list.Current(), want)
		}
		s.press("*")
		s.wait(time.Second)
		if e, _ := s.m.list.Entry(want.Key); !list.IsStarred(e, want.Output) {
			t.Errorf("* does not star %v", want)
		}
		s.press("enter")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.full || s.m.list.Current() != want {
			t.Errorf("enter leads to %T with %v", s.m.screens.Top(), s.m.list.Current())
		}
		s.press("esc", "v")
		s.waitForPair()
		s.press("esc", "esc")
		if !s.m.screens.IsHome() {
			t.Errorf("esc leads to %T", s.m.screens.Top())
		}
	})
}

// TestDuelStart: the program begins with the duel that it was started with.
func TestDuelStart(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithPictures(t, 120, 40)
		s.m.options.Duel = &DuelStart{Query: uitest.Sunrise}
		s.start(startGivenDuel(s.m))
		s.wait(time.Second)
		s.expectText("A duel needs two pictures; there is none here.")
		s.m.options.Duel = &DuelStart{Query: "zeppelin"}
		s.start(startGivenDuel(s.m))
		s.waitForPair()
		if s.start(startGivenDuel(s.m)); s.m.options.Duel != nil {
			t.Error("it begins twice")
		}
		s.press("esc", "esc")
		s.m.options.Duel = &DuelStart{Plan: "abc"}
		s.start(startGivenDuel(s.m))
		s.wait(time.Second)
		s.expectText("No picture here is of a plan abc.")
	})
}

// TestDuelOfPlan: a plan's pictures are compared in its order, also those that were bought in another plan; what is left of the query counts. Without
// the plan's file, what was bought in it is compared, the earliest first.
func TestDuelOfPlan(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openFilledTable(t, 120, 40)
		table := s.m.screens.sheet.Plan()
		s.showSpec(plan.Spec{Prompt: "a red fox in the snow", Model: "black-forest-labs/flux-dev"}, "guidance=3,2,2.5", "seed=8,7,9")
		s.buyPlan()
		p := s.m.screens.sheet.Plan()
		var inOrder []string
		for i := range p.Cells {
			inOrder = append(inOrder, p.Cells[i].NewestKey())
		}
		for query, want := range map[string][]string{"": inOrder, "seed:8": {inOrder[0], inOrder[3], inOrder[6]}} {
			if got := s.duelOfPlan(DuelStart{Query: query, Plan: p.Key[:6]}); !slices.Equal(got, want) {
				t.Errorf("%q: %v are compared, want %v", query, got, want)
			}
		}
		if err := os.RemoveAll(s.m.session.path("labs")); err != nil {
			t.Fatal(err)
		}
		got := s.duelOfPlan(DuelStart{Plan: table.Key})
		if len(got) != 8 || !slices.IsSorted(got) {
			t.Errorf("without its file %v are compared", got)
		}
	})
}

// duelOfPlan begins a duel, and returns the keys of the pictures in the order of the ranking, before an answer.
func (s *app) duelOfPlan(begin DuelStart) (keys []string) {
	s.t.Helper()
	s.m.screens.Home()
	s.m.options.Duel = &begin
	s.start(startGivenDuel(s.m))
	s.waitForPair()
	s.press("esc")
	for {
		key := s.m.screens.duel.Subjects()[0].Key
		if slices.Contains(keys, key) {
			return keys
		}
		keys = append(keys, key)
		s.press("down")
	}
}

// TestDuelResized: a pair stays while the terminal gets another size; a key before it is in sight at the new one is no answer, and on a narrow screen
// both must be looked at.
func TestDuelResized(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		before := s.m.screens.duel.Pictures().Thumbs
		for _, to := range []struct{ w, h, pictures int }{{80, 24, 2}, {60, 40, 1}, {40, 12, 1}, {20, 5, 1}, {160, 50, 2}} {
			s.resize(to.w, to.h)
			s.press("left")
			s.wait(time.Second)
			now := s.m.screens.duel.Pictures().Thumbs
			if len(s.duels()) != 0 || len(now) != to.pictures || now[0].Subject != before[0].Subject {
				t.Fatalf("at %dx%d after an early key: %d duels, %v in sight:\n%s", to.w, to.h, len(s.duels()), now, s.screenText())
			}
		}
		s.resize(60, 40)
		s.wait(time.Second)
		s.answerDuels("left", "b", "left")
		if n := len(s.duels()); n != 1 {
			t.Errorf("%d duels, want 1", n)
		}
	})
}

// TestDuelsSurviveTheProgram: each duel is in the file at once, so that a program that ends without notice loses none.
func TestDuelsSurviveTheProgram(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		s.answerDuels("left", "right", "up")
		dir := s.copyFolder()
		again := newApp(t, appOptions{dir: dir})
		if n := len(again.duels()); n != 3 {
			t.Errorf("%d duels are left of 3", n)
		}
		again.press("esc", "v")
		again.waitForPair()
		again.expectText("3 duels")
	})
}

// TestDuelOnPlainTerminals: without colours a duel and its ranking have none, and without Unicode they are ASCII.
func TestDuelOnPlainTerminals(t *testing.T) {
	for name, o := range plainTerminals {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				o.w, o.h = 120, 40
				s := newApp(t, o)
				s.showTable()
				s.press("y")
				s.wait(2 * time.Minute)
				s.press("v")
				for _, key := range []string{"left", "i", "space", "b", "esc", "left", "+", "esc", "down"} {
					s.answerDuels(key)
					s.expectPlain(name == "ascii")
				}
				s.expectText("Ranking")
			})
		})
	}
}
