package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
)

// plainTables are the terminals that show least: without colour, without Unicode, and both without motion.
var plainTables = map[string]table{
	"no-colour": {env: map[string]string{"NO_COLOR": "1", "NO_MOTION": "1"}},
	"ascii":     {env: map[string]string{"NO_COLOR": "1"}, look: Appearance{Glyphs: "ascii", Motion: "none"}},
}

// TestMoment11Plain: focus, selection, marks, every state and what needs the user are told apart in a golden of plain text.
func TestMoment11Plain(t *testing.T) {
	for name, tb := range plainTables {
		t.Run(name, func(t *testing.T) {
			story(t, func(t *testing.T) {
				s := plainSitting(t, tb)
				s.golden("plain-" + name)
				toldApart(s)
				s.press("esc")
				s.golden("plain-" + name + "-prompt")
			})
		})
	}
}

// plainSitting has every state in its list, a mark, a star, and the focus on the list.
func plainSitting(t *testing.T, tb table) *sitting {
	t.Helper()
	stopped := func(reason string) func(*history.Entry) {
		return func(e *history.Entry) { e.CancelReason = reason; e.Status = "" }
	}
	s := furnished(t, tb,
		past{ago: 9 * time.Minute, prompt: "a lost one", state: history.Lost, cost: 0.003, change: func(e *history.Entry) {
			e.Error = &history.EntryError{Code: "expired"}
		}},
		past{ago: 8 * time.Minute, prompt: "left to itself", state: history.Stopped, change: stopped("not_followed")},
		past{ago: 7 * time.Minute, prompt: "stopped here", state: history.Stopped, change: stopped("canceled")},
		past{ago: 6 * time.Minute, prompt: "maybe bought", state: history.Unconfirmed, change: unanswered},
		past{ago: 5 * time.Minute, prompt: "went wrong", state: history.Failed, change: flagged},
		past{ago: 4 * time.Minute, prompt: "seen long ago", seed: 3, took: 1, star: true},
		past{ago: 3 * time.Minute, prompt: "marked", seed: 3, took: 1},
	)
	s.server.UpdateBehaviour(slowly)
	s.develop("new here")
	s.state(s.m.list.Cursor(), history.Done)
	s.develop("under way")
	s.wait(5 * time.Second)
	s.develop("just begun")
	s.wait(100 * time.Millisecond)
	s.faulty(throttled)
	s.develop("asked to wait")
	s.wait(300 * time.Millisecond)
	s.m.list.SetUnseen(newest(s, "new here")) // by the time all this was done, it had been looked at
	s.press("esc", "down", "down", "down", "down", "space")
	return s
}

// newest is the key of the newest prediction with a prompt.
func newest(s *sitting, prompt string) string {
	s.t.Helper()
	for _, key := range s.m.list.Keys().All() {
		if e, _ := s.m.list.Entry(key); e.Prompt() == prompt {
			return key
		}
	}
	s.t.Fatalf("nothing of %q", prompt)
	return ""
}

// toldApart checks that no two states have the same sign and word, and that nothing is told by colour.
func toldApart(s *sitting) {
	s.t.Helper()
	seen := map[string]string{}
	room := s.m.layout.List
	for _, line := range s.lines()[room.Y:room.Bottom()] {
		row := strings.TrimRight(ansi.Truncate(line, room.W, ""), " ")
		if len(row) < 5 {
			continue
		}
		words := strings.Fields(row)
		signs := ansi.Truncate(ansi.TruncateLeft(row, 1, ""), 2, "") // mark or star, and state
		key := signs + " " + words[len(words)-1]
		if other, twice := seen[key]; twice {
			s.t.Errorf("%q and %q look the same", row, other)
		}
		seen[key] = row
	}
	if len(seen) < 9 {
		s.t.Errorf("only %d rows:\n%s", len(seen), s.screen())
	}
	buf := s.buffer()
	for y := range buf.Height() {
		for x := range buf.Width() {
			if cell := buf.CellAt(x, y); cell != nil && (cell.Style.Fg != nil || cell.Style.Bg != nil) {
				s.t.Fatalf("a colour at %d, %d", x, y)
			}
		}
	}
}
