package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
