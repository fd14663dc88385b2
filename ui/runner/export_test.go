package runner

import "tintype/history"

// What the journal takes: a key, and what a line does to its entry.
type (
	Append = func(key string, line Line) (history.Entry, error)
	Line   = func(latest history.Entry) history.Entry
)

// WrapJournal wraps the Runner's access to its journal.
func (r *Runner) WrapJournal(by func(write Append, key string, line Line) (history.Entry, error)) {
	write := r.append
	r.append = func(key string, line Line) (history.Entry, error) { return by(write, key, line) }
}
