package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/runner"
)

// actions is what each action does. An action that is not possible now says why, or does nothing.
var actions = map[keymap.Action]func(*Model) tea.Cmd{
	keymap.ActLeave:         (*Model).askToLeave,
	keymap.ActSuspend:       func(*Model) tea.Cmd { return tea.Suspend },
	keymap.ActRedraw:        (*Model).redraw,
	keymap.ActNext:          func(m *Model) tea.Cmd { return m.nextPart(+1) },
	keymap.ActPrevious:      func(m *Model) tea.Cmd { return m.nextPart(-1) },
	keymap.ActBack:          (*Model).back,
	keymap.ActFind:          (*Model).find,
	keymap.ActHelp:          (*Model).openHelp,
	keymap.ActMenu:          func(m *Model) tea.Cmd { return m.openMenu("", keymap.More) },
	keymap.ActDevelop:       (*Model).submit,
	keymap.ActBreakLine:     (*Model).breakLine,
	keymap.ActSearchPrompts: (*Model).searchPrompts,
	keymap.ActLookNewer:     func(m *Model) tea.Cmd { return m.peek(-1) },
	keymap.ActLookOlder:     func(m *Model) tea.Cmd { return m.peek(+1) },
	keymap.ActUndoText:      (*Model).undoText,
	keymap.ActEditPrompt:    (*Model).editPrompt,

	keymap.ActUp:       func(m *Model) tea.Cmd { return m.moveRows(-1) },
	keymap.ActDown:     func(m *Model) tea.Cmd { return m.moveRows(+1) },
	keymap.ActTop:      func(m *Model) tea.Cmd { return m.move(-m.list.Keys().Len()) },
	keymap.ActBottom:   func(m *Model) tea.Cmd { return m.move(m.list.Keys().Len()) },
	keymap.ActPageUp:   func(m *Model) tea.Cmd { return m.movePage(-1, 1) },
	keymap.ActPageDown: func(m *Model) tea.Cmd { return m.movePage(+1, 1) },
	keymap.ActHalfUp:   func(m *Model) tea.Cmd { return m.movePage(-1, 2) },
	keymap.ActHalfDown: func(m *Model) tea.Cmd { return m.movePage(+1, 2) },
	keymap.ActLeft:     func(m *Model) tea.Cmd { return m.nextOutput(-1) },
	keymap.ActRight:    func(m *Model) tea.Cmd { return m.nextOutput(+1) },

	keymap.ActOpen:     (*Model).openSelected,
	keymap.ActMark:     func(m *Model) tea.Cmd { return m.mark(+1) },
	keymap.ActMarkDown: func(m *Model) tea.Cmd { return m.mark(+1) },
	keymap.ActMarkUp:   func(m *Model) tea.Cmd { return m.mark(-1) },
	keymap.ActStar:     (*Model).star,
	keymap.ActNextNew:  (*Model).nextNew,
	keymap.ActFacts:    (*Model).cycleDetails,
	keymap.ActView:     func(m *Model) tea.Cmd { return m.viewOutside(false) },
	keymap.ActFolder:   func(m *Model) tea.Cmd { return m.viewOutside(true) },

	keymap.ActGallery:      (*Model).toggleGallery,
	keymap.ActLarger:       func(m *Model) tea.Cmd { return m.resize(+1) },
	keymap.ActSmaller:      func(m *Model) tea.Cmd { return m.resize(-1) },
	keymap.ActPanLeft:      func(m *Model) tea.Cmd { return m.pan(-1, 0) },
	keymap.ActPanRight:     func(m *Model) tea.Cmd { return m.pan(+1, 0) },
	keymap.ActPanUp:        func(m *Model) tea.Cmd { return m.pan(0, -1) },
	keymap.ActPanDown:      func(m *Model) tea.Cmd { return m.pan(0, +1) },
	keymap.ActCompare:      (*Model).openCompare,
	keymap.ActNextCompared: func(m *Model) tea.Cmd { return m.chooseCompared(+1, true) },
	keymap.ActFlick:        (*Model).togglePrevious,

	keymap.ActCancel:       (*Model).armCancel,
	keymap.ActCancelAtOnce: (*Model).cancelSelected,
	keymap.ActCancelAll:    (*Model).askToCancelAll,
	keymap.ActFollow:       (*Model).follow,
	keymap.ActTakeBack:     (*Model).undoLast,
	keymap.ActDemo:         (*Model).startDemo,

	keymap.ActUse:        (*Model).use,
	keymap.ActTakeSeed:   (*Model).takeSeed,
	keymap.ActUseAsImage: (*Model).useAsImage,
	keymap.ActTake:       (*Model).takeOne,
	keymap.ActUseEdit:    (*Model).useAndEdit,

	keymap.ActCopy:       func(m *Model) tea.Cmd { return m.openMenu("Copy", keymap.Copies) },
	keymap.ActCopyPrompt: func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyPrompt) },
	keymap.ActCopyID:     func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyID) },
	keymap.ActCopyURL:    func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyURL) },
	keymap.ActCopyFile:   func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyFile) },
	keymap.ActCopyCurl:   func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyCurl) },
	keymap.ActCopyJSON:   func(m *Model) tea.Cmd { return m.copy(keymap.ActCopyJSON) },
	keymap.ActCopySeed:   func(m *Model) tea.Cmd { return m.copy(keymap.ActCopySeed) },

	keymap.ActViewAll:     func(m *Model) tea.Cmd { return m.setView(list.ViewAll) },
	keymap.ActViewLive:    func(m *Model) tea.Cmd { return m.setView(list.ViewLive) },
	keymap.ActViewStarred: func(m *Model) tea.Cmd { return m.setView(list.ViewStarred) },
	keymap.ActViewNew:     func(m *Model) tea.Cmd { return m.setView(list.ViewNew) },

	keymap.ActChoices:     settingsKey(tea.KeyEnter),
	keymap.ActRowUp:       settingsKey(tea.KeyUp),
	keymap.ActRowDown:     settingsKey(tea.KeyDown),
	keymap.ActValueBefore: settingsKey(tea.KeyLeft),
	keymap.ActValueNext:   settingsKey(tea.KeyRight),
	keymap.ActDefault:     settingsKey(tea.KeyBackspace),

	keymap.ActSetModel:   func(m *Model) tea.Cmd { return m.choose("model") },
	keymap.ActSetShape:   func(m *Model) tea.Cmd { return m.choose("aspect_ratio") },
	keymap.ActSetFormat:  func(m *Model) tea.Cmd { return m.choose("output_format") },
	keymap.ActSetQuality: func(m *Model) tea.Cmd { return m.choose("output_quality") },
	keymap.ActSetOutput:  func(m *Model) tea.Cmd { return m.choose("num_outputs") },
	keymap.ActSetSeed:    func(m *Model) tea.Cmd { return m.choose("seed") },
	keymap.ActSetImage:   (*Model).chooseImage,
}

