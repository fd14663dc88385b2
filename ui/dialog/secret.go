package dialog

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/guard"
	"tintype/ui/text"
	"tintype/ui/textedit"
	"tintype/ui/theme"
)

// Secret is a line of a decision into which something is typed or pasted that must not be seen. It is drawn as dots, and its text is
// only given to Enter.
type Secret struct {
	Check  func(pasted string) error  // why a pasted text is refused; nil if it is taken
	Enter  func(typed string) tea.Cmd // for enter; the decision stays open
	line   textedit.Line
	note   string // why something was refused, or what is being done
	pasted bool   // the text was pasted, so an enter after it is meant
	busy   bool   // what was typed is being tried, and takes no keys
}

// update takes a key.
func (s *Secret) update(key tea.KeyPressMsg, since, now time.Time) tea.Cmd {
	switch {
	case s.busy:
	case key.String() == "enter":
		if s.pasted || now.Sub(since) >= guard.Grace { // the enter that opened the decision may still be held
			return s.Enter(strings.TrimSpace(s.line.Value()))
		}
	default:
		s.note = ""
		s.line.Update(key)
	}
	return nil
}

// paste inserts a text without the line end that a terminal adds, if it can be one. What is there stays: a terminal that does not mark
// pastes may deliver one in parts.
func (s *Secret) paste(pasted string) {
	pasted = strings.TrimSpace(pasted)
	if s.busy {
		return
	}
	if err := s.Check(pasted); err != nil {
		s.note = err.Error()
		return
	}
	s.note, s.pasted = "", true
	s.line.Paste(pasted)
}

// Wait shows that what was typed is being tried; keys other than those of the answers do nothing.
func (s *Secret) Wait(note string) { s.note, s.busy = note, true }

// Refuse shows why what was typed is not taken. With forget the line is emptied.
func (s *Secret) Refuse(note string, forget bool) {
	s.note, s.busy = note, false
	if forget {
		s.line = textedit.Line{}
	}
}

// lines draws the line of dots with its length, and below it the note.
func (s *Secret) lines(w int, look theme.Look) []string {
	st := look.Styles
	length := len([]rune(s.line.Value()))
	count := ""
	if length > 0 {
		count = fmt.Sprint(length)
	}
	room := max(w-4-len(count), 1)
	dots := strings.Repeat(look.Glyphs.Translate("•"), min(length, room-1))
	lines := []string{"", "  " + st.Strong.Render(string(text.PadRight(text.Safe(dots), room))) + st.Muted.Render(count), ""}
	role := st.Failure
	if s.busy {
		role = st.Muted
	}
	for _, line := range text.Wrap(text.CleanLine(look.Glyphs.Translate(s.note)), max(w-2, 1)) {
		lines = append(lines, " "+role.Render(string(line)))
	}
	return lines
}

// column returns the column of the terminal's cursor.
func (s *Secret) column(w int) int {
	_, x := s.line.View(max(w-8, 1), theme.Styles{})
	return min(2+x, w-1)
}
