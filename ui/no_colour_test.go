package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/params"
)

// plainTerminals are terminals without colour, with Unicode or without it, and without animation.
var plainTerminals = map[string]appOptions{
	"no-colour": {env: map[string]string{"NO_COLOR": "1", "NO_MOTION": "1"}},
	"ascii":     {env: map[string]string{"NO_COLOR": "1"}, appearance: Appearance{Glyphs: "ascii", Motion: "none"}},
}

// onPlainTerminals runs a test for each plain terminal, with its options and a size.
func onPlainTerminals(t *testing.T, test func(t *testing.T, o appOptions)) {
	for name, o := range plainTerminals {
		o.w, o.h = 120, 40
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) { test(t, o) })
		})
	}
}

// TestMoment11WithoutColour: focus, selection, marks, states and what needs the user can be told apart in plain text.
func TestMoment11WithoutColour(t *testing.T) {
	t.Parallel()
	for name, o := range plainTerminals {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newPlainApp(t, o)
				s.expectGolden("plain-" + name)
				expectDistinctRows(s)
				s.press("esc")
				s.expectGolden("plain-" + name + "-prompt")
			})
		})
	}
}

// newPlainApp has predictions in every state, a mark, a star, and the focus on the list.
func newPlainApp(t *testing.T, o appOptions) *app {
	t.Helper()
	stopped := func(reason string) func(*history.Entry) {
		return func(e *history.Entry) { e.CancelReason = reason; e.Status = "" }
	}
	s := newAppWithHistory(t, o,
		pastPrediction{age: 9 * time.Minute, prompt: "a lost one", state: history.Lost, cost: 0.003, change: func(e *history.Entry) {
			e.Error = &history.EntryError{Code: "expired"}
		}},
		pastPrediction{age: 8 * time.Minute, prompt: "left to itself", state: history.Stopped, change: stopped("not_followed")},
		pastPrediction{age: 7 * time.Minute, prompt: "stopped here", state: history.Stopped, change: stopped("canceled")},
		pastPrediction{age: 6 * time.Minute, prompt: "maybe bought", state: history.Unconfirmed, change: withoutAnswer},
		pastPrediction{age: 5 * time.Minute, prompt: "went wrong", state: history.Failed, change: withFlaggedError},
		pastPrediction{age: 4 * time.Minute, prompt: "seen long ago", seed: 3, predictTime: 1, star: true},
		pastPrediction{age: 3 * time.Minute, prompt: "marked", seed: 3, predictTime: 1},
	)
	s.server.UpdateBehaviour(takeEightSeconds)
	s.m.settings.Set(params.Format, "jpg")
	s.waitForState(s.develop("new here"), history.Done)
	s.m.settings.Set(params.Format, "webp")
	s.develop("under way")
	s.wait(5 * time.Second)
	s.develop("just begun")
	s.wait(100 * time.Millisecond)
	s.injectFaults(throttled)
	s.develop("asked to wait")
	s.wait(300 * time.Millisecond)
	s.m.list.SetUnseen(newestKey(s, "new here")) // it was shown meanwhile
	s.press("esc", "down", "down", "down", "down", "space")
	return s
}

// expectDistinctRows fails the test if two states have the same sign and word, or if a cell has a colour.
func expectDistinctRows(s *app) {
	s.t.Helper()
	seen := map[string]string{}
	room := s.m.layout.List
	for _, line := range s.lines()[room.Y:room.Bottom()] {
		row := strings.TrimRight(ansi.Truncate(line, room.W, ""), " ")
		if len(row) < 5 {
			continue
		}
		words := strings.Fields(row)
		signs := ansi.Truncate(ansi.TruncateLeft(row, 1, ""), 2, "") // mark or star, and state
		key := signs + " " + words[len(words)-1]
		if other, twice := seen[key]; twice {
			s.t.Errorf("%q and %q look the same", row, other)
		}
		seen[key] = row
	}
	if len(seen) < 9 {
		s.t.Errorf("only %d rows:\n%s", len(seen), s.screenText())
	}
	buf := s.screenBuffer()
	for y := range buf.Height() {
		for x := range buf.Width() {
			if cell := buf.CellAt(x, y); cell != nil && (cell.Style.Fg != nil || cell.Style.Bg != nil) {
				s.t.Fatalf("a colour at %d, %d", x, y)
			}
		}
	}
}
