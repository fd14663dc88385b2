package studio

// Task is one piece of work to perform, for the job of that key. It is a value; a Task whose Generation has been superseded
// does nothing.
type Task struct {
	Key        string
	Generation uint64
	do         verb
}

// IsZero reports whether there is nothing to perform.
func (t Task) IsZero() bool { return t.do == doNothing }

// Result is what came of performing a Task; it belongs into Advance.
type Result struct {
	Task Task
	next Task
	told Told
	err  error
}

type verb int

const (
	doNothing verb = iota
	doStep
)
