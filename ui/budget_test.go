package ui

import (
	"testing"
	"time"

	"tintype/history"
	"tintype/ui/params"
	"tintype/ui/runner"
)

// TestHeaderShowsTheLimit: the header names the day's limit, and warns from 80 % of it on. A purchase over it is not made: the screen says
// so, keeps the prompt, and shows no row of it.
func TestHeaderShowsTheLimit(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40, smallPictures: true, limits: runner.Limits{Day: 0.01}})
		s.waitForState(s.develop("one"), history.Done)
		s.clearPrompt()
		s.waitForState(s.develop("two"), history.Done)
		s.expectText("~$0.006 of $0.01 today")
		if s.m.header().NearLimit {
			t.Error("it warns at 60 %")
		}
		s.clearPrompt()
		s.waitForState(s.develop("three"), history.Done)
		s.expectText("~$0.009 of $0.01 today")
		if !s.m.header().NearLimit {
			t.Error("it does not warn at 90 %")
		}
		s.clearPrompt()
		rows := s.m.session.History.Len()
		s.typeText("four")
		for range 2 { // the second time as well
			s.press("enter")
			s.waitForText("Stopped at $0.009 of $0.01.")
			s.wait(time.Minute)
		}
		if s.m.prompt.Value() != "four" || s.m.session.History.Len() != rows {
			t.Errorf("the prompt is %q, with %d rows, before %d", s.m.prompt.Value(), s.m.session.History.Len(), rows)
		}
		s.expectPurchases(3)
		expectCleanExit(s)
	})
}

// TestUnknownPriceIsAskedOnce: where there is a budget, a person must agree to a price that is not known, once for each model.
func TestUnknownPriceIsAskedOnce(t *testing.T) {
	t.Parallel()
	for name, limits := range map[string]runner.Limits{"ask": {Day: 1}, "refuse": {RefuseUnknown: true}} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{w: 120, h: 40, limits: limits, modelOverride: "some-one/thing"})
				s.typeText("one")
				s.press("enter") // it only warns of the model
				s.wait(2 * time.Second)
				s.press("enter")
				if limits.RefuseUnknown {
					s.waitForText("Give its price in [prices].")
					s.expectPurchases(0)
					return
				}
				s.waitForText("The price is not known")
				s.expectText("Nothing was sent.")
				s.expectPurchases(0)
				s.press("esc")
				if s.m.prompt.Value() != "one" || s.m.session.History.Len() != 0 {
					t.Errorf("the prompt is %q, with %d rows", s.m.prompt.Value(), s.m.session.History.Len())
				}
				s.wait(2 * time.Second)
				s.press("enter")
				s.waitForText("The price is not known")
				s.wait(2 * time.Second)
				s.press("y")
				s.wait(2 * time.Second)
				s.expectPurchases(1)
				s.typeText(" more")
				s.press("enter")
				s.wait(2 * time.Second)
				s.expectPurchases(2)
			})
		})
	}
}

// TestHighPriceIsAskedAbout: enter asks before a purchase that costs more than ask_above, and not before others.
func TestHighPriceIsAskedAbout(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40, smallPictures: true, limits: runner.Limits{AskAbove: 0.003}})
		s.waitForState(s.develop("one"), history.Done)
		s.expectPurchases(1)
		s.m.settings.Set(params.Outputs, 4.0)
		s.clearPrompt()
		s.typeText("two")
		s.press("enter")
		s.expectText("Develop this for about $0.012?", "ask_above in the settings")
		s.wait(2 * time.Second)
		s.press("esc")
		s.expectPurchases(1)
		s.press("enter")
		s.wait(2 * time.Second)
		s.press("y")
		s.waitForState(s.m.list.Cursor(), history.Done)
		s.expectPurchases(2)
		expectCleanExit(s)
	})
}
