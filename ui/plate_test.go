package ui

import (
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/params"
)

// plateText returns the words in the place of the picture.
func (s *app) plateText() string { return s.textIn(s.m.layout.Preview) }

// withLog is a log of an earlier prediction.
func withLog(e *history.Entry) {
	e.Logs = "Using seed: 62182\n  0%|          | 0/4 [00:00<?, ?it/s]\n100%|██████████| 4/4 [00:01<00:00,  3.9it/s]\n"
}

// TestOpeningALogChangesNoMode: enter on a row without a picture shows its log until esc. Afterwards no log is there, for it or for
// another one, and pictures are as large as before.
func TestOpeningALogChangesNoMode(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true},
			pastPrediction{age: time.Hour, prompt: "a boat", predictTime: 1, cost: 0.003, seed: 1, change: withLog},
			pastPrediction{age: time.Minute, prompt: "a wall", state: history.Failed, change: func(e *history.Entry) { withFlaggedError(e); withLog(e) }},
		)
		s.press("esc", "down")
		s.wait(time.Second)
		before := s.m.preview.Shown().Room
		s.press("up", "enter")
		s.wait(time.Second)
		s.expectText("100%  4/4")
		s.press("?", "esc")
		s.expectText("100%  4/4")
		s.press("right") // to a picture
		s.wait(time.Second)
		s.expectNoText("4/4")
		s.press("left", "i")
		s.wait(time.Second)
		s.expectNoText("4/4")
		s.press("esc")
		s.wait(time.Second)
		s.expectNoText("4/4")
		s.press("enter", "esc", "down")
		s.wait(time.Second)
		s.expectNoText("4/4")
		if after := s.m.preview.Shown().Room; after != before {
			t.Errorf("after a visit of a log pictures have %v, before it %v", after, before)
		}
		s.press("enter")
		s.wait(time.Second)
		s.expectNoText("4/4")
	})
}

// TestOpenedLogYieldsToThePicture: the log of a running job is there until its picture is.
func TestOpenedLogYieldsToThePicture(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true})
		s.server.UpdateBehaviour(takeEightSeconds)
		key := s.develop("a boat")
		s.wait(5 * time.Second)
		s.press("esc", "enter")
		s.wait(time.Second)
		s.expectText("Using seed")
		s.waitForState(key, history.Done)
		s.wait(2 * time.Second)
		s.expectNoText("Using seed")
	})
}

// TestNoLogOfAnotherJob: with logs below the pictures, a job that begins has not the log of the picture before it above its caption.
func TestNoLogOfAnotherJob(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{smallPictures: true},
			pastPrediction{age: time.Hour, prompt: "a boat", predictTime: 1, cost: 0.003, seed: 1, change: withLog})
		s.server.UpdateBehaviour(takeEightSeconds)
		s.press("esc", "i", "i")
		s.wait(time.Second)
		s.expectText("100%  4/4")
		s.press("esc")
		key := s.develop("a red boat")
		s.wait(500 * time.Millisecond)
		s.expectText("starting", "showing the previous picture")
		s.expectNoText("4/4")
		s.waitForState(key, history.Done)
		s.wait(2 * time.Second)
		s.expectText("Using seed")
	})
}

// TestFailureIsSaidInItsPlace: a run that ends without a picture shows no other run's picture. Its place says what happened.
func TestFailureIsSaidInItsPlace(t *testing.T) {
	for name, c := range map[string]struct {
		provider string
		prompt   string
		fault    *demo.Fault
		cancel   bool
		says     string
	}{
		"failed":      {prompt: "broken [fail]", says: "Flagged by the provider's filter (E005); may be billed."},
		"cancelled":   {prompt: "a boat [slow]", cancel: true, says: "Cancelled"},
		"refused":     {prompt: "a boat", fault: &demo.Fault{On: demo.Create, Status: 402, Times: 1, Body: `{"detail":"You have insufficient credit."}`}, says: "othing is billed."},
		"unconfirmed": {provider: "cometapi", prompt: "a boat", fault: &demo.Fault{On: demo.Create, Reset: true, Times: 9}, says: "It may have been bought"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{smallPictures: true, provider: c.provider})
				s.waitForState(s.develop("a good one"), history.Done)
				s.wait(2 * time.Second)
				if c.fault != nil {
					s.server.UpdateBehaviour(func(k *demo.Behaviour) { k.Faults = []demo.Fault{*c.fault} })
				}
				key := s.develop(c.prompt)
				if s.wait(3 * time.Second); c.cancel {
					s.press("ctrl+x", "x")
				}
				s.wait(10 * time.Second)
				if shown := s.m.preview.Shown(); shown.Key != key || len(shown.Tiles) > 0 {
					t.Errorf("%s is shown with %d pictures, want %s", shown.Key, len(shown.Tiles), key)
				}
				if !strings.Contains(s.plateText(), c.says) {
					t.Errorf("the plate does not say %q:\n%s", c.says, s.screenText())
				}
				s.expectNoText("previous picture")
			})
		})
	}
}

