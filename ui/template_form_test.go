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
	"tintype/ui/picturekey"
	"tintype/ui/plan"
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
		s.expectPurchases(1)
		if row, _ := s.m.list.Row(s.m.list.Keys().At(0)); row.Prompt() != "an old {a|b} of mine" {
			t.Errorf("sent %q", row.Prompt())
		}
		s.press("ctrl+r")
		s.wait(time.Second)
		s.press("down", "enter")
		if got := s.m.prompt.Value(); got != "a {red|blue} fox" {
			t.Errorf("ctrl+r gives %q", got)
		}
		if hints := s.screenText(); !strings.Contains(hints, "enter plan") || strings.Contains(hints, "enter develop") {
			t.Errorf("the hint of enter is not that it shows the plan:\n%s", hints)
		}
		s.press("enter")
		s.wait(time.Second)
		if s.m.screens.Top() != s.m.screens.sheet {
			t.Errorf("enter shows no plan:\n%s", s.screenText())
		}
		s.expectPurchases(1)
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
				s.hold("enter", 400*time.Millisecond, 40)
				s.wait(5 * time.Second)
				if s.m.screens.Top() != s.m.screens.sheet {
					t.Errorf("enter shows no plan:\n%s", s.screenText())
				}
				s.expectPurchases(0)
			})
		})
	}
}

// hold sends a key as it comes while it is held: a pause, then repeats.
func (s *app) hold(name string, pause time.Duration, repeats int) {
	s.press(name)
	s.wait(pause)
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
				s.hold("enter", 400*time.Millisecond, 40)
				s.typeText("!")
				s.wait(time.Minute)
				s.expectPurchases(1)
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
				s.expectPurchases(0)
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
		s.expectPurchases(1)
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
		s.expectPurchases(0)
	})
}

// TestFormTellsItsPlan: the settings' label says how many pictures a form makes, what they cost and which are had. While one types it says
// nothing of an earlier text.
func TestFormTellsItsPlan(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithLists(t, appOptions{w: 160, h: 50}, &someLists{lists: colours()})
		s.typeText("A {red|blue|green} fox")
		s.expectNoText("3 pictures")
		s.wait(time.Second)
		s.expectText("3 pictures · about $0.009")
		s.typeText(", __colour__")
		s.expectNoText("3 pictures")
		s.wait(time.Second)
		s.expectText("6 pictures · about $0.018")
		s.clearPrompt()
		s.typeText("A {1|2|3|4}{1|2|3|4}{1|2|3|4}{1|2|3|4}{1|2|3|4}{1|2|3|4}{1|2|3|4}{1|2|3|4} fox")
		s.wait(time.Second)
		s.expectText("65,536 pictures")
		s.clearPrompt()
		s.typeText("A fox")
		s.wait(time.Second)
		s.expectText("Settings", "about $0.003")
		s.expectNoText("pictures ·")
		s.expectPurchases(0)
	})
}

// TestFormTellsWhatIsHad: pictures of the plan that are here count as had as soon as they are.
func TestFormTellsWhatIsHad(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 160, h: 50})
		if err := s.m.settings.LoadOne("seed", int64(7)); err != nil {
			t.Fatal(err)
		}
		s.develop("A red fox")
		s.clearPrompt()
		s.typeText("A {red|blue} fox")
		s.wait(time.Minute)
		s.expectText("2 pictures · about $0.003 · 1 had")
	})
}

// TestMistakeIsToldAfterARest: a mistake in the prompt is told under it once the typing rests, and no longer once it is gone.
func TestMistakeIsToldAfterARest(t *testing.T) {
	for _, at := range []terminalSize{{160, 50}, {80, 24}, {40, 12}} {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithLists(t, appOptions{w: at.w, h: at.h}, &someLists{lists: colours()})
				s.typeSlowly("A {red|blue", 100*time.Millisecond)
				s.expectNoText("no }")
				s.wait(time.Second)
				s.expectText("olumn 3: this { has no }.")
				s.typeText("}")
				s.wait(time.Second)
				s.expectNoText("no }")
				s.typeText(" __size__")
				s.wait(time.Second)
				s.expectText("no list called size")
			})
		})
	}
}

