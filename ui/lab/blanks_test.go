package lab

import (
	"testing"

	"tintype/history"
	"tintype/ui/plan"
)

// TestBlanksAroundPrompts: a prompt with blanks around it, such as that of an empty option, is had as one without.
func TestBlanksAroundPrompts(t *testing.T) {
	w := newWorld(t)
	w.add(history.Done, "black-forest-labs/flux-dev", map[string]any{"prompt": " a fox\n", "seed": 7}, 1)
	w.add(history.Waiting, "black-forest-labs/flux-dev", map[string]any{"prompt": "an owl", "seed": 7}, 0)
	if p := w.plan("a fox", "flux-dev", "seed=7,8"); p.Cells[0].State != plan.Had || p.Cells[1].State != plan.New {
		t.Errorf("%+v", p.Totals())
	}
	if p := w.plan("{|grey} an owl", "flux-dev", "seed=7,8"); p.Cells[0].State != plan.Coming || p.Totals().New != 3 {
		t.Errorf("%q: %+v", p.Cells[0].Input["prompt"], p.Totals())
	}
}

// TestEachSeedKeepsItsPicture: where each cell draws a seed, a word that is added to a group, or a group that varies no more, changes no other
// cell.
func TestEachSeedKeepsItsPicture(t *testing.T) {
	w := newWorld(t)
	before := w.plan("a {red|blue} {fox|owl}", "flux-dev", "seed=each", "guidance=2,3")
	keys := map[string]bool{}
	for _, c := range before.Cells {
		keys[string(c.Key)] = true
	}
	if len(keys) != 8 {
		t.Errorf("%d pictures", len(keys))
	}
	for _, prompt := range []string{"a {red|blue|grey} {fox|owl|cat}", "a {blue|red} {owl|fox}", "{a red|a blue} {fox|owl}"} {
		same := 0
		for _, c := range w.plan(prompt, "flux-dev", "seed=each", "guidance=2,3").Cells {
			if keys[string(c.Key)] {
				same++
			}
		}
		if same != 8 {
			t.Errorf("%s: %d of 8 pictures are the same", prompt, same)
		}
	}
}
