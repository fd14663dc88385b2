// Package dialog is what opens beside a screen: a dialog over the sidebar (a list to choose from, or a decision by letters), and in the
// bottom row a question, a menu or a note.
//
// Its rules: at most one of each is open, and it knows nothing of the program. What an answer does is a function of the
// caller; a menu's key is an action that the caller runs. A question or a decision ignores keys for a moment
// (guard.Grace), so that a key pressed before it was drawn does not answer it.
package dialog

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/guard"
	"tintype/ui/keymap"
	"tintype/ui/picker"
)

// Stack is what is open. The zero Stack is ready to use.
type Stack struct {
	choice   *choice
	decision *Decision
	question *Question
	menu     *menu
	note     Note
	notes    []Note // every note of this session, newest last
}

// Answer is one key of a question or a decision, with a text for it. If Do is nil the key only closes it.
type Answer struct {
	Key  string
	Word string
	Do   func() tea.Cmd
}

// Question is a question in the bottom row that is answered by a key.
type Question struct {
	Text    string
	Answers []Answer
	Leaving bool // the question whether to leave the program
	since   time.Time
}

// Decision is a dialog over the sidebar that is answered by a letter. Enter does nothing, so that a held enter decides nothing.
type Decision struct {
	Title   string
	Text    []string
	Code    string                      // a line for the user to copy; "" for none
	After   []string                    // paragraphs after the code
	Secret  *Secret                     // a line to type into, which gets all keys but esc; nil for none
	OnPaste func(pasted string) tea.Cmd // for a paste, which closes the decision; nil if it does nothing
	Answers []Answer
	since   time.Time
}

// choice is a list to choose from, and what is done with the choice.
type choice struct {
	list    *picker.Picker
	since   time.Time
	onTaken func(value string) tea.Cmd
	picture func(value string) string // the prediction that shows a value; nil: none has one

	checked    bool                       // open until CloseChoice is called
	onComplete func(typed string) tea.Cmd // nil: nothing is completed
}

// menu is a panel of keys above the bottom row, with a title, or by groups without one. The next key closes it.
type menu struct {
	title string
	items []keymap.MenuItem
}

// Choose opens a list to choose from. take is called with the value that was chosen.
func (s *Stack) Choose(list *picker.Picker, now time.Time, take func(value string) tea.Cmd) {
	s.ChooseWithPictures(list, now, take, nil)
}

// ChooseWithPictures does the same for values with pictures: picture returns the prediction that shows a value; "" if none does.
func (s *Stack) ChooseWithPictures(list *picker.Picker, now time.Time, take func(value string) tea.Cmd, picture func(value string) string) {
	s.choice, s.decision = &choice{list: list, since: now, onTaken: take, picture: picture}, nil
}

// ChooseChecked opens a list whose choice is checked by the command that take returns: the list stays open until CloseChoice is called with
// it. complete is called with the typed text for tab.
func (s *Stack) ChooseChecked(list *picker.Picker, now time.Time, take, complete func(value string) tea.Cmd) {
	s.choice, s.decision = &choice{list: list, since: now, onTaken: take, checked: true, onComplete: complete}, nil
}

// IsWide reports whether an open list needs the entire width (picker.SetWide).
func (s *Stack) IsWide() bool { return s.choice != nil && s.choice.list.IsWide() }

// Shows reports whether a list to choose from is still open.
func (s *Stack) Shows(list *picker.Picker) bool {
	return list != nil && s.choice != nil && s.choice.list == list
}

// CloseChoice closes a list to choose from, if it is still open.
func (s *Stack) CloseChoice(list *picker.Picker) {
	if s.Shows(list) {
		s.choice = nil
	}
}

// Pictured returns the prediction that shows the value under the cursor of the list to choose from; "" if there is none.
func (s *Stack) Pictured() string {
	if s.choice == nil || s.choice.picture == nil {
		return ""
	}
	return s.choice.picture(s.choice.list.Value())
}

// Decide opens a decision.
func (s *Stack) Decide(d Decision, now time.Time) {
	d.since = now
	s.decision, s.choice = &d, nil
}

// Ask opens a question.
func (s *Stack) Ask(q Question, now time.Time) {
	q.since = now
	s.question, s.menu = &q, nil
}

// OpenMenu opens a menu.
func (s *Stack) OpenMenu(title string, items []keymap.MenuItem) { s.menu = &menu{title, items} }

