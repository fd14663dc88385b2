package ui

import (
	"testing"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/params"
)

// dropped is a purchase whose answer never comes.
var dropped = demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1}

// TestEnterAsksAboutAnUnconfirmedPurchase: enter with the input of an unconfirmed purchase opens its question and sends nothing, however
// old that purchase is, and whatever was bought since.
func TestEnterAsksAboutAnUnconfirmedPurchase(t *testing.T) {
	newUnconfirmed := func(t *testing.T, w, h int) (s *app, key string) {
		s = newApp(t, appOptions{smallPictures: true, provider: "cometapi", w: w, h: h})
		s.injectFaults(dropped)
		key = s.develop("A cat")
		s.waitForState(key, history.Unconfirmed)
		s.wait(time.Minute)
		return s, key
	}
	t.Run("the newest", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s, key := newUnconfirmed(t, 160, 50)
			s.expectSentence("It may have been bought (guess $0.0024). esc, then enter: decide what to do.")
			for range 3 {
				s.press("enter")
				s.expectText("Was this bought?")
				s.wait(time.Second)
			}
			s.expectPurchases(1)
			if got := s.m.prompt.Value(); got != "A cat" {
				t.Errorf("the prompt is %q", got)
			}
			s.press("r")
			s.waitForState(key, history.Stopped)
			s.press("enter") // it was settled, so this is a new one
			s.waitForState(s.m.list.Cursor(), history.Done)
			s.expectPurchases(2)
			expectCleanExit(s)
		})
	})
	t.Run("an older one", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s, _ := newUnconfirmed(t, 120, 40)
			s.waitForState(s.develop("A dog"), history.Done)
			s.expectPurchases(2)
			s.develop("A cat")
			s.expectText("Was this bought?")
			s.expectPurchases(2)
			expectCleanExit(s)
		})
	})
	t.Run("of an earlier program", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s, _ := newUnconfirmed(t, 120, 40)
			s.close()
			next := newApp(t, appOptions{dir: s.dir, server: s.server, provider: "cometapi"})
			next.press("enter")
			next.expectText("Was this bought?")
			next.wait(time.Second)
			next.press("esc")
			next.typeText("s")
			next.press("enter") // another prompt
			next.expectPurchases(2)
		})
	})
}

// TestEnterAsksAboutWhatWaits: enter with the input of a purchase that waits to be sent opens a question. It can be cancelled there, or
// another one sent.
func TestEnterAsksAboutWhatWaits(t *testing.T) {
	t.Parallel()
	for answer, c := range map[string]struct {
		state history.State // of the first one
		rows  int
	}{
		"x": {history.Stopped, 1}, "y": {history.Creating, 2}, "esc": {history.Creating, 1},
	} {
		t.Run(answer, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{smallPictures: true})
				s.injectFaults(throttled)
				key := s.develop("A cat")
				s.waitForText("retrying")
				s.expectSentence("Nothing is billed yet; ctrl+x x cancels it.")
				s.wait(time.Second)
				s.press("enter")
				s.expectText("This is waiting to be sent")
				s.wait(time.Second)
				s.press("enter")
				s.expectText("This is waiting to be sent")
				s.press(answer)
				s.wait(time.Second)
				row, _ := s.m.list.Row(key)
				if row.State != c.state || s.m.list.Total() != c.rows {
					t.Errorf("it is %s, and %d rows are there", row.State, s.m.list.Total())
				}
				s.expectPurchases(1) // the throttled one
				if n := s.server.Counts().Accepted; n != 0 {
					t.Errorf("%d accepted", n)
				}
			})
		})
	}
}

