package runner

import (
	"cmp"
	"slices"
)

// WithoutID returns the rows of purchases whose ids are not in the journal because the disk failed, newest first. If the program ends in
// this state, only a person who noted the id can find the prediction again.
func (r *Runner) WithoutID() []Row {
	r.mu.Lock()
	defer r.mu.Unlock()
	var rows []Row
	for _, t := range r.jobs {
		if t.lacksID() {
			rows = append(rows, Row{Entry: t.entry, Live: t.row.Live})
		}
	}
	slices.SortFunc(rows, func(a, b Row) int { return cmp.Compare(b.Key, a.Key) })
	return rows
}

// RecordUnwritten returns tasks that write missing lines of jobs that have nothing else to do. A face performs them when the disk may work
// again; running jobs write their lines themselves.
func (r *Runner) RecordUnwritten() []Task {
	r.mu.Lock()
	defer r.mu.Unlock()
	var tasks []Task
	for _, t := range r.jobs {
		if t.isUnwritten() && !t.hasCommand() && !t.committing {
			tasks = append(tasks, Task{Key: t.key, Generation: t.job.Generation, kind: doRecord})
		}
	}
	return tasks
}
