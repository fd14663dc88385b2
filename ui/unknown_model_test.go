package ui

import (
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/guard"
)

// TestUnknownModelIsSaidOnce: before the first purchase from a model that is not in the catalogue a note says that it may make no picture;
// the next enter sends it, and the note does not come again.
func TestUnknownModelIsSaidOnce(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{modelOverride: "some-one/thing", w: 200, h: 40})
		s.typeText("A boat")
		s.press("enter")
		s.expectText("some-one/thing is not in the catalogue: what it makes may not be a picture", "enter sends it.")
		s.expectPurchases(0)
		s.wait(guard.RepeatPause + time.Second)
		s.press("enter")
		s.waitForState(s.m.list.Cursor(), history.Failed) // the demo does not know it
		s.waitForState(s.develop("Another boat"), history.Failed)
		s.expectPurchases(2)
	})
}
