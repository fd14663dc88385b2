package ui

import (
	"image/color"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/cell"
)

// TestPanelsHaveTheirBackground: every cell of a dialog, a list to choose from, a question and the help has the panel's background, in
// every row and at every size.
func TestPanelsHaveTheirBackground(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		open func(*app)
		o    appOptions
	}{
		{name: "unconfirmed", open: func(s *app) { s.press("esc"); s.m.list.Choose(keyInState(s, history.Unconfirmed)); s.press("enter") }},
		{name: "no key", o: appOptions{noKey: true, withDemo: true}, open: func(s *app) { s.typeText("x"); s.press("enter") }},
		{name: "models", open: func(s *app) { s.pressSlowly([]string{"ctrl+x", "m"}) }},
		{name: "shapes", open: func(s *app) { s.pressSlowly([]string{"ctrl+x", "a"}) }},
		{name: "seed", open: func(s *app) { s.pressSlowly([]string{"ctrl+x", "s"}); s.typeText("nonsense"); s.press("enter") }},
		{name: "image", open: func(s *app) {
			s.m.settings.SetModel("black-forest-labs/flux-kontext-pro")
			s.pressSlowly([]string{"ctrl+x", "i"})
		}},
		{name: "recall", open: func(s *app) { s.press("ctrl+r"); s.typeText("bicycle") }},
		{name: "values", open: func(s *app) { s.pressSlowly([]string{"esc", "t"}) }},
		{name: "help", open: func(s *app) { s.press("f1") }},
		{name: "leave", open: func(s *app) { s.waitForState(s.develop("x [slow]"), history.Waiting); s.press("ctrl+c") }},
		{name: "cancel all", open: func(s *app) {
			s.waitForState(s.develop("x [slow]"), history.Waiting)
			s.pressSlowly([]string{"esc", "X"})
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				c.o.smallPictures = true
				s := newAppWithHistory(t, c.o)
				s.wait(time.Second)
				c.open(s)
				for _, size := range [][2]int{{160, 50}, {120, 40}, {80, 24}, {60, 40}, {40, 12}} {
					s.resize(size[0], size[1])
					s.wait(time.Second)
					s.expectPanel(c.name)
				}
			})
		})
	}
}

// keyInState returns the newest prediction in a state.
func keyInState(s *app, state history.State) string {
	for _, key := range s.m.list.Keys().All() {
		if e, _ := s.m.list.Entry(key); e.State == state {
			return key
		}
	}
	s.t.Fatalf("no prediction is %s", state)
	return ""
}

// expectPanel checks that the rows of the panel that is open have its background in every column, and that there are some.
func (s *app) expectPanel(name string) {
	s.t.Helper()
	m := s.m
	rooms := []cell.Rect{m.layout.Dialog}
	switch {
	case m.dialogs.HasQuestion():
		rooms = []cell.Rect{{Y: m.layout.Status.Y, W: m.terminal.W, H: 1}, m.layout.StatusAbove}
	case m.screens.Top() == m.screens.help:
		rooms = []cell.Rect{m.screens.help.room()}
	}
	rows := 0
	for _, r := range rooms {
		for y := r.Y; y < r.Bottom(); y++ {
			if raised := s.raisedCells(y, r); raised == r.W {
				rows++
			} else if raised > 0 {
				s.t.Fatalf("%s at %d×%d: row %d has the background in %d of %d columns:\n%s", name, m.terminal.W, m.terminal.H, y, raised, r.W, s.screenText())
			}
		}
	}
	if rows == 0 {
		s.t.Fatalf("%s at %d×%d: no row has the background:\n%s", name, m.terminal.W, m.terminal.H, s.screenText())
	}
}

// raisedCells counts the cells of a row that have the background of dialogs, or are reversed on it.
func (s *app) raisedCells(y int, r cell.Rect) (n int) {
	raise := color.RGBAModel.Convert(s.m.look.Styles.Dialog.GetBackground())
	buf := s.screenBuffer()
	for x := r.X; x < r.Right(); x++ {
		if at := buf.CellAt(x, y); at != nil && at.Style.Bg != nil && color.RGBAModel.Convert(at.Style.Bg) == raise {
			n++
		}
	}
	return n
}
