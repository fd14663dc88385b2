package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/statusbar"
	"tintype/ui/wording"
)

// status returns the last row: a question, a menu, a note, a problem of the filter, or hints, in this order of priority.
func (m *Model) status(l layout.Home) statusbar.Status {
	bar, where := statusbar.Bar{
		Look: m.look, Width: l.Status.W, Sidebar: l.Sidebar.W - 2, Above: l.StatusRoom(), NameKeys: host{m}.NameKeys,
	}, m.place()
	if s, ok := m.dialogs.Status(bar); ok {
		return s
	}
	if m.dialogs.IsModal() {
		return statusbar.Status{Lines: []string{""}} // the dialog shows its own keys, and those of the place do nothing now
	}
	if s, ok := m.screens.Top().Status(bar); ok {
		return s
	}
	if m.list.FilterProblem() != "" && (m.screens.home.focus == focusList || where == keymap.InGallery) {
		return bar.Sentence(m.list.FilterProblem())
	}
	if m.list.IsEditingFilter() {
		return bar.LineIfRoom(m.filterExamples(), filterKeys(m.list.HasFilterText()))
	}
	if where == keymap.InSettings && m.settings.IsTyping() {
		return bar.Line("", entryKeys)
	}
	return bar.Hints(hintsOf(m, where))
}

// filterExamples shows what a filter can be, until one is typed.
func (m *Model) filterExamples() string {
	if m.list.HasFilterText() {
		return ""
	}
	return "For example: fox  -dog  model:dev  is:starred  cost>0.01 "
}

// entryKeys are the keys while a value is being typed into a row of the settings.
var entryKeys = []statusbar.Key{statusbar.AnswerKey("enter", "done"), statusbar.AnswerKey("backspace", "erase"), statusbar.AnswerKey("esc", "undo")}

// filterKeys returns the keys while the filter is edited and letters are text.
func filterKeys(typed bool) []statusbar.Key {
	if !typed {
		return []statusbar.Key{statusbar.AnswerKey("esc", "back")}
	}
	return []statusbar.Key{statusbar.AnswerKey("enter", "keep"), statusbar.AnswerKey("esc", "show all")}
}

// hintsOf returns the hints of a place that can do something now.
func hintsOf(m *Model, where keymap.Place) []keymap.HintItem {
	if where == keymap.InSettings && m.settings.IsMoreOpen() {
		where = keymap.InParameters
	}
	return m.keys.Hints(where, stateOf(m))
}

// header returns the content of the first row.
func (m *Model) header() statusbar.Header {
	h := statusbar.Header{
		Trouble: m.session.trouble(), New: m.list.UnseenCount(), Marked: m.list.MarkedText(), Demo: m.session.Provider.Free,
		Today: m.spending.todayText(), TodayShort: m.spending.today.Text(""), NearLimit: m.spending.near,
	}
	if !h.Demo {
		h.Provider = format.Clean(m.session.Provider.Title)
	}
	if m.session.Runner != nil {
		h.Running, h.Waiting = m.session.Runner.Counts()
	}
	if h.Waiting > 0 {
		h.NextTry = nextRetry(m.session.liveRows(), m.now())
	}
	return h
}

// nextRetry returns when the first of the waiting jobs is tried again: "in 3 s", "now"; "" without one.
func nextRetry(live []runner.Row, now time.Time) string {
	var next time.Time
	for _, row := range live {
		if l := row.Live; l != nil && l.Waiting != runner.NotWaiting && (next.IsZero() || l.Until.Before(next)) {
			next = l.Until
		}
	}
	if next.IsZero() {
		return ""
	}
	if left := next.Sub(now); left > 0 {
		return "in " + format.BriefCountdown(left)
	}
	return "now"
}

// ringAfter is how long a job must have taken for the terminal to notify the user of its end.
const ringAfter = 10 * time.Second

// ringBell makes the terminal notify the user that a job has ended, if it took long enough. The text is constant, so it carries
// nothing from outside.
func ringBell(took time.Duration) tea.Cmd {
	if took < ringAfter {
		return nil
	}
	return tea.Raw("\x1b]9;tintype: a picture is ready or has failed\x07")
}

// statusLine returns what a job is doing or how it ended: "⡇ developing 62% · 3 s, about 2 s left"; "" if there is nothing to say. What a
// provider said in it is shortened until it fits; nil shortens nothing.
func (m *Model) statusLine(row runner.Row, fits func(string) bool) string {
	status, isRunning := m.wording().Status(row, m.session.typicalDuration(row.Model))
	if m.dialogs.IsModal() {
		status = wording.WithoutTodo(status)
	}
	status = keysHere(m).Fill(status)
	if fits == nil {
		status = wording.Plain(status)
	} else {
		status = wording.Shorten(status, fits)
	}
	if isRunning {
		return list.StateSign(row, m.listOptions(0)) + " " + status
	}
	return status
}

// wording returns the writer of sentences about jobs for the present time.
func (m *Model) wording() wording.Writer {
	return wording.Writer{Provider: m.session.Provider.Title, Now: m.now(), WriteError: m.session.History.WriteError()}
}
