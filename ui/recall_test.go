package ui

import (
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
)

// recallHistory has two prompts that differ only at their ends, one that failed, and one that was used twice.
func recallHistory() []pastPrediction {
	return []pastPrediction{
		{age: 6 * time.Minute, prompt: uitest.Sunrise, predictTime: 1, seed: 1},
		{age: 5 * time.Minute, prompt: "a fox that went wrong", state: history.Failed, change: withFlaggedError},
		{age: 4 * time.Minute, prompt: uitest.Sunrise + " Soft light, a long exposure, and nobody to be seen anywhere on the wide beach.", predictTime: 1, seed: 2},
		{age: 3 * time.Minute, prompt: uitest.Sunrise, predictTime: 1, seed: 3},
		{age: 2 * time.Minute, prompt: uitest.Sunrise, state: history.Failed, change: withFlaggedError},
		{age: time.Minute, prompt: "a red bicycle", predictTime: 1, seed: 4},
	}
}

// TestRecallShowsPromptAndPicture: while one moves in the history the stage shows the picture of each prompt, and the prompt is shown in
// full; esc brings back the picture and the draft, and enter takes the prompt with its picture and develops nothing.
func TestRecallShowsPromptAndPicture(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true}, recallHistory()...)
		keys := s.m.list.Keys()
		s.typeText("my draft")
		s.wait(time.Second)
		before, cursor := s.m.preview.Shown().Key, s.m.list.Cursor()
		s.press("pgdown")
		s.press("pgup")
		flick, _ := s.m.previousSubject()
		s.press("ctrl+r")
		s.wait(time.Second)
		shows := func(row int) {
			t.Helper()
			s.wait(time.Second)
			if got, want := s.m.preview.Shown().Key, keys.At(row); got != want {
				at, _ := s.m.list.Index(got)
				t.Errorf("the stage shows row %d, want %d:\n%s", at, row, s.screenText())
			}
		}
		shows(0)
		s.press("down") // the newest of the three with this prompt failed, so the picture is that of the one before
		shows(2)
		s.expectText("used 3×")
		s.press("down")
		shows(3)
		full := strings.Join(strings.Fields(s.textIn(s.m.layout.Sidebar)), " ")
		if !strings.Contains(full, "anywhere on the wide beach.") || !strings.Contains(full, "Soft light, a long exposure, and nobody") {
			t.Errorf("the prompt is not shown in full:\n%s", s.screenText())
		}
		s.press("down")
		shows(4)
		s.expectText("failed", "enter use it", "esc back")
		s.expectNoText("tab ", "✓")
		s.press("esc")
		s.wait(time.Second)
		after, _ := s.m.previousSubject()
		if s.m.preview.Shown().Key != before || s.m.list.Cursor() != cursor || s.m.prompt.Value() != "my draft" || after != flick {
			t.Errorf("esc leads to the picture %s, the row %s, the draft %q, and flicks to %v", s.m.preview.Shown().Key, s.m.list.Cursor(), s.m.prompt.Value(), after)
		}
		s.press("ctrl+r")
		s.wait(time.Second)
		s.typeText("nobody")
		s.wait(time.Second)
		s.press("tab") // means nothing here
		if s.focusName() != "dialog" {
			t.Error("tab closes the history")
		}
		s.press("enter")
		s.wait(time.Second)
		if !strings.HasSuffix(s.m.prompt.Value(), "wide beach.") || s.m.preview.Shown().Key != keys.At(3) {
			t.Errorf("enter takes %q, with the picture %s", s.m.prompt.Value(), s.m.preview.Shown().Key)
		}
		s.expectPurchases(0)
	})
}

// TestRecallWhileAJobEnds: a picture that arrives while one looks through the history is shown after esc, not before.
func TestRecallWhileAJobEnds(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true}, recallHistory()...)
		key := s.develop("a new one")
		s.press("ctrl+r")
		s.wait(500 * time.Millisecond)
		s.press("down", "down")
		s.waitForState(key, history.Done)
		s.wait(time.Second)
		if s.m.preview.Shown().Key == key {
			t.Error("the new picture takes the place of the one that is looked at")
		}
		s.press("esc")
		s.wait(3 * time.Second)
		if s.m.preview.Shown().Key != key {
			t.Errorf("after esc the stage shows %s", s.m.preview.Shown().Key)
		}
	})
}