// run carries out an action.
func (m *Model) run(act keymap.Action) tea.Cmd {
	if do, ok := actions[act]; ok {
		return do(m)
	}
	return nil
}

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
	m.guard.armed = nil
	if f == onPrompt {
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
	case m.focus == onList && m.list.IsFiltered():
		m.list.ClearFilter()
	case m.focus == onList && m.list.MarkedCount() > 0:
		m.pushMarks()
		m.list.ClearMarks()
	case m.focus == onPrompt:
		m.setFocus(onList)
	case m.focus == onSettings:
		return m.onSettingsKey(tea.KeyPressMsg{Code: tea.KeyEscape})
	default:
		m.setFocus(onPrompt)
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
	if m.preview.Shown.Key != "" {
		m.list.Choose(m.preview.Shown.Key)
	}
	m.list.Move(by)
	m.preview.Pinned = m.list.Cursor()
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
	if !hasPicture(e) {
		m.preview.Details = preview.DetailsLog
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
		m.gallery.facts = (m.gallery.facts + 1) % (preview.DetailsOff + 1)
		return nil
	}
	m.preview.Details = (m.preview.Details + 1) % (preview.DetailsOff + 1)
	return nil
}

// redraw draws everything anew, pictures too, and reads again what could not be read.
func (m *Model) redraw() tea.Cmd {
	m.preview.Frames.Clear()
	clear(m.preview.Errors)
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
