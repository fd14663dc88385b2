package ui

import (
	"strings"
	"testing"
	"time"

	"tintype/history"
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
