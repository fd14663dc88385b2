package history

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/gofrs/flock"
)

// locks takes the locks of one data folder: that of the journal, and under running/ those of the drivers and of pictures on
// their way. On a disk of this machine they are the system's, which end with the program that holds them. On storage that
// machines share the system may have none (ENOLCK), or one that only this machine knows of: there a lock is a lock file besides.
type locks struct {
	dir    string
	system func(path string, alone bool) (release func(), held bool, err error) // the system's locks
	across func(dir string) string                                              // what kind of network storage it is, "" for none
	runs   func(pid int, start string) (runs, sure bool)                        // whether a process of this machine does
	me     holder                                                               // this program
	shared atomic.Pointer[string]                                               // the sentence about shared storage; nil where it is not
	clock  serverClock
}

func newLocks(dir string) *locks {
	return &locks{dir: dir, system: systemLock, across: networkStorage, runs: isRunning, me: thisProgram()}
}

// A hold is a lock that this program has. The zero hold is of a folder that nobody else uses.
type hold struct {
	system func()
	file   *lockFile // nil where the system's locks are enough
}

func (h hold) release() {
	if h.file != nil {
		h.file.remove()
	}
	if h.system != nil {
		h.system()
	}
}

// lost reports whether another program has taken the lock over, as it may when this one stood still for a minute.
func (h hold) lost() bool { return h.file != nil && h.file.lost() }

// try takes the lock of that path, or says that another has it. An error means that there is no way to lock.
func (l *locks) try(path string) (h hold, held bool, err error) {
	release, held, err := l.system(path, true)
	switch {
	case err != nil && !hasNoLocks(err):
		return hold{}, false, err
	case err != nil:
		l.share("which has no locks of its own")
		release = func() {}
	case !held:
		return hold{}, false, nil
	}
	if !l.isShared() {
		return hold{system: release}, true, nil
	}
	file, held, err := l.take(path + heldSuffix)
	if err != nil || !held {
		release()
		return hold{}, false, err
	}
	return hold{release, file}, true, nil
}

// taken reports whether a program that lives holds the lock of that path. Where that cannot be found out, it is taken.
func (l *locks) taken(path string) bool {
	who, at, err := readHolder(path + heldSuffix)
	if err == nil {
		return !l.gone(who, at)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return true
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return false
	}
	release, free, err := l.system(path, false) // not alone, so that two who ask at once do not take each other for the holder
	if err != nil {
		return !hasNoLocks(err) // where the system has no locks, who holds this one has a lock file
	}
	if free {
		release()
	}
	return !free
}

// discard removes what stands for the lock of that path.
func discard(path string) {
	_ = os.Remove(path)
	_ = os.Remove(path + heldSuffix)
}

// marker stands in a data folder on shared storage. By it a program on the server itself, for which the folder is a disk like
// any other, sees that others lock with lock files.
const marker = "history.shared"

// markerText is for people who find the file.
const markerText = "This folder is on storage that machines share, so tintype locks it with lock files.\n" +
	"If that is no longer so, delete this file while no tintype runs.\n"

// isShared reports whether lock files are needed.
func (l *locks) isShared() bool {
	if l.shared.Load() != nil {
		return true
	}
	if _, err := os.Stat(filepath.Join(l.dir, marker)); err != nil {
		return false
	}
	l.share("as " + marker + " there says")
	return true
}

// look finds out what kind of storage the folder is on, or is taken to be.
func (l *locks) look() {
	if l.isShared() {
		return
	}
	if kind := l.across(l.dir); kind != "" {
		l.share(kind)
	}
}

// share goes over to lock files, for good.
func (l *locks) share(kind string) {
	if l.shared.Load() != nil {
		return
	}
	s := "The data folder is on storage that machines may share (" + kind + "); programs take turns there by lock files, which is slower. " +
		"A folder on this machine is better; name one with --data-dir."
	l.shared.Store(&s)
	f, err := os.OpenFile(filepath.Join(l.dir, marker), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return // it is there; or nothing can be written, which the lock will say
	}
	_, _ = f.WriteString(markerText)
	_ = f.Close()
}

// systemLock takes flock's lock of a file: alone, or beside others who do not want it alone.
func systemLock(path string, alone bool) (release func(), held bool, err error) {
	l := flock.New(path, flock.SetPermissions(0o600))
	take := l.TryLock
	if !alone {
		l = flock.New(path, flock.SetFlag(os.O_RDONLY))
		take = l.TryRLock
	}
	held, err = take()
	if held && alone && !stillNamed(l) {
		held = false
	}
	if err != nil || !held {
		_ = l.Close()
		return nil, false, err
	}
	return func() { _ = l.Unlock() }, true, nil
}

// stillNamed reports whether the file that was locked still has its name: who held it before may have removed it, and a
// lock on it then keeps nobody out.
func stillNamed(l *flock.Flock) bool {
	ours, err := l.Stat()
	if err != nil {
		return false
	}
	named, err := os.Stat(l.Path())
	return err == nil && os.SameFile(ours, named)
}
