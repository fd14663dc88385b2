package ui

import (
	"os"
	"strings"
	"testing"
	"time"

	"tintype/history/duels"
)

// TestDuelIsBlindAndFair: both pictures come at once, in equal places, for each size of the screen and each pair.
func TestDuelIsBlindAndFair(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithPictures(t, 120, 40)
		n := map[int]int{}
		s.onUpdate = func() {
			if s.m.screens.Top() == s.m.screens.duel {
				n[len(s.m.screens.Drawn().Pictures().Thumbs)]++
			}
		}
		s.press("esc", "v")
		s.waitForPair()
		for _, key := range []string{"left", "down", "space", "+", "-", "right"} {
			s.answerDuels(key)
			thumbs := s.m.screens.duel.Pictures().Thumbs
			if len(thumbs) != 2 || thumbs[0].Cell.W != thumbs[1].Cell.W || thumbs[0].Cell.H != thumbs[1].Cell.H || thumbs[0].Cell.Y != thumbs[1].Cell.Y {
				t.Fatalf("after %s the places are %+v", key, thumbs)
			}
		}
		if n[1] > 0 || n[2] == 0 {
			t.Errorf("frames with so many pictures: %v", n)
		}
		if n := len(s.duels()); n != 3 {
			t.Errorf("%d duels were recorded, want 3", n)
		}
		if s.purchases() != 0 {
			t.Error("a duel bought something")
		}
	})
}

// TestDuelAnswers: the arrows say who is better, u takes the last one back and shows its pair, space records nothing.
func TestDuelAnswers(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		for key, want := range map[string]duels.Outcome{"left": duels.A, "right": duels.B, "up": duels.Tie, "down": duels.Bad} {
			thumbs := s.m.screens.duel.Pictures().Thumbs
			s.answerDuels(key)
			all := s.duels()
			last := all[len(all)-1]
			if last.Won != want || last.Left != "a" || last.A.Key != thumbs[0].Key || last.B.Key != thumbs[1].Key {
				t.Errorf("%s recorded %+v", key, last)
			}
			s.press("u")
			s.wait(time.Second)
			if now := s.m.screens.duel.Pictures().Thumbs; len(s.duels()) != len(all)-1 || now[0].Subject != thumbs[0].Subject || now[1].Subject != thumbs[1].Subject {
				t.Errorf("u leaves %d duels, and shows %v", len(s.duels()), now)
			}
		}
		s.press("u")
		s.expectText("Nothing to undo: no duel of these pictures since the program began.")
		thumbs := s.m.screens.duel.Pictures().Thumbs
		s.answerDuels("space")
		if now := s.m.screens.duel.Pictures().Thumbs; len(s.duels()) != 0 || now[0].Subject == thumbs[0].Subject && now[1].Subject == thumbs[1].Subject {
			t.Errorf("space leaves %d duels, and shows %v", len(s.duels()), now)
		}
	})
}

// TestDuelUndoneLater: after the duels were closed and begun again, u still undoes the last one, and not one of other pictures.
func TestDuelUndoneLater(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		s.answerDuels("left", "right")
		last := s.duels()[1]
		s.press("esc", "esc", "v")
		s.waitForPair()
		s.answerDuels("u")
		if all := s.duels(); len(all) != 1 || all[0].Time.Equal(last.Time) {
			t.Errorf("u leaves %v", all)
		}
		if now := s.m.screens.duel.Pictures().Thumbs; now[0].Key != last.A.Key || now[1].Key != last.B.Key {
			t.Errorf("u shows %v instead of %v", now, last)
		}
		s.answerDuels("u", "u")
		s.expectText("Nothing to undo")
		if n := len(s.duels()); n != 0 {
			t.Errorf("%d duels are left", n)
		}
	})
}

// TestDuelIgnoresHeldKeys: a key that is held judges, skips or undoes once, and a key before a pair was in sight for a moment does not.
func TestDuelIgnoresHeldKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		for _, delay := range []time.Duration{30 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond, 700 * time.Millisecond} {
			before := len(s.duels())
			s.hold("left", delay, 60)
			s.wait(time.Second)
			if n := len(s.duels()) - before; n != 1 {
				t.Errorf("a held arrow that repeats after %v gave %d answers", delay, n)
			}
			s.hold("u", delay, 60)
			s.wait(time.Second)
			if n := len(s.duels()) - before; n != 0 {
				t.Errorf("a held u that repeats after %v leaves %d answers", delay, n)
			}
			s.answerDuels("left")
			first := s.m.screens.duel.Pictures().Thumbs
			s.hold("space", delay, 60)
			s.wait(time.Second)
			if now := s.m.screens.duel.Pictures().Thumbs; len(now) != 2 || now[0].Subject == first[0].Subject && now[1].Subject == first[1].Subject {
				t.Errorf("a held space that repeats after %v shows %v", delay, now)
			}
		}
		before := len(s.duels())
		s.press("left")
		s.wait(150 * time.Millisecond)
		s.press("right")
		s.wait(time.Second)
		if n := len(s.duels()) - before; n != 1 {
			t.Errorf("%d answers, want 1", n)
		}
		s.press("left")
		s.wait(500 * time.Millisecond)
		s.press("left")
		s.wait(time.Second)
		if n := len(s.duels()) - before; n != 3 {
			t.Errorf("%d answers of quick presses, want 3", n)
		}
	})
}

