package ui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/ui/keymap"
)

// TestHelpFindsWhatPeopleType: whoever looks for something by a usual word finds a line of the help that has to do with it.
func TestHelpFindsWhatPeopleType(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true, w: 160, h: 50})
		s.press("f1")
		for typed, want := range map[string]string{
			"quit": "quit (asks once while jobs run)", "exit": "quit (", "close": "go back", "delete": "Nothing is ever deleted", "remove": "Nothing is ever deleted",
			"trash": "Nothing is ever deleted", "retry": "reuse prompt and settings", "again": "reuse prompt and settings", "redo": "reuse prompt and settings",
			"export": "open its folder", "save": "Every picture is saved", "download": "Every picture is saved", "zoom": "zoom in", "undo": "undo a star", "stop": "cancel (press twice)",
			"abort": "cancel (press twice)", "kill": "cancel (press twice)", "search": "filter by words", "history": "search the history", "image": "choose the input image",
			"photo": "use its picture as the input image", "upload": "choose the input image", "copy": "copy the prompt", "clipboard": "copy the prompt", "settings": "choose the model",
			"options": "choose the model", "model": "choose the model", "key": "A provider's key comes", "price": "today's sum", "cost": "today's sum", "cancel": "cancel all running",
			"generate": "develop this prompt", "newline": "break the line", "help": "open this help", "favourite": "star it", "resolution": "choose the shape", "size": "choose the shape",
		} {
			s.typeText(typed)
			s.expectText(want)
			s.press("ctrl+u")
		}
		s.expectText("Here, in the prompt")
	})
}

// TestHelpSections: what works in the present place comes first, each heading is there once, and each line whole on a screen of 80 columns.
func TestHelpSections(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true, w: 80, h: 190})
		s.m.notify("A message.")
		s.press("esc", "f1")
		shown := s.screenText()
		at := 0
		for _, heading := range []string{"Here, in the list", "Make", "Look", "Find", "Decide", "Stop", "Move", "Good to know", "Messages"} {
			if strings.Count(shown, "\n "+heading+"\n") != 1 {
				t.Errorf("the heading %q is there %d times", heading, strings.Count(shown, "\n "+heading+"\n"))
			}
			next := strings.Index(shown, "\n "+heading+"\n")
			if next < at {
				t.Errorf("the heading %q is out of order", heading)
			}
			at = next
		}
		if strings.Contains(shown, "…\n") || strings.Contains(shown, "…  ") {
			t.Errorf("a line is cut:\n%s", shown)
		}
		s.resize(40, 12)
		s.typeText("stop jobs")
		s.press("backspace", "backspace", "backspace", "backspace", "backspace")
		s.expectText("Here, in the list")
	})
}

// TestMenuPanel: the menu of ctrl+x is at most nine rows of columns with the names of the groups, in the sidebar; what would do nothing
// is muted, and a click on an entry runs it.
func TestMenuPanel(t *testing.T) {
	t.Parallel()
	for _, at := range allSizes[:4] {
		inBubbleAt(t, at, func(t *testing.T) {
			s := newAppWithHistory(t, appOptions{w: at.w, h: at.h})
			s.press("ctrl+x")
			s.expectText("Make", "Go to", "Stop", "m model", "? help", "X all", "u undo")
			if above := s.m.layout.StatusAbove; above.H > 10 || above.Y < 1 || above.W > s.m.layout.Sidebar.W {
				t.Errorf("the panel is %+v", above)
			}
			s.clickText("s seed")
			s.expectText("Seed")
			s.goHome()
			s.press("ctrl+x")
			s.clickText("? help")
			s.expectText("Here, in the prompt")
		})
	}
}

// inBubbleAt is inBubble for a size of the terminal.
func inBubbleAt(t *testing.T, at terminalSize, test func(t *testing.T)) {
	t.Helper()
	t.Run(fmt.Sprintf("%dx%d", at.w, at.h), func(t *testing.T) { inBubble(t, test) })
}

// TestMenuMutesWhatIsImpossible: an entry that would do nothing is muted, and one that can be done is not.
func TestMenuMutesWhatIsImpossible(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		impossible := func(act keymap.Action) bool {
			for _, item := range s.m.keys.MenuNow(stateOf(s.m)) {
				if item.Action == act {
					return item.Impossible
				}
			}
			t.Fatalf("the menu lacks %s", act)
			return false
		}
		for act, want := range map[keymap.Action]bool{
			"cancel-at-once": true, "cancel-all": true, "filter": true, "flick": true, "undo": true, "set-image": true, "set-model": false, "gallery": false,
		} {
			if got := impossible(act); got != want {
				t.Errorf("%s is impossible: %v", act, got)
			}
		}
		s.develop("a boat [slow]")
		for _, act := range []keymap.Action{"cancel-at-once", "cancel-all", "filter"} {
			if impossible(act) {
				t.Errorf("%s is impossible while a job runs", act)
			}
		}
	})
}

// TestHelpBuysNothing: the first line of the help of a plan and of a prompt is what buys. Enter and a click on it say its key, and buy nothing.
func TestHelpBuysNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		s.wait(2 * noteDuration)
		s.press("f1")
		s.expectText("buy what is new in the plan")
		s.press("enter")
		s.expectText("Nothing is bought from the help: y does it.")
		s.press("f1")
		s.clickText("buy what is new in the plan")
		s.wait(time.Minute)
		s.expectPurchases(0)
		s.press("y")
		s.wait(time.Minute)
		if s.purchases() == 0 {
			t.Error("y does not buy")
		}
	})
}
