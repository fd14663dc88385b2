package ui

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/keymap"
)

// hostileText is what a prompt may have: sequences of a terminal, marks that turn the direction of text, letters without a width, signs that
// mean something elsewhere, and a word that is longer than any screen.
var hostileText = "=cmd|' /C calc'!A0 \x1b]52;c;T1dORUQ=\a\x1b[2J\u009b31m \u202eleft to right\u2066 zero\u200b\u200dwidth \U000e0041 漢字漢字 " +
	"👩‍👩‍👧 e\u0301\u0301\u0301 नमस्ते, {a|b} __c__ \"q\" \\ " + strings.Repeat("w", 300) + ", \t\r\n\x00end"

// hostileFamily returns predictions with such prompts: some are made from others, and one has a picture that is a file of another kind.
func hostileFamily() (family []pastPrediction, parents []int) {
	for i := range 7 {
		p := pastPrediction{prompt: fmt.Sprintf("%d %s", i, hostileText), predictTime: 1.2, cost: 0.003, seed: int64(7 + i), outputs: 1 + i%2}
		switch i {
		case 1:
			p.model = "owner\x1b]0;x\a/\u202e" + strings.Repeat("m", 90)
		case 2:
			p.w, p.h = 20000, 8
		case 3:
			p.w, p.h = 8, 8
		case 4:
			p.state, p.change = history.Failed, withFlaggedError
		}
		family, parents = append(family, p), append(parents, i/2-1)
	}
	return family, parents
}

// A walk presses random keys on a screen.
type walk struct {
	name string
	set  func(*testing.T, int, int) *app // starts a program
	open []string                        // opens the screen from the list
}

// openBisectKeys bisect between the oldest prediction and the newest.
var openBisectKeys = []string{"end", "space", "home", "space", "ctrl+x", "B"}

func screenWalks() []walk {
	hostile := func(t *testing.T, w, h int) *app {
		family, parents := hostileFamily()
		s := writeFamily(t, appOptions{w: w, h: h}, family, parents)
		s.damagePictures()
		return s
	}
	return []walk{
		{"duel", newAppWithPictures, []string{"v"}},
		{"ranking", newAppWithPictures, []string{"v", "left", "esc"}},
		{"impact", openImpact, []string{"ctrl+x", "k"}},
		{"bisect", openBisect, openBisectKeys},
		{"judging", openJudging, openBisectKeys},
		{"tree", func(t *testing.T, w, h int) *app { return openTreeOf(t, w, h, 2) }, []string{"ctrl+x", "r"}},
		{"sheet", openTable, []string{"ctrl+x", "p"}},
		{"hostile duel", hostile, []string{"v"}},
		{"hostile ranking", hostile, []string{"v", "left", "esc"}},
		{"hostile tree", hostile, []string{"ctrl+x", "r"}},
		{"hostile impact", hostile, []string{"ctrl+x", "k"}},
		{"hostile bisect", hostile, openBisectKeys},
	}
}

// damagePictures cuts a picture, replaces one by text, and removes one.
func (s *app) damagePictures() {
	s.t.Helper()
	files, err := filepath.Glob(filepath.Join(s.dir, "pictures", "past-*"))
	if err != nil || len(files) < 4 {
		s.t.Fatalf("%d pictures: %v", len(files), err)
	}
	for i, damage := range []func(string) error{
		func(path string) error { return os.Truncate(path, 40) },
		func(path string) error { return os.WriteFile(path, []byte("<svg/>"), 0o600) },
		os.Remove,
	} {
		if err := damage(files[i]); err != nil {
			s.t.Fatal(err)
		}
	}
}

// walkKeys are pressed on each screen. None of them agrees to a price, as y does, and enter is not pressed in the form.
var walkKeys = strings.Fields("up up down down left left right right enter tab tab b b i u space space + + - shift+left shift+up pgup pgdown home end g s v w esc " +
	"esc * r c q [ ] n x h j k l ? f1 / ctrl+x ctrl+x k B r p d E F O # N C t backspace 1 2 I ctrl+g shift+tab")

var walkSizes = [][2]int{{1, 1}, {0, 0}, {1, 200}, {200, 1}, {20, 5}, {29, 7}, {40, 12}, {71, 20}, {72, 20}, {80, 24}, {120, 40}, {160, 50}, {300, 100}}

