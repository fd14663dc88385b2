package cli

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"time"

	"tintype/api"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// progress prints a line for each event of one or more jobs. It is safe for concurrent use.
type progress struct {
	p     *program
	s     *session
	named bool // several jobs: each line begins with the key

	mu       sync.Mutex
	lastLine map[string]string                     // by key: the last line, so that none is printed twice
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
	facts := []string{shortModel(row.Model), providerWord(t.s.provider), wording.Price(row.Entry)}
	t.p.printProgress(row.Key + "  " + strings.Join(facts, " · "))
}

// providerWord is a provider's name in a list of facts.
func providerWord(provider api.Provider) string { return strings.TrimPrefix(provider.Title, "the ") }

// onChange prints what has changed about a job. With a live line, only notices are lines of their own.
func (t *progress) onChange(c runner.Change) {
	if t.p.live != nil && !t.named {
		t.p.live.set(c.Row)
		if c.Notice.Kind == runner.NoNotice {
			return
		}
	}
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
		return t.wording().Notice(c)
	}
	return t.stateText(c.Row)
}

// stateText describes the state of a job in the words of the full screen.
func (t *progress) stateText(row runner.Row) string {
	if row.State != history.Unconfirmed && (row.Live == nil || !row.Live.CancelRequested || row.Live.Waiting != runner.NotWaiting) {
		if wait := t.wording().Wait(row.Entry, row.Live); wait != "" {
			return wait
		}
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

// liveText is what the live line says.
func (t *progress) liveText(row runner.Row) string {
	if row.State == history.Unconfirmed {
		return t.stateText(row)
	}
	usual := time.Duration(0)
	if row.Live != nil {
		usual = row.Live.TypicalDuration
	}
	status, _ := t.wording().Status(row, usual)
	return status
}

// wording returns a writer of sentences about jobs for the present time. They name commands, where those of the full screen name keys.
func (t *progress) wording() wording.Writer {
	return wording.Writer{Provider: t.s.provider.Title, Now: t.p.now(), FollowCommand: t.p.followHintFor}
}

// waitingText describes a prediction that is being made.
func waitingText(row runner.Row) string {
	live := row.Live
	switch {
	case live != nil && live.CancelRequested:
		return "cancelling"
	case runner.UnknownStatus(row.Entry) != "":
		return "the provider says " + format.Clean(runner.UnknownStatus(row.Entry))
	case live != nil && live.Progress >= 0 && row.Status != "starting":
		return fmt.Sprintf("developing %d%%", format.Percent(live.Progress))
	case row.ID != "" && (row.Status == "" || row.Status == "starting"):
		return "starting, id " + row.ID
	}
	return "developing"
}
