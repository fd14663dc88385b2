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
	compareGoldens(t, []scene{
		{"duel", fourSizes, openDuel},
		{"ranking", fourSizes, openRanking},
		{"ranking-plan", fourSizes, openPlanRanking},
		{"duel-flick", fourSizes, openDuelAnd("b", "b")},
		{"duel-zoom", fourSizes, openDuelAnd("+", "+", "shift+left")},
		{"revealed-pair", fourSizes, openDuelAnd("i")},
	})
}

// openDuelAnd returns a function that begins a duel of all pictures, and presses keys.
func openDuelAnd(keys ...string) func(t *testing.T, w, h int) *app {
	return func(t *testing.T, w, h int) *app {
		s := openDuel(t, w, h)
		s.answerDuels(keys...)
		return s
	}
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
		for _, told := range []string{"ermilion", "zeppelin", "harbour", "fox", "snow", "flux", "schnell", "$", "size", "1024", "512", "×", "seed", "6218", "webp", "jpg", "guidance"} {
			if strings.Contains(string(b), told) {
				t.Errorf("%s tells %q:\n%s", name, told, b)
			}
		}
	}
}
