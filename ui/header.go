package ui

import (
	"fmt"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// header is the top row: name, provider and the one lasting trouble at the left; what runs, waits and is new, and
// today's money at the right. Lack of room drops "today", the provider, the name, what is new, in this order.
func (m *Model) header(w int) string {
	type shown struct{ today, provider, name, news bool }
	fewer := []shown{
		{true, true, true, true},
		{false, true, true, true},
		{false, false, true, true},
		{false, false, false, true},
		{false, false, false, false},
	}
	for i, s := range fewer {
		left, right := m.headerLeft(s.name, s.provider), m.headerRight(s.today, s.news)
		gap := w - cell.Width(left) - cell.Width(right)
		if gap >= 2 || (i == len(fewer)-1 && gap >= 0) {
			return left + strings.Repeat(" ", gap) + right
		}
	}
	return m.headerLeft(false, false)
}

// headerLeft is the name, the provider, and the lasting trouble if there is one.
func (m *Model) headerLeft(name, provider bool) string {
	var parts []string
	if name {
		parts = append(parts, m.look.Styles.Strong.Render("tintype"))
	}
	if provider && !m.session.Provider.Free { // the demo says so at the right
		parts = append(parts, m.look.Styles.Soft.Render(format.Clean(m.session.Provider.Title)))
	}
	if trouble := m.trouble(); trouble != "" {
		parts = append(parts, m.look.Styles.Bad.Render(m.look.Glyphs.Say(trouble)))
	}
	return strings.Join(parts, "  ")
}

// trouble is what keeps tintype from buying, in a few words; "" when nothing does.
func (m *Model) trouble() string {
	if !m.opened {
		return ""
	}
	if t := m.session.History.WriteError(); t != nil {
		return troubleWords(t) + ": nothing is bought"
	}
	switch {
	case m.session.Runner != nil:
		return ""
	case m.session.ReadOnly.Short != "":
		return m.session.ReadOnly.Short + ": nothing is bought"
	}
	return "no key"
}

// headerRight is what goes on.
func (m *Model) headerRight(today, news bool) string {
	var parts []string
	running, waiting := 0, 0
	if m.session.Runner != nil {
		running, waiting = m.session.Runner.Counts()
	}
	if running > 0 {
		parts = append(parts, m.look.Styles.Live.Render(fmt.Sprintf("%d running", running)))
	}
	if waiting > 0 {
		parts = append(parts, m.look.Styles.Soft.Render(fmt.Sprintf("%d waits %s", waiting, m.nextTry())))
	}
	if n := m.list.UnseenCount(); news && n > 0 {
		parts = append(parts, m.look.Styles.Good.Render(fmt.Sprintf("%d new", n)))
	}
	switch {
	case m.session.Provider.Free:
		parts = append(parts, m.look.Styles.Soft.Render("DEMO"+string(m.look.Glyphs.Joint)+"free"))
	case today:
		if said := m.money.today.Text("today"); said != "" {
			parts = append(parts, m.look.Styles.Soft.Render(said))
		}
	default:
		if said := m.money.today.Text(""); said != "" {
			parts = append(parts, m.look.Styles.Soft.Render(said))
		}
	}
	return strings.Join(parts, m.look.Styles.Soft.Render(string(m.look.Glyphs.Joint)))
}

// nextTry is how long the nearest wait still lasts.
func (m *Model) nextTry() string {
	var next time.Time
	for _, row := range m.session.Runner.Live() {
		if l := row.Live; l != nil && l.Waiting != runner.NotWaiting && (next.IsZero() || l.Until.Before(next)) {
			next = l.Until
		}
	}
	if next.IsZero() {
		return ""
	}
	return format.BriefText(format.Countdown(next.Sub(m.now())))
}

// title is the window's title: what is under way, never a prompt.
func (m *Model) title() string {
	n, fraction := m.underWayProgress()
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
	n, fraction := m.underWayProgress()
	switch {
	case n == 0 || m.exit.going:
		return nil
	case fraction < 0:
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, format.Percent(fraction))
}

// underWayProgress is how many jobs are under way, and how far they are together; < 0 while no one knows.
func (m *Model) underWayProgress() (n int, fraction float64) {
	if m.session.Runner == nil {
		return 0, -1
	}
	sum, known := 0.0, 0
	for _, row := range m.session.Runner.Live() {
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

// notifyAfter is how long a job must have taken for its end to be told to a terminal that is not looked at.
const notifyAfter = 10 * time.Second

// ring tells the terminal that a job has ended, once, when nobody looks and it took a while. The words are ours alone.
func (m *Model) ring(c runner.Change) tea.Cmd {
	if m.terminal.focused || m.now().Sub(c.Row.Entry.CreatedTime()) < notifyAfter {
		return nil
	}
	return tea.Raw("\x1b]9;tintype: a prediction has ended\x07")
}
