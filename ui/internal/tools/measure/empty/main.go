// Command empty is the least full-screen program that Bubble Tea makes: what tintype's own cost is measured against. It
// counts keys, so that a key has a frame. It draws as often as Bubble Tea does by itself (60 frames a second at most), or
// as often as its argument says.
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
