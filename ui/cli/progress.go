package cli

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"tintype/history"
	"tintype/ui/runner"
)

// progress prints a line for each event of one or more jobs. It is safe for concurrent use.
type progress struct {
	p     *program
	s     *session
	named bool // several jobs: each line begins with the key

	mu       sync.Mutex
	lastLine map[string]string                     // by key: the last line, to print none twice
	notices  map[string]map[runner.NoticeKind]bool // by key: the notices printed
}

// noticesOf returns the notices printed so far about a job.
func (t *progress) noticesOf(key string) map[runner.NoticeKind]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.notices[key])
}

// newProgress returns a progress printer; if named is set, each line begins with the key of its job.
func newProgress(p *program, s *session, named bool) *progress {
	return &progress{p: p, s: s, named: named, lastLine: map[string]string{}, notices: map[string]map[runner.NoticeKind]bool{}}
}

// printStart prints what is about to be bought, under which key, and at which price.
func (t *progress) printStart(row runner.Row) {
	price := "price unknown"
	if usd, ok := estimatedCost(row.Entry); ok && usd > 0 {
		price = "about " + dollars(usd)
	}
	if t.s.provider.Free {
		price = "free"
	}
	t.p.printProgress(fmt.Sprintf("%s  %s at %s, %s", row.Key, row.Model, t.s.provider.Title, price))
}

// onChange prints what has changed about a job.
func (t *progress) onChange(c runner.Change) {
	line := t.line(c)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lastLine[c.Row.Key] == line {
		return
	}
	t.lastLine[c.Row.Key] = line
	if t.notices[c.Row.Key] == nil {
		t.notices[c.Row.Key] = map[runner.NoticeKind]bool{}
	}
	t.notices[c.Row.Key][c.Notice.Kind] = true
	if t.named {
		line = c.Row.Key + "  " + line
	}
	t.p.printProgress(line)
}

func (t *progress) line(c runner.Change) string {
	if c.Notice.Kind != runner.NoNotice {
		return t.noticeText(c)
	}
	return t.stateText(c.Row)
}

// stateText describes the state of a job in the words of the full screen.
func (t *progress) stateText(row runner.Row) string {
	if live := row.Live; live != nil && live.Waiting != runner.NotWaiting {
		return t.waitText(live)
	}
	switch row.State {
	case history.Creating:
		return "sending"
	case history.Waiting:
		return waitingText(row)
	case history.Saving:
		return "saving"
	case history.Unconfirmed:
		return "unconfirmed: looking for it at " + t.s.provider.Title
	}
	return string(row.State)
}

func (t *progress) waitText(live *runner.Live) string {
	wait := max(time.Second, live.Until.Sub(t.p.now()).Round(time.Second))
	if live.Waiting == runner.ProviderAsked {
		return fmt.Sprintf("waits %s, asked by %s", brief(wait), t.s.provider.Title)
	}
	if live.Trouble != nil {
		return fmt.Sprintf("waits %s: %s", brief(wait), live.Trouble)
	}
	return "waits " + brief(wait)
}

func waitingText(row runner.Row) string {
	live := row.Live
	switch {
	case live != nil && live.CancelRequested:
		return "cancelling"
	case live != nil && live.Slow:
		return "longer than usual"
	case live != nil && live.Progress >= 0 && row.Status != "starting":
		return fmt.Sprintf("developing %.0f%%", 100*live.Progress)
	case row.ID != "" && (row.Status == "" || row.Status == "starting"):
		return "starting, id " + row.ID
	}
	return "developing"
}

// brief writes a duration such as 1.2 s, 45 s, 3 min or 2 h.
func brief(d time.Duration) string {
	switch {
	case d < 10*time.Second && d%time.Second != 0:
		return fmt.Sprintf("%.1f s", d.Seconds())
	case d < 2*time.Minute:
		return fmt.Sprintf("%.0f s", d.Seconds())
	case d < 2*time.Hour:
		return fmt.Sprintf("%.0f min", d.Minutes())
	}
	return fmt.Sprintf("%.0f h", d.Hours())
}

// dollars writes an amount with as many digits as it needs, at least two decimals.
func dollars(usd float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.4f", usd), "0")
	if dot := strings.IndexByte(s, '.'); len(s)-dot < 3 {
		s += strings.Repeat("0", 3-len(s)+dot)
	}
	return "$" + s
}
