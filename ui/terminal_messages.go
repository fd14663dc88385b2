package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/picture"
	"tintype/ui/tty"
)

// onTerminal takes what the terminal tells of itself.
func (m *Model) onTerminal(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.terminal.w, m.terminal.h = msg.Width, msg.Height
		return measureWindow(m.options.WindowPixels)
	case tea.BackgroundColorMsg:
		m.terminal.background = msg.Color
		m.look = m.terminal.look(m.options)
	case tea.ColorProfileMsg:
		m.terminal.setProfile(msg, m.options.Appearance)
		m.preview.ClearFrames()
		m.look = m.terminal.look(m.options)
	case tea.KeyboardEnhancementsMsg:
		m.terminal.shiftEnter = msg.SupportsKeyDisambiguation()
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
func (m *Model) onProbeAnswer(msg tea.Msg) tea.Cmd {
	var done bool
	var again tea.Cmd
	switch msg := msg.(type) {
	case tea.TerminalVersionMsg:
		m.terminal.probe.Observe(picture.Answer{Version: msg.Name})
		return m.terminal.forceTrueColour(msg.Name, m.options)
	case measuredMsg:
		done = m.terminal.onMeasured(msg)
	case probedMsg:
		done, again = true, m.terminal.checkSize(m.options.Out)
	default:
		a, _ := tty.AnswerOf(msg)
		a.Screen = picture.Cells{W: m.terminal.w, H: m.terminal.h}
		done = m.terminal.probe.Observe(a)
	}
	if done {
		m.terminal.probed = true
		m.applyCapabilities()
	}
	return again
}

// applyCapabilities draws pictures from now on as the terminal's answers allow.
func (m *Model) applyCapabilities() {
	can := m.terminal.decideCapabilities(m.options.Appearance)
	if can != m.terminal.capabilities {
		m.terminal.capabilities = can
		m.preview.ClearFrames()
	}
}
