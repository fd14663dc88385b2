package ui

import (
	"testing"
	"time"

	"tintype/ui/internal/uitest"
	"tintype/ui/list"
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