// TestAsWritten: ctrl+x t turns the language off for the draft, also over a restart: it is sent as it is written. A prompt that replaces
// the draft is a template again.
func TestAsWritten(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{})
		s.typeText("A {red|blue} fox")
		s.press("ctrl+x", "t")
		s.expectText("as written")
		s.wait(5 * time.Second)
		s.close()
		again := newApp(t, appOptions{dir: s.dir, server: s.server})
		again.expectText("as written")
		again.press("enter")
		again.wait(time.Minute)
		again.expectPurchases(1)
		row, _ := again.m.list.Row(again.m.list.Keys().At(0))
		if row.Prompt() != "A {red|blue} fox" || row.Template != "" {
			t.Errorf("sent %q, written as %q", row.Prompt(), row.Template)
		}
		again.press("ctrl+a")
		again.press("up") // an earlier prompt, escaped
		if got := again.m.prompt.Value(); got != `A \{red|blue} fox` || again.m.literal {
			t.Errorf("up gives %q, as written: %v", got, again.m.literal)
		}
		again.press("ctrl+e")
		again.press("down")
		if got := again.m.prompt.Value(); got != "A {red|blue} fox" || !again.m.literal {
			t.Errorf("down gives %q, as written: %v", got, again.m.literal)
		}
	})
}

// TestTabCompletesLists: after __ tab completes the name of a list; with several of them it asks. Elsewhere it goes to the settings.
func TestTabCompletesLists(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppWithLists(t, appOptions{}, &someLists{lists: colours()})
		for _, step := range []struct{ typed, want string }{
			{"A __o", "A __one__"}, {"A __c", "A __colour"}, {"A __colours", "A __colours/warm__"}, {"A {x|__~o", "A {x|__~one__"}, {"A __x", "A __x"},
		} {
			s.clearPrompt()
			s.typeText(step.typed)
			s.press("tab")
			s.wait(time.Second)
			if got := s.m.prompt.Value(); got != step.want || s.focusName() != "prompt" {
				t.Errorf("tab after %q gives %q, want %q; %s has the keys", step.typed, got, step.want, s.focusName())
			}
		}
		s.clearPrompt()
		s.typeText("A __colour")
		s.press("tab")
		s.wait(time.Second)
		s.expectText("Lists of values", "colours/warm")
		s.press("down", "enter")
		s.wait(time.Second)
		if got := s.m.prompt.Value(); got != "A __colours/warm__" {
			t.Errorf("the list gives %q", got)
		}
		s.press("tab") // no list is being typed
		if s.focusName() != "settings" {
			t.Errorf("tab gives the keys to %s", s.focusName())
		}
		s.expectPurchases(0)
	})
}

// cellKeys returns the keys of the pictures of a plan, sorted.
func cellKeys(p *plan.Plan) []picturekey.Key {
	var keys []picturekey.Key
	for _, c := range p.Cells {
		keys = append(keys, c.Key)
	}
	slices.Sort(keys)
	return keys
}

// TestReusedPlanHasItsAxes: r on a label of a sheet loads the prompt as it was written and all values of its axes; the form makes the same
// pictures again.
func TestReusedPlanHasItsAxes(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openTable(t, 120, 40)
		p := s.m.screens.sheet.Plan()
		s.pressSlowly([]string{"left", "r"}) // on the label of a row
		s.wait(time.Second)
		if !s.m.screens.IsHome() || s.m.prompt.Value() != p.Spec.Prompt {
			t.Fatalf("the form has %q:\n%s", s.m.prompt.Value(), s.screenText())
		}
		s.expectText("8 pictures")
		s.press("enter")
		s.wait(time.Second)
		if again := s.m.screens.sheet.Plan(); again == p || !slices.Equal(cellKeys(again), cellKeys(p)) {
			t.Errorf("another plan: %+v, want %+v", again.Spec, p.Spec)
		}
		s.expectPurchases(0)
	})
}
