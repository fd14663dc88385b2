package ui

import (
	"testing"
	"time"

	"tintype/history"
)

// TestStarShowsInRowsOfTheRunner: a change by the user shows in the row of a job of this program, while it runs and afterwards. The runner
// gets each line of the history, so that its rows need no other source.
func TestStarShowsInRowsOfTheRunner(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		key := s.develop("A boat [slow]")
		for _, state := range []history.State{history.Waiting, history.Done} {
			s.waitForState(key, state)
			for _, star := range []bool{true, false} {
				s.press("ctrl+g", "*")
				s.wait(time.Second)
				row, ok := s.m.session.Runner.Row(key)
				if shown, _ := s.m.list.Row(key); !ok || row.Star != star || shown.Star != star || row.State != shown.State {
					t.Errorf("%s: the runner's row has star %v, the row shown %v, want %v", state, row.Star, shown.Star, star)
				}
				s.press("esc")
			}
		}
	})
}
