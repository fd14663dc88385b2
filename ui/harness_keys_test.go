package ui

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/internal/uitest"
)

// press presses keys, each by its name, and lets what they ask for come to rest.
func (s *app) press(names ...string) {
	for _, name := range names {
		s.sendKey(name)
		s.settle()
	}
}

// sendKey presses one key and runs nothing to its end.
func (s *app) sendKey(name string) {
	switch name {
	case "space":
		s.send(tea.KeyPressMsg{Code: tea.KeySpace, Text: " "})
	case "f1":
		s.send(tea.KeyPressMsg{Code: tea.KeyF1})
	default:
		s.send(uitest.KeyNamed(name))
	}
}

// typeText types a text, as fast as a terminal hands it over.
func (s *app) typeText(text string) { s.typeSlowly(text, 0) }

// typeSlowly types a text with a pause behind each letter.
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

// How long a pause makes an enter no part of a paste, and how long a note is shown at the most.
const (
	pasteDelay   = 200 * time.Millisecond
	noteDuration = 4 * time.Second
)

func (s *app) pasteText(text string) {
	s.send(tea.PasteMsg{Content: text})
	s.settle()
	s.wait(pasteDelay) // a hand takes longer to the next key
}

func (s *app) resize(w, h int) {
	s.send(tea.WindowSizeMsg{Width: w, Height: h})
	s.settle()
}

// develop types a prompt in place of the one there, and presses enter.
func (s *app) develop(prompt string) (key string) {
	s.t.Helper()
	s.press("ctrl+a", "ctrl+k")
	s.typeText(prompt)
	s.press("enter")
	return s.m.list.Cursor()
}

// clearPrompt takes the prompt away.
func (s *app) clearPrompt() { s.press("ctrl+a", "ctrl+k") }

// click presses the left button on a cell.
func (s *app) click(x, y int) {
	s.send(tea.MouseClickMsg{X: x, Y: y, Button: tea.MouseLeft})
	s.settle()
}

// clickStatusText presses it on a word of the bottom row.
func (s *app) clickStatusText(word string) {
	s.t.Helper()
	y := s.m.layout.Bottom.Y
	at := strings.Index(s.lines()[y], word)
	if at < 0 {
		s.t.Fatalf("the bottom row lacks %q:\n%s", word, s.screenText())
	}
	s.click(cell.Width(s.lines()[y][:at]), y)
}

// goHome goes back to the prompt from wherever one is.
func (s *app) goHome() {
	s.t.Helper()
	for range 12 {
		if s.m.screens.IsHome() && s.m.screens.home.focus == focusPrompt && !s.m.dialogs.TakesKeys() {
			return
		}
		s.wait(time.Second)
		s.press("esc")
	}
	s.t.Fatalf("no way home:\n%s", s.screenText())
}

// GoTo goes from the prompt to a place.
func (s *app) pressSlowly(keys []string) {
	for _, key := range keys {
		s.press(key)
		s.wait(time.Second)
	}
}
