package runner

import "tintype/history"

// Task is one piece of work to perform for the job with that key. It is a value. A Task whose Generation was superseded does
// nothing.
type Task struct {
	Key        string
	Generation uint64
	kind       taskKind
}

// IsZero reports whether there is nothing to perform.
func (t Task) IsZero() bool { return t.kind == doNothing }

type taskKind int

const (
	doNothing  taskKind = iota
	doStep              // perform the job's pending command
	doRecord            // write the job's state to the journal
	doHandOver          // ask the program that drives the job to cancel it
)

// Result is the outcome of a performed Task, to be passed to Apply.
type Result struct {
	Task   Task
	notice Notice
	entry  history.Entry // of a job that is not driven here
}

// Apply takes the result of a task, and returns what changed and the next task; a zero Task means that there is none.
func (r *Runner) Apply(result Result) (Change, Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[result.Task.Key]
	if !ok {
		return Change{Row: Row{Entry: result.entry}, Before: result.entry.State, Notice: result.notice}, Task{}
	}
	return r.changed(t, result.notice), t.nextTask()
}

// changed publishes a job's row and returns the difference. mu is held.
func (r *Runner) changed(t *trackedJob, notice Notice) Change {
	before := t.row.State
	return Change{Row: r.publish(t), Before: before, Notice: notice}
}
