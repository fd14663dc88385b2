package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/tty"
)

// onTerminal takes what the terminal reports about itself.
func (m *Model) onTerminal(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.terminal.W, m.terminal.H = msg.Width, msg.Height
		return tty.Measure(m.options.WindowPixels)
	case tea.BackgroundColorMsg:
		m.terminal.Background = msg.Color
		m.look = newLook(m.options, m.terminal.Background, m.terminal.Colours)
	case tea.ColorProfileMsg:
		m.terminal.OnProfile(msg)
		m.preview.ClearFrames()
		m.look = newLook(m.options, m.terminal.Background, m.terminal.Colours)
	case tea.ModeReportMsg:
		m.terminal.OnModeReport(msg)
	case tea.FocusMsg:
		m.terminal.IsFocused = true
		m.session.pollNow()
	case tea.BlurMsg:
		m.terminal.IsFocused = false
	case tea.ResumeMsg:
		return m.onResumed()
	case hungUpMsg:
		return m.quit()
	default:
		return m.onProbeAnswer(msg)
	}
	return nil
}

// onProbeAnswer takes one of the terminal's answers about pictures, or the end of the wait for them.
func (m *Model) onProbeAnswer(msg tea.Msg) (cmd tea.Cmd) {
	var done bool
	switch msg := msg.(type) {
	case tea.TerminalVersionMsg:
		return m.terminal.OnVersion(msg.Name)
	case tty.Measured:
		done = m.terminal.OnMeasured(msg)
	case tty.ProbeEnded:
		done, cmd = true, m.terminal.CheckSize(m.options.Out)
	default:
		done = m.terminal.OnAnswer(msg)
	}
	if done && m.terminal.Decide() {
		m.preview.ClearFrames()
	}
	return cmd
}

// onResumed redraws the screen after the program was suspended, and polls the jobs at once.
func (m *Model) onResumed() tea.Cmd {
	m.session.pollNow()
	return tea.Batch(m.redraw(), tty.CheckFrames(m.options.Layer))
}

// redraw draws the entire screen again with its pictures, and reads again what could not be read.
func (m *Model) redraw() tea.Cmd {
	m.preview.Reload()
	m.list.RetryReads()
	return tea.ClearScreen
}
