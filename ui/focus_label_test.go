package ui

import (
	"strings"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/cell"
)

// TestFocusedLabelIsRaised: the label of the part that has the keys, and no other, is marked and on the background of dialogs over the
// entire width of the sidebar.
func TestFocusedLabelIsRaised(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		for _, size := range [][2]int{{160, 50}, {120, 40}, {80, 24}, {60, 40}} {
			s.resize(size[0], size[1])
			for range 3 {
				s.press("tab")
				s.wait(time.Second)
				l := s.m.layout
				labels := map[focus]cell.Rect{focusPrompt: l.PromptLabel, focusSettings: l.SettingsLabel, focusList: l.ListLabel}
				for part, r := range labels {
					if part == focusList && l.Settings.Bottom() > r.Y && s.m.screens.home.focus == focusSettings {
						continue // the open settings cover it
					}
					bar := cell.Rect{X: 0, Y: r.Y, W: r.W + 2, H: 1}
					focused := part == s.m.screens.home.focus
					if raised := s.raisedCells(r.Y, bar); focused && raised != bar.W || !focused && raised > 0 {
						t.Errorf("%v: with the focus on %d, %d cells of the label of %d are raised:\n%s", size, s.m.screens.home.focus, raised, part, s.screenText())
					}
					if marked := strings.HasPrefix(s.lines()[r.Y], "▸"); marked != focused {
						t.Errorf("%v: with the focus on %d, the label of %d is marked: %t", size, s.m.screens.home.focus, part, marked)
					}
				}
			}
		}
	})
}

// TestFilterIsNotKept: a filter is gone at the next start, whether it means something or not, and so is the note about it. A view is kept,
// and named in the label.
func TestFilterIsNotKept(t *testing.T) {
	t.Parallel()
	for _, words := range []string{"boat", "cost>x foo:1"} {
		t.Run(words, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{smallPictures: true})
				s.press("ctrl+f")
				s.typeText(words)
				s.press("enter")
				s.wait(5 * time.Second)
				again := newApp(t, appOptions{dir: s.copyFolder(), server: s.server})
				again.expectText("Pictures", "1 of 7")
				again.expectNoText("Filter", "Without it")
				again.press("esc", "3")
				again.wait(5 * time.Second)
				third := newApp(t, appOptions{dir: again.copyFolder(), server: s.server})
				third.expectText("Starred", "1 of 1")
			})
		})
	}
}

// TestFilterShowsExamples: while nothing is typed into the filter, the last row says what one can type.
func TestFilterShowsExamples(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.wait(2 * noteDuration)
		for _, open := range []string{"ctrl+f", "ctrl+g /"} {
			s.press(strings.Fields(open)...)
			s.expectText("For example: fox  -dog  model:dev  is:starred  cost>0.01")
			s.typeText("f")
			s.expectNoText("For example")
			s.press("esc")
		}
	})
}

// TestPositionsAreShown: the label of the list, the gallery's header and a list to choose from say where the cursor is.
func TestPositionsAreShown(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true}, manyPredictions(40)...)
		s.press("esc", "down", "down")
		s.expectText("▸Pictures                              3 of 40")
		s.press("ctrl+g")
		s.expectText("Gallery   3 of 40")
		s.press("right")
		s.expectText("Gallery   4 of 40")
		s.press("esc", "esc")
		s.pressSlowly([]string{"ctrl+x", "m", "down"})
		s.expectText("Model", "2 of ")
		s.press("esc")
		s.pressSlowly([]string{"f1", "down", "down"})
		s.expectText("3 of ")
	})
}

// TestSelectedThumbnailHasAFrame: with every protocol the selected thumbnail, and no other, has a frame around it that no picture covers.
func TestSelectedThumbnailHasAFrame(t *testing.T) {
	t.Parallel()
	for _, graphics := range []string{"cells", "kitty", "sixel", "iterm2"} {
		t.Run(graphics, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{w: 80, h: 24, appearance: Appearance{Graphics: graphics}}, sampleAlbum()...)
				s.m.options.Layer = &fakeLayer{slots: map[int]string{}, sent: map[string]int{}}
				s.press("ctrl+g")
				for range 4 {
					s.press("right")
					s.wait(5 * time.Second)
					thumbs := s.m.screens.gallery.Pictures().Thumbs
					for _, thumb := range thumbs {
						c := thumb.Cell
						corners := s.textIn(cell.Rect{X: c.X - 1, Y: c.Y - 1, W: c.W + 2, H: 1})
						want := thumb.Key == s.m.list.Cursor()
						if framed := strings.Contains(corners, "┏"+strings.Repeat("━", c.W)+"┓"); framed != want {
							t.Fatalf("%s is framed: %t, want %t:\n%s", thumb.Key, framed, want, s.screenText())
						}
					}
					for _, p := range s.m.preview.InSight(thumbs) {
						for _, thumb := range thumbs {
							if !p.At.Empty() && p.Tile.At.Within(thumb.Cell) && !p.At.Within(thumb.Cell) {
								t.Fatalf("a picture at %+v leaves its thumbnail %+v", p.At, thumb.Cell)
							}
						}
					}
				}
			})
		})
	}
}

// TestExactRepeatSaysAgain: a row that differs in nothing from the one below says so in words, in the list and in the gallery.
func TestExactRepeatSaysAgain(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		boat := pastPrediction{age: 3 * time.Minute, prompt: "A boat", seed: 7, cost: 0.003, state: history.Done}
		again := boat
		again.age = time.Minute
		s := newAppWithHistory(t, appOptions{}, boat, again)
		s.expectText("″ again", "1 min", "3 min")
		s.press("ctrl+g")
		s.expectText("✓ again")
	})
}

// TestFocusedRuleReachesTheEnd: without a background the rule of the focused label goes up to the text at its right, or to the end.
func TestFocusedRuleReachesTheEnd(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{env: map[string]string{"NO_COLOR": "1"}})
		s.press("esc")
		line := s.lines()[s.m.layout.ListLabel.Y]
		if !strings.Contains(line, "▸Pictures ──") || !strings.Contains(line, "── │") {
			t.Errorf("the label is %q", line)
		}
	})
}
