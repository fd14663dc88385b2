package ui

import (
	"slices"
	"testing"
	"time"

	"tintype/ui/internal/uitest"
)

func openCompareTwo(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h},
		pastPrediction{age: 2 * time.Minute, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.003, seed: 62182},
		pastPrediction{age: time.Minute, prompt: uitest.Dusk, model: "black-forest-labs/flux-dev", predictTime: 8.04, cost: 0.025, seed: 62182},
	)
	s.press("esc", "space", "space", "c")
	s.wait(time.Second)
	return s
}

func openCompareFour(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h}, sampleAlbum()...)
	s.press("esc", "G", "up", "up", "space", "up", "up", "space", "up", "up", "space", "up", "up", "space", "c")
	s.wait(time.Second)
	return s
}

// openComparePortraits compares three portraits whose prompts get longer.
func openComparePortraits(t *testing.T, w, h int) *app {
	var predictions []pastPrediction
	for i, prompt := range []string{"A paper boat on calm water", "A paper boat on calm water, watercolour", "A paper boat on calm water, watercolour, soft light"} {
		predictions = append(predictions, pastPrediction{
			age: time.Duration(3-i) * time.Minute, prompt: prompt, predictTime: 1, cost: 0.003, seed: int64(109 + 10*i), w: 896, h: 1120, star: i == 1,
			input: map[string]any{"aspect_ratio": "4:5", "output_format": []string{"webp", "png", "jpg"}[i]},
		})
	}
	s := newAppWithHistory(t, appOptions{w: w, h: h}, predictions...)
	s.press("esc", "space", "space", "space", "c")
	s.wait(time.Second)
	return s
}

// TestPreviousPictureToggles: b shows the picture that was seen before, in the same cells, and pressed again, b shows the other one. No
// frame is without a picture.
func TestPreviousPictureToggles(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 80, h: 24}, sampleAlbum()...)
		s.press("esc", "b")
		s.expectSentence("No other picture was seen before this one.")
		first := s.m.list.Cursor()
		s.wait(time.Second)
		s.press("down")
		s.wait(time.Second)
		second := s.m.list.Cursor()
		for i, want := range []string{first, second, first} {
			s.sendKey("b")
			if s.m.list.Cursor() != want || s.m.preview.Shown().Key != want {
				t.Fatalf("b number %d shows %s at once, want %s", i, s.m.preview.Shown().Key, want)
			}
			s.settle()
		}
		s.press("enter", "b")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.full || s.m.preview.Shown().Key != second {
			t.Errorf("on the full screen b shows %s", s.m.preview.Shown().Key)
		}
	})
}

// TestCompareKeys: one of those compared is chosen. Verbs act only on that one, though all are marked.
func TestCompareKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openCompareFour(t, 120, 40)
		keys := s.m.screens.compare.Missing()
		if !slices.IsSorted(keys) || len(keys) != 4 {
			t.Fatalf("compared are %v", keys)
		}
		s.press("h", "h", "h", "h", "right")
		if s.m.list.Cursor() != keys[1] {
			t.Fatalf("chosen is %d", slices.Index(keys, s.m.list.Cursor()))
		}
		s.press("*")
		s.wait(time.Second)
		for i, key := range keys {
			if row, _ := s.m.list.Row(key); row.Star != (i == 1) {
				t.Errorf("%d has star %v", i, row.Star)
			}
		}
		s.press("tab", "tab", "tab")
		if s.m.list.Cursor() != keys[0] {
			t.Errorf("tab after the last one leads to %d", slices.Index(keys, s.m.list.Cursor()))
		}
		s.press("i")
		s.expectNoText(" shape ")
		s.press("i")
		s.expectText(" shape ")
		s.press("enter")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.full || s.m.preview.Shown().Key != keys[0] {
			t.Fatalf("enter opens %s", s.m.preview.Shown().Key)
		}
		s.press("esc", "space", "space")
		if s.m.screens.Top() != s.m.screens.compare || len(s.m.screens.compare.Missing()) != 2 || s.m.list.MarkedCount() != 2 {
			t.Fatalf("unmarking leaves %v", s.m.screens.compare.Missing())
		}
		s.press("esc")
		if !s.m.screens.IsHome() {
			t.Errorf("esc goes to %T", s.m.screens.Top())
		}
		s.press("u", "u")
		if s.m.list.MarkedCount() != 4 {
			t.Errorf("u restores %d marks", s.m.list.MarkedCount())
		}
	})
}

// TestCompareChoosesPredictions: too few and too many marks are reported. A single prediction is compared with the one seen before.
func TestCompareChoosesPredictions(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 120, h: 40})
		s.press("esc", "c")
		s.expectSentence("Nothing to compare with yet: space marks, c compares the marked.")
		s.wait(time.Second)
		first := s.m.list.Cursor()
		s.press("down")
		s.wait(time.Second)
		s.press("c")
		if want := []string{s.m.list.Cursor(), first}; s.m.screens.Top() != s.m.screens.compare || !slices.Equal(s.m.screens.compare.Missing(), want) {
			t.Errorf("compared are %v, want %v", s.m.screens.compare.Missing(), want)
		}
		s.press("esc")
		for range 5 {
			s.wait(time.Second)
			s.press("space")
		}
		s.press("c")
		s.expectSentence("Compare takes 2 to 4; 5 are marked.")
	})
}

// TestCompareOnNarrowScreen: a narrow screen shows one at a time, in the same cells, and tab shows the next one.
func TestCompareOnNarrowScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openCompareTwo(t, 40, 12)
		s.expectText("A  1.2 s", "model flux-schnell", "calm water at sunrise.")
		s.press("tab")
		s.expectText("B  8.0 s", "model flux-dev", "calm water at dusk.")
		s.expectNoText("A  1.2 s")
	})
}
