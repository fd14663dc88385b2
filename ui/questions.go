package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
)

// exitState is the way out.
type exitState struct {
	going bool
	err   error // why the program could not start
}

// askToLeave leaves; with jobs under way it asks once, unless all that stands on the screen is that they go on and how to leave.
func (m *Model) askToLeave() tea.Cmd {
	n := m.activeJobs()
	if n == 0 || m.tooSmall() || m.dialogs.question != nil && m.dialogs.question.leaving {
		return m.quit()
	}
	m.askFor(question{
		text: leaveSentence(n, m.session.Provider.Title), leaving: true,
		answers: []answer{{key: "ctrl+c", word: "leave", do: (*Model).quit}, {key: "esc", word: "stay"}},
	})
	return nil
}

// quit ends the program. What runs is closed by who opened it, after the terminal is given back.
func (m *Model) quit() tea.Cmd {
	m.exit.going = true
	return m.deleteAllPictures(tea.Quit)
}

// activeJobs is how many jobs are under way.
func (m *Model) activeJobs() int {
	if m.session.Runner == nil {
		return 0
	}
	running, waiting := m.session.Runner.Counts()
	return running + waiting
}

// askFor shows a question in the bottom row.
func (m *Model) askFor(q question) {
	q.since = m.now()
	m.dialogs.question, m.dialogs.menu = &q, nil
}

// answerQuestion takes one of a question's keys. What was pressed before it was drawn, or right after, is no answer.
func (m *Model) answerQuestion(key string, now time.Time) tea.Cmd {
	q := m.dialogs.question
	if m.place()&keymap.OnRows != 0 && m.guard.isTyping(key, now) { // a sentence, not an answer
		m.dialogs.question = nil
		m.explainVerbs()
		return nil
	}
	do, ok := answerTo(q.answers, key)
	if !ok || now.Sub(q.since) < graceDelay {
		return nil
	}
	m.dialogs.question = nil
	return do(m)
}

// answerTo is what the answer of a key does; not ok where none has the key.
func answerTo(answers []answer, key string) (do func(*Model) tea.Cmd, ok bool) {
	for _, a := range answers {
		switch {
		case a.key != key:
		case a.do == nil:
			return func(*Model) tea.Cmd { return nil }, true
		default:
			return a.do, true
		}
	}
	return nil, false
}

// openMenu shows a menu in the bottom row.
func (m *Model) openMenu(title string, rows []keymap.MenuRow) tea.Cmd {
	m.dialogs.menu = &menu{title: title, rows: m.possible(rows)}
	return nil
}

// possible leaves out what cannot be done now.
func (m *Model) possible(rows []keymap.MenuRow) []keymap.MenuRow {
	var can []keymap.MenuRow
	for _, row := range rows {
		if _, takesImage := m.settings.ImageRow(); row.Act == keymap.ActSetImage && !takesImage {
			continue
		}
		if row.Act == keymap.ActDemo && (m.options.OpenDemo == nil || m.session.Runner != nil) {
			continue
		}
		can = append(can, row)
	}
	return can
}

// pickFromMenu ends the menu with one of its keys, or with any other.
func (m *Model) pickFromMenu(key string) tea.Cmd {
	mn := m.dialogs.menu
	m.dialogs.menu = nil
	act, ok := mn.find(key)
	if !ok {
		return nil
	}
	return m.run(act)
}
