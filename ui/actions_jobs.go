package ui

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/dialog"
	"tintype/ui/form"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// submit buys a prediction of the prompt as it stands. Text and focus stay.
func (m *Model) submit() tea.Cmd {
	now, prompt := m.now(), strings.TrimSpace(m.prompt.Value())
	if m.guard.InPaste(now) {
		m.notify("That enter came with the paste. Press it again to develop.")
		return nil
	}
	if !m.opened {
		m.guard.HoldEnter() // it is a matter of milliseconds
		return nil
	}
	if m.session.Runner == nil {
		return m.openNoKey()
	}
	if err := m.settings.Check(prompt); err != nil {
		m.notifyError(err)
		return nil
	}
	input := m.settings.Input(prompt)
	if !m.guard.IsNewSubmit(inputName(m.settings.ModelID(), input), now) {
		return nil
	}
	if err := m.session.History.WriteError(); err != nil {
		m.notify(wording.NotRecorded(err, ""))
		m.guard.AllowResubmit()
		return nil
	}
	row, task := m.session.Runner.Submit(runner.Draft{Model: m.settings.ModelID(), Input: input})
	m.onSubmitted(row)
	return m.perform(task)
}

// onSubmitted puts a purchase on top of the list, and its price beside the next one's.
func (m *Model) onSubmitted(row runner.Row) {
	m.list.ClearFilter()
	m.list.Add(row.Entry)
	m.preview.OnSubmitted(row.Key)
	m.recall.Leave()
	prompt := row.Entry.Prompt()
	earlier := slices.DeleteFunc(slices.Clone(m.recall.Prompts), func(p string) bool { return p == prompt })
	m.recall.Set(append([]string{prompt}, earlier...))
	m.money.last, _ = m.settings.Cost()
}

// inputName names a model with an input, to tell a held enter from a new wish.
func inputName(model string, input map[string]any) string {
	b, err := json.Marshal(input) // maps are written in the order of their keys
	if err != nil {
		return fmt.Sprint(model, input)
	}
	return model + string(b)
}

// armCancel arms the marked or selected jobs; pressed again in time, it cancels just those.
func (m *Model) armCancel() tea.Cmd {
	now := m.now()
	if keys := m.guard.Confirm(now); keys != nil {
		return m.cancel(keys)
	}
	keys := m.underWay(m.screens.Top().Targets())
	if len(keys) == 0 {
		m.notify("Nothing under way here to cancel.")
		return nil
	}
	m.guard.Arm(keys, now)
	if len(keys) > 1 {
		m.notify(fmt.Sprintf("x again cancels %d.", len(keys)))
	}
	return nil
}

// cancelSelected cancels the selected job at once; from the prompt, that is the one bought last.
func (m *Model) cancelSelected() tea.Cmd {
	keys := m.underWay(m.screens.Top().Targets())
	if len(keys) == 0 {
		m.notify("Nothing under way here to cancel.")
		return nil
	}
	return m.cancel(keys)
}

// underWay keeps the keys whose jobs have not ended.
func (m *Model) underWay(keys []string) []string {
	return slices.DeleteFunc(slices.Clone(keys), func(key string) bool {
		row, ok := m.list.Row(key)
		return !ok || row.State.Ended() || row.State == history.Unconfirmed
	})
}

// cancel asks for the end of jobs.
func (m *Model) cancel(keys []string) tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, key := range keys {
		change, task := m.session.Runner.Cancel(key)
		cmds = append(cmds, m.carryOut(change, task))
		if change.Notice.Kind != runner.AlreadyEnded && change.Notice.Kind != runner.AlreadyFinished {
			m.pushUndo(undoItem{kind: undoStop, keys: []string{key}}) // of what was sent, u says that it cannot be
		}
	}
	m.list.ClearMarks()
	return tea.Batch(cmds...)
}

// askToCancelAll asks, once, before everything under way is cancelled.
func (m *Model) askToCancelAll() tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	var keys []string
	unsent := 0
	for _, row := range m.session.Runner.Live() {
		keys = append(keys, row.Key)
		if row.Live != nil && !row.Live.Sent {
			unsent++
		}
	}
	if len(keys) == 0 {
		m.notify("Nothing is under way.")
		return nil
	}
	m.dialogs.Ask(dialog.Question{
		Text: wording.CancelAll(len(keys), unsent, m.session.Provider.Free),
		Answers: []dialog.Answer{
			{Key: "y", Word: "cancel all", Do: func() tea.Cmd { return m.cancel(m.underWay(keys)) }},
			{Key: "esc", Word: "keep"},
		},
	}, m.now())
	return nil
}

// follow takes up again what was stopped, lost or left.
func (m *Model) follow() tea.Cmd {
	if m.session.Runner == nil {
		return nil
	}
	var cmds []tea.Cmd
	for _, key := range m.screens.Top().Targets() {
		if row, ok := m.list.Row(key); ok {
			change, task := m.session.Runner.Follow(row.Entry)
			cmds = append(cmds, m.carryOut(change, task))
		}
	}
	return tea.Batch(cmds...)
}

// star stars the marked or selected predictions; if all are, it takes the stars away.
func (m *Model) star() tea.Cmd {
	if e, output, ok := m.list.EnteredOutput(); ok {
		return m.starPicture(e, output)
	}
	keys := m.screens.Top().Targets()
	var bare []string // without a star
	for _, key := range keys {
		if row, ok := m.list.Row(key); !ok || !row.Star {
			bare = append(bare, key)
		}
	}
	all := len(bare) == 0
	if !all {
		keys = bare // so that u leaves the stars of before
	}
	m.pushUndo(undoItem{kind: undoStar, keys: keys, star: all})
	return m.setStar(keys, !all)
}