// IsModal reports whether a dialog is open over the sidebar.
func (s *Stack) IsModal() bool { return s.choice != nil || s.decision != nil }

// HasChoice reports whether a list to choose from is open.
func (s *Stack) HasChoice() bool { return s.choice != nil }

// HasQuestion reports whether a question is open.
func (s *Stack) HasQuestion() bool { return s.question != nil }

// MenuTitle returns the title of the open menu; "" without one.
func (s *Stack) MenuTitle() string {
	if s.menu == nil {
		return ""
	}
	return s.menu.title
}

// HasMenu reports whether a menu is open.
func (s *Stack) HasMenu() bool { return s.menu != nil }

// IsLeaving reports whether the open question is whether to leave the program.
func (s *Stack) IsLeaving() bool { return s.question != nil && s.question.Leaving }

// TakesKeys reports whether something is open that gets the next key.
func (s *Stack) TakesKeys() bool { return s.IsModal() || s.HasQuestion() || s.HasMenu() }

// Speaks reports whether a question, a menu or a note is in the bottom row.
func (s *Stack) Speaks() bool { return s.HasQuestion() || s.HasMenu() || s.note.Text != "" }

// CloseQuestion closes the question without an answer.
func (s *Stack) CloseQuestion() { s.question = nil }

// OnDialogKey handles a key in the dialog over the sidebar.
func (s *Stack) OnDialogKey(key tea.KeyPressMsg, now time.Time) tea.Cmd {
	if d := s.decision; d != nil {
		if d.Secret != nil && key.String() != "esc" {
			return d.Secret.update(key, d.since, now)
		}
		do, ok := answerOf(d.Answers, key.String(), d.since, now)
		if ok {
			s.decision = nil
		}
		return run(do)
	}
	if key.String() == "enter" && now.Sub(s.choice.since) < guard.Grace {
		return nil // the enter that opened the list may still be held
	}
	return s.endChoice(s.choice.list.Update(key))
}

// endChoice closes the list if the user has chosen or dismissed it, and calls the function for the choice.
func (s *Stack) endChoice(end picker.Result) tea.Cmd {
	c := s.choice
	switch {
	case end == picker.Dismissed, end == picker.Taken && !c.checked:
		s.choice = nil
	case end == picker.Completing:
		return c.onComplete(c.list.Typed())
	}
	if end == picker.Taken {
		return c.onTaken(c.list.Value())
	}
	return nil
}

// OnQuestionKey handles a key in the question.
func (s *Stack) OnQuestionKey(key string, now time.Time) tea.Cmd {
	do, ok := answerOf(s.question.Answers, key, s.question.since, now)
	if ok {
		s.question = nil
	}
	return run(do)
}

// OnMenuKey closes the menu and returns the action of a key in it; "" if it has none.
func (s *Stack) OnMenuKey(key string) keymap.Action {
	items := s.menu.items
	s.menu = nil
	for _, item := range items {
		for _, k := range item.Keys {
			if k == key {
				return item.Action
			}
		}
	}
	return ""
}

// answerOf returns the function of the answer with this key; ok is false if there is none or the key comes too early.
func answerOf(answers []Answer, key string, since, now time.Time) (do func() tea.Cmd, ok bool) {
	if now.Sub(since) < guard.Grace {
		return nil, false
	}
	for _, a := range answers {
		if a.Key == key {
			return a.Do, true
		}
	}
	return nil, false
}

func run(do func() tea.Cmd) tea.Cmd {
	if do == nil {
		return nil
	}
	return do()
}

// Paste pastes text into the filter of a list to choose from, or into the secret of a decision. Another decision without OnPaste and a
// question ignore it. taken is false if nothing is open.
func (s *Stack) Paste(text string) (cmd tea.Cmd, taken bool) {
	switch d := s.decision; {
	case s.choice != nil:
		s.choice.list.Paste(text)
	case d != nil && d.Secret != nil:
		d.Secret.paste(text)
	case d != nil && d.OnPaste != nil:
		s.decision = nil
		return d.OnPaste(text), true
	}
	return nil, s.IsModal() || s.question != nil
}

// IsOpen reports whether a secret is being typed in the open decision.
func (s *Stack) IsOpen(secret *Secret) bool { return s.decision != nil && s.decision.Secret == secret }

// CloseDecision closes the decision without an answer.
func (s *Stack) CloseDecision() { s.decision = nil }
