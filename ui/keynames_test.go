package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/keymap"
	"tintype/ui/wording"
)

// places are the places where keys can go, each with the keys that lead there from the prompt.
var namedPlaces = map[string][]string{
	"prompt":               nil,
	"settings":             {"tab"},
	"more settings":        {"tab", "up", "up", "enter"},
	"list":                 {"esc"},
	"list with a filter":   {"esc", "/", "boat", "enter"},
	"list with a mark":     {"esc", "space"},
	"filter and a mark":    {"esc", "space", "up", "/", "boat", "enter"},
	"prompt with a mark":   {"esc", "down", "space", "up", "up", "tab"},
	"settings with a mark": {"esc", "down", "space", "up", "up", "tab", "tab"},
	"gallery with a mark":  {"esc", "down", "space", "up", "up", "ctrl+g"},
	"full with a mark":     {"esc", "down", "space", "up", "up", "enter"},
	"filter":               {"esc", "/", "boat"},
	"chooser":              {"ctrl+x", "a"},
	"menu":                 {"ctrl+x"},
	"menu over the list":   {"esc", "ctrl+x"},
	"question":             {"ctrl+x", "X"},
	"full screen":          {"esc", "enter"},
	"gallery":              {"esc", "ctrl+g"},
	"gallery, from prompt": {"ctrl+g"},
	"full over gallery":    {"ctrl+g", "enter"},
	"comparison":           {"esc", "c"},
	"tree":                 {"esc", "ctrl+x", "r"},
	"help":                 {"f1"},
	"help over the list":   {"esc", "?"},
}

// namedActions are the actions whose keys sentences name.
var namedActions = []keymap.Action{
	keymap.ActCancel, keymap.ActCompare, keymap.ActCopyFile, keymap.ActDevelop, keymap.ActFollow, keymap.ActOpen, keymap.ActSetSeed, keymap.ActUndo, keymap.ActUse,
}

// TestNamedKeysWorkWhereTheyAreNamed types the keys that a sentence names for each action in each place, and sees the action happen. No
// text enters the prompt, and nothing is bought.
func TestNamedKeysWorkWhereTheyAreNamed(t *testing.T) {
	t.Parallel()
	for place, lead := range namedPlaces {
		for _, act := range namedActions {
			if place == "tree" && act == keymap.ActCompare {
				continue // the tree itself does it, with the parent
			}
			t.Run(place+"/"+string(act), func(t *testing.T) {
				inBubble(t, func(t *testing.T) { pressNamedKeys(t, act, lead, nil) })
			})
		}
	}
}

// TestBoundKeysAreNamed: the same with keys that the settings bind.
func TestBoundKeysAreNamed(t *testing.T) {
	t.Parallel()
	bound := map[string][]string{
		"reuse": {"w"}, "menu": {"ctrl+t"}, "back": {"ctrl+b"}, "cancel": {"z"}, "next-part": {"f2"}, "follow": {"alt+f"}, "open": {"ctrl+o"},
	}
	for _, place := range []string{"prompt", "settings", "list with a mark", "full screen"} {
		for _, act := range []keymap.Action{keymap.ActCancel, keymap.ActFollow, keymap.ActOpen, keymap.ActUse} {
			t.Run(place+"/"+string(act), func(t *testing.T) {
				inBubble(t, func(t *testing.T) { pressNamedKeys(t, act, namedPlaces[place], bound) })
			})
		}
	}
}

