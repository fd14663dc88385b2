package history

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// A Trouble is a lasting reason why nothing can be recorded, and therefore nothing may be bought.
type WriteError struct {
	Code     string // "read_only", "full", "no_lock", "busy", "disk"
	Sentence string
	Cause    error
}

func (t *WriteError) Error() string { return t.Sentence }

func (t *WriteError) Unwrap() error { return t.Cause }

// troubleOf puts an error of the file system into words.
func troubleOf(dir string, err error) *WriteError {
	var known *WriteError
	switch {
	case errors.As(err, &known):
		return known
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, errQuota):
		return &WriteError{"full", "The disk with the history is full; nothing can be recorded, so nothing is bought. Free some space: " + dir, err}
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return &WriteError{"read_only", "The history cannot be written, so nothing is bought; looking works. Check who may write in " + dir, err}
	}
	return &WriteError{"disk", "The disk with the history gives errors (" + cause(err) + "), so nothing is bought. Check " + dir, err}
}

func noLock(dir string, err error) *WriteError {
	var known *WriteError
	if errors.As(err, &known) { // held by another program all along, for one
		return known
	}
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) || errors.Is(err, syscall.ENOSPC) {
		return troubleOf(dir, err)
	}
	return &WriteError{"no_lock", "The folder of the history cannot be locked (a network drive?), so nothing is bought; looking works. Name a folder on this machine with --data-dir.", err}
}

// lostLock is for a program that stood still while it held the lock, so that another took it over.
func lostLock() *WriteError {
	return &WriteError{"busy", "Another program took the history over while this one stood still, so nothing was recorded. Try again.", nil}
}

// cause is the innermost error: the system's own word, without our paths and calls around it.
func cause(err error) string {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			return err.Error()
		}
		err = inner
	}
}

// WriteError returns nil, or the lasting trouble as a sentence. While it is not nil nothing may be bought. Refresh looks from time
// to time whether it has passed.
func (h *History) WriteError() error {
	if t := h.trouble.Load(); t != nil {
		return t
	}
	return nil
}

// Recovered returns a sentence about something that went wrong and was mended, "" when there was nothing.
func (h *History) Recovered() string {
	if s := h.notice.Load(); s != nil {
		return *s
	}
	return ""
}

func (h *History) inTrouble(t *WriteError) error {
	h.trouble.Store(t)
	return t
}

// probeGap is how long trouble is left alone before it is looked at again.
const probeGap = 5 * time.Second

// probe looks whether trouble has passed, by writing a small file and taking the lock.
func (h *History) probe() {
	if h.trouble.Load() == nil || !h.write.TryLock() {
		return
	}
	defer h.write.Unlock()
	if h.now().Sub(h.probed).Abs() < probeGap {
		return
	}
	h.probed = h.now()
	lock, err := h.lock()
	if err != nil {
		return
	}
	defer lock.Release()
	if h.tryWrite() == nil && h.reopen() == nil {
		h.trouble.Store(nil)
	}
}

func (h *History) tryWrite() error {
	name := filepath.Join(h.dir, "probe.tmp")
	f, err := h.disk.Open(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	_, err = f.Write(make([]byte, 16<<10))
	err = errors.Join(err, f.Sync(), f.Close())
	return errors.Join(err, h.disk.Remove(name), h.disk.SyncDir(h.dir))
}
