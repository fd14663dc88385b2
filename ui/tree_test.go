package ui

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTreeGoldens compares trees with their golden files: folded, unfolded, and of one that came from none.
func TestTreeGoldens(t *testing.T) {
	sizes := append(slices.Clone(fourSizes), terminalSize{60, 40})
	compareGoldens(t, []scene{
		{"tree", sizes, func(t *testing.T, w, h int) *app { return openTreeOf(t, w, h, 4) }},
		{"tree-open", sizes, func(t *testing.T, w, h int) *app {
			s := openTreeOf(t, w, h, 4)
			s.press("down", "+", "g", "+", "down", "+", "G")
			s.wait(5 * time.Second)
			return s
		}},
		{"tree-alone", sizes, func(t *testing.T, w, h int) *app {
			s := newAppWithHistory(t, appOptions{w: w, h: h})
			s.press("esc", "ctrl+x", "r")
			s.wait(5 * time.Second)
			return s
		}},
	})
}

// TestTreeWalks: the path is straight, side branches are folded with a count, and keys walk, unfold and fold.
func TestTreeWalks(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTreeOf(t, 140, 40, 4)
		s.expectRows(`
 ✓ A paper boat on calm water at sunrise.                                3 folded
 ✓ sunrise → dusk                                                        1 folded
 ✓ flux-schnell → flux-dev · + guidance 2.5                              1 folded
▌✓ + in fog
 ├─✓ guidance 2.5 → 3                                                    1 folded
 └─✓ + a lighthouse far away · + its light on the waves
`)
		keys := s.m.list.Keys().All()
		for _, step := range []struct {
			key      string
			selected int // the number of the prediction
			rows     int
		}{
			{"-", 7, 4},
			{"right", 7, 6},
			{"right", 8, 6},
			{"right", 8, 7},
			{"right", 10, 7},
			{"right", 10, 7},
			{"left", 8, 7},
			{"left", 8, 6},
			{"left", 7, 6},
			{"left", 7, 4},
			{"left", 5, 4},
			{"=", 5, 5},
			{"down", 6, 5},
			{"-", 5, 4},
			{"g", 0, 4},
			{"+", 0, 6},
			{"j", 2, 6},
			{"+", 2, 7},
			{"l", 4, 7},
			{"-", 2, 6},
			{"-", 0, 4},
			{"G", 7, 4},
			{"k", 5, 4},
			{"pgup", 0, 4},
			{"pgdown", 7, 4},
		} {
			s.press(step.key)
			s.wait(time.Second)
			if got, want := s.m.list.Cursor(), keys[len(keys)-1-step.selected]; got != want || strings.Count(s.treeRows(), "\n") != step.rows {
				t.Fatalf("after %s %s is selected, want %s, and %d rows:\n%s", step.key, got, want, step.rows, s.treeRows())
			}
		}
		s.press("g", "-")
		s.expectSentence("There is no branch to fold here.")
		s.wait(6 * time.Second)
		s.press("+", "+")
		s.expectSentence("There is nothing folded here.")
	})
}

// TestTreeFlicksAndCompares: b shows the parent's picture in the same cells and then its own again, c compares with the parent, enter opens in
// full, and r reuses. A root has no parent.
func TestTreeFlicksAndCompares(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTreeOf(t, 120, 40, 4)
		keys := s.m.list.Keys().All()
		own, parent := keys[4], keys[6]
		shown := func() string { return s.m.screens.Top().Pictures().Thumbs[0].Key }
		for i, want := range []string{own, parent, own, parent} {
			if got := shown(); got != want {
				t.Fatalf("after %d keys b the picture is of %s, want %s", i, got, want)
			}
			if _, missing := s.m.screens.tree.NextPicture(); missing {
				t.Errorf("after %d keys b a picture is still to be made", i)
			}
			s.press("b") // at once: the picture was made ready
		}
		s.press("b")
		s.expectText("its parent")
		s.press("esc")
		s.expectNoText("its parent")
		s.press("c")
		s.wait(time.Second)
		if got := s.m.screens.compare.Missing(); s.m.screens.Top() != s.m.screens.compare || !slices.Equal(got, []string{parent, own}) {
			t.Fatalf("compared are %v, want %s and %s:\n%s", got, parent, own, s.screenText())
		}
		s.press("left", "esc")
		if s.m.screens.Top() != s.m.screens.tree || s.m.list.Cursor() != own {
			t.Fatalf("esc leads to %T with %s", s.m.screens.Top(), s.m.list.Cursor())
		}
		s.press("enter")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.full || s.m.preview.Shown().Key != own {
			t.Fatalf("enter opens %T with %s", s.m.screens.Top(), s.m.preview.Shown().Key)
		}
		s.press("esc", "g", "c")
		s.expectSentence("This run came from no other one.")
		s.wait(6 * time.Second)
		s.press("b")
		s.expectSentence("This run came from no other one.")
		s.press("r")
		if got := s.m.prompt.Value(); got != boat || !s.m.screens.IsHome() || s.m.used.key != keys[11] {
			t.Errorf("r put %q into the form, from %s", got, s.m.used.key)
		}
	})
}