// pressNamedKeys goes to a place, presses the keys that are named for an action there, and checks that it ran.
func pressNamedKeys(t *testing.T, act keymap.Action, lead []string, bound map[string][]string) {
	s := newAppWithHistory(t, appOptions{smallPictures: true, keys: bound, w: 160, h: 50})
	key := s.develop("a boat [slow]")
	s.waitForState(key, history.Waiting)
	for _, name := range lead {
		s.wait(700 * time.Millisecond) // no typing, and no key that comes too early
		s.pressUsual(name)
	}
	s.wait(time.Second)
	var ran []keymap.Action
	for name, do := range s.m.actions {
		s.m.actions[name] = func(m *Model) tea.Cmd {
			ran = append(ran, name)
			if name == keymap.ActDevelop {
				return nil
			}
			return do(m)
		}
	}
	draft, cursor := s.m.prompt.Value(), s.m.list.Cursor()
	named := nameKeys(s.m, wording.Key(act))
	for _, name := range keysIn(named) {
		s.wait(700 * time.Millisecond)
		s.press(name)
	}
	if !slices.Contains(ran, act) && (act != keymap.ActCancel || !slices.Contains(ran, keymap.ActCancelAtOnce)) {
		t.Errorf("%q ran %v", named, ran)
	}
	if row, _ := s.m.list.Row(key); act == keymap.ActCancel && cursor == key && row.Live != nil && !row.Live.CancelRequested {
		t.Errorf("%q did not cancel", named)
	}
	if got := s.m.prompt.Value(); act != keymap.ActUse && got != draft {
		t.Errorf("%q made the prompt %q", named, got)
	}
	s.expectPurchases(1)
}

// pressUsual presses a key by its usual name where another is bound to its action, or types a word.
func (s *app) pressUsual(name string) {
	for act, keys := range s.m.options.Keys {
		usual := map[string]string{"menu": "ctrl+x", "back": "esc", "next-part": "tab", "open": "enter"}[act]
		takesAll := s.m.dialogs.TakesKeys() || s.m.list.IsEditingFilter()
		inSettings := act == "open" && s.m.place()&(keymap.OnRows|keymap.InCompare) == 0
		if name == usual && !takesAll && !inSettings {
			name = keys[0]
		}
	}
	if len(name) > 1 && name == "boat" {
		s.typeText(name)
		return
	}
	s.press(name)
}

// keysIn returns the keys that a sentence names: "esc, then x x" are esc, x and x.
func keysIn(named string) []string {
	names := strings.Fields(strings.ReplaceAll(strings.ReplaceAll(named, ", then ", " "), ", ", " "))
	for i, name := range names {
		for _, plain := range []string{"up", "down", "left", "right", "pgdown", "f1"} {
			if name == keymap.Label(plain) {
				names[i] = plain
			}
		}
	}
	return names
}

// TestCaptionsNameKeysThatWork: what the caption or the last row says about a job is done by typing the keys that it names, in the prompt
// and in the list.
func TestCaptionsNameKeysThatWork(t *testing.T) {
	t.Parallel()
	refused := demo.Fault{On: demo.Create, Status: 402, Body: `{"title":"Insufficient credit","detail":"You have insufficient credit."}`}
	for name, c := range map[string]struct {
		provider, prompt string
		fault            demo.Fault
		before           []string // pressed once the job is there
		inPrompt, inList string   // what is said of a key, without its own words
		says             string
		check            func(s *app, key string) bool
	}{
		"waits": {
			prompt: "A cat", fault: throttled, inPrompt: "ctrl+x x", inList: "x x", says: " cancels it.",
			check: func(s *app, key string) bool { return s.stateOf(key) == history.Stopped },
		},
		"refused": {
			prompt: "A cat", fault: refused, inPrompt: "esc, then r", inList: "r", says: " reuses it.", check: isReused,
		},
		"failed": {
			prompt: "A cat [fail]", inPrompt: "esc, then r, then enter", inList: "r, then enter", says: ".",
			check: func(s *app, _ string) bool { return s.server.Counts().Posts == 2 },
		},
		"unconfirmed": {
			provider: "cometapi", prompt: "A cat", fault: dropped, inPrompt: "esc, then enter", inList: "enter", says: ": decide what to do.",
			check: func(s *app, _ string) bool { return strings.Contains(s.screenText(), "Was this bought?") },
		},
		"left": {
			provider: "cometapi", prompt: "A cat [slow]", before: []string{"ctrl+x", "x"}, inPrompt: "esc, then f", inList: "f", says: " follows it again.",
			check: func(s *app, key string) bool { return s.stateOf(key) == history.Waiting },
		},
		"cancelled unsent": {
			prompt: "A cat", fault: throttled, before: []string{"ctrl+x", "x"}, inPrompt: "ctrl+x u", inList: "u", says: " undoes that.",
			check: func(s *app, key string) bool { return s.stateOf(key) == history.Creating },
		},
	} {
		for where, named := range map[string]string{"prompt": c.inPrompt, "list": c.inList} {
			t.Run(name+"/"+where, func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					s := newApp(t, appOptions{provider: c.provider, smallPictures: true, w: 160, h: 50})
					s.injectFaults(c.fault)
					key := s.develop(c.prompt)
					s.wait(4 * time.Second)
					s.press(c.before...)
					if len(c.before) > 0 {
						s.wait(time.Second)
					}
					if where == "list" {
						s.press("esc")
					}
					s.waitForSentence(named + c.says)
					s.wait(time.Second)
					s.press(keysIn(named)...)
					s.wait(100 * time.Millisecond)
					if !c.check(s, key) {
						t.Errorf("%q did nothing:\n%s", named, s.screenText())
					}
					if got := s.m.prompt.Value(); got != c.prompt {
						t.Errorf("the prompt became %q", got)
					}
				})
			})
		}
	}
}

