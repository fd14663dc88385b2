package ui

import tea "charm.land/bubbletea/v2"

// onTerminal takes what the terminal reports about itself.
func (m *Model) onTerminal(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.terminal.w, m.terminal.h = msg.Width, msg.Height
		return measureWindow(m.options.WindowPixels)
	case tea.BackgroundColorMsg:
		m.terminal.background = msg.Color
		m.look = newLook(m.options, m.terminal.background, m.terminal.colours)
	case tea.ColorProfileMsg:
		m.terminal.setProfile(msg)
		m.preview.ClearFrames()
		m.look = newLook(m.options, m.terminal.background, m.terminal.colours)
	case tea.ModeReportMsg:
		m.terminal.onModeReport(msg)
	case tea.FocusMsg:
		m.terminal.focused = true
		m.session.pollNow()
	case tea.BlurMsg:
		m.terminal.focused = false
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
		return m.terminal.onVersion(msg.Name)
	case measuredMsg:
		done = m.terminal.onMeasured(msg)
	case probedMsg:
		done, cmd = true, m.terminal.checkSize(m.options.Out)
	default:
		done = m.terminal.onProbeAnswer(msg)
	}
	if done && m.terminal.decide() {
		m.preview.ClearFrames()
	}
	return cmd
}

// onResumed redraws the screen after the program was suspended, and polls the jobs at once.
func (m *Model) onResumed() tea.Cmd {
	m.session.pollNow()
	return tea.Batch(m.redraw(), checkFrames(m.options.Layer))
}

// redraw draws the entire screen again with its pictures, and reads again what could not be read.
func (m *Model) redraw() tea.Cmd {
	m.preview.Reload()
	m.list.RetryReads()
	return tea.ClearScreen
}
