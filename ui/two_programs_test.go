package ui

import (
	"testing"
	"time"

	"tintype/history"
)

// TestTwoProgramsInOneFolder: two programs use one folder. Each shows within two seconds what the other creates, finishes and stars. A
// prediction is bought once, and its picture is fetched once.
func TestTwoProgramsInOneFolder(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		one := newApp(t, appOptions{smallPictures: true})
		two := newApp(t, appOptions{dir: one.dir, server: one.server})
		both := func(d time.Duration) {
			one.wait(d)
			two.settle()
		}
		key := one.develop("A kite over the dunes.")
		both(2 * time.Second)
		two.expectText("A kite over the dunes.")
		one.waitForState(key, history.Done)
		both(2 * time.Second)
		if e, ok := two.m.list.Entry(key); !ok || e.State != history.Done {
			t.Errorf("the other sees %s", e.State)
		}
		two.press("esc", "*")
		two.settle()
		both(2 * time.Second)
		if e, _ := one.m.list.Entry(key); !e.Star {
			t.Error("the star given there is not seen here")
		}
		if c := one.server.Counts(); c.Accepted != 1 || c.Outputs != 1 {
			t.Errorf("%d bought, %d pictures fetched", c.Accepted, c.Outputs)
		}
	})
}
