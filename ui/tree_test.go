package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
)

// writeFamily writes predictions of which some were made from others, and starts a program over them. parents has for each the number of its
// parent; -1 for none, -2 for one that is not here.
func writeFamily(t *testing.T, o appOptions, family []pastPrediction, parents []int) *app {
	t.Helper()
	o.dir = t.TempDir()
	h, err := history.Open(history.Options{Dir: o.dir, App: "test", Now: utcNow})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for i, p := range family {
		time.Sleep(time.Second)
		e := p.entry(t, h, i)
		if parent := parents[i]; parent >= 0 {
			e.Parent = keys[parent]
		} else if parent == -2 {
			e.Parent = "01h0000000000000000000gone"
		}
		if i == len(family)-1 {
			e.Images = map[string]string{"/boat.png": strings.Repeat("b", 64)}
		}
		if i == 1 && len(e.Outputs) > 0 {
			e.Outputs[0].SHA256 = strings.Repeat("b", 64)
		}
		saved, err := h.Append(history.NewKey(utcNow()), func(latest history.Entry) history.Entry {
			e.V, e.Key, e.Rev = latest.V, latest.Key, latest.Rev
			return e
		})
		if err != nil {
			t.Fatal(err)
		}
		keys = append(keys, saved.Key)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	return newApp(t, o)
}

const (
	boat     = "A paper boat on calm water at sunrise."
	boatDusk = "A paper boat on calm water at dusk."
	boatFog  = "A paper boat on calm water at dusk, in fog."
)

// boatFamily returns a family of two roots: 0 → 1 → 5 → 7, with branches 2, 3 and 4 at 0, 6 at 5, 8 and 9 at 7, 10 at 8, and 11, whose picture
// came from 1.
func boatFamily() (family []pastPrediction, parents []int) {
	dev := "black-forest-labs/flux-dev"
	made := func(prompt, model string, seed int64, input map[string]any) pastPrediction {
		return pastPrediction{prompt: prompt, model: model, predictTime: 1.2, cost: 0.025, seed: seed, input: input}
	}
	family = []pastPrediction{
		made(boat, "", 7, nil),
		made(boatDusk, "", 7, nil),
		made("A paper boat on calm water at sunrise, in ink.", "", 7, nil),
		made(boat, "", 8, map[string]any{"seed": 8.0}),
		made("A paper ship on calm water at sunrise, in ink.", "", 8, nil),
		made(boatDusk, dev, 7, map[string]any{"guidance": 2.5}),
		made(boatDusk, dev, 7, map[string]any{"guidance": 4.0}),
		made(boatFog, dev, 7, map[string]any{"guidance": 2.5}),
		made(boatFog, dev, 7, map[string]any{"guidance": 3.0}),
		made("A paper boat on calm water at dusk, in fog, a lighthouse far away, its light on the waves.", dev, 9, map[string]any{"guidance": 2.5}),
		made(boatFog, dev, 7, map[string]any{"guidance": 3.5}),
		made("Make it night.", "black-forest-labs/flux-kontext-pro", 3, nil),
	}
	family[6].star = true
	family[10].state, family[10].change = history.Failed, withFlaggedError
	return family, []int{-1, 0, 0, 0, 2, 1, 5, 5, 7, 7, 8, -1}
}

// openTreeOf starts a program with the boat family, and opens the tree of one of them, counted from the newest.
func openTreeOf(t *testing.T, w, h, newest int) *app {
	family, parents := boatFamily()
	s := writeFamily(t, appOptions{w: w, h: h}, family, parents)
	s.press("esc")
	for range newest {
		s.press("down")
	}
	s.wait(time.Second)
	s.press("ctrl+x", "r")
	s.wait(5 * time.Second)
	if s.m.screens.Top() != s.m.screens.tree {
		t.Fatalf("the tree is not shown:\n%s", s.screenText())
	}
	return s
}

// treeRows returns the rows of the tree, without the picture and blanks at their ends.
func (s *app) treeRows() string {
	w := s.m.terminal.W
	if w >= 72 {
		w -= max(26, min(w*2/5, 72)) + 3
	}
	var rows []string
	for _, line := range s.lines()[1 : s.m.terminal.H-1] {
		runes := []rune(line)
		if row := strings.TrimRight(string(runes[:min(w, len(runes))]), " "); row != "" {
			rows = append(rows, row)
		}
	}
	return strings.Join(rows, "\n") + "\n"
}

// expectRows fails the test unless the tree has these rows.
func (s *app) expectRows(want string) {
	s.t.Helper()
	if got := s.treeRows(); got != strings.TrimPrefix(want, "\n") {
		s.t.Fatalf("the rows are\n%s\nwant%s", got, want)
	}
}

// TestTreeGoldens compares trees with their golden files: folded, unfolded, and of one that came from none.
func TestTreeGoldens(t *testing.T) {
	t.Parallel()
	for name, set := range map[string]func(*testing.T, int, int) *app{
		"tree": func(t *testing.T, w, h int) *app { return openTreeOf(t, w, h, 4) },
		"tree-open": func(t *testing.T, w, h int) *app {
			s := openTreeOf(t, w, h, 4)
			s.press("down", "+", "g", "+", "down", "+", "G")
			s.wait(5 * time.Second)
			return s
		},
		"tree-alone": func(t *testing.T, w, h int) *app {
			s := newAppWithHistory(t, appOptions{w: w, h: h})
			s.press("esc", "ctrl+x", "r")
			s.wait(5 * time.Second)
			return s
		},
	} {
		for _, at := range []terminalSize{{160, 50}, {120, 40}, {80, 24}, {40, 12}, {60, 40}} {
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

// TestTreeWalks: the path is straight, side branches are folded with a count, and keys walk, unfold and fold.
func TestTreeWalks(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTreeOf(t, 140, 40, 4)
		s.expectRows("")
		keys := s.m.list.Keys().All()
		if s.m.list.Cursor() != keys[4] {
			t.Errorf("%s is selected, want %s", s.m.list.Cursor(), keys[4])
		}
	})
}

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
