package disk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// The codes of an Error.
const (
	ReadOnly = "read_only"
	Full     = "full"
	NoLock   = "no_lock"
	Busy     = "busy" // another program has the lock
	Faulty   = "disk"

	NoFolder   = "no_pictures" // no picture can be saved
	Unreadable = "unreadable"  // much of the history cannot be read, so it is not known what was bought
)

// An Error is a lasting reason why nothing can be recorded, and therefore nothing may be bought.
type Error struct {
	Code     string // one of the codes above
	Sentence string
	Cause    error
}

func (e *Error) Error() string { return e.Sentence }

func (e *Error) Unwrap() error { return e.Cause }

// Explain returns an error of the file system as an *Error with a sentence. dir is the data folder. The sentences are true before a
// purchase and after one: nothing is bought as long as the error lasts.
func Explain(dir string, err error) *Error {
	var known *Error
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, errQuota):
		return &Error{Full, "The disk with the history is full. Until there is room, nothing can be recorded and nothing is bought. Free some space: " + dir, err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &Error{ReadOnly, "The history cannot be written. Until it can be, nothing is bought; looking works. Check who may write in " + dir, err}
	case errors.Is(err, fs.ErrInvalid):
		return &Error{Faulty, "The history cannot be written: " + pathOf(err, dir) + " is a pipe or a socket, not a file. Until it is removed, nothing is bought. Remove it, or name another folder with --data-dir.", err}
	}
	return &Error{Faulty, "The disk with the history gives errors (" + Cause(err).Error() + "). Until they are gone, nothing is bought. Check " + dir, err}
}

// IsMissing reports whether nothing has a name, so that a new file may be made there. A link to nothing is something: its target may be
// on a disk that is not mounted.
func IsMissing(name string) bool {
	if _, err := os.Lstat(name); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	parent := filepath.Dir(name)
	if info, err := os.Stat(parent); err == nil {
		return info.IsDir()
	}
	return parent == name || IsMissing(parent)
}

// ExplainUnreadable returns why a journal that is there cannot be read, and what to do. err is from opening it.
func ExplainUnreadable(journal string, err error) *Error {
	what, cure := Describe(journal, err)
	return &Error{Unreadable, "The history cannot be read: " + what + ". It is not known what was bought, so nothing is bought until it can be read. " + cure, err}
}

// Describe says what is wrong with a file that gives an error, as a part of a sentence, and what to do, as a sentence.
func Describe(file string, err error) (what, cure string) {
	for _, name := range []string{filepath.Dir(file), file} {
		target, linkErr := os.Readlink(name)
		info, statErr := os.Stat(name)
		isFolder := statErr == nil && info.IsDir()
		switch {
		case linkErr == nil && errors.Is(statErr, fs.ErrNotExist):
			return name + " is a link to " + target + ", which is not there", "Bring that back, perhaps by mounting its disk, or remove the link."
		case statErr == nil && name != file && !isFolder:
			return name + " is not a folder", "Move it away, or name another folder with --data-dir."
		case IsFull(err):
			return "the disk is full", "Free some space: " + filepath.Dir(file)
		case statErr == nil && name == file && !info.Mode().IsRegular():
			return name + " is not a file", "Move it away, or name another folder with --data-dir."
		case errors.Is(statErr, fs.ErrPermission):
			return "you may not look into " + filepath.Dir(file), "Allow it with: chmod u+rwx " + filepath.Dir(file)
		}
	}
	switch {
	case errors.Is(err, syscall.EROFS):
		return file + " is on a read-only disk", "Mount the disk so that it can be written."
	case errors.Is(err, fs.ErrPermission):
		return "you may not read or write " + file, "Allow it with: chmod u+rw " + file
	}
	return file + " gives errors (" + Cause(err).Error() + ")", "Check it."
}

// ExplainFolder is Explain for the folder that pictures are saved in: it names the folder, what is wrong, and what to do. It says nothing
// about purchases, as the picture may be paid for.
func ExplainFolder(folder string, err error) *Error {
	var known *Error
	if errors.As(err, &known) {
		return known
	}
	about := "The pictures' folder " + folder + " "
	info, statErr := os.Stat(folder)
	target, linkErr := os.Readlink(folder)
	switch {
	case linkErr == nil && errors.Is(statErr, fs.ErrNotExist):
		return &Error{NoFolder, about + "is a link to " + target + ", which is not there. Make that folder, or remove the link.", err}
	case statErr == nil && !info.IsDir():
		return &Error{NoFolder, about + "is not a folder. Rename what has its name.", err}
	case errors.Is(err, syscall.EROFS):
		return &Error{NoFolder, about + "is on a read-only disk. Mount the disk so that it can be written.", err}
	case errors.Is(err, fs.ErrPermission):
		return &Error{NoFolder, about + "cannot be written. To allow it: chmod u+rwx " + folder, err}
	case IsFull(err):
		return &Error{Full, about + "has no room for a picture: the disk is full, or your quota. Free some space there.", err}
	case errors.Is(err, fs.ErrInvalid):
		return &Error{NoFolder, "No picture can be saved: " + pathOf(err, folder) + " is a pipe or a socket, not a file. Remove it.", err}
	}
	return &Error{NoFolder, about + "gives errors (" + Cause(err).Error() + "). Check it.", err}
}

// ExplainLock is Explain for an error from taking a lock.
func ExplainLock(dir string, err error) *Error {
	var known *Error
	if errors.As(err, &known) { // for one, that another program holds it
		return known
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOSPC) || errors.Is(err, fs.ErrInvalid) {
		return Explain(dir, err)
	}
	return &Error{NoLock, "The folder of the history cannot be locked (a network drive?), so nothing is bought; looking works. Name a folder on this machine with --data-dir.", err}
}

// IsFull reports whether an error says that a disk or a quota has no room.
func IsFull(err error) bool {
	var known *Error
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, errQuota) || errors.As(err, &known) && known.Code == Full
}

// pathOf returns the path that an error of the file system names, or otherwise if it names none.
func pathOf(err error, otherwise string) string {
	var p *fs.PathError
	if errors.As(err, &p) && filepath.IsAbs(p.Path) {
		return p.Path
	}
	return otherwise
}

// ErrLostLock returns the error of a process that was suspended while it held the lock, so that another took it over.
func ErrLostLock() *Error {
	return &Error{Code: Busy, Sentence: "Another program took over the history while this one was paused, so nothing was recorded. Try again."}
}

// Cause returns the innermost error: the system's own words, without the paths and calls that Go adds. Of joined ones it is the first.
func Cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if joined, several := err.(interface{ Unwrap() []error }); several && len(joined.Unwrap()) > 0 {
			inner = joined.Unwrap()[0]
		}
		if inner == nil {
			return err
		}
		err = inner
	}
}
