package ui

import (
	"fmt"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/list"
	"tintype/ui/runner"
)

// statusLine is what a job is doing, or how it ended: "⡇ developing 62% · 3 s, about 2 s left"; "" if there is nothing to say.
func (m *Model) statusLine(row runner.Row) string {
	if trouble := m.troubleSentence(row.Entry, row.Live); trouble != "" {
		return trouble
	}
	if row.State.Ended() {
		return ""
	}
	if row.Live == nil {
		return "Under way; another tintype follows it, or the next start will."
	}
	now := m.now()
	sign := list.StateSign(row, m.listOptions(0))
	return sign + " " + liveStatus(row, now, m.usual(row.Model))
}

// liveStatus is what a job that this program follows is doing. Its model usually takes so long by this machine's own history; 0 if that
// is unknown.
func liveStatus(row runner.Row, now time.Time, usual time.Duration) string {
	took := max(0, now.Sub(row.Live.Since))
	status := ""
	switch {
	case row.Live.CancelRequested:
		status = "stopping"
	case row.State == history.Creating:
		status = "sending"
	case row.State == history.Saving:
		return "saving the picture"
	case row.Live.Progress < 0:
		status = "starting"
		if row.Live.TypicalDuration > 0 {
			return status + fmt.Sprintf(" · %s, usually %s", format.SecondsText(took), format.TookText(row.Live.TypicalDuration))
		}
	default:
		status = fmt.Sprintf("developing %d%%", format.Percent(row.Live.Progress))
	}
	status += " · " + format.SecondsText(took)
	if left := format.LeftText(took, usual); left != "" {
		status += ", " + left
	}
	return status
}

// invitation is the sentence of the empty preview: the size of the next picture, its price, and what to do.
func invitation(w, h int, known bool, price string) string {
	if !known {
		return format.Upper(price) + ". Write what you want to see, then press enter."
	}
	return fmt.Sprintf("%d×%d · %s. Write what you want to see, then press enter.", w, h, price)
}
