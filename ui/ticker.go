package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/theme"
)

// ageTick is how often ages are updated if nothing else changes.
const ageTick = 20 * time.Second

// ticker redraws the screen when time changes what it shows. Only the latest of the running ticks counts.
type ticker struct {
	generation int
	running    bool
	at         time.Time // when the latest tick comes
}

// schedule returns a command for a tick at due, unless one comes by then.
func (t *ticker) schedule(now time.Time, due time.Duration) tea.Cmd {
	at := now.Add(due)
	if due <= 0 || t.running && !at.Before(t.at.Add(-time.Millisecond)) {
		return nil
	}
	t.running, t.at = true, at
	t.generation++
	return after(due, tickMsg{t.generation})
}

// accept reports whether a tick is the latest.
func (t *ticker) accept(msg tickMsg) bool {
	if msg.generation != t.generation {
		return false
	}
	t.running = false
	return true
}

// onTick removes what has expired. The frame that follows shows the new time.
func (m *Model) onTick(msg tickMsg) {
	if m.ticker.accept(msg) {
		m.dialogs.Expire(m.now())
		m.guard.Expire(m.now())
	}
}

// nextChange returns how long until time changes what is on the screen.
func (m *Model) nextChange(now time.Time) time.Duration {
	due := ageTick
	sooner := func(d time.Duration) {
		if d < due {
			due = max(d, time.Millisecond)
		}
	}
	if spins, live := m.session.activity(); spins && m.options.hasMotion() {
		sooner(time.Second / theme.SpinnerRate)
	} else if live {
		sooner(time.Second - time.Duration(now.Nanosecond())%time.Second)
	}
	if left, ok := m.dialogs.NoteLeft(now); ok {
		sooner(left)
	}
	if left, ok := m.guard.ArmedFor(now); ok {
		sooner(left + time.Millisecond)
	}
	if d, ok := m.preview.NextChange(now); ok {
		sooner(d)
	}
	return due
}
