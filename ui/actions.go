package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/preview"
	"tintype/ui/runner"
)

// nextPart gives the keys to the next part of the home screen, or the one before.
func (m *Model) nextPart(by int) tea.Cmd {
	if m.screen != home {
		return nil
	}
	m.setFocus((m.focus + focus(by) + 3) % 3)
	return nil
}

// setFocus gives the keys to a part.
func (m *Model) setFocus(f focus) {
	m.focus = f
	m.guard.Disarm()
	if f == focusPrompt {
		m.prompt.Focus()
		return
	}
	m.prompt.Blur()
}

// settingsKey is an action of the settings, which know it by a key.
func settingsKey(code rune) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { return m.onSettingsKey(tea.KeyPressMsg{Code: code}) }
}

// back goes one layer up: from a picture to the list, from the filter and the marks, from a page of the settings, and at home
// between prompt and list.
func (m *Model) back() tea.Cmd {
	switch {
	case m.screen != home:
		m.leaveScreen()
	case m.focus == focusList && m.list.IsFiltered():
		m.list.ClearFilter()
	case m.focus == focusList && m.list.MarkedCount() > 0:
		m.pushMarks()
		m.list.ClearMarks()
	case m.focus == focusPrompt:
		m.setFocus(focusList)
	case m.focus == focusSettings:
		return m.onSettingsKey(tea.KeyPressMsg{Code: tea.KeyEscape})
	default:
		m.setFocus(focusPrompt)
	}
	return nil
}

// move moves the cursor in the list.
func (m *Model) move(by int) tea.Cmd {
	m.list.Move(by)
	return nil
}

// page is how many rows a page key moves.
func (m *Model) page() int { return max(m.list.Height()-1, 1) }

// peek moves the choice of what stands on the stage without leaving the prompt.
func (m *Model) peek(by int) tea.Cmd {
	if shown := m.preview.Shown().Key; shown != "" {
		m.list.Choose(shown)
	}
	m.list.Move(by)
	m.preview.Pin(m.list.Cursor())
	return nil
}

// nextOutput goes through the pictures of a prediction: → enters the first, ← from the first returns to all of them. On the
// whole screen it goes on to the neighbours.
func (m *Model) nextOutput(by int) tea.Cmd {
	switch m.screen {
	case galleryScreen:
		return m.move(by)
	case compareScreen:
		return m.chooseCompared(by, false)
	}
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	n := len(e.Outputs)
	next := m.list.Output() + by
	switch {
	case n > 1 && next >= 0 && next <= n:
		m.list.SetOutput(next)
	case m.screen == full:
		m.list.Move(by)
	}
	return nil
}

// openSelected opens what the row stands for: its picture, its log while it has none, or the decision it waits for.
func (m *Model) openSelected() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	if m.needsDecision(e) {
		return m.openUnconfirmed(e)
	}
	m.openFull()
	if !preview.HasPicture(e) {
		m.preview.ShowLog()
	}
	return nil
}

// mark marks the selected row and moves on; on the whole screen it stays.
func (m *Model) mark(by int) tea.Cmd {
	if m.screen == compareScreen {
		return m.uncompare()
	}
	m.pushMarks()
	m.list.ToggleMark()
	if m.screen != full {
		m.list.Move(by)
	}
	return nil
}

// nextNew goes to the next prediction that has ended and was not looked at.
func (m *Model) nextNew() tea.Cmd {
	key, ok := m.list.NextUnseen()
	if !ok {
		m.notify("Nothing new.")
		return nil
	}
	m.list.Choose(key)
	return nil
}

// cycleDetails shows the facts of a picture in another place: where there is room, below, the log, nowhere.
func (m *Model) cycleDetails() tea.Cmd {
	if m.screen == compareScreen {
		m.compare.quiet = !m.compare.quiet
		return nil
	}
	if m.screen == galleryScreen {
		m.gallery.facts = m.gallery.facts.Next()
		return nil
	}
	m.preview.CycleDetails()
	return nil
}

// redraw draws everything anew, pictures too, and reads again what could not be read.
func (m *Model) redraw() tea.Cmd {
	m.preview.Reload()
	m.list.RetryReads()
	return tea.ClearScreen
}

// onResumed draws anew after a suspend, and polls at once.
func (m *Model) onResumed() tea.Cmd {
	m.pollNow()
	return tea.Batch(m.redraw(), m.checkFrames())
}

// carryOut performs what an action of the studio led to, and shows it.
func (m *Model) carryOut(c runner.Change, t runner.Task) tea.Cmd {
	return tea.Batch(m.onChange(c), m.perform(t))
}
