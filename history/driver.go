package history

import (
	"os"
)

// AcquireDriver returns the name under which this program drives jobs. Its lock is held from the first call until Close or the
// death of the process. It returns "" when no lock can be taken; WriteError then has the reason.
func (h *History) AcquireDriver() string {
	h.driverMu.Lock()
	defer h.driverMu.Unlock()
	if h.driver != nil {
		return h.driverName
	}
	if err := h.disk.MakeDir(h.Path("running")); err != nil {
		_ = h.fail(err)
		return ""
	}
	name := NewKey(h.now())
	lock, held, err := h.locks.Try(h.lockPath(name))
	if err != nil || !held {
		_ = h.failLock(err)
		return ""
	}
	h.driver, h.driverName = &lock, name
	return name
}

func (h *History) lockPath(driver string) string { return h.Path("running/" + driver + ".lock") }

// DriverAlive reports whether the program with that driver's name is running. If that cannot be determined, it reports true: a
// job that no program follows is better than one that two programs follow.
func (h *History) DriverAlive(driver string) bool {
	if _, ok := parseKey(driver); !ok {
		return false
	}
	h.driverMu.Lock()
	mine := h.driver != nil && h.driverName == driver
	h.driverMu.Unlock()
	return mine || h.locks.IsHeld(h.lockPath(driver))
}

// releaseDriver releases the driver's lock, and removes its file and the reserve. The caller holds write.
func (h *History) releaseDriver() {
	h.driverMu.Lock()
	defer h.driverMu.Unlock()
	if h.driver == nil {
		return
	}
	path := h.lockPath(h.driverName)
	if h.reserved > 0 {
		_ = h.disk.Remove(h.reservePath(h.driverName))
		h.reserved = 0
	}
	_ = os.Remove(path)
	h.driver.Release()
	_ = os.Remove(path) // again for Windows, which does not remove an open file
	h.driver = nil
}
