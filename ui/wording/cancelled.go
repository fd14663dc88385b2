package wording

import (
	"strings"

	"tintype/ui/format"
	"tintype/ui/runner"
)

// Cancelled writes one sentence about jobs that were cancelled together, and what may be billed: "2 cancelled, 1 finished first and is
// kept. Replicate may bill the time they ran." more ends the first sentence.
func (w Writer) Cancelled(outcomes []runner.Change, more string) string {
	var cancelled, sent, kept, left, handed, other int
	for _, c := range outcomes {
		billed := 0
		if !isFree(c.Row.Entry) {
			billed = 1
		}
		switch c.Notice.Kind {
		case runner.StoppedUnsent:
			cancelled++
		case runner.Cancelled:
			cancelled, sent = cancelled+1, sent+billed
		case runner.Aborted:
			cancelled++
			if !c.Row.StartedAt.IsZero() {
				sent += billed
			}
		case runner.CannotCancel, runner.TimedOut:
			left, sent = left+1, sent+billed
		case runner.AlreadyFinished, runner.Finished, runner.Partial:
			kept++
		case runner.HandedOver:
			handed++
		default:
			other++
		}
	}
	said := joinCounts(
		counted{cancelled, "cancelled", "cancelled"},
		counted{kept, "finished first and is kept", "finished first and are kept"},
		counted{left, "cannot be cancelled and is no longer followed", "cannot be cancelled and are no longer followed"},
		counted{handed, "handed to another tintype", "handed to another tintype"},
		counted{other, "not cancelled: its row says why", "not cancelled: their rows say why"},
	)
	if sent > 0 {
		return said + more + ". " + format.UpperFirst(w.noticeProvider(outcomes[0])) + " may bill the time they ran."
	}
	return said + more + "."
}

// counted is how many there are of something, and what is said of one and of several.
type counted struct {
	n         int
	one, more string
}

// joinCounts joins what there is: "2 cancelled, 1 handed over".
func joinCounts(counts ...counted) string {
	var parts []string
	for _, c := range counts {
		switch {
		case c.n == 1:
			parts = append(parts, "1 "+c.one)
		case c.n > 1:
			parts = append(parts, format.Count(c.n)+" "+c.more)
		}
	}
	return strings.Join(parts, ", ")
}
