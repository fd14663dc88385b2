package disk

import (
	"errors"
	"io/fs"
	"syscall"
)

// The codes of an Error.
const (
	ReadOnly = "read_only"
	Full     = "full"
	NoLock   = "no_lock"
	Busy     = "busy" // another program has the lock
	Faulty   = "disk"
)

// An Error is a lasting reason why nothing can be recorded, and therefore nothing may be bought.
type Error struct {
	Code     string // one of the codes above
	Sentence string
	Cause    error
}

func (e *Error) Error() string { return e.Sentence }

func (e *Error) Unwrap() error { return e.Cause }

// Explain returns an error of the file system as an *Error with a sentence. dir is the data folder.
func Explain(dir string, err error) *Error {
	var known *Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, errQuota):
		return &Error{Full, "The disk with the history is full; nothing can be recorded, so nothing is bought. Free some space: " + dir, err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &Error{ReadOnly, "The history cannot be written, so nothing is bought; looking works. Check who may write in " + dir, err}
	}
	return &Error{Faulty, "The disk with the history gives errors (" + cause(err) + "), so nothing is bought. Check " + dir, err}
}

// ExplainLock is Explain for an error from taking a lock.
func ExplainLock(dir string, err error) *Error {
	var known *Error
	if errors.As(err, &known) { // for one, that another program holds it
		return known
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOSPC) {
		return Explain(dir, err)
	}
	return &Error{NoLock, "The folder of the history cannot be locked (a network drive?), so nothing is bought; looking works. Name a folder on this machine with --data-dir.", err}
}

// cause returns the text of the innermost error: the system's own, without the paths and calls that Go adds.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}
