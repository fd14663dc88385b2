package ui

import (
	"fmt"
	"image/color"
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/internal/uitest"
)

// colourAt returns the mean of a cell's two colours.
func (s *app) colourAt(x, y int) color.RGBA {
	cell := s.screenBuffer().CellAt(x, y)
	var sum [3]uint32
	n := uint32(0)
	for _, c := range []color.Color{cell.Style.Fg, cell.Style.Bg} {
		if c != nil && (cell.Content != " " || c == cell.Style.Bg) {
			r, g, b, _ := c.RGBA()
			sum[0], sum[1], sum[2], n = sum[0]+r>>8, sum[1]+g>>8, sum[2]+b>>8, n+1
		}
	}
	n = max(n, 1)
	return color.RGBA{uint8(sum[0] / n), uint8(sum[1] / n), uint8(sum[2] / n), 255}
}

// openLargePicture opens the second of three pictures of 1600×1600 on the full screen. They get redder to the right and greener
// downwards.
func openLargePicture(t *testing.T) *app {
	t.Helper()
	dir := t.TempDir()
	var predictions []pastPrediction
	for i := range 3 {
		predictions = append(predictions, pastPrediction{age: time.Duration(3-i) * time.Hour, prompt: uitest.Dusk, seed: int64(i), w: 1600, h: 1600})
	}
	writeHistory(t, dir, predictions...)
	for i := range 3 {
		paintGradient(t, fmt.Sprintf("%s/pictures/past-%d-0.png", dir, i), i)
	}
	s := newApp(t, appOptions{dir: dir})
	s.press("esc", "down", "enter")
	s.wait(5 * time.Second)
	return s
}

// TestZoomAndPan: + shows the picture pixel by pixel, shift and an arrow pan up to its edges, and - shows all of it again. Size and place are
// kept when the selection moves, until the full screen is closed.
func TestZoomAndPan(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openLargePicture(t)
		s.expectText("+ larger")
		// A cell counts as 10×20 pixels: of 1600 pixels, 120 columns show 1200 and 39 rows 780.
		red := func(x int) uint8 { return uint8(40 + 160*x/1600) }
		green := func(y int) uint8 { return uint8(40 + 160*y/1600) }
		sees := func(where string, left, top int) {
			t.Helper()
			for _, c := range [][2]int{{0, 0}, {119, 0}, {0, 38}, {119, 38}} {
				got := s.colourAt(c[0], c[1])
				want := color.RGBA{red(left + 10*c[0]), green(top + 20*c[1]), got.B, 255}
				if colourDistance(got, want) > 4 {
					t.Errorf("%s: cell %v is %v, want %v", where, c, got, want)
				}
			}
		}
		press := func(key string, times int) {
			for range times {
				s.sendKey(key)
				s.wait(700 * time.Millisecond) // else letters would count as typing
			}
		}
		press("+", 1)
		s.expectText("100 %", "+  -  shift+←↑↓→")
		sees("the middle", 200, 410)
		press("shift+right", 1)
		sees("further right", 350, 410)
		press("L", 10)
		sees("at the right edge", 400, 410)
		press("shift+up", 20)
		press("H", 20)
		sees("at the top left", 0, 0)
		press("J", 1)
		sees("further down", 0, 97)
		before := s.m.list.Cursor()
		press("right", 1)
		if s.m.list.Cursor() == before {
			t.Fatal("→ did not go to the next prediction")
		}
		sees("the next picture", 0, 97)
		press("-", 1)
		s.expectNoText("100 %")
		if part := s.m.preview.Shown().Tiles[0].Part; !part.Empty() {
			t.Errorf("- leaves the part %v", part)
		}
		press("+", 1)
		press("esc", 1)
		if percent, _ := s.m.preview.ZoomPercent(); percent != 0 {
			t.Error("the list keeps the size")
		}
	})
}

// TestZoomNeedsOnePicture: without a picture, or with several, + says what to do. A picture that fits cannot be panned.
func TestZoomNeedsOnePicture(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{},
			pastPrediction{age: 2 * time.Minute, prompt: uitest.Dusk, state: history.Failed},
			pastPrediction{age: time.Minute, prompt: uitest.Sunrise, outputs: 4, seed: 5, input: map[string]any{"num_outputs": 4.0}},
		)
		s.press("esc", "enter")
		s.expectNoText("+ larger")
		s.press("+")
		s.expectSentence("→ goes to one of them; + enlarges that one.")
		s.press("right", "shift+left")
		s.expectSentence("All of the picture is shown; + enlarges it.")
		s.press("+")
		s.wait(5 * time.Second)
		s.expectText("100 %")
		s.press("esc", "down", "enter", "+")
		s.expectSentence("There is no picture here.")
	})
}

// TestZoomShowsItsSize: a small screen without room for the keys shows the size too.
func TestZoomShowsItsSize(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openLargePicture(t)
		s.resize(40, 12)
		s.wait(5 * time.Second)
		s.expectNoText("%")
		s.press("+")
		s.wait(5 * time.Second)
		s.expectText(" %  esc")
	})
}

// TestZoomByMouse: a click on a key at the end of the last row does what the key does.
func TestZoomByMouse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openLargePicture(t)
		s.clickStatusText("+ larger")
		s.expectText("100 %")
		s.clickStatusText("shift+")
		s.expectText("100 %")
		s.clickStatusText("-  shift+")
		s.expectText("+ larger")
		s.clickStatusText("esc")
		s.expectText("▸Pictures")
	})
}

// TestZoomHasNoBlankFrame: while a larger picture is rendered and panned, every frame has a picture.
func TestZoomHasNoBlankFrame(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openLargePicture(t)
		s.onUpdate = func() {
			if s.pictureCells() < 8 {
				t.Errorf("a frame without a picture:\n%s", s.screenText())
			}
		}
		for _, key := range []string{"+", "shift+right", "shift+down", "+", "shift+left", "right", "b", "-", "-", "left", "+", "esc"} {
			s.sendKey(key)
			s.wait(20 * time.Millisecond)
		}
	})
}
