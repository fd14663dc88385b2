package ui

import (
	"testing"
	"time"

	"tintype/history"
)

// withTemplate makes an entry that was made from a template.
func withTemplate(written string) func(*history.Entry) {
	return func(e *history.Entry) { e.Template = written }
}

// TestRecallGivesTemplates: ↑ and ctrl+r give the template of a prompt that was made from one, once for all its prompts. The text of one
// that was sent as it was written is escaped, so that it opens no plan.
func TestRecallGivesTemplates(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithHistory(t, appOptions{},
			pastPrediction{age: 4 * time.Minute, prompt: "an old {a|b} of mine", predictTime: 1, seed: 1},
			pastPrediction{age: 3 * time.Minute, prompt: "a red fox", predictTime: 1, seed: 2, change: withTemplate("a {red|blue} fox")},
			pastPrediction{age: 2 * time.Minute, prompt: "a blue fox", predictTime: 1, seed: 3, change: withTemplate("a {red|blue} fox")},
		)
		s.typeText("draft")
		for _, want := range []string{"a {red|blue} fox", `an old \{a|b} of mine`, `an old \{a|b} of mine`} {
			s.press("up")
			if got := s.m.prompt.Value(); got != want {
				t.Errorf("up gives %q, want %q", got, want)
			}
		}
		s.press("enter") // it means itself
		s.wait(time.Minute)
		expectPurchases(s, 1)
		if row, _ := s.m.list.Row(s.m.list.Keys().At(0)); row.Prompt() != "an old {a|b} of mine" {
			t.Errorf("sent %q", row.Prompt())
		}
		s.press("ctrl+r")
		s.wait(time.Second)
		s.press("down", "enter")
		if got := s.m.prompt.Value(); got != "a {red|blue} fox" {
			t.Errorf("ctrl+r gives %q", got)
		}
		s.press("enter")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.sheet {
			t.Errorf("enter shows no plan:\n%s", s.screenText())
		}
		expectPurchases(s, 1)
	})
}