// TestExactRepeatIsSaidOnce: with a fixed seed, what is here or running is bought again only by a second enter.
func TestExactRepeatIsSaidOnce(t *testing.T) {
	const note = "The same prompt and seed make the same picture: it is here already. enter buys it again, ctrl+x s changes the seed."
	fixSeed := func(s *app, seed string) { _ = s.m.settings.Choose(params.Seed, seed) }
	t.Run("done", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true, w: 160, h: 50})
			fixSeed(s, "7")
			s.waitForState(s.develop("A cat"), history.Done)
			s.wait(time.Second)
			s.press("enter")
			s.expectSentence(note)
			s.expectPurchases(1)
			s.wait(time.Minute)
			s.press("enter")
			s.expectPurchases(2)
			s.waitForState(s.m.list.Cursor(), history.Done)
			fixSeed(s, "8")
			s.press("enter")
			s.expectPurchases(3)
			s.waitForState(s.m.list.Cursor(), history.Done)
			fixSeed(s, "7")
			s.press("enter") // said again, since it is another input than the last one
			s.expectSentence(note)
			s.expectPurchases(3)
			fixSeed(s, "")
			s.press("enter")
			s.wait(time.Second)
			s.press("enter") // a random seed is never the same
			s.expectPurchases(5)
		})
	})
	t.Run("running", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true, provider: api.Demo, w: 160, h: 50})
			fixSeed(s, "7")
			s.waitForState(s.develop("A cat [slow]"), history.Waiting)
			s.wait(time.Second)
			s.press("enter")
			s.expectSentence("it is running already. enter makes it again, ctrl+x s changes the seed.")
			s.expectPurchases(1)
		})
	})
	t.Run("the seed of a random one", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true, w: 160, h: 50})
			s.waitForState(s.develop("A cat"), history.Done)
			s.press("esc")
			s.wait(time.Second)
			s.press("s", "esc")
			s.wait(time.Second)
			s.press("enter")
			s.expectSentence(note)
			s.expectPurchases(1)
		})
	})
	t.Run("failed", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newAppWithHistory(t, appOptions{smallPictures: true}, pastPrediction{age: time.Hour, prompt: "A cat", state: history.Failed, seed: 7})
			fixSeed(s, "7")
			s.develop("A cat")
			s.expectPurchases(1)
		})
	})
}

// TestHeldEnterAnswersNothing: an enter that is held, whatever the delay before it repeats, buys once, and does not answer the note about
// an exact repeat.
func TestHeldEnterAnswersNothing(t *testing.T) {
	t.Parallel()
	hold := func(s *app, delay time.Duration) {
		s.press("enter")
		s.wait(delay)
		for range 30 {
			s.press("enter")
			s.wait(30 * time.Millisecond)
		}
		s.wait(time.Second)
	}
	for _, ms := range []int{200, 250, 400, 410, 500, 660, 700} {
		delay := time.Duration(ms) * time.Millisecond
		t.Run(delay.String(), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{smallPictures: true})
				_ = s.m.settings.Choose(params.Seed, "7")
				s.typeText("A cat")
				hold(s, delay)
				s.expectPurchases(1)
				s.waitForState(s.m.list.Cursor(), history.Done)
				hold(s, delay)
				s.expectPurchases(1)
				s.press("enter")
				s.expectPurchases(2)
			})
		})
	}
	t.Run("pressed twice", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{smallPictures: true})
			s.develop("A cat")
			s.wait(500 * time.Millisecond)
			s.press("enter")
			s.wait(200 * time.Millisecond)
			s.expectPurchases(2)
		})
	})
}

// TestSameInputHoweverWritten: an unconfirmed purchase is the same as what is in the form whether its defaults were sent or not, and
// however its values are written.
func TestSameInputHoweverWritten(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(input map[string]any)
		posts  int
	}{
		"without defaults":     {func(in map[string]any) { clear(in); in["prompt"] = "A cat" }, 0},
		"with every default":   {func(in map[string]any) { in["go_fast"], in["megapixels"], in["num_inference_steps"] = true, "1", 4 }, 0},
		"no seed":              {func(in map[string]any) { in["seed"] = nil }, 0},
		"blanks":               {func(in map[string]any) { in["prompt"] = " A cat\n" }, 0},
		"a number as text":     {func(in map[string]any) { in["num_outputs"] = "1" }, 0},
		"another shape":        {func(in map[string]any) { in["aspect_ratio"] = "16:9" }, 1},
		"another prompt":       {func(in map[string]any) { in["prompt"] = "A  cat" }, 1},
		"unknown to the model": {func(in map[string]any) { in["negative_prompt"] = "dogs" }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{}, pastPrediction{age: time.Hour, prompt: "A cat", state: history.Unconfirmed, change: func(e *history.Entry) {
					withoutAnswer(e)
					c.change(e.Input)
				}})
				s.typeText("A cat")
				s.press("enter")
				s.wait(500 * time.Millisecond)
				s.expectPurchases(c.posts)
			})
		})
	}
}
