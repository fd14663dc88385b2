package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/picture"
	"tintype/ui/tty"
)

// route takes a message to who it concerns.
func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg, tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.KeyboardEnhancementsMsg, tea.TerminalVersionMsg, tea.ModeReportMsg,
		tea.FocusMsg, tea.BlurMsg, tea.ResumeMsg, uv.KittyGraphicsEvent, uv.PrimaryDeviceAttributesEvent, uv.CellSizeEvent,
		uv.PixelSizeEvent, measuredMsg, probedMsg, hungUpMsg:
		return m.heard(msg)
	case openedMsg, adoptedMsg, performedMsg, builtMsg, rowsMsg, foundMsg, refreshedMsg, recordedMsg, renderedMsg,
		promptsMsg, admittedMsg, editedMsg, viewedMsg, placedMsg, takenBackMsg, formSavedMsg, formDueMsg, tickMsg, spentMsg:
		return m.learned(msg)
	case tea.KeyPressMsg:
		return m.pressed(msg)
	case tea.PasteMsg:
		return m.pasted(msg.Content)
	case tea.MouseMsg:
		return m.moused(msg)
	}
	return nil
}

// heard takes what the terminal tells of itself.
func (m *Model) heard(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		m.terminal.w, m.terminal.h = msg.Width, msg.Height
		return measure(m.options.WindowPixels)
	case tea.BackgroundColorMsg:
		m.terminal.background = msg.Color
		m.dress()
	case tea.ColorProfileMsg:
		m.terminal.profile(msg, m.options.Appearance)
		m.stage.Frames.Clear()
		m.dress()
	case tea.KeyboardEnhancementsMsg:
		m.terminal.shiftEnter = msg.SupportsKeyDisambiguation()
	case tea.ModeReportMsg:
		m.terminal.reported(msg)
	case tea.FocusMsg:
		m.terminal.focused = true
		m.wake()
	case tea.BlurMsg:
		m.terminal.focused = false
	case tea.ResumeMsg:
		return m.resumed()
	case hungUpMsg:
		return m.quit()
	default:
		return m.answered(msg)
	}
	return nil
}

// answered takes one of the terminal's answers about pictures, or the end of the wait for them.
func (m *Model) answered(msg tea.Msg) tea.Cmd {
	var done bool
	var again tea.Cmd
	switch msg := msg.(type) {
	case tea.TerminalVersionMsg:
		m.terminal.probe.Observe(picture.Answer{Version: msg.Name})
		return m.terminal.trueColour(msg.Name, m.options)
	case measuredMsg:
		done = m.terminal.measured(msg)
	case probedMsg:
		done, again = true, m.terminal.sizeAgain(m.options.Out)
	default:
		a, _ := tty.AnswerOf(msg)
		a.Screen = picture.Cells{W: m.terminal.w, H: m.terminal.h}
		done = m.terminal.probe.Observe(a)
	}
	if done {
		m.terminal.probed = true
		m.decided()
	}
	return again
}

// decided draws pictures from now on as the terminal's answers allow.
func (m *Model) decided() {
	can := m.terminal.decide(m.options.Appearance)
	if can != m.terminal.can {
		m.terminal.can = can
		m.stage.Frames.Clear()
	}
}

// learned takes the facts that commands bring back.
func (m *Model) learned(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case openedMsg:
		return m.opening(msg)
	case adoptedMsg:
		return m.adopted(msg)
	case performedMsg:
		return m.performed(msg)
	case builtMsg:
		return m.built(msg)
	case rowsMsg:
		m.list.Learn(msg.entries)
		m.complain(msg.err)
	case foundMsg:
		return m.found(msg)
	case refreshedMsg:
		return m.refreshed(msg)
	case recordedMsg:
		m.recorded(msg)
	case renderedMsg:
		m.rendered(msg)
	case promptsMsg:
		m.prompted(msg)
	case admittedMsg:
		return m.admitted(msg)
	case editedMsg:
		m.edited(msg)
		return m.tookBack()
	case viewedMsg:
		m.complain(msg.err)
	case placedMsg:
		return flush(m.options.Layer)
	case takenBackMsg:
		return m.takenAgain(msg)
	case formSavedMsg:
		m.formSaved(msg)
	case tickMsg:
		m.ticked(msg)
	case formDueMsg:
		return m.formDue()
	case spentMsg:
		m.money.today = msg.today
		m.work.usual = msg.usual
	}
	return nil
}

