package ui

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/internal/uitest"
	"tintype/ui/layout"
	"tintype/ui/preview"
)

// openGallery opens the gallery of sampleAlbum and waits until it is idle.
func openGallery(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h}, sampleAlbum()...)
	s.press("ctrl+g")
	s.wait(5 * time.Second) // the first notes are gone
	return s
}

func openFilteredGallery(t *testing.T, w, h int) *app {
	s := openGallery(t, w, h)
	s.press("down", "space", "/")
	s.typeText("boat -red")
	s.wait(time.Second)
	return s
}

// TestGalleryGoldens compares the gallery and the comparison with their golden files.
func TestGalleryGoldens(t *testing.T) {
	compareGoldens(t, []scene{
		{"gallery", fourSizes, openGallery},
		{"gallery-filter", []terminalSize{{120, 40}, {80, 24}, {40, 12}}, openFilteredGallery},
		{"compare", fourSizes, openCompareTwo},
		{"compare-four", fourSizes, openCompareFour},
		{"compare-portraits", fourSizes, openComparePortraits},
		{"compare-hidden", fourSizes, func(t *testing.T, w, h int) *app {
			s := openComparePortraits(t, w, h)
			s.press("i")
			s.wait(time.Second)
			return s
		}},
		{"compare-outputs", fourSizes, func(t *testing.T, w, h int) *app {
			s := newAppWithRun(t, w, h)
			s.pressSlowly([]string{"esc", "c", "2", "*"})
			s.wait(5 * time.Second)
			return s
		}},
	})
}

// TestGalleryEmpty: a gallery without pictures says so, and how to go back.
func TestGalleryEmpty(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 80, h: 24})
		s.press("ctrl+g")
		s.expectText("No pictures yet. esc goes back.")
		s.press("esc")
		s.expectText("No pictures yet.")
	})
}

// TestGalleryKeys moves through the thumbnails and changes their size.
func TestGalleryKeys(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openGallery(t, 80, 24) // 5 across, 2 down
		keys := s.m.list.Keys().All()
		at := func() int { i, _ := s.m.list.Index(s.m.list.Cursor()); return i }
		for _, step := range []struct {
			key       string
			want, top int
		}{
			{"right", 1, 0},
			{"l", 2, 0},
			{"down", 7, 0},
			{"j", 12, 5},
			{"left", 11, 5},
			{"k", 6, 5},
			{"up", 1, 0},
			{"pgdown", 11, 10},
			{"pgup", 1, 0},
			{"ctrl+d", 6, 5},
			{"ctrl+u", 1, 0},
			{"G", len(keys) - 1, 10},
			{"g", 0, 0},
			{"space", 1, 0},
			{"shift+down", 1, 0},
		} {
			s.press(step.key)
			if at() != step.want || s.m.list.Top() != step.top {
				t.Fatalf("%s went to %d with %d on top, want %d with %d", step.key, at(), s.m.list.Top(), step.want, step.top)
			}
		}
		if marked := s.m.list.Subjects(); len(marked) != 1 || marked[0].Key != keys[0] {
			t.Errorf("marked is %v", marked)
		}
		s.press("u")
		if s.m.list.MarkedCount() != 0 {
			t.Error("u left the mark")
		}
		s.wait(time.Second) // else it would count as typing
		s.press("+")
		if got := s.m.screens.gallery.Size() + layout.AnySize; got != 1 {
			t.Errorf("+ made size %d", got)
		}
		s.press("-", "-", "-")
		if got := s.m.screens.gallery.Size() + layout.AnySize; got != 0 {
			t.Errorf("- made size %d", got)
		}
	})
}

