package ui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/keymap"
	"tintype/ui/params"
)

// focusName returns the name of the place that has the focus.
func (s *app) focusName() string {
	switch {
	case s.m.dialogs.HasMenu():
		return "menu"
	case s.m.dialogs.IsModal():
		return "dialog"
	case s.m.list.IsEditingFilter():
		return "filter"
	case s.m.screens.Top() == s.m.screens.help:
		return "help"
	case s.m.screens.Top() == s.m.screens.full:
		return "full"
	}
	return [...]string{focusPrompt: "prompt", focusSettings: "settings", focusList: "list"}[s.m.screens.home.focus]
}

// TestKeysMoveFocus moves the focus by keys. Each step is a key and the place that it leads to.
func TestKeysMoveFocus(t *testing.T) {
	t.Parallel()
	for _, path := range []string{
		"tab settings tab list tab prompt shift+tab list shift+tab settings shift+tab prompt",
		"esc list esc prompt",
		"tab settings esc prompt",
		"ctrl+x menu esc prompt",
		"ctrl+x menu ctrl+x prompt",
		"ctrl+x menu z prompt",
		"ctrl+x menu m dialog esc prompt",
		"ctrl+x menu / filter esc list",
		"ctrl+x menu ? help esc prompt",
		"f1 help f1 prompt",
		"alt+? help esc prompt",
		"ctrl+f filter enter list",
		"ctrl+f filter esc list",
		"ctrl+f filter tab prompt",
		"ctrl+r dialog esc prompt",
		"esc list enter full enter list",
		"esc list enter full esc list",
		"esc list enter full q list q list",
		"esc list / filter b filter o filter enter list esc list esc prompt",
		"esc list space list esc list esc prompt",
		"esc list ? help esc list",
		"esc list t dialog esc list",
		"esc list y menu y list",
		"esc list r prompt",
		"tab settings enter dialog esc settings",
	} {
		t.Run(path, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{})
				s.wait(time.Second)
				steps := strings.Fields(path)
				for i := 0; i < len(steps); i += 2 {
					s.press(steps[i])
					if got := s.focusName(); got != steps[i+1] {
						t.Fatalf("%v leads to %s, want %s", steps[:i+1], got, steps[i+1])
					}
					s.wait(time.Second)
				}
				if s.quit || s.server.Counts().Posts != 0 {
					t.Errorf("quit %v, bought %d", s.quit, s.server.Counts().Posts)
				}
			})
		})
	}
}

// TestListKeys moves the cursor, marks, and stars.
func TestListKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.press("esc")
		keys := s.m.list.Keys().All()
		for _, c := range []struct {
			key string
			at  int
		}{{"j", 1}, {"j", 2}, {"k", 1}, {"down", 2}, {"up", 1}, {"G", 6}, {"g", 0}, {"end", 6}, {"home", 0}, {"pgdown", 6}, {"pgup", 0}} {
			s.press(c.key)
			s.wait(time.Second)
			if s.m.list.Cursor() != keys[c.at] {
				at, _ := s.m.list.Index(s.m.list.Cursor())
				t.Fatalf("%s leads to row %d, want %d", c.key, at, c.at)
			}
		}
		s.press("space", "shift+down")
		if s.m.list.MarkedCount() != 2 || s.m.list.Cursor() != keys[2] {
			t.Errorf("marks %v", s.m.list.Marks())
		}
		s.press("*")
		s.wait(time.Second)
		for _, key := range keys[:2] {
			if e, err := s.m.session.History.Get(key); err != nil || !e.Star {
				t.Errorf("%s has no star on disk: %v", key, err)
			}
		}
		s.press("u")
		s.wait(time.Second)
		if e, _ := s.m.session.History.Get(keys[1]); e.Star {
			t.Error("u left the star")
		}
		if e, _ := s.m.session.History.Get(keys[0]); !e.Star {
			t.Error("u removed a star that had been there before")
		}
	})
}

// TestViews shows only running, starred or new predictions, and all again.
func TestViews(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.develop("under way [slow]")
		s.press("esc")
		for _, c := range []struct{ key, shows, lacks string }{
			{"2", "under way", "lighthouse"},
			{"3", "Starred", "lighthouse"},
			{"4", "Nothing new. esc shows all.", "lighthouse"},
			{"1", "lighthouse", "Starred"},
		} {
			s.press(c.key)
			s.wait(time.Second)
			s.expectText(c.shows)
			if list := s.textIn(s.m.layout.List); strings.Contains(list, c.lacks) {
				t.Errorf("view %s has %q: %s", c.key, c.lacks, list)
			}
		}
	})
}

