package ui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
)

// TestLeavingTheListKeepsWhatIsShown: the preview stays at the selected row from the list into the prompt and back, pgdn goes on from
// it, and enter shows the new row's picture.
func TestLeavingTheListKeepsWhatIsShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		keys := s.m.list.Keys()
		at := func(i int) {
			t.Helper()
			s.wait(2 * time.Second)
			s.expectSelectedIsShown("")
			if s.m.list.Cursor() != keys.At(i) {
				t.Fatalf("%s is selected, want row %d:\n%s", s.m.list.Cursor(), i, s.screenText())
			}
		}
		at(0)
		s.pressSlowly([]string{"esc", "down", "down"})
		at(2)
		s.press("esc")
		at(2)
		s.press("pgdown")
		at(3)
		s.pressSlowly([]string{"pgdown", "pgup"})
		at(3)
		s.pressSlowly([]string{"tab", "tab", "up"})
		at(2)
		s.press("tab")
		at(2)
		key := s.develop("a new one")
		s.expectText("showing the previous picture")
		s.waitForState(key, history.Done)
		keys = s.m.list.Keys()
		at(0)
		if keys.At(0) != key {
			t.Errorf("the new prediction %s is not selected", key)
		}
	})
}

// TestPurchaseIsShownWhenItIsSelectedAgain: after enter the picture before stays; once the user looks elsewhere and returns, the purchase
// itself is shown.
func TestPurchaseIsShownWhenItIsSelectedAgain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		before := s.m.preview.Shown().Key
		s.waitForState(s.develop("slowly [slow]"), history.Waiting)
		s.wait(time.Second)
		if got := s.m.preview.Shown().Key; got != before {
			t.Fatalf("while it develops %s is shown, want the one before", got)
		}
		s.pressSlowly([]string{"pgdown", "pgup"})
		s.expectSelectedIsShown("")
		s.pressSlowly([]string{"esc", "esc"})
		s.expectSelectedIsShown("")
	})
}

// TestFailureShowsNoOtherPicture: a run that failed is shown with its own placeholder, not with the picture before it.
func TestFailureShowsNoOtherPicture(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.waitForState(s.develop("broken [fail]"), history.Failed)
		s.wait(time.Second)
		s.expectSelectedIsShown("")
		if n := len(s.m.preview.Shown().Tiles); n > 0 {
			t.Errorf("%d pictures are shown:\n%s", n, s.screenText())
		}
	})
}

// TestSelectedIsShown presses random keys and clicks, with purchases, new rows of another program and restarts between them. Whenever the
// home screen or one picture is on the screen, it shows the row with the cursor bar, except that a purchase in the form may still show
// the picture before it.
func TestSelectedIsShown(t *testing.T) {
	t.Parallel()
	seeds := 3
	if longTests() {
		seeds = 30
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			inBubble(t, func(t *testing.T) { walkRandomly(t, rand.New(rand.NewPCG(uint64(seed), 9)), 60) })
		})
	}
}

// randomKeys are pressed in any place. In the prompt the letters are text.
var randomKeys = strings.Fields("esc esc esc tab shift+tab up down down down pgup pgdown pgdown home end j k j G g 1 2 3 4 enter enter " +
	"left right b n * space space ctrl+g ctrl+g ctrl+f r q i + - ctrl+u ctrl+d / l h backspace c ? t y I ctrl+r f1 u s")

// walkRandomly takes steps and looks at the screen after each.
func walkRandomly(t *testing.T, random *rand.Rand, steps int) {
	s := newAppWithHistory(t, appOptions{smallPictures: true})
	var walk []string
	for range steps {
		step := randomKeys[random.IntN(len(randomKeys))]
		switch random.IntN(24) {
		case 0:
			step = "new rows"
			addPredictionsElsewhere(t, s.dir, pastPrediction{prompt: "elsewhere"}, pastPrediction{prompt: "elsewhere too"})
		case 1:
			step = "restart"
			s.wait(3 * time.Second)
			dir := s.copyFolder()
			s.close()
			s = newApp(t, appOptions{dir: dir, server: s.server})
		case 2, 3:
			x, y := random.IntN(s.m.terminal.W), random.IntN(s.m.terminal.H-1) // one of the hints in the last row quits
			step = fmt.Sprintf("click %d,%d", x, y)
			s.click(x, y)
		case 4:
			x, y := random.IntN(s.m.terminal.W), random.IntN(s.m.terminal.H)
			step = fmt.Sprintf("wheel %d,%d", x, y)
			s.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
		case 5, 6:
			step = []string{"develop", "develop [slow]", "develop [fail]"}[random.IntN(3)]
			s.goHome()
			s.develop(step)
		default:
			s.press(step)
		}
		s.wait(3 * time.Second)
		walk = append(walk, step)
		s.expectSelectedIsShown(strings.Join(walk, ", "))
	}
}

// expectSelectedIsShown checks that the preview shows the selected row, and that the cursor bar is drawn on it if it is in sight.
func (s *app) expectSelectedIsShown(after string) {
	s.t.Helper()
	m := s.m
	if shows := m.screens.Top().Pictures(); !shows.Preview || m.screens.Top() == m.screens.help || m.dialogs.IsModal() {
		return
	}
	cursor, shown := m.list.Cursor(), m.preview.Shown().Key
	if row, ok := m.list.Row(cursor); shown != cursor && !(ok && m.screens.home.inForm() && !row.State.Ended() && s.captionSaysBefore()) {
		s.t.Fatalf("%s is selected, %s is shown after %s:\n%s", cursor, shown, after, s.screenText())
	}
	at, known := m.list.Index(cursor)
	y := m.layout.List.Y + at - m.list.Top()
	if !m.screens.IsHome() || !known || y < m.layout.List.Y || y >= m.layout.List.Bottom() || m.screens.home.focus == focusSettings {
		return
	}
	if line := s.lines()[y]; !strings.HasPrefix(line, m.look.Glyphs.Cursor) {
		s.t.Fatalf("row %d has no cursor bar after %s:\n%s", y, after, s.screenText())
	}
}

// captionSaysBefore reports whether the caption says that the picture is another one's.
func (s *app) captionSaysBefore() bool {
	return strings.Contains(strings.ToLower(s.captionText()), "previous picture")
}