// TestScreensWalk presses random keys on the screens of plans and of judging, clicks, and resizes the terminal in the middle of it: nothing
// panics, no line is wider than the screen, nothing foreign is drawn, and nothing is bought, since y is not pressed.
func TestScreensWalk(t *testing.T) {
	t.Parallel()
	seeds, steps := 1, 250
	if longTests() {
		seeds, steps = 4, 1000
	}
	for n, w := range screenWalks() {
		for seed := range seeds {
			t.Run(fmt.Sprint(w.name, seed), func(t *testing.T) {
				inBubble(t, func(t *testing.T) {
					s := w.set(t, 120, 40)
					s.walkOn(w, rand.New(rand.NewPCG(uint64(seed), uint64(n))), steps)
				})
			})
		}
	}
}

// walkOn takes steps on a screen, and opens it again where they lead away from it.
func (s *app) walkOn(w walk, random *rand.Rand, steps int) {
	s.t.Helper()
	bought, mine := s.purchases(), 0
	var walked []string
	for range steps {
		if s.m.screens.IsHome() && !s.m.dialogs.TakesKeys() {
			s = s.openAgain(w.open)
			walked = append(walked, "open")
		}
		if !s.m.screens.IsHome() {
			mine++
		}
		walked = append(walked, s.walkStep(random))
		if s.quit {
			s.t.Fatalf("the program has ended after %s", tail(walked))
		}
		if frame := s.m.View().Content; frame != "" { // it has no size yet, or none at all
			s.expectFits(tail(walked))
			expectNothingForeign(s.t, frame, tail(walked))
		}
		if n := s.purchases(); n != bought {
			s.t.Fatalf("%d purchases, want %d, after %s:\n%s", n, bought, tail(walked), s.screenText())
		}
		if s.t.Failed() {
			s.t.Fatalf("%s:\n%s", tail(walked), s.screenText())
		}
	}
	if mine < steps/3 {
		s.t.Errorf("only %d of %d steps were on a screen", mine, steps)
	}
}

// openAgain opens the screen of a walk; if the marks and the filter of the walk keep it closed, in a new program.
func (s *app) openAgain(keys []string) *app {
	open := func(s *app) {
		s.onLargeScreen(func() { s.goHome(); s.press("esc"); s.pressSlowly(keys) })
	}
	if open(s); s.m.screens.IsHome() {
		s.close()
		s = newApp(s.t, appOptions{dir: s.dir, server: s.server})
		open(s)
	}
	return s
}

// tail returns the last steps of a walk.
func tail(walked []string) string { return strings.Join(walked[max(0, len(walked)-25):], ", ") }

// walkStep takes one step, and says which. Afterwards, time passes, or not.
func (s *app) walkStep(random *rand.Rand) (step string) {
	x, y := random.IntN(max(s.m.terminal.W, 1)), random.IntN(max(s.m.terminal.H-1, 1))
	switch random.IntN(12) {
	case 0:
		size := walkSizes[random.IntN(len(walkSizes))]
		step = fmt.Sprintf("%d×%d", size[0], size[1])
		s.send(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
	case 1:
		w, h := random.IntN(200), random.IntN(60)
		step = fmt.Sprintf("%d×%d", w, h)
		s.send(tea.WindowSizeMsg{Width: w, Height: h})
	case 2:
		step = fmt.Sprintf("click %d,%d", x, y)
		s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	case 3:
		step = fmt.Sprintf("wheel %d,%d", x, y)
		s.send(tea.MouseWheelMsg{X: x, Y: y, Button: tea.MouseWheelDown})
	default:
		step = walkKeys[random.IntN(len(walkKeys))]
		if step == "enter" && s.m.place()&(keymap.InPrompt|keymap.InSettings|keymap.InParameters) != 0 || step == "q" && s.m.screens.IsHome() {
			step = "esc"
		}
		s.sendKey(step)
	}
	switch random.IntN(4) {
	case 0: // the next step comes before any message
	case 1:
		s.settle()
	default:
		s.wait(time.Duration(random.IntN(1500)) * time.Millisecond)
	}
	return step
}

// expectNothingForeign fails the test if a frame has a control character or a mark that turns text, beside its styles.
func expectNothingForeign(t *testing.T, frame, after string) {
	t.Helper()
	for _, r := range frame {
		if r < ' ' && r != '\n' && r != '\x1b' || r >= 0x7f && r < 0xa0 || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r >= 0xe0000 && r <= 0xe007f {
			t.Fatalf("%U is drawn after %s", r, after)
		}
	}
	if strings.Contains(frame, "\x1b]") {
		t.Fatalf("a foreign sequence is drawn after %s", after)
	}
}
