package runner

import "tintype/history"

// Task is one piece of work to perform, for the job of that key. It is a value; a Task whose Generation has been superseded
// does nothing.
type Task struct {
	Key        string
	Generation uint64
	kind       taskKind
}

// IsZero reports whether there is nothing to perform.
func (task Task) IsZero() bool { return task.kind == doNothing }

type taskKind int

const (
	doNothing  taskKind = iota
	doStep              // the job's command outstanding
	doRecord            // write down how the job stands
	doHandOver          // hand a cancel to the program that drives the job
)

// Result is what came of performing a Task; it belongs into Advance.
type Result struct {
	Task   Task
	notice Notice
	entry  history.Entry // of a job that is not driven here
}

// Apply takes what came of a task, and says what changed and what is to be performed next. A zero task: nothing more.
func (r *Runner) Apply(result Result) (Change, Task) {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.jobs[result.Task.Key]
	if !ok {
		return Change{Row: Row{Entry: result.entry}, Before: result.entry.State, Notice: result.notice}, Task{}
	}
	return r.changed(t, result.notice), t.nextTask()
}

// changed publishes a job's row, and says what is different. mu is held.
func (r *Runner) changed(t *trackedJob, notice Notice) Change {
	was := t.row.State
	return Change{Row: r.publish(t), Before: was, Notice: notice}
}
