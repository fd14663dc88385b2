package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/runner"
)

// actions is what each action does. An action that is not possible now says why, or does nothing.
var actions = map[action]func(*Model) tea.Cmd{
	actLeave:         (*Model).askToLeave,
	actSuspend:       func(*Model) tea.Cmd { return tea.Suspend },
	actRedraw:        (*Model).redraw,
	actNext:          func(m *Model) tea.Cmd { return m.nextPart(+1) },
	actPrevious:      func(m *Model) tea.Cmd { return m.nextPart(-1) },
	actBack:          (*Model).back,
	actFind:          (*Model).find,
	actHelp:          (*Model).openHelp,
	actMenu:          func(m *Model) tea.Cmd { return m.openMenu("", more) },
	actDevelop:       (*Model).develop,
	actBreakLine:     (*Model).breakLine,
	actSearchPrompts: (*Model).searchPrompts,
	actLookNewer:     func(m *Model) tea.Cmd { return m.look(-1) },
	actLookOlder:     func(m *Model) tea.Cmd { return m.look(+1) },
	actUndoText:      (*Model).undoText,
	actEditPrompt:    (*Model).editPrompt,

	actUp:       func(m *Model) tea.Cmd { return m.moveRows(-1) },
	actDown:     func(m *Model) tea.Cmd { return m.moveRows(+1) },
	actTop:      func(m *Model) tea.Cmd { return m.move(-m.list.keys().Len()) },
	actBottom:   func(m *Model) tea.Cmd { return m.move(m.list.keys().Len()) },
	actPageUp:   func(m *Model) tea.Cmd { return m.turn(-1, 1) },
	actPageDown: func(m *Model) tea.Cmd { return m.turn(+1, 1) },
	actHalfUp:   func(m *Model) tea.Cmd { return m.turn(-1, 2) },
	actHalfDown: func(m *Model) tea.Cmd { return m.turn(+1, 2) },
	actLeft:     func(m *Model) tea.Cmd { return m.leaf(-1) },
	actRight:    func(m *Model) tea.Cmd { return m.leaf(+1) },

	actOpen:     (*Model).openSelected,
	actMark:     func(m *Model) tea.Cmd { return m.mark(+1) },
	actMarkDown: func(m *Model) tea.Cmd { return m.mark(+1) },
	actMarkUp:   func(m *Model) tea.Cmd { return m.mark(-1) },
	actStar:     (*Model).star,
	actNextNew:  (*Model).nextNew,
	actFacts:    (*Model).facts,
	actView:     func(m *Model) tea.Cmd { return m.viewOutside(false) },
	actFolder:   func(m *Model) tea.Cmd { return m.viewOutside(true) },

	actGallery:      (*Model).toggleGallery,
	actLarger:       func(m *Model) tea.Cmd { return m.resize(+1) },
	actSmaller:      func(m *Model) tea.Cmd { return m.resize(-1) },
	actPanLeft:      func(m *Model) tea.Cmd { return m.pan(-1, 0) },
	actPanRight:     func(m *Model) tea.Cmd { return m.pan(+1, 0) },
	actPanUp:        func(m *Model) tea.Cmd { return m.pan(0, -1) },
	actPanDown:      func(m *Model) tea.Cmd { return m.pan(0, +1) },
	actCompare:      (*Model).openCompare,
	actNextCompared: func(m *Model) tea.Cmd { return m.chooseCompared(+1, true) },
	actFlick:        (*Model).flick,

	actCancel:       (*Model).armCancel,
	actCancelAtOnce: (*Model).cancelSelected,
	actCancelAll:    (*Model).askToCancelAll,
	actFollow:       (*Model).follow,
	actTakeBack:     (*Model).takeBack,
	actDemo:         (*Model).startDemo,

	actUse:        (*Model).use,
	actTakeSeed:   (*Model).takeSeed,
	actUseAsImage: (*Model).useAsImage,
	actTake:       (*Model).takeOne,
	actUseEdit:    (*Model).useAndEdit,

	actCopy:       func(m *Model) tea.Cmd { return m.openMenu("Copy", copies) },
	actCopyPrompt: func(m *Model) tea.Cmd { return m.copy(actCopyPrompt) },
	actCopyID:     func(m *Model) tea.Cmd { return m.copy(actCopyID) },
	actCopyURL:    func(m *Model) tea.Cmd { return m.copy(actCopyURL) },
	actCopyFile:   func(m *Model) tea.Cmd { return m.copy(actCopyFile) },
	actCopyCurl:   func(m *Model) tea.Cmd { return m.copy(actCopyCurl) },
	actCopyJSON:   func(m *Model) tea.Cmd { return m.copy(actCopyJSON) },
	actCopySeed:   func(m *Model) tea.Cmd { return m.copy(actCopySeed) },

	actViewAll:     func(m *Model) tea.Cmd { return m.setView(viewAll) },
	actViewLive:    func(m *Model) tea.Cmd { return m.setView(viewLive) },
	actViewStarred: func(m *Model) tea.Cmd { return m.setView(viewStarred) },
	actViewNew:     func(m *Model) tea.Cmd { return m.setView(viewNew) },

	actChoices:     settingsKey(tea.KeyEnter),
	actRowUp:       settingsKey(tea.KeyUp),
	actRowDown:     settingsKey(tea.KeyDown),
	actValueBefore: settingsKey(tea.KeyLeft),
	actValueNext:   settingsKey(tea.KeyRight),
	actDefault:     settingsKey(tea.KeyBackspace),

	actSetModel:   func(m *Model) tea.Cmd { return m.choose("model") },
	actSetShape:   func(m *Model) tea.Cmd { return m.choose("aspect_ratio") },
	actSetFormat:  func(m *Model) tea.Cmd { return m.choose("output_format") },
	actSetQuality: func(m *Model) tea.Cmd { return m.choose("output_quality") },
	actSetOutput:  func(m *Model) tea.Cmd { return m.choose("num_outputs") },
	actSetSeed:    func(m *Model) tea.Cmd { return m.choose("seed") },
	actSetImage:   (*Model).chooseImage,
}

