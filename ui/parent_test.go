package ui

import (
	"slices"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/plan"
)

// TestReuseIsTheParent: what is bought after r has the reused run as its parent, until the prompt is emptied. An undo of r has none.
func TestReuseIsTheParent(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true}, pastPrediction{age: time.Minute, prompt: uitest.Dusk, predictTime: 1, seed: 3})
		parentOf := func(key string) string {
			s.waitForState(key, history.Done)
			e, err := s.m.session.History.Get(key)
			if err != nil {
				t.Fatal(err)
			}
			return e.Parent
		}
		first := s.m.list.Cursor()
		s.press("esc", "r")
		s.typeText(" in fog")
		s.press("enter")
		s.wait(time.Second)
		child := s.m.list.Cursor()
		if got := parentOf(child); got != first || child == first {
			t.Errorf("the parent is %q, want %s", got, first)
		}
		s.wait(10 * time.Second)
		s.press("ctrl+u", "ctrl+k")
		s.typeText("something else")
		s.press("enter")
		s.wait(time.Second)
		if got := parentOf(s.m.list.Cursor()); got != "" {
			t.Errorf("the parent of something else is %q", got)
		}
		s.wait(10 * time.Second)
		s.press("esc", "r", "ctrl+_")
		s.typeText(" again")
		s.press("enter")
		s.wait(time.Second)
		if got := parentOf(s.m.list.Cursor()); got != "" {
			t.Errorf("after an undo the parent is %q", got)
		}
		links, _ := s.m.session.History.Links(t.Context())
		if n := slices.IndexFunc(links, func(l history.Link) bool { return l.Parent == first }); n < 0 {
			t.Error("no link leads to it")
		}
	})
}

// TestParentSurvivesARestart: what was loaded by r is still the parent after a restart.
func TestParentSurvivesARestart(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, pastPrediction{age: time.Minute, prompt: uitest.Dusk, predictTime: 1, seed: 3})
		first := s.m.list.Cursor()
		s.press("esc", "r")
		s.typeText(" in fog")
		s.wait(10 * time.Second)
		s.close()
		again := newApp(t, appOptions{dir: s.dir, smallPictures: true})
		again.press("enter")
		again.wait(time.Second)
		if row, _ := again.m.list.Row(again.m.list.Cursor()); row.Parent != first || row.Key == first {
			t.Errorf("the parent is %q, want %s", row.Parent, first)
		}
	})
}

// TestReuseOnEveryScreen: wherever r reuses a run, that is the parent of what is bought next.
func TestReuseOnEveryScreen(t *testing.T) {
	for name, keys := range map[string][]string{
		"list":    {"esc", "down"},
		"full":    {"esc", "down", "enter"},
		"gallery": {"ctrl+g", "right"},
		"compare": {"esc", "space", "space", "c", "left", "left"},
		"tree":    {"esc", "ctrl+x", "r", "up"},
		"prompt":  {"esc", "down", "t", "enter"}, // one value, the prompt
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := writeFamily(t, appOptions{w: 120, h: 40, smallPictures: true}, []pastPrediction{{prompt: boat, predictTime: 1, seed: 7}, {prompt: boatDusk, predictTime: 1, seed: 7}}, []int{-1, 0})
				older := s.m.list.Keys().At(1)
				for _, key := range keys {
					s.press(key)
					s.wait(time.Second)
				}
				if name != "prompt" {
					s.press("r")
				}
				s.wait(time.Second)
				if got := s.m.prompt.Value(); got != boat || !s.m.screens.IsHome() {
					t.Fatalf("the form has %q:\n%s", got, s.screenText())
				}
				s.m.screens.home.setFocus(focusPrompt)
				s.typeText(" In fog.")
				s.press("enter")
				s.wait(time.Second)
				if row, _ := s.m.list.Row(s.m.list.Cursor()); row.Parent != older {
					t.Errorf("the parent is %q, want %s", row.Parent, older)
				}
			})
		})
	}
}

// TestPlanAfterReuseHasItsParent: all cells of a plan that is made from the form after r come from the run that was loaded, also those that are
// bought from the plan's file later. The template of the plan, loaded into the form again, comes from it too; another one does not.
func TestPlanAfterReuseHasItsParent(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 120, h: 40, smallPictures: true}, pastPrediction{age: time.Minute, prompt: uitest.Dusk, predictTime: 1, seed: 3})
		first := s.m.list.Cursor()
		s.press("esc", "r")
		s.typeText(" in {fog|snow}")
		s.press("enter")
		s.wait(time.Second)
		s.expectText("2 to buy")
		key := s.m.screens.sheet.Plan().Key
		s.buyPlan()
		s.expectPurchases(2)
		latest, err := s.m.session.History.Latest(2)
		for _, e := range latest {
			if err != nil || e.Parent != first || e.Batch != key {
				t.Errorf("the parent of %q is %q, want %s; %v", e.Prompt(), e.Parent, first, err)
			}
		}
		if spec, err := s.m.session.lab().Load(key); err != nil || spec.Parent != first {
			t.Errorf("the plan's file has %q, %v", spec.Parent, err)
		}
		s.press("r")
		if want := s.m.list.Cursor(); s.m.used.key != want || want == first {
			t.Errorf("r on a cell loads %s, want %s", s.m.used.key, want)
		}
		s.press("esc", "ctrl+x", "p")
		s.wait(time.Second)
		s.pressSlowly([]string{"up", "up", "r"}) // above the cells
		if s.m.used.key != first || s.m.prompt.Value() != uitest.Dusk+" in {fog|snow}" {
			t.Errorf("the template %q comes from %q", s.m.prompt.Value(), s.m.used.key)
		}
		s.showSpec(plan.Spec{Prompt: "a {red|blue} fox", Model: "black-forest-labs/flux-schnell"})
		s.pressSlowly([]string{"up", "up", "r"})
		if s.m.used.key != "" || s.m.prompt.Value() != "a {red|blue} fox" {
			t.Errorf("the template %q of another plan comes from %q", s.m.prompt.Value(), s.m.used.key)
		}
	})
}

// TestPictureAsInputIsALink: what is made of a picture that I put into the form came from the run of that picture, though it names no parent.
func TestPictureAsInputIsALink(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 140, h: 40, smallPictures: true})
		made := s.develop("A paper boat.")
		s.waitForState(made, history.Done)
		s.m.settings.SetModel("black-forest-labs/flux-kontext-pro")
		s.press("esc", "I")
		s.wait(time.Second)
		s.press("esc")
		s.clearPrompt()
		child := s.develop("Make it night.")
		s.waitForState(child, history.Done)
		if e, err := s.m.session.History.Get(child); err != nil || e.Parent != "" || len(e.Images) != 1 {
			t.Fatalf("%v: parent %q, images %v", err, e.Parent, e.Images)
		}
		s.press("esc", "ctrl+x", "r")
		s.wait(time.Second)
		s.expectText(" ✓ A paper boat.", "▌✓ from picture 1")
		s.press("esc", "/")
		s.typeText("from:" + made)
		s.wait(time.Second)
		if keys := s.m.list.Keys().All(); !slices.Equal(keys, []string{child}) {
			t.Errorf("found are %v", keys)
		}
	})
}
