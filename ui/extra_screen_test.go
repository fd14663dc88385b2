package ui

import (
	"strconv"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/keymap"
	"tintype/ui/screen"
)

// counter is a screen that counts how often its key was pressed, and remembers the last click.
type counter struct {
	screen.Base
	program screen.Program
	count   int
	click   cell.Rect
}

const (
	openCounter keymap.Action = "open-counter"
	count       keymap.Action = "count"
)

// inCounter is the place where the counter's keys are pressed.
var inCounter = keymap.NewPlace("counter")

func newCounter(p screen.Program) screen.Screen {
	return &counter{Base: screen.Base{List: p.List()}, program: p}
}

func (*counter) Place() keymap.Place { return inCounter }

func (*counter) Commands() []keymap.Command {
	return []keymap.Command{
		{Name: openCounter, Keys: []keymap.Binding{{Where: keymap.OnRows, Keys: "N", Help: "open the counter"}}},
		{
			Name: count, Keys: []keymap.Binding{{Where: inCounter, Keys: "n", Help: "count on"}},
			Hints: []keymap.Hint{{Where: inCounter, Rank: 1, Word: "count"}},
		},
	}
}

func (*counter) OpenedBy() keymap.Action { return openCounter }

func (s *counter) Do(act keymap.Action) (cmd tea.Cmd, mine bool) {
	if act != count {
		return nil, false
	}
	s.count++
	return nil, true
}

func (s *counter) Click(x, y int) tea.Cmd {
	s.click = cell.Rect{X: x, Y: y}
	return nil
}

func (s *counter) Draw(c *cell.Canvas) {
	c.Put(s.program.HeaderRow(), []string{"Counted to " + strconv.Itoa(s.count)})
	s.program.DrawStatus(c)
}

// TestExtraScreen: a screen that is only registered is opened by its own key, is drawn, gets its own keys and clicks, is listed in the
// help, and is closed by esc. A new screen needs its own package and one line in extraScreens.
func TestExtraScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{screens: []newScreen{newCounter}})
		s.wait(2 * noteDuration)
		s.press("esc", "N")
		top, ok := s.m.screens.Top().(*counter)
		if !ok {
			t.Fatalf("its key opens %T", s.m.screens.Top())
		}
		s.expectText("Counted to 0", "n count")
		s.expectNoText("Pictures")
		s.press("n", "n")
		s.expectText("Counted to 2")
		s.clickStatusText("count")
		s.expectText("Counted to 3")
		s.click(7, 9)
		if top.click != (cell.Rect{X: 7, Y: 9}) {
			t.Errorf("clicked at 7, 9, and it was given %+v", top.click)
		}
		s.press("f1")
		s.expectText("counter", "count on")
		s.press("esc", "esc")
		if !s.m.screens.IsHome() || s.m.screens.home.focus != focusList {
			t.Errorf("esc leads to %T", s.m.screens.Top())
		}
		s.press("n")
		if top.count != 3 {
			t.Error("its key works in the list")
		}
	})
}
