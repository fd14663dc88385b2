package runner

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// work is one job that this program drives, or has driven. All but pen is guarded by the Studio's mu.
type work struct {
	key   string
	job   job.Job
	entry history.Entry // as it is to be written
	seen  history.Entry // the line that was last read or written: a driver other than its own means that another program took the job
	owned bool          // this program has written itself down as the driver
	made  bool          // there is a line on disk
	dirty bool          // the entry has moved since the last line

	urls     []string // outputs as the provider names them; the journal keeps no data: URIs
	logs     string
	progress float64   // < 0 unknown
	asked    time.Time // when it was last asked after
	usual    time.Duration

	issued uint64             // the newest generation handed out as a Task
	begun  uint64             // the newest generation that is, or was, performed
	tried  uint64             // the generation of the purchase whose attempt is the entry's last; 0: of none that was begun here
	flying uint64             // the generation of the purchase that has left and has not landed; 0: none
	stop   context.CancelFunc // ends the performance under way; nil if there is none
	hurry  chan struct{}      // makes it stop waiting

	left  bool // another program drives it now
	shown Row  // as the faces see it

	pen sync.Mutex
}

func newWork(e history.Entry, j job.Job) *work {
	return &work{
		key: e.Key, job: j, entry: e, seen: e, progress: -1, hurry: make(chan struct{}, 1),
		usual: model.Find(e.Model).TypicalDuration,
	}
}

// alive reports whether there is, or will be, a command outstanding.
func (w *work) alive() bool { return !w.left && w.job.Pending != job.NoCommand }

// unwritten reports whether the journal lacks a line. What was not sent because it could not be written down leaves none.
func (w *work) unwritten() bool {
	return w.dirty && !w.left && (w.made || w.job.Reason != job.NotJournaled)
}

// issue hands out the command outstanding, once; then what is left to be written down.
func (w *work) issue() Task {
	switch {
	case w.left:
		return Task{}
	case w.alive() && w.issued < w.job.Generation:
		w.issued = w.job.Generation
		return Task{Key: w.key, Generation: w.job.Generation, do: doStep}
	case w.job.Pending == job.NoCommand && w.unwritten() && w.issued < w.job.Generation:
		w.issued = w.job.Generation
		return Task{Key: w.key, Generation: w.job.Generation, do: doRecord}
	}
	return Task{}
}

// publish makes the row that the faces see. mu is held.
func (s *Runner) publish(w *work) Row {
	row := Row{Entry: w.entry}
	if !w.left && (w.alive() || !row.State.Ended() && w.job.State != job.Unconfirmed) {
		row.Live = s.live(w)
	}
	w.shown = row
	return row
}

func (s *Runner) live(w *work) *Live {
	now, j := s.now(), w.job
	l := &Live{
		Progress: w.progress, Waiting: WaitReason(j.Waiting), Trouble: j.Err, Since: j.Since, TypicalDuration: w.usual, Slow: j.Slow(now),
		Sent: j.RequestSent || j.State != job.Creating, CancelRequested: j.CancelRequested, Logs: w.logs, ExpiresAt: j.ExpiresAt,
	}
	if usual := j.Rules.Durations.Median(); usual > 0 {
		l.TypicalDuration = usual
	}
	if l.Waiting != NotWaiting {
		l.Until = later(j.At, s.opens(w))
	}
	if j.State == job.Creating && !j.RequestSent && s.gate.until.After(now) && s.gate.until.After(l.Until) {
		l.Waiting, l.Until = ProviderAsked, s.gate.until
	}
	return l
}

// Row returns the row of a job that this studio drives or has driven, as the last Change showed it.
func (s *Runner) Row(key string) (Row, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[key]
	if !ok {
		return Row{}, false
	}
	return w.shown, true
}

// Live returns the rows under way, newest first.
func (s *Runner) Live() []Row {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rows []Row
	for _, w := range s.works {
		if w.shown.Live != nil {
			rows = append(rows, w.shown)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(b.Key, a.Key) })
	return rows
}

// Counts counts what is under way: what runs, and what waits because it was asked to or met trouble. A look for an unconfirmed
// purchase in the provider's list is neither.
func (s *Runner) Counts() (running, waiting int) {
	for _, row := range s.Live() {
		switch {
		case row.State == history.Unconfirmed:
		case row.Live.Waiting != NotWaiting:
			waiting++
		default:
			running++
		}
	}
	return running, waiting
}
