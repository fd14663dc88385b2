package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/keymap"
)

// hintState is a state of the program in which hints are shown.
type hintState struct {
	name    string
	past    []pastPrediction
	arrange func(s *app)
}

// hintStates are states that differ in what can be done.
func hintStates() []hintState {
	done := pastPrediction{age: time.Minute, prompt: uitest.Dusk, predictTime: 1, seed: 3}
	older := pastPrediction{age: time.Hour, prompt: uitest.Sunrise, predictTime: 1, seed: 4, star: true}
	unfollowed := func(e *history.Entry) { e.CancelReason, e.Status = "not_followed", "" }
	filter := func(words string) func(s *app) {
		return func(s *app) {
			s.press("ctrl+f")
			s.typeText(words)
			s.wait(time.Second)
			s.press("enter", "tab")
		}
	}
	return []hintState{
		{name: "empty"},
		{name: "empty with a prompt", arrange: func(s *app) { s.typeText("a fox") }},
		{name: "one done", past: []pastPrediction{done}},
		{name: "two done", past: []pastPrediction{older, done}},
		{name: "running", past: []pastPrediction{older, done}, arrange: func(s *app) {
			s.waitForState(s.develop("under way [slow]"), history.Waiting)
		}},
		{name: "failed", past: []pastPrediction{older, {age: time.Minute, prompt: "went wrong", state: history.Failed, change: withFlaggedError}}},
		{name: "unconfirmed", past: []pastPrediction{older, {age: time.Minute, prompt: "maybe bought", state: history.Unconfirmed, change: withoutAnswer}}},
		{name: "not followed", past: []pastPrediction{older, {age: time.Minute, prompt: "left", state: history.Stopped, change: unfollowed}}},
		{name: "filtered", past: []pastPrediction{older, done}, arrange: filter("boat")},
		{name: "nothing found", past: []pastPrediction{older, done}, arrange: filter("zeppelin")},
		{name: "nothing running", past: []pastPrediction{older, done}, arrange: func(s *app) { s.press("esc", "2"); s.wait(time.Second); s.press("tab") }},
		{name: "marked", past: []pastPrediction{older, done}, arrange: func(s *app) { s.press("esc", "space", "space", "tab") }},
	}
}

// hintPlaces are the places that have hints, and the keys that lead there from the prompt.
var hintPlaces = []pathToPlace{
	{"prompt", nil},
	{"settings", []string{"shift+tab", "shift+tab"}},
	{"more", []string{"shift+tab", "shift+tab", "up", "up", "up", "up", "up", "up", "up", "up", "down", "down", "down", "down", "down", "down", "enter"}},
	{"list", []string{"shift+tab"}},
	{"full", []string{"shift+tab", "enter"}},
	{"gallery", []string{"ctrl+g"}},
	{"compare", []string{"shift+tab", "c"}},
}

// TestEveryHintDoesSomething: in each place and state, each hint that is shown does something when its keys are pressed.
func TestEveryHintDoesSomething(t *testing.T) {
	t.Parallel()
	for _, state := range hintStates() {
		t.Run(state.name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				for _, at := range hintPlaces {
					s := newAppInState(t, state, at)
					hints := s.hints()
					for _, hint := range hints {
						s.expectEffect(at.name, hint)
						if !s.quit {
							s.goHome()
							s.press(at.keys...)
						}
						if s.quit || !slices.Equal(s.hints(), hints) { // the state is another one now
							s.close()
							s = newAppInState(t, state, at)
						}
					}
					s.close()
				}
			})
		})
	}
}

// newAppInState starts a program in a state, and goes to a place.
func newAppInState(t *testing.T, state hintState, at pathToPlace) *app {
	t.Helper()
	o := appOptions{smallPictures: true, w: 120, h: 30}
	var s *app
	if state.past == nil {
		s = newApp(t, o)
	} else {
		s = newAppWithHistory(t, o, state.past...)
	}
	s.wait(time.Second)
	if state.arrange != nil {
		state.arrange(s)
		s.wait(time.Second)
	}
	s.press(at.keys...)
	s.wait(100 * time.Millisecond)
	return s
}

// hints returns the keys and words of the hints of the present place; none while a dialog is open or the filter is edited.
func (s *app) hints() [][2]string {
	if s.m.dialogs.IsModal() || s.m.list.IsEditingFilter() {
		return nil
	}
	var hints [][2]string
	for _, h := range hintsOf(s.m, s.m.place()) {
		hints = append(hints, [2]string{h.Keys, h.Word})
	}
	return hints
}

// nothingNotes are parts of the notes of keys that did nothing.
var nothingNotes = []string{"Nothing", "No earlier", "isn't running", "takes no", "not known", "There is no", "Press esc to type"}