// TestPlateDevelops: the plate of a job has a sign of life, then a bar and the time left; without motion only the number.
func TestPlateDevelops(t *testing.T) {
	for name, c := range map[string]struct {
		appearance     Appearance
		starting, half []string
		never          string
	}{
		"utf-8":     {Appearance{}, []string{"━━━", "───", "about 10 s left"}, []string{"━━━", "───", "about"}, "==="},
		"ascii":     {Appearance{Glyphs: "ascii"}, []string{"===", "---", "about 10 s left"}, []string{"===", "---", "about"}, "━"},
		"no motion": {Appearance{Motion: "none"}, []string{"starting"}, []string{"%"}, "━"},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{smallPictures: true, appearance: c.appearance},
					pastPrediction{age: 4 * time.Hour, prompt: "a fox", predictTime: 9, seed: 1},
					pastPrediction{age: 3 * time.Hour, prompt: "a fox in snow", predictTime: 10, seed: 1},
					pastPrediction{age: 2 * time.Hour, prompt: "a fox at night", predictTime: 11, seed: 1})
				s.server.UpdateBehaviour(takeEightSeconds)
				s.develop("a red fox")
				s.press("esc")
				s.wait(300 * time.Millisecond)
				expectWords(t, s, c.starting, c.never)
				s.wait(6 * time.Second)
				expectWords(t, s, c.half, c.never)
			})
		})
	}
}

// expectWords checks what the plate says and does not say.
func expectWords(t *testing.T, s *app, words []string, never string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(s.plateText(), word) {
			t.Errorf("the plate has no %q:\n%s", word, s.screenText())
		}
	}
	if strings.Contains(s.plateText(), never) {
		t.Errorf("the plate has %q:\n%s", never, s.screenText())
	}
}

// TestPlateSaysWhatItWaitsFor: a job that waits has no bar, but says until when.
func TestPlateSaysWhatItWaitsFor(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.server.UpdateBehaviour(func(k *demo.Behaviour) {
			k.Faults = []demo.Fault{{On: demo.Create, Times: 1, Status: 429, Body: `{"detail":"Request was throttled. Your rate limit resets in ~6s."}`}}
		})
		s.develop("a red fox")
		s.wait(1500 * time.Millisecond)
		expectWords(t, s, []string{"sending in 5 s", "1024×1024"}, "━")
	})
}

// TestPlateChangesFewCells: from one frame to the next the sign of life changes no more cells than its two ends.
func TestPlateChangesFewCells(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.server.UpdateBehaviour(takeEightSeconds)
		s.develop("a red fox")
		bar := func() []rune {
			for _, line := range s.lines() {
				if _, after, ok := strings.Cut(line, "│"); ok && strings.Contains(after, "━") {
					return []rune(after)
				}
			}
			return nil
		}
		moved := 0
		for before := bar(); strings.Contains(s.plateText(), "starting"); {
			s.wait(time.Second / 8)
			now, changed := bar(), 0
			for x := range min(len(now), len(before)) {
				if now[x] != before[x] {
					changed++
				}
			}
			if changed > 2 {
				t.Errorf("%d cells changed from %q to %q", changed, string(before), string(now))
			}
			moved += changed
			before = now
		}
		if moved == 0 {
			t.Error("the sign of life does not move")
		}
	})
}

// newAppWithPlate has a running job, which is selected in the list; on a small screen it has the entire screen.
func newAppWithPlate(t *testing.T, w, h int) *app { return showPlate(t, w, h, 7*time.Second, nil) }

func newAppWithStartingPlate(t *testing.T, w, h int) *app {
	return showPlate(t, w, h, 500*time.Millisecond, map[string]any{params.Shape: "16:9"})
}

func newAppWithFourPlates(t *testing.T, w, h int) *app {
	return showPlate(t, w, h, 7*time.Second, map[string]any{params.Outputs: 4.0, params.Shape: "4:5"})
}

// showPlate develops a picture and shows its plate after a while.
func showPlate(t *testing.T, w, h int, after time.Duration, values map[string]any) *app {
	s := newAppDeveloping(t, w, h)
	s.wait(10 * time.Second)
	s.onLargeScreen(func() {
		s.m.settings.Set(params.Seed, 7)
		for name, v := range values {
			s.m.settings.Set(name, v)
		}
		s.develop("a red fox at dusk")
		s.press("esc")
		s.wait(after)
	})
	s.openOnSmallScreen()
	return s
}

// openOnSmallScreen opens what is selected if the home screen has no room for it.
func (s *app) openOnSmallScreen() {
	if s.m.layout.Preview.Empty() {
		s.press("enter")
		s.wait(100 * time.Millisecond)
	}
}

// newAppWithFailedPlate has a failed prediction selected, whose provider gave no reason but a log.
func newAppWithFailedPlate(t *testing.T, w, h int) *app {
	s := newAppWithHistory(t, appOptions{w: w, h: h}, pastPrediction{
		age: time.Hour, prompt: "A red bicycle against a wall", state: history.Failed, input: map[string]any{params.Shape: "3:2"}, change: func(e *history.Entry) {
			withLog(e)
			e.Logs += "RuntimeError: CUDA out of memory\n"
		},
	})
	s.press("esc")
	s.wait(time.Second)
	s.openOnSmallScreen()
	return s
}