// TestGalleryOpensAndCloses: enter opens a picture, esc returns to the gallery, and ctrl+g to where the user was before. The filter is
// edited in the gallery. ctrl+x g opens the gallery too.
func TestGalleryOpensAndCloses(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 80, h: 24}, sampleAlbum()...)
		s.typeText("half a sentence")
		s.press("ctrl+g", "right", "right")
		key := s.m.list.Cursor()
		s.press("enter")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.full || s.m.preview.Shown().Key != key {
			t.Fatalf("enter shows %q on screen %T", s.m.preview.Shown().Key, s.m.screens.Top())
		}
		s.press("esc")
		if s.m.screens.Top() != s.m.screens.gallery || s.m.list.Cursor() != key {
			t.Fatalf("esc goes to screen %T", s.m.screens.Top())
		}
		s.press("/")
		s.typeText("lighthouse")
		s.wait(time.Second)
		s.expectText("Gallery   Filter lighthouse   1 of 1")
		s.press("enter", "enter", "q")
		if s.m.screens.Top() != s.m.screens.gallery {
			t.Fatalf("q goes to screen %T", s.m.screens.Top())
		}
		s.press("ctrl+g")
		if !s.m.screens.IsHome() || s.m.screens.home.focus != focusPrompt || s.m.prompt.Value() != "half a sentence" {
			t.Fatalf("ctrl+g goes to screen %T, %q", s.m.screens.Top(), s.m.prompt.Value())
		}
		s.press("ctrl+x", "g")
		if s.m.screens.Top() != s.m.screens.gallery {
			t.Error("ctrl+x g opens no gallery")
		}
	})
}

// TestGalleryMouse: a click selects and a second one opens. The wheel scrolls without moving the cursor.
func TestGalleryMouse(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openGallery(t, 80, 24)
		before := s.m.list.Cursor()
		s.send(tea.MouseWheelMsg{X: 20, Y: 5, Button: tea.MouseWheelDown})
		s.settle()
		if s.m.list.Top() != 5 || s.m.list.Cursor() != before {
			t.Fatalf("the wheel left %d on top", s.m.list.Top())
		}
		s.click(36, 5)
		if i, _ := s.m.list.Index(s.m.list.Cursor()); i != 7 || s.m.screens.Top() != s.m.screens.gallery {
			t.Fatalf("the click chose %d", i)
		}
		s.click(36, 5)
		if s.m.screens.Top() != s.m.screens.full {
			t.Error("the second click opened nothing")
		}
	})
}

// TestStarOneOfSeveralPictures: a star and a copy concern only the picture that was chosen among several, and u removes the star.
func TestStarOneOfSeveralPictures(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{w: 120, h: 40}, pastPrediction{
			age: time.Minute, prompt: uitest.Sunrise, predictTime: 1.2, cost: 0.012, outputs: 4, input: map[string]any{"num_outputs": 4.0},
		})
		s.press("ctrl+g", "enter", "right", "right", "*")
		s.wait(time.Second)
		stars := func() string {
			e, err := s.m.session.History.Get(s.m.list.Cursor())
			if err != nil {
				t.Fatal(err)
			}
			stars := fmt.Sprint(e.Star)
			for _, o := range e.Outputs {
				stars += fmt.Sprint(" ", o.Star)
			}
			return stars
		}
		if got := stars(); got != "false false true false false" {
			t.Errorf("stars are %s", got)
		}
		s.expectText("★ 2 of 4")
		s.press("y", "f")
		if want := "past-0-1.png"; len(s.copied) != 1 || !strings.HasSuffix(s.copied[0], want) {
			t.Errorf("copied %q, want %s", s.copied, want)
		}
		s.press("u")
		s.wait(time.Second)
		if got := stars(); got != "false false false false false" {
			t.Errorf("u leaves %s", got)
		}
	})
}

// TestThumbnailsOnDisk: the pictures in sight and on the next pages have thumbnails on disk, and no other files are left there.
func TestThumbnailsOnDisk(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openGallery(t, 80, 24)
		folder := s.m.session.History.Path(preview.ThumbnailsFolder)
		files, err := os.ReadDir(folder)
		if err != nil || len(files) < 10 || len(files) > 30 {
			t.Fatalf("%d thumbnails, %v", len(files), err)
		}
		for _, f := range files {
			if !strings.HasSuffix(f.Name(), ".jpg") {
				t.Errorf("a file %s is left", f.Name())
			}
		}
	})
}

// TestMoment08Gallery: when another program adds five predictions, the thumbnails in sight stay where they are.
func TestMoment08Gallery(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openGallery(t, 80, 24)
		s.press("pgdown")
		s.wait(time.Second)
		places := func() (at []string) {
			for _, th := range s.m.screens.gallery.Pictures().Thumbs {
				at = append(at, fmt.Sprint(th.Key, th.Cell))
			}
			return at
		}
		before, sheet := places(), s.screenText()
		other, err := history.Open(history.Options{Dir: s.dir, App: "other", Now: utcNow})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = other.Close() }()
		for i := range 5 {
			pastPrediction{prompt: "another", predictTime: 1, cost: 0.003}.write(t, other, 100+i)
		}
		s.wait(3 * time.Second)
		if s.m.list.Total() != 25 {
			t.Fatalf("the list has %d", s.m.list.Total())
		}
		if got := places(); !slices.Equal(got, before) {
			t.Errorf("the places are\n%v, were\n%v", got, before)
		}
		if got := strings.SplitN(s.screenText(), "\n", 2)[1]; got != strings.SplitN(sheet, "\n", 2)[1] {
			t.Errorf("the sheet is\n%s\nwas\n%s", got, sheet)
		}
		s.expectText("5 newer")
	})
}

