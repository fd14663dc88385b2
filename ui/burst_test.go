package ui

import (
	"image/color"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"tintype/ui/dialog"
	"tintype/ui/tty"
)

// TestBurstRunsNoCommand: text that arrived at once goes where text is typed, otherwise to the prompt. It answers no question and cancels
// nothing.
func TestBurstRunsNoCommand(t *testing.T) {
	burst := func(s *app, text string) { s.send(tty.Burst(text)); s.settle() }
	for name, c := range map[string]struct {
		keys   []string // pressed before
		text   string
		prompt string // what is appended to the prompt
		focus  focus
		check  func(t *testing.T, s *app)
	}{
		"into the prompt": {nil, " at\nsea", " at\nsea", focusPrompt, nil},
		"into the list":   {[]string{"esc"}, "xx a red\nbicycle\n", "xx a red\nbicycle\n", focusPrompt, nil},
		"moving over a slow line": {[]string{"esc", "k"}, "jjk", "", focusList, func(t *testing.T, s *app) {
			if s.m.list.Cursor() == "" {
				t.Error("nothing is selected")
			}
		}},
		"into a question": {[]string{"esc", "?yes"}, "yes\n", "", focusList, func(t *testing.T, s *app) {
			if !s.m.dialogs.HasQuestion() {
				t.Error("the question is closed")
			}
		}},
		"into the menu":   {[]string{"ctrl+x"}, "Xxx", "", focusPrompt, nil},
		"into the filter": {[]string{"ctrl+f"}, "dusk\n", "", focusList, func(t *testing.T, s *app) { s.expectText("Filter dusk") }},
		"into the help": {[]string{"f1"}, "gallery", "", focusPrompt, func(t *testing.T, s *app) {
			if s.m.screens.IsHome() {
				t.Error("the help is closed")
			}
			s.expectText("gallery")
		}},
		"a number into the settings": {[]string{"tab", "up"}, "123", "", focusSettings, nil},
		"words into the settings":    {[]string{"tab"}, " and words", " and words", focusPrompt, nil},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newAppWithHistory(t, appOptions{}, sampleAlbum()...)
				s.typeText("a boat")
				s.wait(time.Second)
				for _, key := range c.keys {
					if key == "?yes" {
						fails := func() tea.Cmd { t.Error("the question is answered"); return nil }
						s.m.dialogs.Ask(dialog.Question{Text: "Sure?", Answers: []dialog.Answer{{Key: "y", Word: "yes", Do: fails}}}, utcNow())
					} else {
						s.press(key)
					}
					s.wait(time.Second)
				}
				burst(s, c.text)
				if got := s.m.prompt.Value(); got != "a boat"+c.prompt {
					t.Errorf("the prompt is %q", got)
				}
				if got := s.m.screens.home.focus; got != c.focus {
					t.Errorf("the focus is on %v", got)
				}
				if c.check != nil {
					c.check(t, s)
				}
				s.expectPurchases(0)
			})
		})
	}
}

// TestLateBackgroundChangesTheLook: until the terminal reports its background, text has the terminal's own colours, and a late answer
// counts too.
func TestLateBackgroundChangesTheLook(t *testing.T) {
	t.Parallel()
	isDark := func(s *app) bool {
		r, _, _, _ := s.m.look.Styles.Text.GetForeground().RGBA()
		return r < 0x8000
	}
	t.Run("reported late", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{mute: true})
			if c, none := s.m.look.Styles.Text.GetForeground().(lipgloss.NoColor); !none {
				t.Errorf("text is drawn in %v", c)
			}
			s.wait(5 * time.Second)
			s.send(tea.BackgroundColorMsg{Color: color.White})
			if !isDark(s) {
				t.Error("text is light on white")
			}
		})
	})
	t.Run("in the environment", func(t *testing.T) {
		inBubble(t, func(t *testing.T) {
			s := newApp(t, appOptions{mute: true, env: map[string]string{"COLORFGBG": "0;15"}})
			if !isDark(s) {
				t.Error("text is light on white")
			}
			s.send(tea.BackgroundColorMsg{Color: color.Black})
			if isDark(s) {
				t.Error("the variable counts more than what the terminal reports")
			}
		})
	})
}
