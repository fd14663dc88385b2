package runner

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"tintype/api"
	"tintype/api/job"
	"tintype/api/model"
	"tintype/history"
)

// trackedJob is a job that this program drives, or has driven. Everything but writeMu is guarded by the Runner's mu.
type trackedJob struct {
	key      string
	job      job.Job
	entry    history.Entry // as it is to be written
	last     lastLine      // the line last read or written; if a later one has another driver, another program took the job over
	owned    bool          // the journal names this program as the driver
	onDisk   bool          // the journal has a line of this job
	dirty    bool          // the entry has changed since its last line
	terms    terms         // on which it is bought
	refusal  *refusal      // why the gate did not let it be bought; nil if it did
	reserved int64         // how many bytes on the disk are reserved for its lines

	fault    string      // what the provider's error says beside the outputs that it gave all the same
	urls     []string    // outputs as the provider names them, "" for one that is missing; data: URIs are not kept in the journal
	inline   *api.Inline // those of them that came in the answer; nil if there are none
	logs     string
	progress float64   // < 0 unknown
	lastGet  time.Time // when the provider was last asked about it
	typical  time.Duration

	issued     uint64             // the newest generation handed out as a Task
	started    uint64             // the newest generation whose performance has started
	attempted  uint64             // the generation of the purchase that the entry's last attempt belongs to; 0: none made here
	inFlight   uint64             // the generation of the purchase that was sent and whose answer is not on disk yet; 0: none
	committing bool               // an event has been applied, and its line is not durable yet
	stop       context.CancelFunc // ends the running performance; nil if there is none
	wakeup     chan struct{}      // ends its wait early

	takenOver bool // another program drives it now
	retired   bool // it has ended and is written, so only its row is kept, for a while
	row       Row  // as the faces see it

	writeMu sync.Mutex // held while a line is written
}

// lastLine holds what is known of a job's last line in the journal.
type lastLine struct {
	driver   string
	id       string
	state    history.State
	attempts int
}

func lastLineOf(e history.Entry) lastLine { return lastLine{e.Driver, e.ID, e.State, len(e.Attempts)} }

func newTrackedJob(e history.Entry, j job.Job) *trackedJob {
	return &trackedJob{
		key: e.Key, job: j, entry: e, last: lastLineOf(e), progress: -1, wakeup: make(chan struct{}, 1),
		typical: model.Find(e.Model).TypicalDuration, urls: journaledURLs(e),
	}
}

// journaledURLs are the outputs of a prediction whose pictures are missing, as the journal has them: they may work even if the provider
// cannot be asked. It has only the head of a data: URI, so there are none if one is among them.
func journaledURLs(e history.Entry) []string {
	if e.State != history.Saving && e.State != history.Lost {
		return nil
	}
	urls := make([]string, len(e.Outputs))
	for i, out := range e.Outputs {
		if urls[i] = out.URL; out.URL == "" || api.IsDataURL(out.URL) {
			return nil
		}
	}
	return urls
}

// setOutputs takes the outputs from a prediction. The pictures in the previous answer are no longer needed.
func (t *trackedJob) setOutputs(p api.Prediction) {
	if t.inline != p.Inline {
		t.inline.Close()
	}
	t.urls, t.inline = placed(p.Output, model.Find(t.entry.Model).Pictures(t.entry.Input)), p.Inline
}

// hasCommand reports whether the job has a pending command.
func (t *trackedJob) hasCommand() bool { return !t.takenOver && t.job.Pending != job.NoCommand }

// isUnwritten reports whether the journal lacks the newest state. A purchase that failed because its first line could not be
// written leaves no line at all.
func (t *trackedJob) isUnwritten() bool {
	return t.dirty && !t.takenOver && (t.onDisk || t.job.Reason != job.NotJournaled)
}

// lacksID reports whether the journal lacks the id of a purchase, because it could not be written.
func (t *trackedJob) lacksID() bool {
	return t.isUnwritten() && !t.committing && t.entry.ID != "" && t.entry.ID != t.last.id
}

