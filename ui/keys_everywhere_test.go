package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/internal/uitest"
	"tintype/ui/keymap"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/preview"
)

// pathToPlace is a place that can have the focus, and the keys that lead there from the prompt.
type pathToPlace struct {
	name string
	keys []string
}

// pathsToPlaces are all such places: the screens first, then what is drawn over them.
var pathsToPlaces = []pathToPlace{
	{"prompt", nil},
	{"settings", []string{"tab"}},
	{"list", []string{"esc"}},
	{"full", []string{"esc", "enter"}},
	{"gallery", []string{"ctrl+g"}},
	{"compare", []string{"esc", "space", "space", "c"}},
	{"menu", []string{"ctrl+x"}},
	{"question", []string{"ctrl+c"}},
	{"chooser", []string{"ctrl+x", "m"}},
	{"help", []string{"f1"}},
	{"filter", []string{"ctrl+f"}},
}

// TestEveryActionEverywhere: the help can run each action on each screen. None of them panics or breaks the layout, and without a prompt
// none of them buys.
func TestEveryActionEverywhere(t *testing.T) {
	t.Parallel()
	acts := make([]keymap.Action, 0)
	for _, c := range keyTable() {
		if act := c.name; c.do != nil && act != keymap.ActLeave {
			acts = append(acts, act)
		}
	}
	slices.Sort(acts)
	for _, at := range pathsToPlaces[:6] {
		t.Run(at.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{smallPictures: true, editor: []string{"true"}})
				for _, act := range acts {
					s.pressSlowly(at.keys)
					s.start(s.m.run(act))
					s.settle()
					s.send(tea.KeyPressMsg{Code: tea.KeyDown})
					s.expectFits(string(act))
					s.m.list.ClearMarks()
					s.goHome()
					s.clearPrompt()
				}
				s.expectPurchases(0)
			})
		})
	}
}

// TestTerminalKeysEverywhere: suspend and redraw work in every place and do not change the focus.
func TestTerminalKeysEverywhere(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.waitForState(s.develop("under way [slow]"), history.Waiting) // then ctrl+c asks before it quits
		for i, at := range pathsToPlaces {
			s.pressSlowly(at.keys)
			before := s.focusName()
			s.press("ctrl+z", "ctrl+l")
			if s.suspended != i+1 || s.redrawn != i+1 || s.focusName() != before {
				t.Fatalf("in %s: suspended %d, redrawn %d, then in %s", at.name, s.suspended, s.redrawn, s.focusName())
			}
			s.goHome()
		}
	})
}

// TestHelpClicksAndQuitQuestion: in the help, the question of ctrl+c is visible, a click on a line runs it, and the bottom row has no
// invisible hints.
func TestHelpClicksAndQuitQuestion(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.waitForState(s.develop("under way [slow]"), history.Waiting)
		s.typeText(" and more")
		s.press("f1")
		for x := range s.m.terminal.W {
			s.click(x, s.m.layout.Status.Y)
		}
		s.expectPurchases(1)
		if s.focusName() != "help" {
			t.Fatalf("a click on nothing leads to %s", s.focusName())
		}
		s.press("ctrl+c")
		s.expectText("1 job keeps running and will be picked up next time.")
		s.wait(time.Second)
		s.press("esc")
		s.typeText("the gallery")
		s.expectNoText("is followed at the next start")
		s.click(5, s.m.screens.help.room().Y+picker.HeadRows+1) // below the heading
		if s.m.screens.Top() != s.m.screens.gallery {
			t.Errorf("a click on a line leads to\n%s", s.screenText())
		}
	})
}

// TestClickHints: a click on a hint does what its key does in that place: in the settings, and in a menu over a picture.
func TestClickHints(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.wait(2 * noteDuration)
		cursor := s.m.list.Cursor()
		s.press("tab")
		s.clickStatusText("row")
		if s.m.settings.Row() != params.Shape {
			t.Errorf("a click on the row's hint leads to %s", s.m.settings.Row())
		}
		s.clickStatusText("value")
		if got := s.m.settings.Values()[params.Shape]; got == "1:1" || s.m.list.Cursor() != cursor {
			t.Errorf("a click on the value's hint leads to %v, and to the row %s", got, s.m.list.Cursor())
		}
		s.clickStatusText("choices")
		if s.focusName() != "dialog" {
			t.Errorf("a click on the choices' hint leads to %s", s.focusName())
		}
		s.goHome()
		s.press("esc", "enter", "y")
		s.clickText("p prompt")
		if len(s.copied) != 1 || s.copied[0] != uitest.Sunrise {
			t.Errorf("a click in the menu over a picture copied %q", s.copied)
		}
	})
}

