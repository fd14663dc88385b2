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

// TestCellsThenPixels: a picture is there in cells at once, and in pixels when leafing has paused; until then nothing is asked of
// the terminal.
func TestCellsThenPixels(t *testing.T) {
	story(t, func(t *testing.T) {
		s := sit(t, table{look: Appearance{Graphics: "kitty"}})
		s.state(s.develop("a sea at night"), history.Done)
		s.wait(preview.StageStays)
		s.m.preview.Frames.Clear()
		s.m.preview.Turned = s.m.now()
		s.key("ctrl+g")
		s.key("ctrl+g")
		s.m.preview.Turned = s.m.now()
		s.settle()
		key := s.m.preview.Shown.Tiles[0].FrameKey
		if _, ok := s.m.preview.Frames.Best(key); !ok {
			t.Fatal("no cells at once")
		}
		if _, ok := s.m.preview.Frames.Get(key); ok {
			t.Fatal("pixels while leafing")
		}
		s.wait(2 * preview.SharpensAfter)
		if _, ok := s.m.preview.Frames.Get(key); !ok {
			t.Fatal("no pixels after a pause")
		}
	})
}
