package runner

import "tintype/history"

// Task is one piece of work to perform, for the job of that key. It is a value; a Task whose Generation has been superseded
// does nothing.
type Task struct {
	Key        string
	Generation uint64
	do         duty
}

// IsZero reports whether there is nothing to perform.
func (t Task) IsZero() bool { return t.do == doNothing }

type duty int

const (
	doNothing  duty = iota
	doStep          // the job's command outstanding
	doRecord        // write down how the job stands
	doHandOver      // hand a cancel to the program that drives the job
)

// Result is what came of performing a Task; it belongs into Advance.
type Result struct {
	Task  Task
	told  Notice
	entry history.Entry // of a job that is not driven here
}

// Apply takes what came of a task, and says what changed and what is to be performed next. A zero task: nothing more.
func (s *Runner) Apply(r Result) (Change, Task) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w, ok := s.works[r.Task.Key]
	if !ok {
		return Change{Row: Row{Entry: r.entry}, Before: r.entry.State, Notice: r.told}, Task{}
	}
	return s.changed(w, r.told), w.issue()
}

// changed publishes a job's row, and says what is different. mu is held.
func (s *Runner) changed(w *work, told Notice) Change {
	was := w.shown.State
	return Change{Row: s.publish(w), Before: was, Notice: told}
}