// TestSettingsPageKeys: esc goes from the page of further parameters to the row that opens it, and from the settings to the prompt. The
// help lists the keys of the settings and runs them.
func TestSettingsPageKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.wait(2 * noteDuration)
		s.press("tab")
		s.m.settings.MoveTo(form.RowMore)
		s.press("enter")
		s.expectText("More for flux-schnell", "esc settings")
		s.press("esc")
		s.expectNoText("More for flux-schnell")
		if s.focusName() != "settings" || s.m.settings.Row() != form.RowMore {
			t.Errorf("esc leads to %s, to the row %s", s.focusName(), s.m.settings.Row())
		}
		s.press("up", "backspace", "f1")
		s.typeText("next value")
		s.press("enter")
		if s.focusName() != "settings" || s.m.settings.Values()[params.Seed] == nil {
			t.Errorf("the help leads to %s, the seed is %v", s.focusName(), s.m.settings.Values()[params.Seed])
		}
		s.press("esc")
		if s.focusName() != "prompt" {
			t.Errorf("esc leads to %s", s.focusName())
		}
	})
}

// TestClickLeavesTheFilter: a click elsewhere ends the editing of the filter and keeps its text.
func TestClickLeavesTheFilter(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.press("ctrl+f")
		s.typeText("boat")
		s.click(5, s.m.layout.Prompt.Y)
		s.typeText("a fox")
		if s.m.prompt.Value() != "a fox" || !strings.Contains(s.screenText(), "Filter boat ") {
			t.Errorf("the prompt is %q:\n%s", s.m.prompt.Value(), s.screenText())
		}
	})
}

// TestClickPreview: a click on the preview opens the prediction shown there. With the focus in the form that need not be the selected one.
func TestClickPreview(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		first := s.develop("a first one")
		s.waitForState(first, history.Done)
		s.wait(preview.MinDisplay)
		second := s.develop("another [slow]")
		s.waitForState(second, history.Waiting)
		s.click(s.m.layout.Preview.X+5, s.m.layout.Preview.Y+5)
		if s.focusName() != "full" || s.m.preview.Shown().Key != first || s.m.list.Cursor() != first {
			t.Errorf("at %s, shown is %s, want %s", s.focusName(), s.m.preview.Shown().Key, first)
		}
	})
}

// TestTooSmallBuysNothing: on a screen that is too small to show anything, no key buys, cancels or answers a question. Text is still typed
// into the draft, and ctrl+c quits at once, as the sentence there says.
func TestTooSmallBuysNothing(t *testing.T) {
	t.Parallel()
	small := func(s *app) { s.resize(20, 5) }
	t.Run("a running job", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			key := s.develop("one [slow]")
			s.waitForState(key, history.Waiting)
			s.press("ctrl+x", "X")
			s.wait(time.Second)
			small(s)
			s.press("y", "enter")
			s.resize(120, 40)
			s.expectText("Cancel the running one?")
			s.wait(time.Second)
			s.press("esc")
			small(s)
			s.typeText(" more")
			s.press("enter", "ctrl+x", "x", "esc", "x", "x")
			s.wait(time.Second)
			s.expectPurchases(1)
			if row, _ := s.m.list.Row(key); row.State != history.Waiting || s.m.prompt.Value() != "one [slow] morexxx" {
				t.Errorf("the job is %s, the draft %q", row.State, s.m.prompt.Value())
			}
			s.press("ctrl+c")
			if !s.quit {
				t.Error("ctrl+c did not quit")
			}
		})
	})
	t.Run("a question", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{provider: "cometapi", smallPictures: true})
			s.injectFaults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1})
			s.waitForState(s.develop("x"), history.Unconfirmed)
			s.press("esc", "enter")
			s.wait(time.Second)
			small(s)
			s.press("y")
			s.wait(10 * time.Second)
			s.expectPurchases(1)
		})
	})
}