// nextTask hands out the pending command, once; if there is none, the task to write what is not written yet. While an event is
// being committed there is no next task: the Apply that follows the commit hands it out.
func (t *trackedJob) nextTask() Task {
	switch {
	case t.takenOver || t.committing || t.issued >= t.job.Generation:
		return Task{}
	case t.hasCommand():
		t.issued = t.job.Generation
		return Task{Key: t.key, Generation: t.job.Generation, kind: doStep}
	case t.isUnwritten():
		t.issued = t.job.Generation
		return Task{Key: t.key, Generation: t.job.Generation, kind: doRecord}
	}
	return Task{}
}

// deletedAt is when the provider deletes the pictures by its own clock, for the order of downloads alone: they are tried until
// ExpiresAt. Without a stamp of their end, that is all there is.
func (t *trackedJob) deletedAt() time.Time {
	if t.entry.CompletedAt.IsZero() {
		return t.job.ExpiresAt
	}
	return t.entry.CompletedAt.Add(job.Retention)
}

// wake ends the job's wait early.
func (t *trackedJob) wake() {
	select {
	case t.wakeup <- struct{}{}:
	default:
	}
}

// publish makes the row that the faces see. Until an event is on disk they see the entry from before it. mu is held.
func (r *Runner) publish(t *trackedJob) Row {
	row := Row{Entry: t.entry}
	if t.committing && t.row.Key != "" {
		row.Entry = t.row.Entry
	}
	if !t.takenOver && (t.hasCommand() || !row.State.Ended() && t.job.State != job.Unconfirmed || t.lacksID()) {
		row.Live = r.liveState(t)
	}
	t.row = row
	r.retire(t)
	return row
}

// keptRows is the least number of ended jobs that are kept. Older ones are dropped, since the journal has them.
const keptRows = 64

// retire drops what a job that has ended and is written no longer needs: logs and pictures in data: URIs may be megabytes. mu is held.
func (r *Runner) retire(t *trackedJob) {
	done := t.takenOver || t.job.State.Ended() && !t.hasCommand() && !t.isUnwritten()
	switch {
	case t.committing || done && t.retired:
		return
	case !done:
		t.retired = false
		return
	}
	t.urls, t.logs, t.retired, t.reserved = nil, "", true, 0
	r.retired = append(r.retired, t)
	if len(r.retired) <= keptRows {
		return
	}
	oldest := r.retired[0]
	r.retired[0] = nil
	r.retired = r.retired[1:]
	if oldest.retired && r.jobs[oldest.key] == oldest {
		delete(r.jobs, oldest.key)
		delete(r.claimedIDs, oldest.job.ID)
	}
}

func (r *Runner) liveState(t *trackedJob) *Live {
	now, j := r.now(), t.job
	l := &Live{
		Progress: t.progress, Waiting: j.Waiting, Trouble: j.Err, Since: j.Since, TypicalDuration: t.typical, Slow: j.Slow(now),
		LacksID: t.lacksID(), Sent: j.RequestSent || j.State != job.Creating, CancelRequested: j.CancelRequested, Logs: t.logs, ExpiresAt: j.ExpiresAt,
	}
	if median := j.Rules.Durations.Median(); median > 0 {
		l.TypicalDuration = median
	}
	if l.Waiting != NotWaiting {
		l.Until = laterOf(j.At, r.retryOpensAt(t))
	}
	if opens := r.creates.OpensAt(); j.State == job.Creating && !j.RequestSent && opens.After(now) && opens.After(l.Until) {
		l.Waiting, l.Until = ProviderAsked, opens
	}
	return l
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Row returns the row of a job that this program drives or has driven lately, as the last Change showed it. It is false for a job of
// another program, even if that program took it over from this one, and for one that ended long ago: the history has the newest state
// of both.
func (r *Runner) Row(key string) (Row, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[key]
	if !ok || t.takenOver {
		return Row{}, false
	}
	return t.row, true
}

// Live returns the running rows, newest first.
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

// Counts returns how many rows are running, and how many wait because the provider asked for it or a try failed. The search for
// an unconfirmed purchase in the provider's list counts as neither.
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