// TestCopies copies everything that can be copied, by OSC 52. The API key is never in it.
func TestCopies(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.press("esc")
		for _, c := range []struct{ key, want string }{
			{"y", uitest.Sunrise},
			{"p", uitest.Sunrise},
			{"i", "id000000000000000000000006"},
			{"u", origin + "/outputs/x"},
			{"f", "past-6-0.png"},
			{"s", "62182"},
			{"c", `-H "Authorization: Bearer $REPLICATE_API_TOKEN"`},
			{"j", `"seed":62182`},
		} {
			s.press("y", c.key)
			s.wait(time.Second)
			if len(s.copied) == 0 || !strings.Contains(s.copied[len(s.copied)-1], c.want) {
				t.Errorf("y %s copied %q", c.key, s.copied)
			}
		}
		for _, text := range s.copied {
			if strings.Contains(text, "CANARY") {
				t.Errorf("the key is in %q", text)
			}
		}
	})
}

// TestTakeSeedAndSingleValues takes a seed or a single value into the form, and undoes that.
func TestTakeSeedAndSingleValues(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.press("esc", "s")
		s.expectSentence("Seed 62182 is in the form.")
		if got := s.m.settings.Values()[params.Seed]; got != int64(62182) {
			t.Errorf("the seed is %v", got)
		}
		s.wait(time.Second)
		s.press("u")
		if got := s.m.settings.Values()[params.Seed]; got != nil {
			t.Errorf("u left the seed %v", got)
		}
		s.wait(time.Second)
		s.press("G", "t")
		s.wait(time.Second)
		s.typeText("prompt")
		s.press("enter")
		if got := s.m.prompt.Value(); !strings.HasPrefix(got, "A lighthouse") || s.m.settings.ModelID() != "black-forest-labs/flux-schnell" {
			t.Errorf("took %q, model %s", got, s.m.settings.ModelID())
		}
	})
}

// TestPromptHistoryAndEditing recalls and searches earlier prompts, shows another picture meanwhile, and breaks lines.
func TestPromptHistoryAndEditing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.typeText("my draft")
		s.press("up")
		if got := s.m.prompt.Value(); got != uitest.Sunrise {
			t.Errorf("up recalls %q", got)
		}
		s.press("down")
		if got := s.m.prompt.Value(); got != "my draft" {
			t.Errorf("down brings back %q", got)
		}
		s.press("ctrl+r")
		s.wait(time.Second)
		s.typeText("lighth")
		s.press("enter")
		if got := s.m.prompt.Value(); !strings.HasPrefix(got, "A lighthouse") || s.focusName() != "prompt" {
			t.Errorf("ctrl+r took %q, at %s", got, s.focusName())
		}
		s.press("ctrl+_")
		if got := s.m.prompt.Value(); got != "my draft" {
			t.Errorf("ctrl+_ brings back %q", got)
		}
		s.press("pgup") // from the picture of the prompt that was taken, the oldest one
		s.wait(time.Second)
		if keys := s.m.list.Keys(); s.focusName() != "prompt" || s.m.preview.Shown().Key != keys.At(keys.Len()-2) {
			t.Errorf("pgup: at %s, shown %s", s.focusName(), s.m.preview.Shown().Key)
		}
		s.press("ctrl+j")
		s.typeText("more")
		if got := s.m.prompt.Value(); got != "my draft\nmore" {
			t.Errorf("ctrl+j made %q", got)
		}
		s.press("esc")
		s.pasteText(" pasted")
		if got := s.m.prompt.Value(); got != "my draft\nmore pasted" || s.focusName() != "prompt" {
			t.Errorf("pasted in the list: %q, at %s", got, s.focusName())
		}
		s.expectPurchases(0)
	})
}

// TestHelpRunsActions filters the help and runs the line that is left.
func TestHelpRunsActions(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.press("esc", "down", "?")
		s.typeText("reuse its seed")
		s.press("enter")
		if got := s.m.settings.Values()[params.Seed]; got != int64(51022) || s.focusName() != "list" {
			t.Errorf("seed %v, at %s", got, s.focusName())
		}
	})
}

// TestTerminalKeys suspends, redraws, and opens the editor only if one is set.
func TestTerminalKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		s.press("ctrl+z", "ctrl+l")
		if s.suspended != 1 || s.redrawn != 1 {
			t.Errorf("suspended %d, redrawn %d", s.suspended, s.redrawn)
		}
		s.press("ctrl+x", "e")
		s.expectSentence("No editor is set: export EDITOR, then start tintype again.")
		s.press("ctrl+c")
		if !s.quit {
			t.Error("ctrl+c did not quit")
		}
	})
}