// TestTreeOnNarrowScreen: without room for a picture, b shows the run's own in the room of the rows, then its parent's, and esc the rows.
func TestTreeOnNarrowScreen(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTreeOf(t, 40, 12, 4)
		keys := s.m.list.Keys().All()
		if n := len(s.m.screens.Top().Pictures().Thumbs); n != 0 {
			t.Fatalf("%d pictures are beside the rows", n)
		}
		for _, want := range []string{keys[4], keys[6], keys[4]} {
			s.press("b")
			s.wait(time.Second)
			if got := s.m.screens.Top().Pictures().Thumbs; len(got) != 1 || got[0].Key != want {
				t.Fatalf("b shows %v, want %s", got, want)
			}
			s.expectNoText("+3")
		}
		s.press("esc")
		s.expectText("+3")
		if s.m.screens.Top() != s.m.screens.tree {
			t.Errorf("esc leads to %T", s.m.screens.Top())
		}
	})
}

// TestTreeMouse: a click selects a row, a click on the number unfolds, another click opens the picture, and the wheel moves.
func TestTreeMouse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTreeOf(t, 120, 40, 4)
		keys := s.m.list.Keys().All()
		s.clickText("sunrise → dusk")
		if s.m.list.Cursor() != keys[10] {
			t.Fatalf("a click selects %s", s.m.list.Cursor())
		}
		s.wait(time.Second)
		s.click(64, 3) // 1 folded
		s.expectText("from picture 1")
		s.wait(time.Second)
		s.click(5, 3)
		if s.m.screens.Top() != s.m.screens.full {
			t.Errorf("another click leads to %T", s.m.screens.Top())
		}
	})
}

// TestTreeOfTheRowUnderTheCursor: ctrl+x r in a tree makes the path straight that leads to the row under the cursor.
func TestTreeOfTheRowUnderTheCursor(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTreeOf(t, 140, 40, 4)
		s.press("down", "+", "down")
		s.wait(time.Second)
		s.press("ctrl+x", "r")
		s.wait(time.Second)
		s.expectRows(`
 ✓ A paper boat on calm water at sunrise.                                3 folded
 ✓ sunrise → dusk                                                        1 folded
 ✓ flux-schnell → flux-dev · + guidance 2.5                              1 folded
 ✓ + in fog                                                              1 folded
 ✓ guidance 2.5 → 3
▌✗ guidance 3 → 3.5
`)
		s.press("esc")
		if !s.m.screens.IsHome() {
			t.Errorf("esc leads to %T", s.m.screens.Top())
		}
	})
}

// TestTreeHintsDoSomething: each hint that is shown for a row does something.
func TestTreeHintsDoSomething(t *testing.T) {
	for name, keys := range map[string][]string{"the path": nil, "the root": {"g"}, "a branch": {"down"}, "a leaf": {"G"}, "an open one": {"g", "+"}} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				open := func() *app {
					s := openTreeOf(t, 160, 50, 4)
					s.press(keys...)
					s.wait(time.Second)
					return s
				}
				s := open()
				hints := s.hints()
				s.close()
				if len(hints) < 4 {
					t.Fatalf("the hints are %v", hints)
				}
				for _, hint := range hints {
					s := open()
					s.expectEffect("tree", hint)
					s.close()
				}
			})
		})
	}
}

// TestTreeInASCII: without Unicode the tree has none of its own.
func TestTreeInASCII(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		o := plainTerminals["ascii"]
		o.w, o.h = 120, 40
		family, parents := boatFamily()
		s := writeFamily(t, o, family, parents)
		s.press("esc")
		s.wait(time.Second)
		s.press("down", "down", "down", "down", "ctrl+x", "r")
		s.wait(time.Second)
		s.press("g", "+", "down", "+")
		s.wait(time.Second)
		for y, line := range s.lines() {
			if i := strings.IndexFunc(line, func(r rune) bool { return r >= 0x80 }); i >= 0 {
				t.Errorf("row %d is not ASCII: %q", y, line)
			}
		}
		s.expectText("|-o + in ink", "| `-o boat -> ship")
	})
}
