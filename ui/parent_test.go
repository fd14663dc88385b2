package ui

import (
	"slices"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
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