// expectEffect presses the keys of a hint, and fails the test if they do nothing.
func (s *app) expectEffect(place string, hint [2]string) {
	s.t.Helper()
	before, copied, posts, undo := s.screenText(), len(s.copied), s.server.Counts().Posts, len(s.m.undo)
	notes := len(s.m.dialogs.Notes())
	for name := range strings.FieldsSeq(hint[0]) {
		s.press(keyNamed(name))
		if s.screenText() != before {
			break // "← →": one of the two is enough
		}
	}
	s.wait(200 * time.Millisecond)
	changed := s.screenText() != before || len(s.copied) != copied || s.server.Counts().Posts != posts || len(s.m.undo) != undo || s.quit
	note := ""
	for _, said := range s.m.dialogs.Notes()[notes:] {
		if slices.ContainsFunc(nothingNotes, func(part string) bool { return strings.Contains(said.Text, part) }) {
			note = said.Text
		}
	}
	if !changed || note != "" {
		s.t.Errorf("in the %s, %s (%s) does nothing; it says %q:\n%s", place, hint[0], hint[1], note, before)
	}
}

// keyNamed returns the name of a key that is shown as label.
func keyNamed(label string) string {
	for _, name := range []string{"up", "down", "left", "right", "pgdown", "f1"} {
		if keymap.Label(name) == label {
			return name
		}
	}
	return label
}

// TestHintsByState: the last row offers what can be done with what is under the cursor, and nothing else.
func TestHintsByState(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		state, place string
		first        string // the first hints
		without      string // words that no hint has
	}{
		{"empty", "prompt", "F1 help ctrl+c quit", "list browse history develop"},
		{"empty with a prompt", "prompt", "enter develop F1 help ctrl+c quit", "list browse history"},
		{"two done", "prompt", "F1 help esc list ctrl+c quit", "cancel"},
		{"running", "prompt", "enter develop ctrl+x x cancel F1 help", "unmark"},
		{"running", "list", "x x cancel enter open r reuse", "decide follow"},
		{"running", "gallery", "enter open x x cancel r reuse", "decide"},
		{"running", "full", "x x cancel r reuse", "decide"},
		{"failed", "list", "enter open r reuse", "cancel decide"},
		{"failed", "full", "r reuse", "cancel larger"},
		{"unconfirmed", "list", "enter decide r reuse", "open cancel"},
		{"not followed", "list", "enter open f follow r reuse", "cancel decide"},
		{"filtered", "list", "enter open r reuse esc show all", "unmark cancel"},
		{"nothing found", "list", "esc show all / filter", "open reuse star copy mark"},
		{"nothing running", "list", "esc show all", "open reuse star copy mark cancel"},
		{"marked", "list", "c compare * star enter open r reuse esc unmark", "cancel"},
		{"empty", "list", "esc prompt ? help", "filter open"},
	} {
		t.Run(c.state+" in the "+c.place, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				state := hintStates()[slices.IndexFunc(hintStates(), func(h hintState) bool { return h.name == c.state })]
				at := hintPlaces[slices.IndexFunc(hintPlaces, func(p pathToPlace) bool { return p.name == c.place })]
				s := newAppInState(t, state, at)
				s.resize(200, 50)
				s.wait(2 * noteDuration)
				shown := s.statusText()
				if !strings.Contains(shown, c.first) || c.place != "full" && !strings.HasPrefix(shown, c.first) {
					t.Errorf("the hints are %q, want first %q:\n%s", shown, c.first, s.screenText())
				}
				for word := range strings.FieldsSeq(c.without) {
					if strings.Contains(shown, word) {
						t.Errorf("the hints offer %q: %q", word, shown)
					}
				}
			})
		})
	}
}

// TestHintsOnNarrowScreens: the most important hints stay on a narrow screen, and all that are shown are whole.
func TestHintsOnNarrowScreens(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w, h         int
		state, place string
		want         string
	}{
		{80, 24, "running", "prompt", "enter develop ctrl+x x cancel F1 help esc list ctrl+x more"},
		{40, 12, "running", "prompt", "enter develop ctrl+x more"},
		{80, 24, "running", "list", "x x cancel enter open r reuse c compare s seed y copy ? help"},
		{40, 12, "running", "list", "x x cancel enter open ? help"},
	} {
		t.Run(fmt.Sprintf("%s %dx%d", c.place, c.w, c.h), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				state := hintStates()[slices.IndexFunc(hintStates(), func(h hintState) bool { return h.name == c.state })]
				at := hintPlaces[slices.IndexFunc(hintPlaces, func(p pathToPlace) bool { return p.name == c.place })]
				s := newAppInState(t, state, at)
				s.resize(c.w, c.h)
				s.wait(2 * noteDuration)
				if got := s.statusText(); got != c.want {
					t.Errorf("%q, want %q", got, c.want)
				}
			})
		})
	}
}