// TestMouse clicks on rows, parts of the screen and hints, and turns the wheel.
func TestMouse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		click := func(x, y int) {
			s.click(x, y)
			s.wait(time.Second)
		}
		l := s.m.layout
		click(5, l.List.Y+2)
		if s.focusName() != "list" || s.m.list.Cursor() != s.m.list.Keys().At(2) {
			t.Fatalf("a click selects %s, at %s", s.m.list.Cursor(), s.focusName())
		}
		click(5, l.List.Y+2)
		if s.focusName() != "full" {
			t.Errorf("a second click leads to %s", s.focusName())
		}
		click(60, 10)
		click(5, l.Prompt.Y)
		if s.focusName() != "prompt" {
			t.Errorf("a click on the prompt leads to %s", s.focusName())
		}
		click(5, l.Settings.Y+1)
		if s.focusName() != "settings" {
			t.Errorf("a click on the settings leads to %s", s.focusName())
		}
		click(strings.Index(s.lines()[39], "esc")+1, 39)
		if s.focusName() != "prompt" {
			t.Errorf("a click on the hint leads to %s", s.focusName())
		}
		before := s.m.list.Cursor()
		s.send(tea.MouseWheelMsg{X: 60, Y: 10, Button: tea.MouseWheelDown})
		s.wait(time.Second)
		if shown := s.m.preview.Shown().Key; shown == before || shown != s.m.list.Cursor() {
			t.Error("the wheel over the preview shows nothing else")
		}
		s.expectPurchases(0)
	})
}

// TestDesktopNotification: a job that took ten seconds and ended while the terminal had no focus causes one notification, without its prompt.
func TestDesktopNotification(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{smallPictures: true})
		s.send(tea.BlurMsg{})
		key := s.develop("secret [slow]")
		s.rawOutput = nil
		s.waitForState(key, history.Done)
		s.wait(5 * time.Second)
		notification := strings.Join(s.rawOutput, "")
		if strings.Count(notification, "\x1b]9;") != 1 || strings.Contains(notification, "secret") {
			t.Errorf("the terminal was sent %q", notification)
		}
	})
}

// TestReservedKeysDoNothing: the keys of multiplexers, flow control and menus do nothing in any part.
func TestReservedKeysDoNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{})
		s.typeText("my draft")
		s.wait(5 * time.Second)
		for _, place := range []string{"prompt", "settings", "list"} {
			before := s.screenText()
			for _, key := range []string{"ctrl+b", "ctrl+s", "ctrl+q", `ctrl+\`, "ctrl+t", "ctrl+v", "alt+a", "alt+x"} {
				s.press(key)
				if got := s.screenText(); got != before || s.quit || s.suspended > 0 {
					t.Fatalf("%s in the %s changed the screen to\n%s", key, place, got)
				}
			}
			s.press("tab")
			s.wait(time.Second)
		}
	})
}

// TestUnknownActionsAreReported: names in the settings that no action has are reported, and no others.
func TestUnknownActionsAreReported(t *testing.T) {
	t.Parallel()
	m, _ := bindKeys(nil, nil)
	bound := map[string][]string{"star": {"+"}, "strar": {"*"}, "develop": {"enter"}}
	if got, want := m.Unknown(bound), "The settings bind keys to what does not exist: strar. Did you mean star?"; got != want {
		t.Errorf("reported %q, want %q", got, want)
	}
	if got := m.Unknown(map[string][]string{"star": {"+"}}); got != "" {
		t.Errorf("reported %q for a known name", got)
	}
	bindStar, _ := bindKeys(map[string][]string{"star": {"+"}}, nil)
	if got := bindStar.Find("+", keymap.InList); got != keymap.ActStar {
		t.Errorf("+ in the list is %q", got)
	}
}

// TestOldActionNames: settings may bind an action by the name that it had before it was renamed; its present name counts before that.
func TestOldActionNames(t *testing.T) {
	t.Parallel()
	bound := map[string][]string{"take-back": {"+"}, "use": {"w"}, "reuse": {"R"}}
	m, _ := bindKeys(bound, nil)
	if got := m.Unknown(bound); got != "" {
		t.Errorf("reported %q", got)
	}
	for key, want := range map[string]keymap.Action{"+": keymap.ActUndo, "R": keymap.ActUse, "w": "", "u": ""} {
		if got := m.Find(key, keymap.InList); got != want {
			t.Errorf("%s in the list is %q, want %q", key, got, want)
		}
	}
}
