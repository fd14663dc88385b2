package filelock

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/gofrs/flock"
)

// Locks takes the locks of one data folder: that of the journal, and under running/ those of the drivers and of pictures on
// their way. On a disk of this machine they are the system's, which end with the program that holds them. On storage that
// machines share the system may have none (ENOLCK), or one that only this machine knows of: there a lock is a lock file besides.
type Locks struct {
	dir    string
	System func(path string, alone bool) (release func(), held bool, err error) // the system's locks
	Across func(dir string) string                                              // what kind of network storage it is, "" for none
	Runs   func(pid int, start string) (runs, sure bool)                        // whether a process of this machine does
	Me     Holder                                                               // this program
	Shared atomic.Pointer[string]                                               // the sentence about shared storage; nil where it is not
	clock  serverClock
}

func NewLocks(dir string) *Locks {
	return &Locks{dir: dir, System: systemLock, Across: networkStorage, Runs: isRunning, Me: ThisProgram()}
}

// A hold is a lock that this program has. The zero hold is of a folder that nobody else uses.
type Hold struct {
	system func()
	File   *lockFile // nil where the system's locks are enough
}

func (h Hold) Release() {
	if h.File != nil {
		h.File.remove()
	}
	if h.system != nil {
		h.system()
	}
}

// Lost reports whether another program has taken the lock over, as it may when this one stood still for a minute.
func (h Hold) Lost() bool { return h.File != nil && h.File.lost() }

// Try takes the lock of that path, or says that another has it. An error means that there is no way to lock.
func (l *Locks) Try(path string) (h Hold, held bool, err error) {
	release, held, err := l.System(path, true)
	switch {
	case err != nil && !hasNoLocks(err):
		return Hold{}, false, err
	case err != nil:
		l.Share("which has no locks of its own")
		release = func() {}
	case !held:
		return Hold{}, false, nil
	}
	if !l.isShared() {
		return Hold{system: release}, true, nil
	}
	file, held, err := l.take(path + HeldSuffix)
	if err != nil || !held {
		release()
		return Hold{}, false, err
	}
	return Hold{release, file}, true, nil
}

// Taken reports whether a program that lives holds the lock of that path. Where that cannot be found out, it is taken.
func (l *Locks) Taken(path string) bool {
	who, at, err := ReadHolder(path + HeldSuffix)
	if err == nil {
		return !l.gone(who, at)
	}
	if !errors.Is(err, os.ErrNotExist) {
		return true
	}
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return false
	}
	release, free, err := l.System(path, false) // not alone, so that two who ask at once do not take each other for the holder
	if err != nil {
		return !hasNoLocks(err) // where the system has no locks, who holds this one has a lock file
	}
	if free {
		release()
	}
	return !free
}

// Discard removes what stands for the lock of that path.
func Discard(path string) {
	_ = os.Remove(path)
	_ = os.Remove(path + HeldSuffix)
}

// Marker stands in a data folder on shared storage. By it a program on the server itself, for which the folder is a disk like
// any other, sees that others lock with lock files.
const Marker = "history.shared"

// markerText is for people who find the file.
const markerText = "This folder is on storage that machines share, so tintype locks it with lock files.\n" +
	"If that is no longer so, delete this file while no tintype runs.\n"

// isShared reports whether lock files are needed.
func (l *Locks) isShared() bool {
	if l.Shared.Load() != nil {
		return true
	}
	if _, err := os.Stat(filepath.Join(l.dir, Marker)); err != nil {
		return false
	}
	l.Share("as " + Marker + " there says")
	return true
}

// Look finds out what kind of storage the folder is on, or is taken to be.
func (l *Locks) Look() {
	if l.isShared() {
		return
	}
	if kind := l.Across(l.dir); kind != "" {
		l.Share(kind)
	}
}

// Share goes over to lock files, for good.
func (l *Locks) Share(kind string) {
	if l.Shared.Load() != nil {
		return
	}
	s := "The data folder is on storage that machines may share (" + kind + "); programs take turns there by lock files, which is slower. " +
		"A folder on this machine is better; name one with --data-dir."
	l.Shared.Store(&s)
	f, err := os.OpenFile(filepath.Join(l.dir, Marker), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
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