// TestDuelRevealed: a revealed pair is not judged; the next one is.
func TestDuelRevealed(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		s.expectNoText("zeppelin", "flux")
		s.press("f1")
		s.wait(time.Second)
		s.expectText("the left one is better", "the right one is better", "both are bad")
		s.press("esc")
		s.press("i")
		s.wait(time.Second)
		s.expectText(duelPrompt, "flux-schnell")
		s.answerDuels("left")
		s.expectText("space goes on")
		if n := len(s.duels()); n != 0 {
			t.Errorf("%d duels", n)
		}
		s.answerDuels("space")
		s.wait(2 * noteDuration)
		s.expectNoText("zeppelin", "flux")
		s.answerDuels("left")
		if n := len(s.duels()); n != 1 {
			t.Errorf("%d duels", n)
		}
	})
}

// TestDuelOnNarrowScreens: one picture is in sight, tab shows the other one in the same cells, and there is no answer before.
func TestDuelOnNarrowScreens(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 60, 40)
		s.expectText("left of two")
		left := s.m.screens.duel.Pictures().Thumbs
		s.answerDuels("left")
		s.expectText("Look at the other one first: b shows it.")
		s.press("tab")
		s.wait(2 * noteDuration)
		s.expectText("right of two")
		right := s.m.screens.duel.Pictures().Thumbs
		if len(left) != 1 || len(right) != 1 || left[0].Cell != right[0].Cell || left[0].Subject == right[0].Subject {
			t.Errorf("tab goes from %v to %v", left, right)
		}
		s.answerDuels("right")
		if n := len(s.duels()); n != 1 {
			t.Errorf("%d duels", n)
		}
	})
}

// TestDuelOfMarked: only what is marked is compared; one picture is too few; one that is gone is left out, and said.
func TestDuelOfMarked(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithPictures(t, 120, 40)
		s.press("esc", "space", "v")
		s.wait(time.Second)
		s.expectText("A duel needs two pictures; there is one here. space marks, / filters.")
		s.press("space", "space")
		s.wait(time.Second)
		s.press("v")
		s.waitForPair()
		s.expectText("3 pictures")
		s.press("esc", "esc")
		e, _ := s.m.list.Entry(s.m.list.Keys().At(1))
		if err := os.Remove(s.m.session.path(e.Outputs[0].Path)); err != nil {
			t.Fatal(err)
		}
		s.press("v")
		s.wait(time.Second)
		s.expectText("1 picture is gone, and left out.", "2 pictures")
	})
}

// TestDuelOfCompared: in the comparison it is between those that are compared.
func TestDuelOfCompared(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithPictures(t, 120, 40)
		s.pressSlowly([]string{"esc", "space", "space", "c", "v"})
		s.waitForPair()
		s.expectText("2 pictures")
		s.press("space")
		s.wait(time.Second)
		s.expectText("No pair is left: all were skipped.", "Ranking")
		s.pressSlowly([]string{"v"})
		s.expectText("No pair is left: all were skipped.")
		s.pressSlowly([]string{"esc"})
		if s.m.screens.Top() != s.m.screens.compare {
			t.Errorf("esc leads to %T", s.m.screens.Top())
		}
	})
}

// TestDuelThatCannotBeRecorded: the pair stays, and a sentence says why.
func TestDuelThatCannotBeRecorded(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		path := s.m.session.History.Duels().Path()
		if err := os.Mkdir(path, 0o700); err != nil {
			t.Fatal(err)
		}
		before := s.m.screens.duel.Pictures().Thumbs
		s.answerDuels("left")
		if now := s.m.screens.duel.Pictures().Thumbs; now[0].Subject != before[0].Subject || now[1].Subject != before[1].Subject {
			t.Errorf("after %v comes %v", before, now)
		}
		if !strings.Contains(s.statusText(), ".") {
			t.Errorf("nothing is said:\n%s", s.screenText())
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		s.answerDuels("left")
		s.expectText("1 duel ·")
	})
}

// TestDuelWhosePicturesGo: when the files go while a pair is shown, the ranking says why no pair is left, and goes on saying it.
func TestDuelWhosePicturesGo(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		s.answerDuels("left", "right")
		for _, dir := range []string{"pictures", "thumbnails"} {
			if err := os.RemoveAll(s.m.session.path(dir)); err != nil {
				t.Fatal(err)
			}
		}
		s.resize(90, 25)
		s.wait(20 * time.Second)
		s.press("v")
		s.expectText("Ranking", "No pair is left: fewer than two pictures can be shown.")
		if n := len(s.duels()); n != 2 {
			t.Errorf("%d duels are left of 2", n)
		}
	})
}

// TestDuelLeavesOutWhatCannotBeShown: a picture that is damaged is left out when its pair comes.
func TestDuelLeavesOutWhatCannotBeShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithPictures(t, 120, 40)
		e, _ := s.m.list.Entry(s.m.list.Keys().At(1))
		if err := os.WriteFile(s.m.session.path(e.Outputs[0].Path), []byte("no picture"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(s.m.session.path("thumbnails")); err != nil {
			t.Fatal(err)
		}
		s.press("esc", "v")
		s.waitForPair()
		for range 12 {
			s.answerDuels("space")
		}
		s.expectText("6 pictures")
	})
}