// do carries out an action.
func (m *Model) do(act action) tea.Cmd {
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
	m.hand.armed = nil
	if f == onPrompt {
		m.prompt.focus()
		return
	}
	m.prompt.blur()
}

// settingsKey is an action of the settings, which know it by a key.
func settingsKey(code rune) func(*Model) tea.Cmd {
	return func(m *Model) tea.Cmd { return m.toSettings(tea.KeyPressMsg{Code: code}) }
}

// back goes one layer up: from a picture to the list, from the filter and the marks, from a page of the settings, and at home
// between prompt and list.
func (m *Model) back() tea.Cmd {
	switch {
	case m.screen != home:
		m.leaveScreen()
	case m.focus == onList && m.filter.on():
		m.clearFilter()
	case m.focus == onList && len(m.list.marks) > 0:
		m.rememberMarks()
		clear(m.list.marks)
	case m.focus == onPrompt:
		m.setFocus(onList)
	case m.focus == onSettings:
		return m.toSettings(tea.KeyPressMsg{Code: tea.KeyEscape})
	default:
		m.setFocus(onPrompt)
	}
	return nil
}

// move moves the cursor in the list.
func (m *Model) move(by int) tea.Cmd {
	m.list.move(by)
	return nil
}

// page is how many rows a page key moves.
func (m *Model) page() int { return max(m.list.height-1, 1) }

// look moves the choice of what stands on the stage without leaving the prompt.
func (m *Model) look(by int) tea.Cmd {
	if m.stage.shown.key != "" {
		m.list.choose(m.stage.shown.key)
	}
	m.list.move(by)
	m.stage.looked = m.list.cursor
	return nil
}

// leaf goes through the pictures of a prediction: → enters the first, ← from the first returns to all of them. On the
// whole screen it goes on to the neighbours.
func (m *Model) leaf(by int) tea.Cmd {
	switch m.screen {
	case galleryScreen:
		return m.move(by)
	case compareScreen:
		return m.chooseCompared(by, false)
	}
	e, ok := m.list.selected()
	if !ok {
		return nil
	}
	n := len(e.Outputs)
	next := m.list.output + by
	switch {
	case n > 1 && next >= 0 && next <= n:
		m.list.output = next
	case m.screen == full:
		m.list.move(by)
	}
	return nil
}

// openSelected opens what the row stands for: its picture, its log while it has none, or the decision it waits for.
func (m *Model) openSelected() tea.Cmd {
	e, ok := m.list.selected()
	if !ok {
		return nil
	}
	if m.needsDecision(e) {
		return m.openUnconfirmed(e)
	}
	m.openFull()
	if !hasPicture(e) {
		m.stage.facts = factsLog
	}
	return nil
}

// mark marks the selected row and moves on; on the whole screen it stays.
func (m *Model) mark(by int) tea.Cmd {
	if m.screen == compareScreen {
		return m.uncompare()
	}
	m.rememberMarks()
	m.list.toggleMark()
	if m.screen != full {
		m.list.move(by)
	}
	return nil
}

// nextNew goes to the next prediction that has ended and was not looked at.
func (m *Model) nextNew() tea.Cmd {
	key, ok := m.list.nextUnseen()
	if !ok {
		m.say("Nothing new.")
		return nil
	}
	m.list.choose(key)
	return nil
}

// facts shows the facts of a picture in another place: where there is room, below, the log, nowhere.
func (m *Model) facts() tea.Cmd {
	if m.screen == compareScreen {
		m.compare.quiet = !m.compare.quiet
		return nil
	}
	if m.screen == galleryScreen {
		m.gallery.facts = (m.gallery.facts + 1) % (factsOff + 1)
		return nil
	}
	m.stage.facts = (m.stage.facts + 1) % (factsOff + 1)
	return nil
}

// redraw draws everything anew, pictures too, and reads again what could not be read.
func (m *Model) redraw() tea.Cmd {
	m.stage.frames.clear()
	clear(m.stage.troubles)
	clear(m.list.asked)
	return tea.ClearScreen
}

// resumed draws anew after a suspend, and polls at once.
func (m *Model) resumed() tea.Cmd {
	m.wake()
	return tea.Batch(m.redraw(), m.tookBack())
}

// tasks performs what an action of the studio led to, and shows it.
func (m *Model) tasks(c runner.Change, t runner.Task) tea.Cmd {
	return tea.Batch(m.changed(c), m.perform(t))
}
