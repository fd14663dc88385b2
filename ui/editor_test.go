package ui

import (
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/preview"
	"tintype/ui/tty"
)

// TestJobsContinueWhileEditing: while an editor has the terminal no message is handled. A job continues nevertheless, and its picture is on
// disk before the provider deletes it. After the editor the screen shows it, and the next jobs are followed as usual.
func TestJobsContinueWhileEditing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true, editor: []string{"false"}})
		s.server.UpdateBehaviour(takeEightSeconds)
		key := s.develop("a boat")
		s.waitForState(key, history.Waiting)
		s.press("ctrl+x", "e")
		if s.execs != 1 {
			t.Fatalf("%d editors", s.execs)
		}
		time.Sleep(2 * time.Hour) // nothing is delivered meanwhile
		e, err := s.m.session.History.Get(key)
		if err != nil || e.State != history.Done || len(e.Outputs) != 1 || e.Outputs[0].Path == "" {
			t.Fatalf("its state is %s with %+v, %v", e.State, e.Outputs, err)
		}
		s.send(tty.Edited{Text: "another boat"})
		s.waitForState(key, history.Done)
		s.wait(preview.MinDisplay)
		if s.m.preview.Shown().Key != key || s.m.session.activeJobs() != 0 {
			t.Errorf("shown is %q, %d are running", s.m.preview.Shown().Key, s.m.session.activeJobs())
		}
		s.press("enter")
		s.waitForState(s.m.list.Cursor(), history.Done)
		s.expectPurchases(2)
	})
}
