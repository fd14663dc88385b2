// Command empty is a minimal full-screen program with Bubble Tea, the baseline of measure. It counts keys, so that each
// key causes a frame. Its optional argument is the frame rate; the default is Bubble Tea's, at most 60 frames a second.
package main

import (
	"fmt"
	"os"
	"strconv"

	tea "charm.land/bubbletea/v2"
)

type model struct{ keys int }

func (m model) Init() tea.Cmd { return nil }

func (m model) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok {
		if key.String() == "ctrl+c" {
			return m, tea.Quit
		}
		m.keys++
	}
	return m, nil
}

func (m model) View() tea.View {
	v := tea.NewView(fmt.Sprintf("hello %d", m.keys))
	v.AltScreen = true
	return v
}

func main() {
	var options []tea.ProgramOption
	if len(os.Args) > 1 {
		frames, err := strconv.Atoi(os.Args[1])
		if err != nil {
			os.Exit(2)
		}
		options = append(options, tea.WithFPS(frames))
	}
	if _, err := tea.NewProgram(model{}, options...).Run(); err != nil {
		os.Exit(1)
	}
}
