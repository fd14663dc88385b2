package ui

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/lab"
	"tintype/ui/preset"
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// session is the open Session with what runs in its background.
type session struct {
	Session
	isOpen           bool
	switching        bool         // another session is being opened
	wasOpen          bool         // a session was open before
	indexed          bool         // the keys of the entire history are known
	updatesPaused    *atomic.Bool // an editor has the terminal or is about to get it, so that no message is handled
	stopWatch        func()       // ends the watch of the journal; nil before the first
	typicalDurations map[string]time.Duration
	inputKeys        map[string]string // of unconfirmed entries, by their keys
	notices          notices
}

// replace replaces the session by one that was opened.
func (s *session) replace(opened Session) {
	s.Session, s.isOpen, s.wasOpen, s.indexed, s.inputKeys = opened, true, true, false, nil
}

// suspend stops using the session, which is about to be closed by the function that it returns.
func (s *session) suspend() (closeIt func()) {
	closeIt = s.Close
	s.isOpen, s.Runner, s.Close = false, nil, nil
	if closeIt == nil {
		return func() {}
	}
	return closeIt
}

// close closes what the session has open.
func (s *session) close() {
	if s.isOpen && s.Close != nil {
		s.Close()
	}
}

// liveRows returns the rows of the jobs that this program drives.
func (s *session) liveRows() []runner.Row {
	if s.Runner == nil {
		return nil
	}
	return s.Runner.Live()
}

// activeJobs returns how many jobs are running or waiting.
func (s *session) activeJobs() int {
	if s.Runner == nil {
		return 0
	}
	running, waiting := s.Runner.Counts()
	return running + waiting
}

// withoutID returns the rows of purchases whose ids are not on the disk.
func (s *session) withoutID() []runner.Row {
	if s.Runner == nil {
		return nil
	}
	return s.Runner.WithoutID()
}

// pollNow polls the jobs at once, since the terminal has the focus again or the machine has slept.
func (s *session) pollNow() {
	if s.Runner != nil {
		s.Runner.PollNow()
	}
}

// perform returns the command that performs a job's task; nil without a task.
func (s *session) perform(ctx context.Context, t runner.Task) tea.Cmd {
	if s.Runner == nil {
		return nil
	}
	return perform(ctx, s.Runner, t, s.updatesPaused)
}

// keys returns the keys of the history and of jobs that are not in it yet; ok is false until the entire history has been read.
func (s *session) keys() (keys history.Keys, ok bool) {
	if !s.indexed {
		return history.Keys{}, false
	}
	var live []string
	for _, row := range s.liveRows() {
		live = append(live, row.Key)
	}
	return s.History.Keys().With(live...), true
}

// watch returns a command that waits for lines of other programs in the journal, and ends the one before.
func (s *session) watch(ctx context.Context, now func() time.Time) tea.Cmd {
	if s.stopWatch != nil {
		s.stopWatch()
	}
	ctx, s.stopWatch = context.WithCancel(ctx)
	return watch(ctx, s.History, now)
}

// writeError returns why the history cannot be written; nil if it can, or is not open yet.
func (s *session) writeError() error {
	if !s.isOpen {
		return nil
	}
	return s.History.WriteError()
}

// trouble returns what prevents purchases, in a few words; "" if nothing does.
func (s *session) trouble() string {
	if !s.isOpen {
		return ""
	}
	if t := s.History.WriteError(); t != nil {
		return wording.HistoryTrouble(t) + ": nothing is bought"
	}
	switch {
	case s.Runner != nil:
		return ""
	case s.ReadOnly.Short != "":
		return s.ReadOnly.Short + ": nothing is bought"
	}
	return "no key"
}

// notices are the sentences of the history that were shown already: errors that were fixed, and a network storage.
type notices struct{ recovered, storage string }

// newNotices returns the sentences of the history that were not shown yet.
func (s *session) newNotices() (fresh []string) {
	if n := s.History.NetworkStorage(); n != s.notices.storage {
		s.notices.storage = n
		fresh = append(fresh, format.Clean(n))
	}
	if n := s.History.Recovered(); n != s.notices.recovered {
		s.notices.recovered = n
		fresh = append(fresh, format.Clean(n))
	}
	return fresh
}

// progress returns how many jobs are running and their average progress, from 0 to 1, or -1 if it is unknown.
func (s *session) progress() (n int, fraction float64) {
	sum, known := 0.0, 0
	for _, row := range s.liveRows() {
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

// windowTitle returns the window's title for n running jobs and their average progress. It never has a prompt.
func windowTitle(n int, fraction float64) string {
	switch {
	case n == 0:
		return "tintype"
	case fraction < 0:
		return fmt.Sprintf("%d running · tintype", n)
	}
	return fmt.Sprintf("%d running, %d%% · tintype", n, format.Percent(fraction))
}

// progressBar returns the terminal's progress bar for the same; nil if no job runs.
func progressBar(n int, fraction float64) *tea.ProgressBar {
	switch {
	case n == 0:
		return nil
	case fraction < 0:
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, format.Percent(fraction))
}

// activity reports whether a job is running, and whether one has a spinner because its progress is unknown.
func (s *session) activity() (spins, live bool) {
	for _, row := range s.liveRows() {
		live = true
		if row.Live != nil && row.Live.Progress < 0 && row.Live.Waiting == "" {
			spins = true
		}
	}
	return spins, live
}

// typicalDuration returns how long a model usually takes by this machine's history; 0 if it is unknown.
func (s *session) typicalDuration(model string) time.Duration { return s.typicalDurations[model] }

// readOnlySentence explains that there is no key, or what else prevents purchases.
func (s *session) readOnlySentence(hasDemo bool) string {
	if sentence := s.ReadOnly.Long; sentence != "" {
		return format.Clean(sentence)
	}
	return wording.NoKey(s.Provider.Title, s.KeyName, hasDemo)
}

// path returns the absolute path of a file in the data folder; "" for "".
func (s *session) path(relative string) string {
	if relative == "" {
		return ""
	}
	return s.History.Path(relative)
}

// Session is one provider with its history. Starting the demo replaces all of it.
type Session struct {
	Provider   api.Provider
	History    *history.History
	Runner     *runner.Runner // nil without a key: everything can be viewed, nothing bought
	KeyName    string         // the environment variable for the key
	ReadOnly   ReadOnly       // why nothing can be bought, besides a missing key; Runner is nil then
	Close      func()         // releases what the session holds; may be nil
	Keys       []KeyPlace     // where the keys of the providers are, the present one's first; empty if no key can be entered
	Lab        *lab.Lab       // what plans are made with; its provider and history are those of the session; nil: the lists and presets of none
	Presets    preset.Store   // files with settings and text around the prompt
	FinalModel string         // what F makes finals on, of [final] in the settings; "": one of the best
	Problem    string         // a sentence to show once it is open; "" for none
}

// ReadOnly is what must be fixed before anything can be bought. The zero ReadOnly is nothing.
type ReadOnly struct {
	Short string // few, for the header: "settings unread"
	Long  string // what is wrong, and that nothing is bought
}
