package ui

import (
	"testing"

	"tintype/history"
	"tintype/ui/preview"
)

// TestEarlyEnter: what is written and entered before the history is open is bought once it is; an enter alone is not, since the
// draft that comes back from the last sitting was not meant by it.
func TestEarlyEnter(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{before: func(s *sitting) {
			s.typeText("a sea at night")
			s.key("enter")
		}})
		s.state(s.m.list.Cursor(), history.Done)
		if n := s.server.Counts().Posts; n != 1 {
			t.Errorf("%d purchases", n)
		}
		s.leave()
		again := sit(t, table{dir: s.dir, server: s.server, before: func(s *sitting) { s.key("enter") }})
		if got := again.m.prompt.Value(); got != "a sea at night" {
			t.Errorf("the draft is %q", got)
		}
		if n := s.server.Counts().Posts; n != 1 {
			t.Errorf("%d purchases after an enter alone", n)
		}
	})
}

// TestDraftThenPixels: a picture is there in cells at once, and in pixels when leafing has paused; until then nothing is asked of
// the terminal.
func TestDraftThenPixels(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{look: Appearance{Graphics: "kitty"}})
		first := s.develop("a sea at night")
		s.state(first, history.Done)
		s.state(s.develop("a sea in the morning"), history.Done)
		s.wait(2 * preview.MinDisplay)
		s.m.preview.ClearFrames()
		s.key("pgdown")
		s.settle()
		if shown := s.m.preview.Shown(); shown.Key != first || len(shown.Tiles) != 1 {
			t.Fatalf("shown is %+v", shown)
		}
		tile := s.m.preview.Shown().Tiles[0]
		if _, ok := s.m.preview.FrameOrDraft(tile); !ok {
			t.Fatal("no cells at once")
		}
		if _, ok := s.m.preview.Frame(tile); ok {
			t.Fatal("pixels while leafing")
		}
		s.wait(2 * preview.SharpenDelay)
		if _, ok := s.m.preview.Frame(tile); !ok {
			t.Fatal("no pixels after a pause")
		}
	})
}
