package ui

import (
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

// size is a terminal's.
type size struct{ w, h int }

// everySizes are the sizes of interaction.md, the largest first.
var everySizes = []size{{160, 50}, {120, 40}, {80, 24}, {40, 12}, {20, 5}}

// scenes is what the goldens show, each in the sizes given.
var scenes = []struct {
	name  string
	sizes []size
	set   func(t *testing.T, w, h int) *sitting
}{
	{"first", everySizes, firstRun},
	{"form", everySizes, formInUse},
	{"list", everySizes, listInUse},
	{"developing", []size{{160, 50}, {120, 40}, {80, 24}}, developing},
	{"demo", []size{{120, 40}, {80, 24}, {40, 12}}, demoFirst},
	{"wide-picture", []size{{160, 50}, {120, 40}, {80, 24}, {60, 40}}, widePicture},
	{"tall-picture", []size{{160, 50}, {120, 40}, {80, 24}}, tallPicture},
	{"tall-screen", []size{{60, 40}, {71, 28}}, formInUse},
	{"settings", everySizes, settingsOpen},
	{"more", []size{{120, 40}, {80, 24}}, moreOpen},
	{"models", []size{{160, 50}, {120, 40}, {80, 24}, {40, 12}}, modelsOpen},
	{"unconfirmed", []size{{160, 50}, {120, 40}, {80, 24}, {40, 12}}, unconfirmedOpen},
	{"no-key", []size{{160, 50}, {120, 40}, {80, 24}, {40, 12}}, noKeyOpen},
	{"menu", []size{{160, 50}, {120, 40}, {80, 24}, {40, 12}}, menuOpen},
	{"cancel-all", []size{{120, 40}, {80, 24}, {40, 12}}, cancelAllAsked},
	{"help", []size{{120, 40}, {80, 24}, {40, 12}}, helpOpen},
	{"filter", []size{{160, 50}, {120, 40}, {80, 24}, {40, 12}}, func(t *testing.T, w, h int) *sitting {
		return filtered(t, w, h, "boat -dusk")
	}},
	{"filter-nothing", []size{{120, 40}, {80, 24}, {40, 12}}, func(t *testing.T, w, h int) *sitting {
		return filtered(t, w, h, "zeppelin")
	}},
	{"filter-wrong", []size{{120, 40}, {80, 24}, {40, 12}}, func(t *testing.T, w, h int) *sitting {
		return filtered(t, w, h, "boat cost>")
	}},
	{"full", []size{{120, 40}, {80, 24}, {40, 12}}, fullGolden},
	{"log", []size{{120, 40}, {80, 24}, {40, 12}}, logOpen},
	{"cjk", []size{{120, 40}, {80, 24}, {40, 12}}, otherScripts},
	{"outputs", []size{{120, 40}, {80, 24}}, severalOutputs},
}

// TestGoldens compares every scene with its file: the words to the letter, and where they stand. Pictures are ░.
func TestGoldens(t *testing.T) {
	for _, sc := range scenes {
		for _, at := range sc.sizes {
			name := fmt.Sprintf("%s-%dx%d", sc.name, at.w, at.h)
			t.Run(name, func(t *testing.T) {
				story(t, func(t *testing.T) { sc.set(t, at.w, at.h).golden(name) })
			})
		}
	}
}

// drawer is a few predictions of the past.
func drawer() []past {
	return []past{
		{ago: 3 * 24 * time.Hour, prompt: "A lighthouse in a storm, oil on canvas", model: "black-forest-labs/flux-dev", took: 8.04, cost: 0.025, seed: 7},
		{ago: 2 * time.Hour, prompt: "A red bicycle leaning on a yellow wall", state: history.Unconfirmed, cost: 0.025, change: unanswered},
		{ago: time.Hour, prompt: "A red bicycle against a wall", state: history.Failed, took: 0.4, change: flagged},
		{ago: 10 * time.Minute, prompt: "A red bicycle against a tree", state: history.Stopped, cost: -1, change: func(e *history.Entry) {
			e.Status, e.CancelReason = "canceled", "canceled"
		}},
		{ago: 5 * time.Minute, prompt: uitest.Sunrise, took: 1.2, cost: 0.003, seed: 13},
		{ago: 2 * time.Minute, prompt: uitest.Sunrise, took: 1.2, cost: 0.003, seed: 51022},
		{ago: 70 * time.Second, prompt: uitest.Sunrise, took: 1.2, cost: 0.003, seed: 62182, star: true},
	}
}

func unanswered(e *history.Entry) {
	e.ID, e.Status = "", ""
	e.Attempts = []history.Attempt{{Time: utc(), Sent: "maybe", Error: "unreachable"}}
}

func flagged(e *history.Entry) {
	e.Status = "failed"
	e.Error = &history.EntryError{Code: "flagged", Sentence: "Flagged.", Detail: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"}
}

// furnished sits down at a folder with a past.
func furnished(t *testing.T, tb table, pasts ...past) *sitting {
	t.Helper()
	if len(pasts) == 0 {
		pasts = drawer()
	}
	tb.dir = t.TempDir()
	furnish(t, tb.dir, pasts...)
	return sit(t, tb)
}

func firstRun(t *testing.T, w, h int) *sitting { return sit(t, table{w: w, h: h}) }

// over does something on a screen that has room for it.
func (s *sitting) over(do func()) {
	w, h := s.m.terminal.w, s.m.terminal.h
	s.resize(120, 40)
	do()
	s.resize(w, h)
}

func formInUse(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.over(func() {
		s.server.UpdateBehaviour(func(k *demo.Behaviour) {
			k.Duration = 8 * time.Second // else it varies a little
			k.Faults = []demo.Fault{{On: demo.Create, Skip: 2, Times: 1, Status: 429, Body: `{"detail":"Request was throttled. Your rate limit resets in ~6s."}`}}
		})
		s.m.settings.SetModel("black-forest-labs/flux-dev")
		s.develop(uitest.Sunrise)
		s.wait(5 * time.Second)
		s.m.settings.SetModel("black-forest-labs/flux-schnell")
		s.develop(uitest.Dusk)
		s.wait(300 * time.Millisecond)
		s.m.settings.Set(params.Shape, "9:16")
		s.press("enter")
		s.wait(300 * time.Millisecond)
		s.m.settings.Set(params.Shape, "1:1")
	})
	return s
}

func listInUse(t *testing.T, w, h int) *sitting {
	s := formInUse(t, w, h)
	s.press("esc")
	for range 3 {
		s.wait(time.Second)
		s.press("down")
	}
	return s
}

// developing has a job whose model took some ten seconds three times before.
func developing(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h},
		past{ago: 4 * time.Hour, prompt: "a fox", took: 9, cost: 0.003, seed: 1},
		past{ago: 3 * time.Hour, prompt: "a fox in snow", took: 10, cost: 0.003, seed: 1},
		past{ago: 2 * time.Hour, prompt: "a fox at night", took: 11, cost: 0.003, seed: 1},
	)
	s.server.UpdateBehaviour(slowly)
	s.over(func() {
		s.develop("a red fox at night")
		s.wait(5 * time.Second)
	})
	return s
}

