package dialog

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/cell"
	"tintype/ui/guard"
	"tintype/ui/internal/uitest"
	"tintype/ui/keymap"
	"tintype/ui/picker"
	"tintype/ui/statusbar"
	"tintype/ui/theme"
)

var (
	start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	later = start.Add(guard.Grace)
	look  = theme.NewLook("dark", nil, 0, false)
)

// answered counts how often an answer was given.
func answered(n *int) func() tea.Cmd {
	return func() tea.Cmd { *n++; return nil }
}

func TestQuestionIgnoresKeysOfBefore(t *testing.T) {
	var s Stack
	yes := 0
	s.Ask(Question{Text: "Cancel all?", Answers: []Answer{{"y", "cancel all", answered(&yes)}, {"esc", "keep", nil}}}, start)
	s.OnQuestionKey("y", later.Add(-1))
	s.OnQuestionKey("x", later)
	if yes != 0 || !s.HasQuestion() || !s.TakesKeys() || s.IsModal() {
		t.Errorf("answered %d times, question open: %v", yes, s.HasQuestion())
	}
	s.OnQuestionKey("y", later)
	if yes != 1 || s.TakesKeys() {
		t.Errorf("answered %d times, something open: %v", yes, s.TakesKeys())
	}
	s.Ask(Question{Answers: []Answer{{"esc", "keep", nil}}}, start)
	s.OnQuestionKey("esc", later)
	if s.HasQuestion() {
		t.Error("an answer that does nothing does not close")
	}
}

func TestDecisionConfirmsNothingByEnter(t *testing.T) {
	var s Stack
	again := 0
	s.Decide(Decision{Title: "Was this bought?", Answers: []Answer{{"y", "send again", answered(&again)}, {"esc", "decide later", nil}}}, start)
	for _, key := range []string{"enter", "space", "x"} {
		s.OnDialogKey(uitest.Key(key), later)
	}
	if again != 0 || !s.IsModal() {
		t.Errorf("sent %d times", again)
	}
	if _, taken := s.Paste("y"); !taken || again != 0 {
		t.Error("a paste answers")
	}
	s.OnDialogKey(uitest.Key("y"), later)
	if again != 1 || s.IsModal() {
		t.Errorf("sent %d times, open: %v", again, s.IsModal())
	}
}

func TestChoice(t *testing.T) {
	choices := []picker.Choice{{Value: "a", Text: "apple"}, {Value: "b", Text: "banana"}}
	open := func(s *Stack, took *string) {
		list := picker.New("Fruit", choices, "a")
		s.Choose(list, start, func(value string) tea.Cmd { *took = "took " + value; return nil })
	}
	for _, c := range []struct{ keys, want string }{
		{"<down><enter>", "took b"}, {"<esc>", ""}, {"ban<enter>", "took b"},
	} {
		var s Stack
		took := ""
		open(&s, &took)
		s.OnDialogKey(uitest.Key("enter"), start) // held since before
		if took != "" || !s.HasChoice() {
			t.Fatalf("a held enter took %q", took)
		}
		uitest.Type(func(k tea.KeyPressMsg) { s.OnDialogKey(k, later) }, c.keys)
		if took != c.want || s.IsModal() {
			t.Errorf("%s: %q, want %q; open: %v", c.keys, took, c.want, s.IsModal())
		}
	}
}

func TestMenuEndsWithTheNextKey(t *testing.T) {
	var s Stack
	items := []keymap.MenuItem{{Action: "copy-prompt", Keys: []string{"p", "y"}, Word: "prompt"}}
	for key, want := range map[string]keymap.Action{"y": "copy-prompt", "p": "copy-prompt", "z": "", "esc": ""} {
		s.OpenMenu("Copy", items)
		if got := s.OnMenuKey(key); got != want || s.HasMenu() {
			t.Errorf("%s runs %q, menu open: %v", key, got, s.HasMenu())
		}
	}
}

func TestNotes(t *testing.T) {
	var s Stack
	s.Notify("", start)
	if s.Speaks() || len(s.Notes()) != 0 {
		t.Error("nothing was said, and is shown")
	}
	s.Notify("Copied.", start)
	s.CountKey()
	if !s.Speaks() {
		t.Error("the first key takes the note away")
	}
	s.CountKey()
	if s.Speaks() {
		t.Error("the second key leaves the note")
	}
	s.Notify("Copied.", start)
	s.Expire(start.Add(noteDuration - 1))
	if left, ok := s.NoteLeft(start); !ok || left != noteDuration {
		t.Errorf("shown for %v, %v", left, ok)
	}
	s.Expire(start.Add(noteDuration))
	if s.Speaks() {
		t.Error("the note is shown for ever")
	}
	for range 2 * maxNotes {
		s.Notify("again", start)
	}
	if n := len(s.Notes()); n != maxNotes {
		t.Errorf("%d notes are kept", n)
	}
}

// TestDecisionFits: a decision is never drawn outside its room, and its answers are always there.
func TestDecisionFits(t *testing.T) {
	for w := 20; w <= 60; w += 8 {
		for h := 6; h <= 16; h++ {
			var s Stack
			s.Decide(Decision{
				Title: "No key", Text: []string{strings.Repeat("many words ", 12)}, Code: "export KEY=…",
				Answers: []Answer{{"d", "demo", nil}, {"esc", "back", nil}},
			}, start)
			c := cell.NewCanvas(w, h)
			s.Draw(c, cell.Rect{X: 0, Y: 1, W: w, H: h - 1}, look)
			lines := strings.Split(ansi.Strip(c.String()), "\n")
			if strings.TrimSpace(lines[0]) != "" || !strings.Contains(strings.Join(lines, "\n"), " esc  back") {
				t.Fatalf("%d×%d:\n%s", w, h, strings.Join(lines, "\n"))
			}
		}
	}
}

func TestStatusHasOneVoice(t *testing.T) {
	var s Stack
	bar := statusbar.Bar{Look: look, Width: 60, Sidebar: 30}
	if _, ok := s.Status(bar); ok {
		t.Error("nothing is open, and something is said")
	}
	s.Notify("A note.", start)
	s.OpenMenu("Copy", []keymap.MenuItem{{Keys: []string{"p"}, Word: "prompt"}})
	if got, _ := s.Status(bar); len(got.Lines) != 4 || ansi.Strip(got.Lines[1]) != "Copy" || ansi.Strip(got.Lines[2]) != "p prompt" || ansi.Strip(got.Lines[3]) != "esc close" {
		t.Errorf("beside a note the menu says %q", got.Lines)
	}
	s.Ask(Question{Text: "Sure?", Answers: []Answer{{"y", "yes", nil}}}, start)
	if got, _ := s.Status(bar); ansi.Strip(got.Lines[0]) != "Sure?  y yes" || s.HasMenu() {
		t.Errorf("the question says %q", got.Lines)
	}
}