// TestMoment09HeldArrowKey: after → was held over a hundred pictures, the last one is shown, and no earlier one after it.
func TestMoment09HeldArrowKey(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		var predictions []pastPrediction
		for i := range 110 {
			predictions = append(predictions, pastPrediction{age: time.Duration(200-i) * time.Minute, prompt: fmt.Sprint("a boat ", i), predictTime: 1, cost: 0.003})
		}
		s := newAppWithHistory(t, appOptions{w: 80, h: 24}, predictions...)
		s.press("esc", "enter")
		s.wait(time.Second)
		for range 100 {
			s.sendKey("right")
			s.wait(33 * time.Millisecond)
		}
		s.wait(100 * time.Millisecond)
		want := s.m.list.Keys().At(100)
		if s.m.list.Cursor() != want || s.m.preview.Shown().Key != want {
			t.Fatalf("shown is %s, the cursor on %s, want %s", s.m.preview.Shown().Key, s.m.list.Cursor(), want)
		}
		for range 20 {
			s.wait(50 * time.Millisecond)
			if s.m.preview.Shown().Key != want {
				t.Fatalf("an earlier one was shown after it: %s", s.m.preview.Shown().Key)
			}
		}
	})
}

// TestGalleryDetails: i gives a third of the gallery to the full prompt, then to the log, and then hides the row of details.
func TestGalleryDetails(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openGallery(t, 120, 40)
		down := s.m.list.Height() / s.m.list.Across()
		s.press("i")
		s.expectText(uitest.Sunrise, "model     flux-schnell", "shape     1:1 · 1024×1024", "outputs   4", "cost      ~$0.012")
		if got := s.m.list.Height() / s.m.list.Across(); got >= down {
			t.Errorf("%d rows of thumbnails are left of %d", got, down)
		}
		s.press("i")
		s.expectText("No log.")
		s.press("i")
		s.expectNoText("No log.", uitest.Sunrise)
		s.press("i")
		s.expectText(uitest.Sunrise)
	})
}

// TestGalleryOfAnotherView: a view with fewer predictions and then one with more, within one frame each, are drawn.
func TestGalleryOfAnotherView(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, manyPredictions(5)...)
		s.press("ctrl+g", "2")
		s.wait(time.Second)
		s.sendKey("1")
		if s.pictureCells() < 8 {
			t.Errorf("no thumbnails:\n%s", s.screenText())
		}
	})
}

// TestHelpCoversTheFilterProblem: a problem of the list's filter is not shown over the help.
func TestHelpCoversTheFilterProblem(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, sampleAlbum()...)
		s.press("ctrl+f")
		s.typeText("cost>x")
		s.expectText("A cost is an amount")
		s.press("f1")
		s.expectNoText("A cost is an amount")
		s.press("esc")
		s.expectText("A cost is an amount")
	})
}

// TestHelpKeepsTheChosenPicture: the help is closed, and one of several pictures is still selected in the gallery.
func TestHelpKeepsTheChosenPicture(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, sampleAlbum()...)
		s.press("ctrl+g")
		s.m.list.SetOutput(1)
		s.press("f1", "esc")
		if got := s.m.list.Output(); got != 1 {
			t.Errorf("picture %d is selected", got)
		}
	})
}

// TestFullScreenCoversTheFilterProblem: on the full screen the keys are drawn and clicked, not a problem of the list's filter.
func TestFullScreenCoversTheFilterProblem(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{}, pastPrediction{age: time.Minute, prompt: "a boat", seed: 7})
		s.press("esc", "/")
		s.typeText("cost>x")
		s.press("enter", "enter")
		s.wait(time.Second)
		s.expectNoText("A cost is an amount")
		s.clickStatusText("larger")
		if s.m.screens.Top() != s.m.screens.full {
			t.Error("a click on larger closed the screen")
		}
	})
}