func demoFirst(t *testing.T, w, h int) *sitting {
	return sit(t, table{w: w, h: h, provider: "demo"})
}

func widePicture(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h}, past{
		ago: 70 * time.Second, prompt: uitest.Sunrise, took: 1.2, cost: 0.003, seed: 62182, star: true, w: 1344, h: 768, n: 1,
		input: map[string]any{"aspect_ratio": "16:9"},
	})
	s.press("esc")
	s.wait(time.Second)
	return s
}

func tallPicture(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h}, past{
		ago: 70 * time.Second, prompt: uitest.Sunrise, took: 1.2, cost: 0.003, seed: 62182, w: 768, h: 1344,
		input: map[string]any{"aspect_ratio": "9:16"},
	})
	s.press("esc")
	s.wait(time.Second)
	return s
}

func settingsOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.typeText("A paper boat.")
	s.press("tab", "down", "right")
	return s
}

func moreOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.press("tab", "down", "down", "down", "down", "down", "down", "enter")
	return s
}

func modelsOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.press("ctrl+x", "m")
	s.wait(time.Second)
	s.typeText("dev")
	return s
}

func unconfirmedOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h, provider: "cometapi"}, past{
		ago: 2 * time.Minute, prompt: "A red bicycle leaning on a yellow wall", state: history.Unconfirmed, cost: 0.025,
		change: func(e *history.Entry) {
			unanswered(e)
			e.Provider, e.BaseURL, e.Model = "cometapi", origin+"/replicate/v1", "black-forest-labs/flux-dev"
		},
	})
	s.press("esc", "enter")
	s.wait(10 * time.Second)
	return s
}

func noKeyOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h, provider: "cometapi", noKey: true, openDemo: true})
	s.typeText("A red bicycle.")
	s.press("enter")
	s.wait(10 * time.Second)
	return s
}

func menuOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.press("ctrl+x")
	return s
}

func cancelAllAsked(t *testing.T, w, h int) *sitting {
	s := formInUse(t, w, h)
	s.press("esc", "X")
	return s
}

func helpOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.press("esc", "?")
	return s
}

func filtered(t *testing.T, w, h int, words string) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.press("esc", "/")
	s.typeText(words)
	s.wait(time.Second)
	return s
}

func fullGolden(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h})
	s.press("esc", "enter")
	s.wait(time.Second)
	return s
}

func logOpen(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h}, past{
		ago: time.Hour, prompt: "A red bicycle against a wall", state: history.Failed, change: func(e *history.Entry) {
			flagged(e)
			e.Logs = "Using seed: 62182\n  0%|          | 0/4 [00:00<?, ?it/s]\n100%|██████████| 4/4 [00:01<00:00,  3.9it/s]\n"
		},
	})
	s.press("esc", "enter")
	s.wait(time.Second)
	return s
}

func otherScripts(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h},
		past{ago: 4 * time.Minute, prompt: "夕暮れの静かな水面に浮かぶ紙の舟、水彩画、やわらかい光", took: 1.2, cost: 0.003, seed: 1},
		past{ago: 3 * time.Minute, prompt: "👩‍🚀 an astronaut 👍🏽 waves from 🇯🇵 in a 🚀", took: 1.2, cost: 0.003, seed: 2},
		past{ago: 2 * time.Minute, prompt: "مدينة على شاطئ البحر عند الغروب", took: 1.2, cost: 0.003, seed: 3},
		past{ago: time.Minute, prompt: "a bo\u202eat\x1b[31m at \u200bdusk\nand night", took: 1.2, cost: 0.003, seed: 4},
	)
	s.typeText("紙の舟 in the style of 浮世絵 👩‍🚀 mit Wärme und viel Licht")
	s.wait(time.Second)
	return s
}

func severalOutputs(t *testing.T, w, h int) *sitting {
	s := furnished(t, table{w: w, h: h},
		past{ago: 3 * time.Minute, prompt: uitest.Sunrise, took: 1.2, cost: 0.012, n: 4, input: map[string]any{"num_outputs": 4.0}},
		past{ago: 2 * time.Minute, prompt: uitest.Sunrise, took: 1.2, cost: 0.006, n: 2, input: map[string]any{"num_outputs": 2.0}},
	)
	s.press("esc", "down")
	s.wait(time.Second)
	return s
}
