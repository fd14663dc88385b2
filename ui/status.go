package ui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/layout"
	"tintype/ui/runner"
	"tintype/ui/statusbar"
	"tintype/ui/wording"
)

// bar makes what the last row says, in the room that a layout leaves it.
func (m *Model) bar(l layout.Layout) statusbar.Bar {
	return statusbar.Bar{Look: m.look, Width: l.Bottom.W, Sidebar: l.Rail.W - 2}
}

// filterKeys are the keys of the filter under edit, where letters are text.
var filterKeys = []statusbar.Key{statusbar.AnswerKey("enter", "keep"), statusbar.AnswerKey("esc", "show all")}

// status is what the last row says now, by rank: question, menu, note, what is wrong with the filter, hints.
func (m *Model) status(l layout.Layout) statusbar.Status {
	bar, where := m.bar(l), m.place()
	if s, ok := m.dialogs.Status(bar); ok {
		return s
	}
	switch {
	case m.dialogs.IsModal():
		return statusbar.Status{Lines: []string{""}} // it names its own keys, and those below do nothing now
	case m.list.FilterProblem() != "" && (m.focus == focusList || where == keymap.InGallery):
		return bar.Sentence(m.list.FilterProblem())
	}
	if s, ok := m.screens.Top().Status(bar); ok {
		return s
	}
	if m.list.IsEditingFilter() {
		return bar.Line("", filterKeys)
	}
	hints := m.keys.Hints(where)
	if where == keymap.InSettings && m.settings.More {
		hints = m.keys.Hints(keymap.InParameters)
	}
	return bar.Hints(hints, m.keys, where)
}

// drawStatus draws the last row.
func (m *Model) drawStatus(c *cell.Canvas) {
	m.status(m.layout).Draw(c, m.layout.Bottom, m.layout.Above, m.look)
}

// header is what the first row tells.
func (m *Model) header() statusbar.Header {
	h := statusbar.Header{
		Trouble: m.session.trouble(), New: m.list.UnseenCount(), Demo: m.session.Provider.Free,
		Today: m.money.today.Text("today"), TodayShort: m.money.today.Text(""),
	}
	if !h.Demo {
		h.Provider = format.Clean(m.session.Provider.Title)
	}
	if m.session.Runner != nil {
		h.Running, h.Waiting = m.session.Runner.Counts()
	}
	if h.Waiting > 0 {
		h.NextTry = nextTry(m.session.live(), m.now())
	}
	return h
}

// trouble is what keeps tintype from buying, in a few words; "" when nothing does.
func (m *Model) trouble() string {
	if !m.session.isOpen {
		return ""
	}
	if t := m.session.History.WriteError(); t != nil {
		return wording.WriteTrouble(t) + ": nothing is bought"
	}
	switch {
	case m.session.Runner != nil:
		return ""
	case m.session.ReadOnly.Short != "":
		return m.session.ReadOnly.Short + ": nothing is bought"
	}
	return "no key"
}

// nextTry is how long the nearest wait still lasts.
func nextTry(live []runner.Row, now time.Time) string {
	var next time.Time
	for _, row := range live {
		if l := row.Live; l != nil && l.Waiting != runner.NotWaiting && (next.IsZero() || l.Until.Before(next)) {
			next = l.Until
		}
	}
	if next.IsZero() {
		return ""
	}
	return format.BriefCountdown(next.Sub(now))
}

// title is the window's title: what is under way, never a prompt.
func (m *Model) title() string {
	n, fraction := m.progress()
	switch {
	case n == 0:
		return "tintype"
	case fraction < 0:
		return fmt.Sprintf("%d developing · tintype", n)
	}
	return fmt.Sprintf("%d developing %d%% · tintype", n, format.Percent(fraction))
}

// progressBar is the terminal's own progress bar: while anything is under way.
func (m *Model) progressBar() *tea.ProgressBar {
	n, fraction := m.progress()
	switch {
	case n == 0 || m.exit.going:
		return nil
	case fraction < 0:
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, format.Percent(fraction))
}

// progress is how many jobs are under way, and how far they are together, from 0 to 1; below 0 while that is not known.
func (m *Model) progress() (n int, fraction float64) {
	if m.session.Runner == nil {
		return 0, -1
	}
	sum, known := 0.0, 0
	for _, row := range m.session.live() {
		n++
		if row.Live != nil && row.Live.Progress >= 0 {
			sum += row.Live.Progress
			known++
		}
	}
	if known == 0 {
		return n, -1
	}
	return n, sum / float64(n)
}

// ringAfter is how long a job must have taken for its end to ring the terminal.
const ringAfter = 10 * time.Second

// ring tells a terminal that does not have the focus that a job has ended, if it took a while. The words are ours alone.
func (m *Model) ring(c runner.Change) tea.Cmd {
	if m.terminal.focused || m.now().Sub(c.Row.Entry.CreatedTime()) < ringAfter {
		return nil
	}
	return tea.Raw("\x1b]9;tintype: a prediction has ended\x07")
}
