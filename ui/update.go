package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"tintype/ui/bisectview"
	"tintype/ui/duel"
	"tintype/ui/format"
	"tintype/ui/impactview"
	"tintype/ui/keymap"
	"tintype/ui/preview"
	"tintype/ui/sheet"
	"tintype/ui/tree"
	"tintype/ui/tty"
	"tintype/ui/wording"
)

// lettersAreCommands is where letters are commands, so that a prompt that is typed there does harm.
var lettersAreCommands = keymap.OnAny | sheet.Place | impactview.Place | bisectview.Place | duel.Place | duel.RankingPlace | tree.Place

// route calls the handler of a message.
func (m *Model) route(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg, tea.BackgroundColorMsg, tea.ColorProfileMsg, tea.TerminalVersionMsg, tea.ModeReportMsg,
		tea.FocusMsg, tea.BlurMsg, tea.ResumeMsg, uv.KittyGraphicsEvent, uv.PrimaryDeviceAttributesEvent, uv.CellSizeEvent,
		uv.PixelSizeEvent, tty.Measured, tty.ProbeEnded, hungUpMsg:
		return m.onTerminal(msg)
	case tea.KeyPressMsg:
		return m.onKey(msg)
	case tea.PasteMsg:
		if m.guard.Swallows(m.now()) {
			return nil
		}
		m.guard.RecordPaste(m.now())
		return m.onPaste(msg.Content)
	case tty.Burst:
		return m.onBurst(string(msg))
	case tea.MouseMsg:
		return m.onMouse(msg)
	default:
		return m.onResult(msg)
	}
}

// onResult handles the results of commands.
func (m *Model) onResult(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case openedMsg:
		return m.onOpened(msg)
	case jobsResumedMsg:
		return m.onJobsResumed(msg)
	case performedMsg:
		return m.onPerformed(msg)
	case indexedMsg:
		return m.onIndexed(msg)
	case rowsMsg:
		m.list.Update(msg.entries...)
		m.notifyError(msg.err)
	case foundMsg:
		return m.onFound(msg)
	case refreshedMsg:
		return m.onRefreshed(msg)
	case recordedMsg:
		return m.onRecorded(msg)
	case preview.Rendered:
		m.preview.OnRendered(msg)
	case promptsMsg:
		m.onPrompts(msg)
	case tty.Edited:
		m.onEdited(msg)
		return tty.CheckFrames(m.options.Layer)
	case viewedMsg:
		m.notify(wording.NotOpened(msg.err))
	case placedMsg:
		return flushLayer(m.options.Layer)
	case tty.Returned:
		return tty.RestartTicker(m.options.Layer, m.options.Input, msg)
	case tickMsg:
		m.onTick(msg)
	case spentMsg:
		m.spending.today, m.spending.limits, m.spending.near = msg.today, msg.limits, msg.near
		m.plans.left = msg.left
		m.session.typicalDurations = msg.typical
	default:
		return onFormResult(m, msg)
	}
	return nil
}

// onFormResult applies the result of a command that concerns what is entered: the prompt, the settings, input images, a key.
func onFormResult(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case imageCheckedMsg:
		return m.onImageChecked(msg)
	case keyTriedMsg:
		return msg.entry.onTried(m, msg.err)
	case imagesDescribedMsg:
		m.images.onDescribed(msg, m)
	case pathCompletedMsg:
		msg.list.Complete(msg.typed, msg.line, msg.files)
	case formSavedMsg:
		m.notifyError(m.autosave.onSaved(msg.err))
	case formDueMsg:
		return m.autosave.write(m.currentForm())
	case enterDueMsg:
		return onEnterDue(m, msg)
	case presetsReadMsg:
		return onPresetsRead(m, msg)
	case presetSavedMsg:
		return onPresetSaved(m, msg)
	case finalsReadMsg:
		return onFinalsRead(m, msg)
	case mistakeDueMsg:
		onMistakeDue(m, msg)
	case listNamesMsg:
		onListNames(m, msg)
	case fileChosenMsg:
		return onFileChosen(m, msg)
	case fileSavedMsg:
		return onFileSaved(m, msg)
	default:
		return onLabResult(m, msg)
	}
	return nil
}

