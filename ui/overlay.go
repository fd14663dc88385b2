package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/keymap"
	"tintype/ui/picker"
)

// noteStays is how long a note stands, unless two keys come first.
const noteStays = 4 * time.Second

// messagesKept is how many notes the help can show again.
const messagesKept = 100

// dialogs is the one voice: a dialog over the rail, and in the bottom row a question, a menu or a note.
type dialogs struct {
	chooser  *chooserDialog
	decision *decisionDialog
	question *question
	menu     *menu
	keysList *picker.Picker // the help's lines
	note     note
	messages []note // every note of this sitting, newest last
}

// note is a passing sentence.
type note struct {
	text string
	at   time.Time
	keys int // pressed since
}

// menu is a row of keys that is shown at once and ends with the next key.
type menu struct {
	title string
	rows  []keymap.MenuRow
}

// find is the action of a key in the menu.
func (mn *menu) find(key string) (keymap.Action, bool) {
	for _, row := range mn.rows {
		for _, k := range row.Keys {
			if k == key {
				return row.Act, true
			}
		}
	}
	return "", false
}

// question is a sentence that wants one of its keys. It hears nothing at first, so that a key of before is no answer.
type question struct {
	text    string
	answers []answer
	leaving bool // the question of the way out: ctrl+c answers it
	since   time.Time
}

// answer is one key of a question or of a dialog of letters. do may be nil: then it only closes.
type answer struct {
	key  string
	word string
	do   func(m *Model) tea.Cmd
}

// decisionDialog is a dialog over the rail: a title, sentences, and letters that decide. Enter confirms nothing.
type decisionDialog struct {
	title   string
	text    []string // paragraphs
	code    string   // a line to be copied as it is, "" for none
	after   []string // paragraphs after it
	answers []answer
	since   time.Time
}

// chooserDialog is a list to choose from, and who takes the choice.
type chooserDialog struct {
	list  *picker.Picker
	since time.Time
	take  func(m *Model, value string) tea.Cmd
	edit  func(m *Model, value string) tea.Cmd // tab; nil: tab does nothing
}

// modal tells whether a dialog stands over the rail.
func (o *dialogs) modal() bool { return o.chooser != nil || o.decision != nil }

// say shows a note and keeps it for the help.
func (o *dialogs) say(text string, now time.Time) {
	if text == "" {
		return
	}
	o.note = note{text: text, at: now}
	o.messages = append(o.messages, o.note)
	if extra := len(o.messages) - messagesKept; extra > 0 {
		o.messages = o.messages[extra:]
	}
}

// pressed counts a key against the note: it goes with the second one.
func (o *dialogs) pressed() {
	if o.note.text == "" {
		return
	}
	if o.note.keys++; o.note.keys >= 2 {
		o.note = note{}
	}
}

// expire takes the note away when its time is over.
func (o *dialogs) expire(now time.Time) {
	if o.note.text != "" && now.Sub(o.note.at) >= noteStays {
		o.note = note{}
	}
}
