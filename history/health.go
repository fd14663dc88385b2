package history

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"tintype/history/disk"
)

// A WriteError is a lasting reason why nothing can be recorded, and therefore nothing may be bought.
type WriteError = disk.Error

// WriteError returns the lasting reason why nothing can be recorded, as a sentence, or nil. While it is not nil nothing may be
// bought. Refresh checks from time to time whether the reason has passed.
func (h *History) WriteError() error {
	if e := h.writeError.Load(); e != nil {
		return e
	}
	if e := h.unreadable.Load(); e != nil {
		return e
	}
	return nil
}

// Recovered returns a sentence about an error from which the history has recovered; "" when there was none.
func (h *History) Recovered() string {
	if s := h.recovered.Load(); s != nil {
		return *s
	}
	return ""
}

// fail makes an error of the disk the reason why nothing can be recorded.
func (h *History) fail(err error) error { return h.setWriteError(disk.Explain(h.dir, err)) }

// failLock is fail for an error from taking a lock.
func (h *History) failLock(err error) error { return h.setWriteError(disk.ExplainLock(h.dir, err)) }

func (h *History) setWriteError(e *WriteError) error {
	h.writeError.Store(e)
	return e
}

// probeInterval is the shortest time between two probes of a disk that gave an error.
const probeInterval = 5 * time.Second

// probe checks whether the reason for WriteError has passed: it takes the lock and writes a file, also in the pictures' folder if that was
// the reason.
func (h *History) probe() {
	if h.writeError.Load() == nil || !h.write.TryLock() {
		return
	}
	defer h.write.Unlock()
	if h.now().Sub(h.probed).Abs() < probeInterval {
		return
	}
	h.probed = h.now()
	lock, err := h.lock()
	if err != nil {
		return
	}
	defer lock.Release()
	if h.tryWrite() == nil && h.reopen() == nil {
		h.writeError.Store(nil)
	}
}

func (h *History) tryWrite() error {
	name := filepath.Join(h.dir, "probe.tmp")
	f, err := h.disk.Open(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	err = disk.Allocate(f, 0, 16<<10+h.lacking) // with less, the disk would be full again at the next purchase
	err = errors.Join(err, f.Sync(), f.Close())
	err = errors.Join(err, h.disk.Remove(name), h.disk.SyncDir(h.dir))
	if err == nil && h.failedRoom != nil {
		err = h.failedRoom()
	}
	return err
}
