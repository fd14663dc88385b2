package ui

import (
	"testing"
	"time"

	"tintype/history"
)

// TestTakeAValueOfAnEntryWithoutInput: a history that other tools wrote may have an entry with a seed and no input. t offers the seed.
func TestTakeAValueOfAnEntryWithoutInput(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, pastPrediction{age: time.Minute, prompt: "a boat", seed: 7, change: func(e *history.Entry) { e.Input = nil }})
		s.press("esc", "t")
		s.wait(time.Second)
		s.press("down", "enter")
		if got := s.m.settings.Value("seed"); got != int64(7) {
			t.Errorf("the seed is %v (%T)", got, got)
		}
	})
}