// pressed takes a key: to what speaks in the bottom row or stands over the rail, else to what it means here. Suspend and a new
// drawing are the terminal's matter and have their keys everywhere, like the way out.
func (m *Model) pressed(key tea.KeyPressMsg) tea.Cmd {
	now := m.now()
	m.over.pressed()
	switch act := m.keys.Meant(key, keymap.Everywhere); {
	case key.String() == "ctrl+c":
		return m.askToLeave()
	case act == keymap.ActSuspend || act == keymap.ActRedraw:
		m.hand.armed = nil
		return m.do(act)
	case m.tooSmall():
		return m.pressedTooSmall(key)
	case m.over.question != nil:
		return m.answerQuestion(key.String(), now)
	case m.over.menu != nil:
		return m.pickFromMenu(key.String())
	case m.over.modal():
		return m.toDialog(key, now)
	case m.screen == help:
		return m.toHelp(key)
	case m.filter.editing:
		return m.toFilter(key)
	}
	return m.toPart(key, now)
}

// tooSmall tells whether the screen is too small for anything but a sentence. Before its size is known it is not.
func (m *Model) tooSmall() bool { return m.layout.Shape == layout.TooSmallScreen && m.terminal.w > 0 }

// pressedTooSmall takes a key while nothing can be seen: what is typed goes on into the draft, and nothing is bought, ended or opened.
func (m *Model) pressedTooSmall(key tea.KeyPressMsg) tea.Cmd {
	speaks := m.over.question != nil || m.over.menu != nil || m.over.modal() || m.filter.editing
	if speaks || m.screen != home || m.focus != onPrompt || key.Text == "" {
		return nil
	}
	return m.toPrompt(key)
}

// toPart takes a key to the part that has the keys, unless it means something everywhere.
func (m *Model) toPart(key tea.KeyPressMsg, now time.Time) tea.Cmd {
	name, where := key.String(), m.place()
	if where&keymap.OnAny != 0 && m.hand.mistyped(name, now) {
		m.hand.armed = nil
		m.sayKeysAct()
		return nil
	}
	act := m.keys.Find(name, where)
	if act == "" && (where != keymap.InPrompt || key.Text == "") {
		act = m.keys.Find(name, keymap.Everywhere)
	}
	if act != keymap.ActCancel {
		m.hand.armed = nil
	}
	if act != "" {
		return m.do(act)
	}
	switch where {
	case keymap.InPrompt:
		return m.toPrompt(key)
	case keymap.InSettings:
		return m.toSettings(key)
	}
	return nil
}

// place is where keys go now.
func (m *Model) place() keymap.Place {
	switch {
	case m.screen == full:
		return keymap.InFull
	case m.screen == galleryScreen:
		return keymap.InGallery
	case m.screen == compareScreen:
		return keymap.InCompare
	case m.focus == onList:
		return keymap.InList
	case m.focus == onSettings:
		return keymap.InSettings
	}
	return keymap.InPrompt
}

// now is the injected clock's time.
func (m *Model) now() time.Time { return m.options.Now() }

// say shows a note in the bottom row.
func (m *Model) say(sentence string) { m.over.say(sentence, m.now()) }

// complain says an error, if there is one.
func (m *Model) complain(err error) {
	if err != nil {
		m.say(format.Sentence(format.Clean(err.Error())))
	}
}
