package history

import (
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// lockPatience is how long a writer waits for others to finish their lines.
const lockPatience = 2 * time.Second

// lockFile takes the lock under which lines are written. It is a file of its own, because Compact puts a new journal in the
// old one's place, and because a lock on Windows keeps others from reading.
func lockFile(dir string) (release func(), err error) {
	l := flock.New(filepath.Join(dir, "history.lock"), flock.SetPermissions(0o600))
	pause := 100 * time.Microsecond
	for waited := time.Duration(0); ; waited += pause {
		held, err := l.TryLock()
		if err != nil {
			return nil, noLock(dir, err)
		}
		if held {
			return func() { _ = l.Unlock() }, nil
		}
		if waited > lockPatience {
			_ = l.Close()
			return nil, &Trouble{"busy", "Another program has held the history for two seconds, so nothing was recorded. Try again, or close the other one.", nil}
		}
		pause = min(pause*3/2, 5*time.Millisecond)
		time.Sleep(pause)
	}
}

// Driver returns the name of this program as a driver of jobs. A lock is held from the first call until Close, or the
// program's death, whatever its kind. "" when no lock can be had; Trouble then says why.
func (h *History) Driver() string {
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
	l := flock.New(h.lockPath(name), flock.SetPermissions(0o600))
	if held, err := l.TryLock(); err != nil || !held {
		_ = h.inTrouble(noLock(h.dir, err))
		return ""
	}
	h.driver, h.driverName = l, name
	return name
}

func (h *History) lockPath(driver string) string { return h.Path("running/" + driver + ".lock") }

// Alive reports whether the program that calls itself driver still runs. Where that cannot be found out, it is taken to be
// alive: a job followed by nobody is better than one followed twice.
func (h *History) Alive(driver string) bool {
	if _, ok := parseKey(driver); !ok {
		return false
	}
	h.driving.Lock()
	mine := h.driver != nil && h.driverName == driver
	h.driving.Unlock()
	if mine {
		return true
	}
	path := h.lockPath(driver)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return false
	}
	l := flock.New(path, flock.SetFlag(os.O_RDONLY))
	free, err := l.TryRLock() // shared, so that two who ask at once do not take each other for the driver
	if err != nil {
		return true
	}
	if free {
		_ = l.Unlock()
	}
	return !free
}

// releaseDriver lets the driver's lock go and removes its file.
func (h *History) releaseDriver() {
	h.driving.Lock()
	defer h.driving.Unlock()
	if h.driver == nil {
		return
	}
	_ = os.Remove(h.lockPath(h.driverName)) // where an open file cannot be removed, Check finds it later
	_ = h.driver.Unlock()
	_ = os.Remove(h.lockPath(h.driverName))
	h.driver = nil
}
