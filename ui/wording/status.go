package wording

import (
	"fmt"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// Status says what a job is doing, or how it ended: "developing 62% · 3 s, about 2 s left"; "" if there is nothing to say. usual is how
// long its model usually takes by this machine's own history; 0 if that is unknown. isRunning reports that it makes progress here, so
// that a sign of progress belongs in front.
func (w Writer) Status(row runner.Row, usual time.Duration) (status string, isRunning bool) {
	if trouble := w.caption(row.Entry, row.Live); trouble != "" {
		return trouble, false
	}
	switch {
	case row.State.Ended():
		return "", false
	case row.Live == nil:
		return "Running. Another tintype follows it, or the next start does.", false
	}
	return w.running(row, usual), true
}

// running says what a job that this program follows is doing.
func (w Writer) running(row runner.Row, usual time.Duration) string {
	took := max(0, w.Now.Sub(row.Live.Since))
	var status string
	switch {
	case row.Live.CancelRequested:
		status = "cancelling"
	case row.State == history.Creating:
		status = "sending"
	case row.State == history.Saving:
		return "saving the picture"
	case runner.UnknownStatus(row.Entry) != "":
		status = "the provider says " + format.Clean(runner.UnknownStatus(row.Entry))
	case row.Live.Progress < 0:
		status = "starting"
		if row.Live.TypicalDuration > 0 {
			return status + fmt.Sprintf(" · %s, usually %s", format.Seconds(took), format.Duration(row.Live.TypicalDuration))
		}
	default:
		status = fmt.Sprintf("developing %d%%", format.Percent(row.Live.Progress))
	}
	status += " · " + format.Seconds(took)
	if left := format.TimeLeft(took, usual); left != "" {
		status += ", " + left
	}
	return status
}

// Remaining says in few words how long a job will still take, or what it is doing or waits for: "about 2 s left", "retrying in 3 s". usual
// is as in Status. It is "" for a job that this program does not follow.
func (w Writer) Remaining(row runner.Row, usual time.Duration) string {
	live := row.Live
	switch {
	case live == nil:
		return ""
	case live.Waiting == runner.ProviderAsked && !live.Sent:
		return "sending in " + format.Countdown(live.Until.Sub(w.Now))
	case live.Waiting != runner.NotWaiting:
		return "retrying in " + format.Countdown(live.Until.Sub(w.Now))
	case live.CancelRequested:
		return "cancelling"
	case row.State == history.Creating:
		return "sending"
	case row.State == history.Saving:
		return "saving"
	}
	took := max(0, w.Now.Sub(live.Since))
	if left := format.TimeLeft(took, usual); left != "" {
		return left
	}
	if live.Progress < 0 {
		return "starting"
	}
	return fmt.Sprintf("%d%%", format.Percent(live.Progress))
}

// StateWord is the state of an entry in a word: "running", "done", "failed", "cancelled", "lost", "unconfirmed"; "unfollowed" for one
// that may still run, and "checked" for an unconfirmed one that a person checked.
func StateWord(e history.Entry) string {
	switch e.State {
	case history.Done, history.Failed, history.Lost, history.Unconfirmed:
		return string(e.State)
	case history.Stopped:
		switch endNotice(e) {
		case runner.CannotCancel, runner.TimedOut:
			return "unfollowed"
		case runner.Dismissed:
			return "checked"
		}
		return "cancelled"
	}
	return "running"
}
