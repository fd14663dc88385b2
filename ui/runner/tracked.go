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

// trackedJob is one job that this program drives, or has driven. All but pen is guarded by the Studio's mu.
type trackedJob struct {
	key      string
	job      job.Job
	entry    history.Entry // as it is to be written
	lastLine history.Entry // the line that was last read or written: a driver other than its own means that another program took the job
	owned    bool          // this program has written itself down as the driver
	onDisk   bool          // there is a line on disk
	dirty    bool          // the entry has moved since the last line

	urls     []string // outputs as the provider names them; the journal keeps no data: URIs
	logs     string
	progress float64   // < 0 unknown
	lastGet  time.Time // when it was last asked after
	typical  time.Duration

	issued    uint64             // the newest generation handed out as a Task
	started   uint64             // the newest generation that is, or was, performed
	attempted uint64             // the generation of the purchase whose attempt is the entry's last; 0: of none that was begun here
	inFlight  uint64             // the generation of the purchase that has left and has not landed; 0: none
	stop      context.CancelFunc // ends the performance under way; nil if there is none
	wakeup    chan struct{}      // makes it stop waiting

	takenOver bool // another program drives it now
	row       Row  // as the faces see it

	writeMu sync.Mutex
}

func newTrackedJob(e history.Entry, j job.Job) *trackedJob {
	return &trackedJob{
		key: e.Key, job: j, entry: e, lastLine: e, progress: -1, wakeup: make(chan struct{}, 1),
		typical: model.Find(e.Model).TypicalDuration,
	}
}

// hasCommand reports whether there is, or will be, a command outstanding.
func (t *trackedJob) hasCommand() bool { return !t.takenOver && t.job.Pending != job.NoCommand }

// isUnwritten reports whether the journal lacks a line. What was not sent because it could not be written down leaves none.
func (t *trackedJob) isUnwritten() bool {
	return t.dirty && !t.takenOver && (t.onDisk || t.job.Reason != job.NotJournaled)
}

// nextTask hands out the command outstanding, once; then what is left to be written down.
func (t *trackedJob) nextTask() Task {
	switch {
	case t.takenOver:
		return Task{}
	case t.hasCommand() && t.issued < t.job.Generation:
		t.issued = t.job.Generation
		return Task{Key: t.key, Generation: t.job.Generation, kind: doStep}
	case t.job.Pending == job.NoCommand && t.isUnwritten() && t.issued < t.job.Generation:
		t.issued = t.job.Generation
		return Task{Key: t.key, Generation: t.job.Generation, kind: doRecord}
	}
	return Task{}
}

// publish makes the row that the faces see. mu is held.
func (r *Runner) publish(t *trackedJob) Row {
	row := Row{Entry: t.entry}
	if !t.takenOver && (t.hasCommand() || !row.State.Ended() && t.job.State != job.Unconfirmed) {
		row.Live = r.liveState(t)
	}
	t.row = row
	return row
}

func (r *Runner) liveState(t *trackedJob) *Live {
	now, j := r.now(), t.job
	l := &Live{
		Progress: t.progress, Waiting: WaitReason(j.Waiting), Trouble: j.Err, Since: j.Since, TypicalDuration: t.typical, Slow: j.Slow(now),
		Sent: j.RequestSent || j.State != job.Creating, CancelRequested: j.CancelRequested, Logs: t.logs, ExpiresAt: j.ExpiresAt,
	}
	if usual := j.Rules.Durations.Median(); usual > 0 {
		l.TypicalDuration = usual
	}
	if l.Waiting != NotWaiting {
		l.Until = laterOf(j.At, r.opens(t))
	}
	if j.State == job.Creating && !j.RequestSent && r.gate.until.After(now) && r.gate.until.After(l.Until) {
		l.Waiting, l.Until = ProviderAsked, r.gate.until
	}
	return l
}

// Row returns the row of a job that this studio drives or has driven, as the last Change showed it.
func (r *Runner) Row(key string) (Row, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	if !ok {
		return Row{}, false
	}
	return t.row, true
}

// Live returns the rows under way, newest first.
func (r *Runner) Live() []Row {
	r.mu.Lock()
	defer r.mu.Unlock()
	var rows []Row
	for _, t := range r.jobs {
		if t.row.Live != nil {
			rows = append(rows, t.row)
		}
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(b.Key, a.Key) })
	return rows
}

// Counts counts what is under way: what runs, and what waits because it was asked to or met trouble. A look for an unconfirmed
// purchase in the provider's list is neither.
func (r *Runner) Counts() (running, waiting int) {
	for _, row := range r.Live() {
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
