package ui

import (
	"context"
	"fmt"
	"testing"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

// terminalSize is the size of a terminal in cells.
type terminalSize struct{ w, h int }

// allSizes are the sizes that the screen is designed for, the largest first.
var allSizes = []terminalSize{{160, 50}, {120, 40}, {80, 24}, {40, 12}, {20, 5}}

// fourSizes are those of allSizes that screens beside home are designed for.
var fourSizes = allSizes[:4]

// A scene is a screen that is compared with its golden files, in some sizes.
type scene struct {
	name  string
	sizes []terminalSize
	set   func(t *testing.T, w, h int) *app
}

// scenes are the scenes of the home screen and of what opens over it.
var scenes = []scene{
	{"first", allSizes, newFirstRun},
	{"form", allSizes, newAppWithJobs},
	{"list", allSizes, newAppWithListFocus},
	{"developing", []terminalSize{{160, 50}, {120, 40}, {80, 24}}, newAppDeveloping},
	{"plate", fourSizes, newAppWithPlate},
	{"plate-starting", fourSizes, newAppWithStartingPlate},
	{"plate-four", []terminalSize{{160, 50}, {120, 40}, {80, 24}}, newAppWithFourPlates},
	{"plate-failed", fourSizes, newAppWithFailedPlate},
	{"demo", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, newDemoApp},
	{"wide-picture", []terminalSize{{160, 50}, {120, 40}, {80, 24}, {60, 40}}, showWidePicture},
	{"tall-picture", []terminalSize{{160, 50}, {120, 40}, {80, 24}}, showTallPicture},
	{"tall-screen", []terminalSize{{60, 40}, {71, 28}}, newAppWithJobs},
	{"settings", allSizes, openSettings},
	{"more", []terminalSize{{120, 40}, {80, 24}}, openMoreSettings},
	{"models", fourSizes, openModelPicker},
	{"unconfirmed", fourSizes, openUnconfirmedDialog},
	{"all-models", fourSizes, openAllModels},
	{"seeds", fourSizes, openSeeds},
	{"key-entry", fourSizes, openKeyLine},
	{"no-key", fourSizes, openNoKeyDialog},
	{"menu", fourSizes, openMenu},
	{"cancel-all", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, openCancelAll},
	{"help", fourSizes, openHelp},
	{"help-filtered", []terminalSize{{120, 40}, {40, 12}}, openFilteredHelp},
	{"copy", fourSizes, openCopyMenu},
	{"history", []terminalSize{{160, 50}, {120, 40}, {80, 24}, {40, 12}, {60, 40}}, openPromptHistory},
	{"filter", fourSizes, func(t *testing.T, w, h int) *app {
		return openFiltered(t, w, h, "boat -dusk")
	}},
	{"filter-nothing", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, func(t *testing.T, w, h int) *app {
		return openFiltered(t, w, h, "zeppelin")
	}},
	{"filter-wrong", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, func(t *testing.T, w, h int) *app {
		return openFiltered(t, w, h, "boat cost>")
	}},
	{"full", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, openFullScreen},
	{"log", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, openLog},
	{"cjk", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, newAppWithOtherScripts},
	{"outputs", []terminalSize{{120, 40}, {80, 24}}, showSeveralOutputs},
}

// TestGoldens compares each scene with its golden file: every word and where it is. Pictures are ░.
func TestGoldens(t *testing.T) { compareGoldens(t, scenes) }

// compareGoldens compares scenes with their golden files, beside other tests.
func compareGoldens(t *testing.T, scenes []scene) {
	t.Parallel()
	for _, sc := range scenes {
		for _, at := range sc.sizes {
			name := fmt.Sprintf("%s-%dx%d", sc.name, at.w, at.h)
			t.Run(name, func(t *testing.T) {
				inBubble(t, func(t *testing.T) { sc.set(t, at.w, at.h).expectGolden(name) })
			})
		}
	}
}

func newFirstRun(t *testing.T, w, h int) *app { return newApp(t, appOptions{w: w, h: h}) }

// onLargeScreen does something on a screen that has room for it, and then restores the size.
func (s *app) onLargeScreen(do func()) {
	w, h := s.m.terminal.W, s.m.terminal.H
	s.resize(120, 40)
	do()
	s.resize(w, h)
}

func newAppWithJobs(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.onLargeScreen(func() {
		s.server.UpdateBehaviour(func(k *demo.Behaviour) {
			k.Duration = 8 * time.Second // by default it varies a little
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

func newAppWithListFocus(t *testing.T, w, h int) *app {
	s := newAppWithJobs(t, w, h)
	s.press("esc")
	for range 3 {
		s.wait(time.Second)
		s.press("down")
	}
	return s
}

// newAppDeveloping has a running job, of a model that took about ten seconds three times before.
func newAppDeveloping(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h},
		pastPrediction{age: 4 * time.Hour, prompt: "a fox", predictTime: 9, cost: 0.003, seed: 1},
		pastPrediction{age: 3 * time.Hour, prompt: "a fox in snow", predictTime: 10, cost: 0.003, seed: 1},
		pastPrediction{age: 2 * time.Hour, prompt: "a fox at night", predictTime: 11, cost: 0.003, seed: 1},
	)
	s.server.UpdateBehaviour(takeEightSeconds)
	s.onLargeScreen(func() {
		s.develop("a red fox at night")
		s.wait(5 * time.Second)
	})
	return s
}

func newDemoApp(t *testing.T, w, h int) *app {
	return newApp(t, appOptions{w: w, h: h, provider: "demo"})
}

func showWidePicture(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h}, pastPrediction{
		age: 70 * time.Second, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.003, seed: 62182, star: true, w: 1344, h: 768, outputs: 1,
		input: map[string]any{"aspect_ratio": "16:9"},
	})
	s.press("esc")
	s.wait(time.Second)
	return s
}

func showTallPicture(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h}, pastPrediction{
		age: 70 * time.Second, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.003, seed: 62182, w: 768, h: 1344,
		input: map[string]any{"aspect_ratio": "9:16"},
	})
	s.press("esc")
	s.wait(time.Second)
	return s
}

