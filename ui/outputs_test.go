package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/list"
)

// newAppWithRun starts the program over a history whose newest prediction has four pictures, the one below it one.
func newAppWithRun(t *testing.T, w, h int) *app {
	return newAppWithHistory(t, appOptions{w: w, h: h},
		pastPrediction{age: 3 * time.Minute, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.003, seed: 1},
		pastPrediction{age: 2 * time.Minute, prompt: uitest.Dusk, predictTime: 1.2, cost: 0.003, seed: 2},
		pastPrediction{
			age: time.Minute, prompt: uitest.Sunrise, predictTime: 2.4, cost: 0.012, seed: 3, outputs: 4, w: 896, h: 1088,
			input: map[string]any{"num_outputs": 4.0, "aspect_ratio": "4:5"}, change: withDifferentURLs,
		},
	)
}

func withDifferentURLs(e *history.Entry) {
	for i := range e.Outputs {
		e.Outputs[i].URL = fmt.Sprint(origin, "/outputs/", i+1)
	}
}

// compared returns what the comparison shows, as "row/output" of the list's rows from 0; an entire prediction has the output 0.
func (s *app) compared() string {
	if s.m.screens.Top() != s.m.screens.compare {
		return "nothing"
	}
	var said []string
	for _, subject := range s.m.screens.compare.Compared() {
		said = append(said, s.subjectName(subject))
	}
	return strings.Join(said, " ")
}

// subjectName writes a subject as "row/output".
func (s *app) subjectName(subject list.Subject) string {
	at, _ := s.m.list.Index(subject.Key)
	return fmt.Sprintf("%d/%d", at, subject.Output)
}

// TestCompareKnowsOutputs: c compares the picture that one looks at with the one seen last, which may be of the same run, or what is
// marked; marks are of pictures where one looks at a picture. A run of several is compared picture by picture.
func TestCompareKnowsOutputs(t *testing.T) {
	for _, c := range []struct {
		name, keys, want string
		chosen           string
	}{
		{"the second after the first", "enter right right c", "0/1 0/2", "0/2"},
		{"the fourth after the second", "enter 2 4 c", "0/2 0/4", "0/4"},
		{"a picture of a run after another run", "down up enter 3 c", "1/0 0/3", "0/3"},
		{"a run of four", "c", "0/1 0/2 0/3 0/4", "0/1"},
		{"a picture of a run, nothing seen before", "enter 3 c", "0/1 0/2 0/3 0/4", "0/3"},
		{"two marked pictures of a run", "enter 2 space 4 space c", "0/2 0/4", "0/4"},
		{"pictures of different runs", "enter 2 space esc down space g c", "1/0 0/2", "1/0"},
		{"entered in the list", "right right c", "0/1 0/2", "0/2"},
		{"a digit chooses A to D", "c 3", "0/1 0/2 0/3 0/4", "0/3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithRun(t, 120, 40)
				s.press("esc")
				s.wait(time.Second)
				s.pressSlowly(strings.Fields(c.keys))
				if got := s.compared(); got != c.want {
					t.Errorf("compared are %s, want %s\n%s", got, c.want, s.screenText())
				}
				if got := s.subjectName(s.m.list.Current()); got != c.chosen {
					t.Errorf("chosen is %s, want %s", got, c.chosen)
				}
			})
		})
	}
}

// TestOutputsSayWhichTheyAre: compared pictures of a run say which they are, the sheet numbers them, and a star is of one picture, in the
// comparison too. The row shows it, the filter finds it, and u removes it.
func TestOutputsSayWhichTheyAre(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithRun(t, 120, 40)
		s.press("esc")
		s.wait(time.Second)
		s.press("c")
		s.expectText("A  1 of 4 · 2.4 s", "D  4 of 4")
		s.pressSlowly([]string{"2", "*"})
		s.expectText("A  1 of 4", "B★ 2 of 4", "C  3 of 4")
		s.pressSlowly([]string{"esc", "left", "left"})
		s.expectText("★ 2", "★✓ …", "4 pictures")
		s.pressSlowly([]string{"3"})
		s.expectText("1 of 1")
		s.pressSlowly([]string{"1", "enter", "2"})
		s.expectText("★ 2 of 4")
		s.press("u")
		s.wait(time.Second)
		s.expectNoText("★")
	})
}

