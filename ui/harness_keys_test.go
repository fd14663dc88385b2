package ui

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/internal/uitest"
)

// press presses keys by their names, each once the messages of the one before are handled.
func (s *app) press(names ...string) {
	for _, name := range names {
		s.sendKey(name)
		s.settle()
	}
}

// sendKey presses one key and handles no messages of commands.
func (s *app) sendKey(name string) {
	switch name {
	case "space":
		s.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	case "f1":
		s.send(tea.KeyPressMsg{Code: tea.KeyF1})
	default:
		s.send(uitest.Key(name))
	}
}

// typeText types a text without a pause.
func (s *app) typeText(text string) { s.typeSlowly(text, 0) }

// typeSlowly types a text with a pause after each letter.
func (s *app) typeSlowly(text string, pause time.Duration) {
	for _, r := range text {
		name := string(r)
		if r == ' ' {
			name = "space"
		}
		s.sendKey(name)
		if pause > 0 {
			s.wait(pause)
		}
	}
	s.settle()
}

const (
	pasteDelay   = 200 * time.Millisecond // an enter after that is not a part of the paste
	noteDuration = 4 * time.Second        // a note is shown no longer
)

// pasteText pastes a text. The next key is not a part of it.
func (s *app) pasteText(text string) {
	s.send(tea.PasteMsg{Content: text})
	s.settle()
	s.wait(pasteDelay)
}

// resize gives the terminal another size.
func (s *app) resize(w, h int) {
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
	s.settle()
}

// develop replaces the prompt and presses enter. It returns the key of the new prediction.
func (s *app) develop(prompt string) (key string) {
	s.t.Helper()
	s.wait(keyGap)
	s.press("ctrl+a", "ctrl+k")
	s.typeText(prompt)
	s.press("enter")
	return s.m.list.Cursor()
}

// clearPrompt empties the prompt.
func (s *app) clearPrompt() { s.press("ctrl+a", "ctrl+k") }

// click presses the left button on a cell.
func (s *app) click(x, y int) {
	s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	s.settle()
}

// clickStatusText clicks on a word of the bottom row.
func (s *app) clickStatusText(word string) {
	s.t.Helper()
	y := s.m.layout.Status.Y
	at := strings.Index(s.lines()[y], word)
	if at < 0 {
		s.t.Fatalf("the bottom row has no %q:\n%s", word, s.screenText())
	}
	s.click(cell.Width(s.lines()[y][:at]), y)
}

// clickText clicks on the last place where the screen has a text.
func (s *app) clickText(text string) {
	s.t.Helper()
	for y, line := range slices.Backward(s.lines()) {
		if at := strings.Index(line, text); at >= 0 {
			s.click(cell.Width(line[:at]), y)
			return
		}
	}
	s.t.Fatalf("the screen has no %q:\n%s", text, s.screenText())
}

// goHome presses esc until the prompt has the focus.
func (s *app) goHome() {
	s.t.Helper()
	for range 12 {
		if s.m.screens.IsHome() && s.m.screens.home.focus == focusPrompt && !s.m.dialogs.TakesKeys() {
			return
		}
		s.wait(time.Second)
		s.press("esc")
	}
	s.t.Fatalf("esc does not lead to the prompt:\n%s", s.screenText())
}

// pressSlowly presses keys with a pause after each.
func (s *app) pressSlowly(keys []string) {
	for _, key := range keys {
		s.press(key)
		s.wait(time.Second)
	}
}
