package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/plan"
	"tintype/ui/preset"
)

// savePresets saves presets for a test.
func (s *app) savePresets(all ...preset.Preset) {
	s.t.Helper()
	for _, p := range all {
		if err := s.m.session.Presets.Save(p, false); err != nil {
			s.t.Fatal(err)
		}
	}
}

// choosePreset chooses a preset by its name.
func (s *app) choosePreset(name string) {
	s.press("ctrl+x", "o")
	s.wait(time.Second)
	s.typeText(name)
	s.wait(time.Second)
	s.press("enter")
	s.wait(time.Second)
}

// TestPresetUnderTheForm: a preset comes under what was chosen, another one replaces it, and undo restores the form.
func TestPresetUnderTheForm(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.savePresets(
			preset.Preset{Name: "film", Model: "flux-dev", Prompt: "film photo of {prompt}, grain", Input: map[string]any{"guidance": 2.5, "aspect_ratio": "16:9"}},
			preset.Preset{Name: "ink", Prompt: "ink", Input: map[string]any{"aspect_ratio": "2:3"}},
		)
		s.typeText("a fox")
		s.press("ctrl+x", "o")
		s.wait(time.Second)
		s.expectText("film", "ink", "about $0.025")
		s.press("esc")
		s.choosePreset("film")
		if got := s.m.prompt.Value(); got != "film photo of a fox, grain" {
			t.Errorf("the prompt is %q", got)
		}
		if id, shape := s.m.settings.ModelID(), s.m.settings.Value("aspect_ratio"); id != "black-forest-labs/flux-dev" || shape != "16:9" {
			t.Errorf("the form has %s, %v", id, shape)
		}
		s.choosePreset("ink")
		if got, shape := s.m.prompt.Value(), s.m.settings.Value("aspect_ratio"); got != "a fox, ink" || shape != "2:3" {
			t.Errorf("another preset: %q, %v", got, shape)
		}
		if v := s.m.settings.State().Chosen["guidance"]; v != nil {
			t.Errorf("the first preset left guidance %v", v)
		}
		s.m.settings.Set("aspect_ratio", "1:1")
		s.m.settings.Set("aspect_ratio", "3:2")
		s.choosePreset("film")
		if shape := s.m.settings.Value("aspect_ratio"); shape != "3:2" {
			t.Errorf("what was chosen became %v", shape)
		}
		s.expectText("stayed")
		s.press("tab", "tab", "u")
		s.wait(time.Second)
		s.expectPurchases(0)
	})
}

// TestPresetForAnEmptyPrompt: the cursor goes where the prompt goes.
func TestPresetForAnEmptyPrompt(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.savePresets(preset.Preset{Name: "film", Prompt: "a {b|c} of {prompt}, grain"})
		s.choosePreset("film")
		s.typeText("fox")
		if got := s.m.prompt.Value(); got != `a \{b|c} of fox, grain` {
			t.Errorf("the prompt is %q", got)
		}
	})
}

// TestSavePreset: the form is saved under a name that is asked for; a name that is taken is asked about.
func TestSavePreset(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.m.settings.Set("aspect_ratio", "16:9")
		s.m.settings.Set("seed", int64(7))
		s.typeText("film photo of {prompt}")
		save := func(name string) {
			s.press("ctrl+x", "O")
			s.wait(time.Second)
			s.typeText(name)
			s.wait(time.Second)
			s.press("enter")
			s.wait(time.Second)
		}
		save("film")
		s.expectText("Saved as preset film.")
		found, err := s.m.session.Presets.Find("film")
		if err != nil || found[0].Prompt != "film photo of {prompt}" || found[0].Input["aspect_ratio"] != "16:9" || found[0].Input["seed"] != nil {
			t.Errorf("%+v, %v", found, err)
		}
		s.m.settings.Set("aspect_ratio", "2:3")
		save("film")
		s.expectText("A preset film is here already.")
		s.press("esc")
		s.wait(time.Second)
		if found, _ := s.m.session.Presets.Find("film"); found[0].Input["aspect_ratio"] != "16:9" {
			t.Errorf("it was replaced: %+v", found)
		}
		save("film")
		s.press("y")
		s.wait(time.Second)
		if found, _ := s.m.session.Presets.Find("film"); found[0].Input["aspect_ratio"] != "2:3" {
			t.Errorf("it was not replaced: %+v", found)
		}
		save("a/b")
		s.expectText("has none of")
	})
}

// TestSaveThePresetOfAPrediction: with the list in focus the selected prediction is saved.
func TestSaveThePresetOfAPrediction(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 120, h: 40}, pastPrediction{age: time.Minute, prompt: "a boat", seed: 7, input: map[string]any{"aspect_ratio": "21:9"}})
		s.press("esc", "ctrl+x", "O")
		s.wait(time.Second)
		s.typeText("wide")
		s.wait(time.Second)
		s.press("enter")
		s.wait(time.Second)
		found, err := s.m.session.Presets.Find("wide")
		if err != nil || found[0].Input["aspect_ratio"] != "21:9" || found[0].Input["seed"] != nil || found[0].Prompt != "" {
			t.Errorf("%+v, %v", found, err)
		}
		s.expectText("without the prompt")
	})
}

// finalCells returns the cells of the plan that is shown, in one line each.
func (s *app) finalCells() (cells []string) {
	if s.m.screens.Top() != s.m.screens.sheet {
		s.t.Fatalf("no plan is shown:\n%s", s.screenText())
	}
	for _, c := range s.m.screens.sheet.Plan().Cells {
		cells = append(cells, strings.Join([]string{c.Model, c.Input["prompt"].(string), textOf(c.Input["aspect_ratio"]), textOf(c.Input["seed"]), string(c.State)}, " "))
	}
	return cells
}

