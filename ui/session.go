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
	"tintype/ui/runner"
	"tintype/ui/wording"
)

// session is the provider and the history that the program works on, and what it does with them in the background.
type session struct {
	Session
	isOpen           bool
	switching        bool         // another session is being opened
	indexed          bool         // the entire history has been read
	updatesPaused    *atomic.Bool // an editor has the terminal, or is about to: no message is handled meanwhile
	stopWatch        func()       // ends the watch over the journal
	typicalDurations map[string]time.Duration
	notices          notices
}

// replace replaces the session by one that was opened.
func (s *session) replace(opened Session) {
	s.Session, s.isOpen, s.indexed = opened, true, false
}

// close closes what the session has open.
func (s *session) close() {
	if s.isOpen && s.Close != nil {
		s.Close()
	}
}

// liveRows returns the rows of the jobs that are under way here.
func (s *session) liveRows() []runner.Row {
	if s.Runner == nil {
		return nil
	}
	return s.Runner.Live()
}

// activeJobs is how many jobs are under way, those that wait included.
func (s *session) activeJobs() int {
	if s.Runner == nil {
		return 0
	}
	running, waiting := s.Runner.Counts()
	return running + waiting
}

// pollNow asks how the jobs are doing at once: the terminal has the focus again, or the machine has slept.
func (s *session) pollNow() {
	if s.Runner != nil {
		s.Runner.PollNow()
	}
}

// perform is the command of a job's task.
func (s *session) perform(ctx context.Context, t runner.Task) tea.Cmd {
	if s.Runner == nil {
		return nil
	}
	return perform(ctx, s.Runner, t, s.updatesPaused)
}

// keys are those of the history, and of jobs that are not in it yet. ok is false before the entire history has been read.
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

// watch waits for lines of other programs in this session's journal, and no longer in the one before.
func (s *session) watch(ctx context.Context, now func() time.Time) tea.Cmd {
	if s.stopWatch != nil {
		s.stopWatch()
	}
	ctx, s.stopWatch = context.WithCancel(ctx)
	return watch(ctx, s.History, now)
}

// trouble is what keeps tintype from buying, in a few words; "" when nothing does.
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

// notices are what the history reports beside its trouble. Each is shown once.
type notices struct{ recovered, storage string }

// newNotices returns what went wrong with the history's disk and was fixed, and that the folder is on storage that machines share.
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

// progress is how many jobs are under way, and how far they are together, from 0 to 1; below 0 while that is not known.
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

// title is the window's title: what is under way, never a prompt.
func (s *session) title() string {
	n, fraction := s.progress()
	switch {
	case n == 0:
		return "tintype"
	case fraction < 0:
		return fmt.Sprintf("%d developing · tintype", n)
	}
	return fmt.Sprintf("%d developing %d%% · tintype", n, format.Percent(fraction))
}

// progressBar is the terminal's own progress bar: while anything is under way.
func (s *session) progressBar() *tea.ProgressBar {
	n, fraction := s.progress()
	switch {
	case n == 0:
		return nil
	case fraction < 0:
		return tea.NewProgressBar(tea.ProgressBarIndeterminate, 0)
	}
	return tea.NewProgressBar(tea.ProgressBarDefault, format.Percent(fraction))
}

// activity reports whether any job is under way, and whether a spinner turns for one: its progress is not known.
func (s *session) activity() (spins, live bool) {
	for _, row := range s.liveRows() {
		live = true
		if row.Live != nil && row.Live.Progress < 0 && row.Live.Waiting == "" {
			spins = true
		}
	}
	return spins, live
}

// typicalDuration is how long a model usually takes by this machine's own history; 0 where that is not known.
func (s *session) typicalDuration(model string) time.Duration { return s.typicalDurations[model] }

// readOnlySentence says calmly that there is no key, or what else keeps the session from buying.
func (s *session) readOnlySentence(hasDemo bool) string {
	if sentence := s.ReadOnly.Long; sentence != "" {
		return format.Clean(sentence)
	}
	sentence := fmt.Sprintf("No key for %s: set %s", s.Provider.Title, s.KeyName)
	if !hasDemo {
		return sentence + "."
	}
	return sentence + ", or try the demo with ctrl+x d."
}

// path is the absolute path of a file in the data folder; "" for none.
func (s *session) path(relative string) string {
	if relative == "" {
		return ""
	}
	return s.History.Path(relative)
}

// Session is one provider with its history: what the program works on. A switch to the demo replaces it whole.
type Session struct {
	Provider api.Provider
	History  *history.History
	Runner   *runner.Runner // nil without a key: everything can be looked at, nothing bought
	KeyName  string         // the environment variable that the key is asked for in
	ReadOnly ReadOnly       // why nothing is bought here; the studio is nil then. Zero: nothing but the key may lack
	Close    func()         // lets go of what the session holds; may be nil
}

// ReadOnly is what must be mended before anything is bought.
type ReadOnly struct {
	Short string // few, for the header: "settings unread"
	Long  string // what is wrong, and that nothing is bought
}