// setStar writes stars down.
func (m *Model) setStar(keys []string, star bool) tea.Cmd {
	var cmds []tea.Cmd
	for _, key := range keys {
		cmds = append(cmds, m.changeEntry(key, func(e history.Entry) history.Entry { e.Star = star; return e }))
	}
	return tea.Batch(cmds...)
}

// undoItem is something that u takes back.
type undoItem struct {
	kind     undoKind
	keys     []string
	star     bool
	draft    string
	settings form.SavedSettings
	marks    map[string]bool
	output   int // the one picture whose star it was, from 1; 0 the prediction's
	at       time.Time
}

type undoKind int

const (
	undoStar undoKind = iota
	undoUse
	undoStop
	undoMarks
)

// undoKept bounds how far back u goes.
const undoKept = 50

// pushUndo keeps something for u.
func (m *Model) pushUndo(u undoItem) {
	u.at = m.now()
	m.undo = append(m.undo, u)
	if extra := len(m.undo) - undoKept; extra > 0 {
		m.undo = m.undo[extra:]
	}
}

// undoLast undoes the last star, mark, use, or stop of what was not sent.
func (m *Model) undoLast() tea.Cmd {
	if len(m.undo) == 0 {
		m.notify("Nothing to take back.")
		return nil
	}
	u := m.undo[len(m.undo)-1]
	m.undo = m.undo[:len(m.undo)-1]
	switch u.kind {
	case undoStar:
		if u.output > 0 {
			return m.setPictureStar(u.keys[0], u.output, u.star)
		}
		return m.setStar(u.keys, u.star)
	case undoMarks:
		m.list.SetMarks(u.marks)
	case undoUse:
		m.prompt.SetValue(u.draft)
		m.settings.Restore(u.settings)
		m.notify("The form is as it was.")
	case undoStop:
		return m.uncancel(u)
	}
	return nil
}

// takeBackSpan is how long u takes a stop back.
const takeBackSpan = 10 * time.Second

// uncancel lets what was stopped before it was sent go on, within takeBackSpan.
func (m *Model) uncancel(u undoItem) tea.Cmd {
	if m.now().Sub(u.at) > takeBackSpan {
		m.notify("Too late to take that stop back: r makes it anew.")
		return nil
	}
	var cmds []tea.Cmd
	for _, key := range u.keys {
		change, task, _ := m.session.Runner.UndoCancel(key)
		cmds = append(cmds, m.carryOut(change, task))
	}
	return tea.Batch(cmds...)
}

// use loads a past prediction into the form; the price is read before enter.
func (m *Model) use() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	m.load(e)
	m.screens.Home()
	m.setFocus(focusPrompt)
	m.preview.Pin(e.Key)
	return nil
}

// load puts an entry's prompt and settings into the form; u and ctrl+_ take it back.
func (m *Model) load(e history.Entry) {
	m.pushUndo(undoItem{kind: undoUse, draft: m.prompt.Value(), settings: m.settings.Saved()})
	m.prompt.SetValue(e.Prompt())
	dropped := m.settings.Take(e.Model, inputWithout(e))
	if len(dropped) > 0 {
		m.notify("Left out, as this model does not take it: " + format.Clean(strings.Join(dropped, ", ")) + ".")
	}
}

// useAndEdit loads a prediction, and opens its prompt in the editor.
func (m *Model) useAndEdit() tea.Cmd {
	if _, ok := m.list.Selected(); !ok {
		return nil
	}
	return tea.Batch(m.use(), m.editPrompt())
}

// takeSeed fixes the form's seed to the selected prediction's.
func (m *Model) takeSeed() tea.Cmd {
	row, ok := m.list.Row(m.list.Cursor())
	switch {
	case !ok:
		return nil
	case row.Seed == nil:
		m.notify("Its seed is not known.")
		return nil
	}
	m.pushUndo(undoItem{kind: undoUse, draft: m.prompt.Value(), settings: m.settings.Saved()})
	if err := m.settings.TakeOne("seed", *row.Seed); err != nil {
		m.notifyError(err)
		return nil
	}
	m.notify(fmt.Sprintf("Seed %d is in the form.", *row.Seed))
	return nil
}

// TakeOne offers the values of the selected prediction, one of which goes into the form.
func (m *Model) takeOne() tea.Cmd {
	e, ok := m.list.Selected()
	if !ok {
		return nil
	}
	values := maps.Clone(e.Input)
	if e.Seed != nil {
		values["seed"] = *e.Seed
	}
	var choices []picker.Choice
	for _, name := range slices.Sorted(maps.Keys(values)) {
		choices = append(choices, picker.Choice{Value: name, Text: format.Clean(name), Right: format.Clean(params.Plain(values[name]))})
	}
	m.openChooser(picker.New("take", "Take", choices, ""), func(name string) tea.Cmd {
		m.pushUndo(undoItem{kind: undoUse, draft: m.prompt.Value(), settings: m.settings.Saved()})
		if name == "prompt" {
			m.prompt.SetValue(e.Prompt())
			return nil
		}
		m.notifyError(m.settings.TakeOne(name, values[name]))
		return nil
	})
	return nil
}

// needsDecision tells whether only the user can go on with an entry.
func (m *Model) needsDecision(e history.Entry) bool { return e.State == history.Unconfirmed }