func openSettings(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.typeText("A paper boat.")
	s.press("tab", "down", "right")
	return s
}

func openMoreSettings(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("tab", "down", "down", "down", "down", "down", "down", "enter")
	return s
}

func openModelPicker(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("ctrl+x", "m")
	s.wait(time.Second)
	s.typeText("dev")
	return s
}

func openUnconfirmedDialog(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h, provider: "cometapi"}, pastPrediction{
		age: 2 * time.Minute, prompt: "A red bicycle leaning on a yellow wall", state: history.Unconfirmed, cost: 0.025,
		change: func(e *history.Entry) {
			withoutAnswer(e)
			e.Provider, e.BaseURL, e.Model = "cometapi", origin+"/replicate/v1", "black-forest-labs/flux-dev"
		},
	})
	s.press("esc", "enter")
	s.wait(10 * time.Second)
	return s
}

func openNoKeyDialog(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h, provider: "cometapi", noKey: true, withDemo: true})
	s.typeText("A red bicycle.")
	s.press("enter")
	s.wait(10 * time.Second)
	return s
}

func openAllModels(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("ctrl+x", "m")
	s.wait(10 * time.Second)
	return s
}

func openSeeds(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.onLargeScreen(func() { s.wait(time.Second); s.press("ctrl+x", "s") })
	s.wait(10 * time.Second)
	return s
}

// openKeyLine has a wrong key refused, and another one pasted.
func openKeyLine(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h, provider: "cometapi", noKey: true, withDemo: true})
	s.m.options.KeyDesk.Try = func(context.Context, string, string) error { return &api.Error{Code: api.CodeUnauthorized} }
	s.typeText("A red bicycle.")
	s.press("enter")
	s.wait(time.Second)
	s.pasteText(enteredKey)
	s.press("enter")
	s.wait(10 * time.Second)
	return s
}

func openMenu(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("ctrl+x")
	return s
}

func openCancelAll(t *testing.T, w, h int) *app {
	s := newAppWithJobs(t, w, h)
	s.press("esc", "X")
	return s
}

func openHelp(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("esc", "?")
	return s
}

func openFilteredHelp(t *testing.T, w, h int) *app {
	s := openHelp(t, w, h)
	s.typeText("again")
	return s
}

func openCopyMenu(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("esc", "y")
	return s
}

func openPromptHistory(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h}, recallHistory()...)
	s.typeText("my draft")
	s.press("ctrl+r")
	s.wait(time.Second)
	s.typeText("boat")
	s.press("down")
	s.wait(time.Second)
	return s
}

func openFiltered(t *testing.T, w, h int, words string) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("esc", "/")
	s.typeText(words)
	s.wait(time.Second)
	return s
}

func openFullScreen(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h})
	s.press("esc", "enter")
	s.wait(time.Second)
	return s
}

func openLog(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h}, pastPrediction{
		age: time.Hour, prompt: "A red bicycle against a wall", state: history.Failed, change: func(e *history.Entry) {
			withFlaggedError(e)
			e.Logs = "Using seed: 62182\n  0%|          | 0/4 [00:00<?, ?it/s]\n100%|██████████| 4/4 [00:01<00:00,  3.9it/s]\n"
		},
	})
	s.press("esc", "enter")
	s.wait(time.Second)
	return s
}

func newAppWithOtherScripts(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h},
		pastPrediction{age: 4 * time.Minute, prompt: "夕暮れの静かな水面に浮かぶ紙の舟、水彩画、やわらかい光", predictTime: 1.2, cost: 0.003, seed: 1},
		pastPrediction{age: 3 * time.Minute, prompt: "👩‍🚀 an astronaut 👍🏽 waves from 🇯🇵 in a 🚀", predictTime: 1.2, cost: 0.003, seed: 2},
		pastPrediction{age: 2 * time.Minute, prompt: "مدينة على شاطئ البحر عند الغروب", predictTime: 1.2, cost: 0.003, seed: 3},
		pastPrediction{age: time.Minute, prompt: "a bo\u202eat\x1b[31m at \u200bdusk\nand night", predictTime: 1.2, cost: 0.003, seed: 4},
	)
	s.typeText("紙の舟 in the style of 浮世絵 👩‍🚀 mit Wärme und viel Licht")
	s.wait(time.Second)
	return s
}

func showSeveralOutputs(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h},
		pastPrediction{age: 3 * time.Minute, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.012, outputs: 4, input: map[string]any{"num_outputs": 4.0}},
		pastPrediction{age: 2 * time.Minute, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.006, outputs: 2, input: map[string]any{"num_outputs": 2.0}},
	)
	s.press("esc", "down")
	s.wait(time.Second)
	return s
}
