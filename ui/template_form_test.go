package ui

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/template"
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

// someLists are lists of values in memory. Values waits until the disk answers.
type someLists struct {
	lists map[string][]string
	disk  chan struct{} // closed: it answers; nil: it answers at once
}

func (l *someLists) Values(path string) ([]template.Value, error) {
	if l.disk != nil {
		<-l.disk
	}
	if len(l.lists[path]) == 0 {
		return nil, fmt.Errorf("no list called %s; there are %s.", path, strings.Join(l.Names(), ", "))
	}
	var values []template.Value
	for _, text := range l.lists[path] {
		values = append(values, template.Value{Text: text, Weight: 1})
	}
	return values, nil
}

func (l *someLists) Names() []string { return slices.Sorted(maps.Keys(l.lists)) }

// newAppWithLists starts the program with lists of values.
func newAppWithLists(t *testing.T, o appOptions, l *someLists) *app {
	s := newApp(t, o)
	with := *s.m.session.lab()
	with.Lists = l
	s.m.session.Lab = &with
	return s
}

// colours are the lists of most tests.
func colours() map[string][]string {
	return map[string][]string{"colour": {"red", "blue"}, "colours/warm": {"red", "orange"}, "one": {"a lone fox"}}
}

// TestEnterOnATemplateBuysNothing: enter shows the plan of a prompt that varies, and buys nothing, however it varies and however long
// enter is held.
func TestEnterOnATemplateBuysNothing(t *testing.T) {
	for name, prompt := range map[string]string{
		"options": "A {red|blue} fox", "a list": "A __colour__ fox", "combinations": "{2$$red|blue|green} foxes", "a wrap": "%{a ... fox$${red|blue}}",
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithLists(t, appOptions{}, &someLists{lists: colours()})
				s.typeText(prompt)
				s.hold("enter", 40)
				s.wait(5 * time.Second)
				if s.m.screens.Top() != s.m.screens.sheet {
					t.Errorf("enter shows no plan:\n%s", s.screenText())
				}
				expectPurchases(s, 0)
			})
		})
	}
}

// hold sends a key as it comes while it is held: a pause, then repeats.
func (s *app) hold(name string, repeats int) {
	s.press(name)
	s.wait(400 * time.Millisecond)
	for range repeats {
		s.press(name)
		s.wait(33 * time.Millisecond)
	}
}

// TestEnterReadsListsOnce: a prompt whose lists make one text is bought once however long enter is held and however slow the disk is, and
// nothing waits for the disk. What is sent has no list in it; the journal has the prompt as it was written.
func TestEnterReadsListsOnce(t *testing.T) {
	for name, slow := range map[string]time.Duration{"a fast disk": 0, "a slow disk": 900 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				lists := &someLists{lists: colours(), disk: make(chan struct{})}
				s := newAppWithLists(t, appOptions{}, lists)
				s.typeText("__one__ in the snow")
				time.AfterFunc(slow, func() { close(lists.disk) })
				s.hold("enter", 40)
				s.typeText("!")
				s.wait(time.Minute)
				expectPurchases(s, 1)
				row, _ := s.m.list.Row(s.m.list.Keys().At(0))
				if row.Prompt() != "a lone fox in the snow" || row.Template != "__one__ in the snow" {
					t.Errorf("sent %q, written as %q", row.Prompt(), row.Template)
				}
			})
		})
	}
}

// TestMistakeBuysNothing: enter on a prompt with a mistake says what is wrong, with the cursor at its place.
func TestMistakeBuysNothing(t *testing.T) {
	for prompt, want := range map[string]struct {
		sentence string
		at       int
	}{
		"A {red|blue fox": {"column 3: this { has no }", 2},
		"A __size__ fox":  {"no list called size; there are colour", 2},
	} {
		t.Run(prompt, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithLists(t, appOptions{}, &someLists{lists: colours()})
				s.typeText(prompt)
				s.press("enter")
				s.wait(time.Second)
				if text := strings.Join(strings.Fields(s.screenText()), " "); !strings.Contains(strings.ToLower(text), want.sentence) {
					t.Errorf("%q is not said:\n%s", want.sentence, s.screenText())
				}
				if got := s.m.prompt.Offset(); got != want.at {
					t.Errorf("the cursor is at %d, want %d", got, want.at)
				}
				expectPurchases(s, 0)
			})
		})
	}
}

// TestEscapesAreSent: escaped signs are sent as themselves; the journal has the prompt as it was written.
func TestEscapesAreSent(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.typeText(`a \{red|blue} fox`)
		s.press("enter")
		s.wait(time.Minute)
		expectPurchases(s, 1)
		row, _ := s.m.list.Row(s.m.list.Keys().At(0))
		if row.Prompt() != "a {red|blue} fox" || row.Template != `a \{red|blue} fox` {
			t.Errorf("sent %q, written as %q", row.Prompt(), row.Template)
		}
	})
}

// TestPastedTemplateBuysNothing: a template that is pasted with an enter at its end waits for an enter of its own, which shows its plan.
func TestPastedTemplateBuysNothing(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.send(tea.PasteMsg{Content: "A {red|blue} fox\n"})
		s.press("enter")
		s.wait(time.Second)
		if !s.m.screens.IsHome() {
			t.Errorf("the enter of a paste shows %T", s.m.screens.Top())
		}
		s.press("enter")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.sheet {
			t.Errorf("enter shows no plan:\n%s", s.screenText())
		}
		expectPurchases(s, 0)
	})
}