// TestDigitsGoToOutputs: a digit in the full screen goes to that picture, and says how many there are if it is not there.
func TestDigitsGoToOutputs(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithRun(t, 120, 40)
		s.press("esc", "enter", "4")
		s.wait(time.Second)
		s.expectText("4 of 4")
		s.press("5")
		s.expectSentence("This run has 4 pictures.")
		s.wait(noteDuration)
		s.expectText("4 of 4")
		s.press("down", "2")
		s.expectSentence("This run has one picture.")
	})
}

// TestMarksAreCounted: label and header count the marks, and a mark does not hide a star, in the list and in the gallery.
func TestMarksAreCounted(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 120, h: 40}) // the newest has a star
		s.press("esc", "space", "space")
		s.wait(time.Second)
		s.expectText(" ▪★✓ ", "2 marked · 3 of 7", "2 marked · ~$0.0")
		s.press("ctrl+g")
		s.wait(time.Second)
		s.expectText("▪★✓", "2 marked · 3 of 7")
	})
}

// TestBatchesSayHowMany: an act on several says how many, and how many of these are out of sight.
func TestBatchesSayHowMany(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 80, h: 24}, manyPredictions(40)...)
		s.pressSlowly([]string{"esc", "space", "space", "*"})
		s.expectSentence("2 starred.")
		s.pressSlowly([]string{"u", "G", "*"})
		s.expectSentence("2 starred, out of sight.")
		s.pressSlowly([]string{"space", "*", "*"})
		s.expectSentence("3 no longer starred, 2 of them out of sight.")
		s.press("y", "s")
		s.expectSentence("2 seeds were sent to the clipboard; this terminal does not say whether it takes it. 2 of the marked are out of sight.")
		if want := "39\n38"; len(s.copied) != 1 || s.copied[0] != want {
			t.Errorf("copied %q, want %q", s.copied, want)
		}
		s.wait(time.Second)
		s.press("x")
		s.expectSentence("None of these is running.")
	})
}

// TestCopyKnowsOutputs: a copied URL is that of the picture one looks at, or those of all of a run in the list.
func TestCopyKnowsOutputs(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithRun(t, 120, 40)
		s.press("esc", "y", "u")
		s.expectSentence("4 URLs were sent to the clipboard; this terminal does not say whether it takes it.")
		s.pressSlowly([]string{"enter", "3", "y", "u"})
		if len(s.copied) != 2 || strings.Count(s.copied[0], "\n") != 3 || s.copied[1] != origin+"/outputs/3" {
			t.Errorf("copied %q", s.copied)
		}
	})
}

// TestCancelsSayHowMany: x x acts on the marked, says how many it arms, and one note tells how all ended.
func TestCancelsSayHowMany(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		first := s.develop("A boat [slow]")
		second := s.develop("A cat [slow]")
		s.waitForState(first, history.Waiting)
		s.waitForState(second, history.Waiting)
		s.develop("A dog [slow]")
		s.pressSlowly([]string{"esc", "down", "space", "space", "g"})
		s.press("x")
		s.expectSentence("x again cancels 2.")
		s.press("x")
		s.wait(3 * time.Second)
		s.expectSentence("2 cancelled. Replicate may bill the time they ran.")
		s.expectPurchases(3)
		if row, _ := s.m.list.Row(s.m.list.Keys().At(0)); row.State.Ended() {
			t.Error("the row under the cursor was cancelled, which is not marked")
		}
	})
}

// TestFullScreenActsOnWhatIsShown: marks elsewhere do not turn an act away from the picture that fills the screen.
func TestFullScreenActsOnWhatIsShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithRun(t, 120, 40)
		s.pressSlowly([]string{"esc", "down", "space", "g", "enter", "2", "*"})
		for i, want := range []string{"false [false true false false]", "false [false]", "false [false]"} {
			e, _ := s.m.list.Entry(s.m.list.Keys().At(i))
			var stars []bool
			for _, o := range e.Outputs {
				stars = append(stars, o.Star)
			}
			if got := fmt.Sprint(e.Star, " ", stars); got != want {
				t.Errorf("row %d has the stars %s, want %s", i, got, want)
			}
		}
	})
}

// TestStarsOfARun: for a row * takes away what the row shows, the star of one of its pictures too, and u brings back exactly that.
func TestStarsOfARun(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithRun(t, 120, 40)
		s.pressSlowly([]string{"esc", "enter", "2", "*", "esc", "left", "left"})
		s.expectText("★✓")
		s.press("*")
		s.wait(time.Second)
		s.expectNoText("★")
		s.press("u")
		s.wait(time.Second)
		s.expectText("★✓", "★ 2")
		if e, _ := s.m.list.Selected(); e.Star {
			t.Error("u gave the entire run a star")
		}
	})
}