// isReused reports whether the form has the focus after a prediction was loaded into it.
func isReused(s *app, _ string) bool {
	return len(s.m.undo) > 0 && s.m.screens.home.focus == focusPrompt && s.server.Counts().Posts == 1
}

// stateOf returns the state of a prediction.
func (s *app) stateOf(key string) history.State {
	row, _ := s.m.list.Row(key)
	return row.State
}

// waitForSentence waits until the caption or the last row has a sentence.
func (s *app) waitForSentence(sentence string) {
	s.t.Helper()
	for range 100 {
		if strings.Contains(s.captionText(), sentence) || strings.Contains(s.statusText(), sentence) {
			return
		}
		s.wait(50 * time.Millisecond)
	}
	s.expectSentence(sentence)
}

// TestNoMarkIsDrawn: no frame has a mark that was not replaced by keys.
func TestNoMarkIsDrawn(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.onUpdate = func() {
			if i := strings.IndexFunc(s.m.View().Content, func(r rune) bool { return r >= 0xe000 && r <= 0xf8ff }); i >= 0 {
				t.Errorf("a mark is drawn:\n%s", s.screenText())
			}
		}
		s.injectFaults(throttled)
		s.develop("a boat [fail]")
		for _, keys := range namedPlaces {
			for _, name := range keys {
				s.wait(700 * time.Millisecond)
				s.pressUsual(name)
			}
			s.goHome()
		}
		s.press("esc", "X", "y", "u", "1", "2", "3", "4", "f1")
	})
}

// TestNotesNameNoKeyForAnotherRun: a note says what to do with its run only while that is the selected one, since the keys would be for
// another.
func TestNotesNameNoKeyForAnotherRun(t *testing.T) {
	t.Run("found out at the start", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newAppWithHistory(t, appOptions{w: 160, h: 50}, sampleHistory()...)
			s.expectSentence("Replicate does not list it. It is kept as unconfirmed.")
			s.expectNoText("decide what to do")
		})
	})
	t.Run("the selection moves", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newAppWithHistory(t, appOptions{provider: "cometapi", smallPictures: true, w: 160, h: 50})
			s.waitForState(s.develop("A cat [slow]"), history.Waiting)
			s.press("ctrl+x", "x")
			s.waitForSentence("esc, then f follows it again.")
			s.press("pgdown")
			s.expectNoText("follows it again")
		})
	})
}

// TestTooLateToUndo: an undo of a cancel that comes too late names the key that reuses the run only if that is the selected one.
func TestTooLateToUndo(t *testing.T) {
	for move, want := range map[string]string{"": "Too late to undo that cancel; r reuses it.", "down": "Too late to undo that cancel."} {
		t.Run(move, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{smallPictures: true, w: 160, h: 50})
				s.injectFaults(throttled)
				s.develop("A cat")
				s.wait(time.Second)
				s.press("ctrl+x", "x")
				s.wait(15 * time.Second)
				s.press("esc")
				if move != "" {
					s.press(move)
				}
				s.wait(time.Second)
				s.press("u")
				s.waitForSentence(want)
			})
		})
	}
}