// TestFinal: F shows a plan of the same prompts, shapes and seeds on another model, and buys nothing by itself. What is bought has its parent.
func TestFinal(t *testing.T) {
	t.Parallel()
	past := []pastPrediction{
		{age: 3 * time.Minute, prompt: "a boat", seed: 7, input: map[string]any{"aspect_ratio": "16:9"}},
		{age: 2 * time.Minute, prompt: "a boat", seed: 8},
		{age: time.Minute, prompt: "a fox", seed: 9},
	}
	for place, keys := range map[string][]string{
		"list": {"esc", "F"}, "full screen": {"esc", "enter", "F"}, "gallery": {"ctrl+g", "F"},
	} {
		t.Run(place, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{w: 120, h: 40}, past...)
				s.m.session.FinalModel = "flux-dev"
				s.press(keys...)
				s.wait(5 * time.Second)
				want := "black-forest-labs/flux-dev a fox 1:1 9 new"
				if got := s.finalCells(); len(got) != 1 || got[0] != want {
					t.Errorf("%q, want %q", got, want)
				}
				s.expectPurchases(0)
				s.press("y")
				s.wait(time.Minute)
				spec, err := s.m.session.lab().Load(s.m.screens.sheet.Plan().Key)
				if err != nil {
					t.Fatal(err)
				}
				again, err := s.m.session.lab().Make(t.Context(), spec)
				if err != nil || again.Key != s.m.screens.sheet.Plan().Key || again.Totals().Had != 1 {
					t.Errorf("planned again: %v", err)
				}
				if e, err := s.m.session.History.Latest(1); err != nil || e[0].Parent == "" || e[0].Prompt() != "a fox" {
					t.Errorf("%+v, %v", e, err)
				}
			})
		})
	}
	t.Run("marked", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newAppWithHistory(t, appOptions{w: 120, h: 40}, past...)
			s.m.session.FinalModel = "flux-dev"
			s.press("esc", "space", "space", "space", "F")
			s.wait(5 * time.Second)
			if got := s.finalCells(); len(got) != 3 || !strings.Contains(strings.Join(got, "\n"), "a boat 16:9 7 new") {
				t.Errorf("%q", got)
			}
			s.expectGolden("final-120x40")
		})
	})
	t.Run("starred", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newAppWithHistory(t, appOptions{w: 120, h: 40}, past...)
			s.press("esc", "*", "down", "*")
			s.wait(time.Second)
			s.press("F")
			s.wait(5 * time.Second)
			s.expectText("all 2 starred")
			s.press("*")
			s.wait(5 * time.Second)
			if got := s.finalCells(); len(got) != 2 {
				t.Errorf("%q", got)
			}
		})
	})
}

// TestFinalOfTheSheet: in a sheet F is of its starred cells, or of the one under the cursor.
func TestFinalOfTheSheet(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openFilledTable(t, 120, 40)
		s.m.session.FinalModel = "flux-krea-dev"
		s.press("F")
		s.wait(5 * time.Second)
		if got := s.finalCells(); len(got) != 1 || !strings.HasPrefix(got[0], "black-forest-labs/flux-krea-dev a red fox in the snow") {
			t.Errorf("%q", got)
		}
	})
}

func textOf(v any) string { return model.Parameter{}.Format(v) }

// TestFinalSpec: what a final takes over, and that two of them never have one key.
func TestFinalSpec(t *testing.T) {
	t.Parallel()
	seed := int64(9)
	entries := []history.Entry{
		{Key: "a", Model: "black-forest-labs/flux-kontext-pro", Input: map[string]any{"prompt": "a fox", "input_image": "/x/a.png", "aspect_ratio": "3:2", "seed": 7.0}},
		{Key: "b", Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "a fox", "output_quality": 50.0}, Seed: &seed},
		{Key: "c", Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "a fox"}, Seed: &seed},
	}
	to := model.Find("flux-2-pro")
	spec := finalSpec(to, entries)
	p, err := plan.Build(spec, plan.Options{Provider: "replicate"})
	if err != nil {
		t.Fatal(err)
	}
	got := make([]string, len(p.Cells))
	for i, c := range p.Cells {
		got[i] = fmt.Sprint(c.Parent, " ", c.Input["prompt"], " ", c.Input["aspect_ratio"], " ", c.Input["seed"], " ", c.Input["input_images"], " ", c.Input["output_quality"], " ", c.State, c.Why)
	}
	want := []string{"a a fox 3:2 7 [/x/a.png] <nil> new", "b a fox 1:1 9 <nil> <nil> new", "c a fox 1:1 9 <nil> <nil> same"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
	data, err := plan.Encode(spec)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := plan.Decode(data, "final.toml")
	if err != nil {
		t.Fatal(err)
	}
	if again, err := plan.Build(kept, plan.Options{Provider: "replicate"}); err != nil || again.Key != p.Key || again.Cells[0].Key != p.Cells[0].Key {
		t.Errorf("read again: %v", err)
	}
	for _, other := range []plan.Spec{finalSpec(to, entries[1:2]), finalSpec(to, entries[2:]), finalSpec(model.Find("flux-dev"), entries[1:2])} {
		q, err := plan.Build(other, plan.Options{Provider: "replicate"})
		if err != nil {
			t.Fatal(err)
		}
		if got = append(got, q.Key); slices.Contains(got[:len(got)-1], q.Key) {
			t.Errorf("a key twice: %q", got)
		}
	}
}
