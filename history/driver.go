package history

import (
	"os"
	"path/filepath"
	"strings"
	"time"

	"tintype/history/filelock"
)

// AcquireDriver returns the name of this program as a driver of jobs. A lock is held from the first call until Close, or the
// program's death, whatever its kind. "" when no lock can be had; Trouble then says why.
func (h *History) AcquireDriver() string {
	h.driving.Lock()
	defer h.driving.Unlock()
	if h.driver != nil {
		return h.driverName
	}
	if err := h.disk.MakeDir(h.Path("running")); err != nil {
		_ = h.inTrouble(troubleOf(h.dir, err))
		return ""
	}
	name := NewKey(h.now())
	got, held, err := h.locks.Try(h.lockPath(name))
	if err != nil || !held {
		_ = h.inTrouble(noLock(h.dir, err))
		return ""
	}
	h.driver, h.driverName = &got, name
	return name
}

func (h *History) lockPath(driver string) string { return h.Path("running/" + driver + ".lock") }

// DriverAlive reports whether the program that calls itself driver still runs. Where that cannot be found out, it is taken to be
// alive: a job followed by nobody is better than one followed twice.
func (h *History) DriverAlive(driver string) bool {
	if _, ok := parseKey(driver); !ok {
		return false
	}
	h.driving.Lock()
	mine := h.driver != nil && h.driverName == driver
	h.driving.Unlock()
	return mine || h.locks.Taken(h.lockPath(driver))
}

// releaseDriver lets the driver's lock go and removes its file.
func (h *History) releaseDriver() {
	h.driving.Lock()
	defer h.driving.Unlock()
	if h.driver == nil {
		return
	}
	path := h.lockPath(h.driverName)
	_ = os.Remove(path) // where an open file cannot be removed, it is in a moment
	h.driver.Release()
	_ = os.Remove(path)
	h.driver = nil
}

// sweepLocks removes the locks of programs that have been gone for an hour; a younger one may only just be being taken.
func (h *History) sweepLocks() {
	names, _ := os.ReadDir(h.Path("running"))
	for _, n := range names {
		info, err := n.Info()
		path := h.Path("running/" + n.Name())
		switch {
		case err != nil || h.now().Sub(info.ModTime()) < time.Hour:
		case strings.HasSuffix(path, ".lock") && !h.locks.Taken(path):
			filelock.Discard(path)
		case filepath.Ext(path) == filelock.ClaimSuffix:
			_ = os.Remove(path)
		}
	}
}