// onLabResult applies the result of a command of the prompt lab: about a plan or its estimate, an impact, a bisect, a duel, or a tree.
func onLabResult(m *Model, msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case planMadeMsg:
		return onPlanMade(m, msg)
	case planMatchedMsg:
		return onPlanMatched(m, msg)
	case planSavedMsg:
		return onPlanSaved(m, msg)
	case waysMadeMsg:
		return onWaysMade(m, msg)
	case decidedMsg:
		return onDecided(m, msg)
	case impactPlannedMsg:
		return onImpactPlanned(m, msg)
	case impactMeasuredMsg:
		return onImpactMeasured(m, msg)
	case bisectBegunMsg:
		return onBisectBegun(m, msg)
	case bisectPlannedMsg:
		return onBisectPlanned(m, msg)
	case estimateDueMsg:
		return onEstimateDue(m, msg)
	case estimatedMsg:
		return onEstimated(m, msg)
	case contestReadMsg:
		return onContestRead(m, msg)
	case duel.Result:
		return m.screens.duel.OnResult(msg)
	case treeReadMsg:
		return onTreeRead(m, msg)
	}
	return nil
}

// onKey handles a key. Leaving, suspending and redrawing come first, since they work everywhere. Then come what is open (a question, a
// menu, a dialog), the screen on top, the filter that is edited, and last the part that has the keys.
func (m *Model) onKey(key tea.KeyPressMsg) tea.Cmd {
	now := m.now()
	if key.String() != "ctrl+c" && m.guard.Swallows(now) {
		if m.place()&lettersAreCommands != 0 && m.guard.IsTyping(key.String(), now) {
			m.notify(wording.LettersAreCommands(keymap.Name(m.place())))
		}
		return nil
	}
	m.dialogs.CountKey()
	switch act := m.keys.FindNonText(key, keymap.Everywhere); {
	case key.String() == "ctrl+c":
		return m.askToLeave()
	case act == keymap.ActSuspend || act == keymap.ActRedraw:
		m.guard.Disarm()
		return m.run(act)
	case m.tooSmall():
		return m.onKeyTooSmall(key)
	case m.dialogs.HasQuestion():
		return m.onQuestionKey(key.String(), now)
	case m.dialogs.HasMenu():
		return onMenuKey(m, key.String())
	case m.dialogs.IsModal():
		return m.dialogs.OnDialogKey(key, now)
	}
	if cmd, mine := m.screens.Top().Key(key); mine {
		return cmd
	}
	if m.list.IsEditingFilter() {
		return m.onFilterKey(key)
	}
	return m.onPartKey(key, now)
}

// tooSmall reports whether the screen is too small for anything but a sentence. It is false until the size is known.
func (m *Model) tooSmall() bool { return m.layout.IsTooSmall() && m.terminal.W > 0 }

// onKeyTooSmall handles a key while the screen is too small: text still goes into the prompt, and nothing is bought, ended or opened.
func (m *Model) onKeyTooSmall(key tea.KeyPressMsg) tea.Cmd {
	if m.dialogs.TakesKeys() || m.list.IsEditingFilter() || !m.screens.IsHome() || m.screens.home.focus != focusPrompt || key.Text == "" {
		return nil
	}
	return m.onPromptKey(key)
}

// onPartKey runs the action of a key at its place or everywhere; a key without an action goes to the part that has the keys.
func (m *Model) onPartKey(key tea.KeyPressMsg, now time.Time) tea.Cmd {
	name, where := key.String(), m.place()
	if where&lettersAreCommands != 0 && m.guard.IsTyping(name, now) {
		m.guard.Disarm()
		m.notify(wording.LettersAreCommands(keymap.Name(m.place())))
		return nil
	}
	act := m.keys.Resolve(name, where)
	if act != keymap.ActCancel {
		m.guard.Disarm()
	}
	if act != "" {
		return m.run(act)
	}
	switch where {
	case keymap.InPrompt:
		return m.onPromptKey(key)
	case keymap.InSettings:
		return m.onSettingsKey(key)
	}
	return nil
}

// place returns the place where keys are looked up.
func (m *Model) place() keymap.Place { return m.screens.Top().Place() }

// now returns the time by the injected clock.
func (m *Model) now() time.Time { return m.options.Now() }

// notify shows a note in the bottom row; "" shows nothing.
func (m *Model) notify(sentence string) { m.dialogs.Notify(sentence, m.now()) }

// notifyError shows an error as a note; nil shows nothing.
func (m *Model) notifyError(err error) {
	if err != nil {
		m.notify(format.Sentence(format.Clean(err.Error())))
	}
}

// onQuestionKey answers the question by a key. If the user is typing a sentence into the list, it closes the question without an answer.
func (m *Model) onQuestionKey(key string, now time.Time) tea.Cmd {
	if m.place()&keymap.OnRows != 0 && m.guard.IsTyping(key, now) {
		m.dialogs.CloseQuestion()
		m.notify(wording.LettersAreCommands(keymap.Name(m.place())))
		return nil
	}
	return m.dialogs.OnQuestionKey(key, now)
}
