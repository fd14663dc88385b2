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

// teller prints a line for each event of one or more jobs. It may be called from several goroutines.
type teller struct {
	p     *program
	s     *session
	named bool // several jobs: each line begins with its key

	mu   sync.Mutex
	last map[string]string                     // by key: the last line, which is not repeated
	told map[string]map[runner.NoticeKind]bool // by key: what was told
}

// heard is what was told about a job so far.
func (t *teller) heard(key string) map[runner.NoticeKind]bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return maps.Clone(t.told[key])
}

// newTeller makes a teller; with several jobs each line begins with its key.
func newTeller(p *program, s *session, named bool) *teller {
	return &teller{p: p, s: s, named: named, last: map[string]string{}, told: map[string]map[runner.NoticeKind]bool{}}
}

// begins tells what is about to be bought, and under which key.
func (t *teller) begins(row runner.Row) {
	price := "price unknown"
	if usd, ok := estimate(row.Entry); ok && usd > 0 {
		price = "about " + dollars(usd)
	}
	if t.s.provider.Free {
		price = "free"
	}
	t.p.progress(fmt.Sprintf("%s  %s at %s, %s", row.Key, row.Model, t.s.provider.Title, price))
}

// change prints what is new about a job.
func (t *teller) change(c runner.Change) {
	line := t.line(c)
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last[c.Row.Key] == line {
		return
	}
	t.last[c.Row.Key] = line
	if t.told[c.Row.Key] == nil {
		t.told[c.Row.Key] = map[runner.NoticeKind]bool{}
	}
	t.told[c.Row.Key][c.Notice.Kind] = true
	if t.named {
		line = c.Row.Key + "  " + line
	}
	t.p.progress(line)
}

func (t *teller) line(c runner.Change) string {
	if c.Notice.Kind != runner.NoNotice {
		return t.sentence(c)
	}
	return t.state(c.Row)
}

// state says where a job stands, in the words of the full screen.
func (t *teller) state(row runner.Row) string {
	if live := row.Live; live != nil && live.Waiting != runner.NotWaiting {
		return t.waits(live)
	}
	switch row.State {
	case history.Creating:
		return "sending"
	case history.Waiting:
		return waiting(row)
	case history.Saving:
		return "saving"
	case history.Unconfirmed:
		return "unconfirmed: looking for it at " + t.s.provider.Title
	}
	return string(row.State)
}

func (t *teller) waits(live *runner.Live) string {
	wait := max(time.Second, live.Until.Sub(t.p.now()).Round(time.Second))
	if live.Waiting == runner.ProviderAsked {
		return fmt.Sprintf("waits %s, asked by %s", brief(wait), t.s.provider.Title)
	}
	if live.Trouble != nil {
		return fmt.Sprintf("waits %s: %s", brief(wait), live.Trouble)
	}
	return "waits " + brief(wait)
}

func waiting(row runner.Row) string {
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

// brief writes a duration as a person says it: 1.2 s, 45 s, 3 min, 2 h.
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

// dollars writes an amount with as many digits as it needs, at least cents.
func dollars(usd float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.4f", usd), "0")
	if dot := strings.IndexByte(s, '.'); len(s)-dot < 3 {
		s += strings.Repeat("0", 3-len(s)+dot)
	}
	return "$" + s
}
