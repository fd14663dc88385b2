package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tintype/history/duels"
	"tintype/ui/duel"
	"tintype/ui/internal/uitest"
	"tintype/ui/list"
)

// duelPrompt is a prompt that no screen of a duel may have.
const duelPrompt = "A vermilion zeppelin over the harbour"

// newAppWithPictures has pictures of different shapes, models and prices.
func newAppWithPictures(t *testing.T, w, h int) *app {
	past := make([]pastPrediction, 0, 6)
	for i := range 6 {
		p := pastPrediction{age: time.Duration(7-i) * time.Minute, prompt: fmt.Sprintf("%s %d", duelPrompt, i), predictTime: 1.2, cost: 0.003, seed: int64(62180 + i)}
		if i == 2 {
			p.outputs, p.cost = 2, 0.006
		}
		switch i {
		case 1:
			p.w, p.h, p.input = 1344, 768, map[string]any{"aspect_ratio": "16:9"}
		case 3:
			p.w, p.h, p.input = 768, 1344, map[string]any{"aspect_ratio": "9:16"}
		case 4:
			p.model, p.cost = "black-forest-labs/flux-dev", 0.025
		}
		past = append(past, p)
	}
	s := newAppWithHistory(t, appOptions{w: w, h: h}, past...)
	s.wait(2 * noteDuration)
	return s
}

// openDuel begins a duel of all pictures.
func openDuel(t *testing.T, w, h int) *app {
	s := newAppWithPictures(t, w, h)
	s.press("esc", "v")
	s.waitForPair()
	return s
}

// waitForPair waits until a pair was in sight for a moment.
func (s *app) waitForPair() {
	s.t.Helper()
	s.wait(time.Second)
	if s.m.screens.Top() != s.m.screens.duel || s.m.place() != duel.Place {
		s.t.Fatalf("no duel is shown:\n%s", s.screenText())
	}
}

// answerDuels presses keys, each for the pair in sight.
func (s *app) answerDuels(keys ...string) {
	s.t.Helper()
	for _, key := range keys {
		s.press(key)
		s.wait(time.Second)
	}
}

// duelsOf returns the duels in the file.
func (s *app) duels() []duels.Duel {
	s.t.Helper()
	report, err := s.m.session.History.Duels().Read()
	if err != nil {
		s.t.Fatal(err)
	}
	return report.Duels
}

func openRanking(t *testing.T, w, h int) *app {
	s := openDuel(t, w, h)
	if w < 72 {
		s.press("tab")
	}
	for _, key := range []string{"left", "right", "left", "up", "left", "left"} {
		s.answerDuels(key)
		if w < 72 {
			s.press("tab")
		}
	}
	s.press("esc")
	s.wait(2 * noteDuration)
	return s
}

// TestDuelGoldens compares duels and rankings with their golden files.
func TestDuelGoldens(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(*testing.T, int, int) *app{
		"duel": openDuel, "ranking": openRanking, "ranking-plan": openPlanRanking,
		"duel-flick":    func(t *testing.T, w, h int) *app { return openDuelAnd(t, w, h, "b", "b") },
		"duel-zoom":     func(t *testing.T, w, h int) *app { return openDuelAnd(t, w, h, "+", "+", "shift+left") },
		"revealed-pair": func(t *testing.T, w, h int) *app { return openDuelAnd(t, w, h, "i") },
	} {
		for _, at := range allSizes[:4] {
			name := fmt.Sprintf("%s-%dx%d", name, at.w, at.h)
			t.Run(name, func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					s := set(t, at.w, at.h)
					s.hideThumbnails()
					s.expectGolden(name)
				})
			})
		}
	}
}

func openDuelAnd(t *testing.T, w, h int, keys ...string) *app {
	s := openDuel(t, w, h)
	for _, key := range keys {
		s.press(key)
		s.wait(time.Second)
	}
	return s
}

// openPlanRanking compares the pictures of a sheet.
func openPlanRanking(t *testing.T, w, h int) *app {
	s := openFilledTable(t, 120, 40)
	s.wait(2 * noteDuration)
	s.press("v")
	s.waitForPair()
	s.answerDuels("left", "left", "right", "left", "up", "left", "left", "right", "left", "left", "left", "left", "left")
	s.press("esc")
	s.resize(w, h)
	s.wait(2 * noteDuration)
	return s
}

// TestDuelGoldensAreBlind: no golden frame of a duel holds prompt, model, price or size.
func TestDuelGoldensAreBlind(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/duel-*.golden")
	if err != nil || len(files) < 12 {
		t.Fatalf("%d golden files of duels, %v", len(files), err)
	}
	for _, name := range files {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, told := range []string{"ermilion", "zeppelin", "harbour", "fox", "snow", "flux", "schnell", "$", "1024", "512", "×", "seed", "6218", "webp", "jpg", "guidance"} {
			if strings.Contains(string(b), told) {
				t.Errorf("%s tells %q:\n%s", name, told, b)
			}
		}
	}
}

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
		if s.posts() != 0 {
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
		s.expectText("No duel of this screen to undo.")
		thumbs := s.m.screens.duel.Pictures().Thumbs
		s.answerDuels("space")
		if now := s.m.screens.duel.Pictures().Thumbs; len(s.duels()) != 0 || now[0].Subject == thumbs[0].Subject && now[1].Subject == thumbs[1].Subject {
			t.Errorf("space leaves %d duels, and shows %v", len(s.duels()), now)
		}
	})
}

// TestDuelIgnoresHeldKeys: a held arrow answers once, and a key before a pair was in sight for a moment does not.
func TestDuelIgnoresHeldKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		for range 60 {
			s.press("left")
			s.wait(30 * time.Millisecond)
		}
		if n := len(s.duels()); n != 1 {
			t.Errorf("a held key gave %d answers", n)
		}
		s.wait(time.Second)
		s.press("left")
		s.wait(150 * time.Millisecond)
		s.press("right")
		s.wait(time.Second)
		if n := len(s.duels()); n != 2 {
			t.Errorf("%d answers, want 2", n)
		}
	})
}

// TestDuelRevealed: a revealed pair is not judged; the next one is.
func TestDuelRevealed(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openDuel(t, 120, 40)
		s.expectNoText("zeppelin", "flux")
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
					buf := s.screenBuffer()
					for y := range buf.Height() {
						for x := range buf.Width() {
							switch cell := buf.CellAt(x, y); {
							case cell == nil:
							case cell.Style.Fg != nil || cell.Style.Bg != nil:
								t.Fatalf("after %s a colour at %d, %d:\n%s", key, x, y, s.screenText())
							case name == "ascii" && strings.IndexFunc(cell.Content, func(r rune) bool { return r >= 0x80 }) >= 0:
								t.Fatalf("after %s %q at %d, %d:\n%s", key, cell.Content, x, y, s.screenText())
							}
						}
					}
				}
				s.expectText("Ranking")
			})
		})
	}
}
